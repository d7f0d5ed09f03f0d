"""The best integral choice among known columns, and a plan made of it."""

from collections.abc import Mapping, Sequence
from math import inf
from typing import NamedTuple

import numpy as np

from planner.arrays import Bools, Int64s
from planner.solvers.columns.fitting import fit_amounts
from planner.solvers.columns.master_rows import MasterRow
from planner.solvers.columns.remaining_people import RemainingPeople
from planner.solvers.columns.routes import Column, can_be_driven, make_column, positions
from planner.solvers.columns.van_day_classes import VanDayClass
from planner.solvers.params import PricingParams
from planner.solvers.programme import INTEGRAL, Programme


class Choice(NamedTuple):
    """Columns, as often each as it is driven, and whether no other choice is proven better."""

    columns: tuple[Column, ...]
    is_best: bool


class RestrictedMaster:
    """An integer programme: the best choice among columns.

    Where several share a site they may together have more people than there are; what is beyond
    is not counted, and `resolve_overcoverage` takes it off. Cuts do not hold for such choices.
    Where sites share people, routes that record some twice on their own are left out, and what is
    beyond is taken off: of which sites matters there.

    Parameters
    ----------
    counts
        Routes of each class there may be.
    remaining
        People that may be recorded.
    rows
        To be kept, or their penalty to be paid.
    allow_overcoverage
        Whether routes may have more people than there are.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        day_classes: Sequence[VanDayClass],
        counts: Sequence[int],
        remaining: RemainingPeople,
        *,
        rows: Sequence[MasterRow] = (),
        allow_overcoverage: bool = True,
    ) -> None:
        if remaining.are_shared:
            columns = [column for column in columns if remaining.fits(column)]
        self._columns, self._day_classes, self._remaining = columns, day_classes, remaining
        self._programme = programme = Programme(integer=True)
        self._times = [
            programme.add_variable(column.value, upper=counts[column.class_index], integer=True)
            for column in columns
        ]
        of_class: list[list[tuple[int, float]]] = [[] for _ in counts]
        served: dict[int, list[tuple[int, int]]] = {}
        for column, x in zip(columns, self._times, strict=True):
            of_class[column.class_index].append((x, 1.0))
            for site, people in column.visits:
                served.setdefault(site, []).append((x, people))
        for terms, count in zip(of_class, counts, strict=True):
            programme.add_row(terms, upper=count)
        sites, self._excess = day_classes[0].instance.sites, dict[int, int]()
        site_rows = remaining.add_site_rows(programme, served)
        for site, stops_there in served.items():
            # Where people are shared nobody is taken off the routes that stay.
            stays = remaining.are_shared and remaining.recorded[site]
            upper = inf if allow_overcoverage and not stays else 0.0
            self._excess[site] = programme.add_variable(-sites[site].weight, upper=upper)
            programme.set_coefficient(site_rows.people[site], self._excess[site], -1.0)
            for x, people in stops_there:
                for row, coefficient in site_rows.coefficients(site, people):
                    programme.set_coefficient(row, x, coefficient)
        for master_row in rows:
            self._add_row(master_row, served)

    def _add_row(self, row: MasterRow, served: Mapping[int, Sequence[tuple[int, int]]]) -> None:
        penalty = row.penalty
        missed = self._programme.add_variable(
            -(penalty or 0.0), upper=0.0 if penalty is None else inf
        )
        stops = [stop for site in row.sites for stop in served.get(site, [])]
        counted = row.coefficients(np.array([people for _, people in stops], dtype=np.int64))
        totals = {missed: -1.0}
        for (x, _), value in zip(stops, counted.tolist(), strict=True):
            totals[x] = totals.get(x, 0.0) + value
        self._programme.add_row(totals.items(), upper=row.limit)

    def choose(
        self,
        *,
        start: Sequence[Column],
        max_nodes: int,
        time_limit_s: float | None,
        seed: int,
        separate: bool = True,
    ) -> Choice:
        """The best choice of columns found.

        Parameters
        ----------
        start
            A choice to begin with, from among the columns.
        max_nodes, time_limit_s
            When to end: after so many seconds; where these are None, so many nodes of the search
            tree.
        separate
            As in `Programme.maximise`.
        """
        programme = self._programme
        objective = programme.maximise(
            hint={
                x: float(start.count(column))
                for column, x in zip(self._columns, self._times, strict=True)
            },
            time_limit_s=time_limit_s,
            node_limit=max_nodes if time_limit_s is None else None,
            seed=seed,
            separate=separate,
        )
        if objective is None:
            return Choice(tuple(start), is_best=False)
        values = programme.values(self._times)
        chosen = [
            column
            for column, value in zip(self._columns, values, strict=True)
            for _ in range(round(float(value)))
        ]
        if not self._remaining.are_shared:
            return Choice(tuple(chosen), is_best=programme.is_optimal)
        beyond = np.ceil(programme.values([*self._excess.values()]) - INTEGRAL).astype(int)
        fewer = dict(zip(self._excess, beyond.tolist(), strict=True))
        routes = (_take_off(column, self._day_classes, fewer) for column in chosen)
        return Choice(
            tuple(route for route in routes if route is not None), is_best=programme.is_optimal
        )

    def interrupt(self) -> None:
        """End a choice that another thread makes, with the best found so far."""
        self._programme.interrupt()


def _take_off(
    column: Column, day_classes: Sequence[VanDayClass], excess: dict[int, int]
) -> Column | None:
    """A route with fewer people where there is an excess, of which that is then taken off.

    A stop for which too few remain is left out. The route stays as it is where it cannot be driven
    without: the way to the next stop may be too long, or there may be none.
    """
    index, day_class = column.class_index, day_classes[column.class_index]
    visits = []
    for site, people in column.visits:
        fewer = people - min(excess.get(site, 0), people)
        if fewer == people or fewer >= day_class.instance.sites[site].least_people:
            visits.append((site, fewer))
    if tuple(visits) == column.visits:
        return column
    if 0 < len(visits) < len(column.visits) and not can_be_driven(day_class, visits):
        return column
    kept = dict(visits)
    for site, people in column.visits:
        excess[site] = max(0, excess.get(site, 0) - people + kept.get(site, 0))
    return make_column(index, day_class, tuple(visits)) if visits else None


def resolve_overcoverage(
    chosen: Sequence[Column],
    day_classes: Sequence[VanDayClass],
    remaining: RemainingPeople,
    params: PricingParams,
    *,
    always: bool = False,
) -> tuple[Column, ...]:
    """The routes with no more people than are left anywhere, each then as good as it can be.

    Parameters
    ----------
    always
        Fit the amounts anew even of routes that record no more than is left.
    """
    remaining = remaining.without(())
    routes = []
    for column in sorted(chosen, key=lambda column: -column.value):
        day_class = day_classes[column.class_index]
        order, fits = _fitting_stops(column, day_class, remaining)
        is_kept = not always and fits.all() and remaining.fits(column)
        kept = (
            column
            if is_kept
            else fit_amounts(column.class_index, day_class, order[fits], remaining, params)
        )
        if kept is not None:
            routes.append(kept)
            remaining.take(kept)
    for number, column in enumerate(routes):
        remaining.take(column, -1)
        index, day_class = column.class_index, day_classes[column.class_index]
        order = positions(day_class, column)
        better = fit_amounts(index, day_class, order, remaining, params)
        if better is not None and better.value > column.value:
            routes[number] = better
        remaining.take(routes[number])
    return tuple(routes)


def _fitting_stops(
    column: Column, day_class: VanDayClass, remaining: RemainingPeople
) -> tuple[Int64s, Bools]:
    """Positions of the stops of a route, and which of them have people enough left.

    A stop meant for nobody stays: it may shorten a drive.
    """
    order = positions(day_class, column)
    meant = np.array([people for _, people in column.visits])
    least = np.maximum(np.minimum(meant, 1), day_class.least_people[order])
    return order, remaining.at(day_class.sites[order]) >= least
