"""The linear programme of a covering problem: fewest weekends that drive known routes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from planner.arrays import Float64s
from planner.catchments import PERSON
from planner.model import Instance, Site
from planner.plan import Plan
from planner.solvers.columns.van_day_classes import VanDayClass
from planner.solvers.columns.weekend_worth import TOLERANCE, ToCover
from planner.solvers.greedy import greedy_plan
from planner.solvers.programme import Programme

Visits = tuple[tuple[str, int], ...]
"""Ids of sites and the people recorded there, in order."""


@dataclass(frozen=True, slots=True)
class CoveringDuals:
    """Prices of people by site and of van-days by class, and the weekends they come to."""

    value: float
    y: Float64s
    u: Float64s

    def towards(self, other: "CoveringDuals", share: float) -> "CoveringDuals":
        """A share of the way to others; their value is not known."""
        y, u = (1 - share) * self.y + share * other.y, (1 - share) * self.u + share * other.u
        return CoveringDuals(0.0, y, u)


class CoveringProgramme:
    """The fewest weekends that record so many people, over the routes known so far.

    minimise W, routes of class k driven <= n_k W, people of a group recorded <= the group, people
    recorded at a site <= those of the routes there, all recorded >= target.

    Attributes
    ----------
    coverable
        People whom some van can reach.
    """

    def __init__(
        self,
        instance: Instance,
        day_classes: Sequence[VanDayClass],
        people: Sequence[ToCover],
        target: int,
    ) -> None:
        self._instance, self._day_classes, self._target = instance, day_classes, target
        self._groups = [*_merged(instance, people)]
        self.coverable = sum(number for number, _ in self._groups)
        self._visits: list[dict[Visits, int]] = [{} for _ in day_classes]
        if day_classes:
            self._build()

    def _build(self) -> None:
        self._programme = programme = Programme()
        self._weekends = programme.add_variable(-1.0)
        counts = [day_class.count for day_class in self._day_classes]
        # One person costs at most a van-day of the scarcest class.
        missing = programme.add_variable(-1.01 / min(counts))
        self._class_rows = [
            programme.add_row([(self._weekends, -float(count))], upper=0.0) for count in counts
        ]
        self._site_rows = [programme.add_row(upper=0.0) for _ in self._instance.sites]
        total = programme.add_row([(missing, -1.0)], upper=-float(self._target))
        for number, sites in self._groups:
            row = programme.add_row(upper=float(number))
            for site in sites:
                recorded = programme.add_variable()
                for of, coefficient in ((row, 1.0), (self._site_rows[site], 1.0), (total, -1.0)):
                    programme.set_coefficient(of, recorded, coefficient)

    def add_greedy_routes(self) -> None:
        """Take in routes of weekends planned greedily, one after the other."""
        number_of = {
            van_day: number
            for number, day_class in enumerate(self._day_classes)
            for van_day in day_class.dated_vans
        }
        instance, covered = self._instance, 0
        while covered < self._target and (routes := greedy_plan(instance).routes):
            for route in routes:
                visits = tuple((stop.site_id, stop.people) for stop in route.stops)
                self.add(number_of[route.van_id, route.date], visits)
            plan = Plan(routes=routes)
            covered += sum(plan.served().values())
            instance = _without(instance, plan)

    def add_routes(self, routes_of_class: Mapping[int, Sequence[Visits]]) -> None:
        """Take in routes of a similar problem, with no more people than there are here."""
        index = self._instance.site_index
        for number, routes in routes_of_class.items():
            if number >= len(self._day_classes):
                continue
            here = set(self._day_classes[number].sites.tolist())
            for visits in routes:
                if all(index.get(site_id) in here for site_id, _ in visits):
                    self.add(number, visits)

    def add(self, number: int, visits: Visits) -> bool:
        """Take in a route, if it is new; stops where nobody is left record nobody."""
        sites = self._instance.sites
        index = self._instance.site_index
        fitting = tuple(
            (site_id, min(people, sites[index[site_id]].max_people)) for site_id, people in visits
        )
        if fitting in self._visits[number] or not any(people for _, people in fitting):
            return False
        driven = self._visits[number][fitting] = self._programme.add_variable()
        self._programme.set_coefficient(self._class_rows[number], driven, 1.0)
        for site_id, people in fitting:
            row = self._site_rows[index[site_id]]
            self._programme.set_coefficient(row, driven, -float(people))
        return True

    def solve(self) -> CoveringDuals:
        """Weekends, and prices of people at sites and of van-days."""
        value = self._programme.maximise()
        if value is None:
            raise RuntimeError("the linear programme over routes has no optimum")
        y, u = (self._programme.duals(rows) for rows in (self._site_rows, self._class_rows))
        return CoveringDuals(-value, np.maximum(0.0, y), np.maximum(0.0, u))

    def routes(self) -> Mapping[int, tuple[Visits, ...]]:
        """All routes known, of each class."""
        return {number: tuple(visits) for number, visits in enumerate(self._visits)}

    def driven(self) -> Iterator[tuple[str, date, Visits]]:
        """Van, date and stops of the routes that the solution drives."""
        for day_class, visits in zip(self._day_classes, self._visits, strict=True):
            values = self._programme.values([*visits.values()])
            van, day = day_class.dated_vans[0]
            for stops, value in zip(visits, values.tolist(), strict=True):
                if value > TOLERANCE:
                    yield van, day, stops


def _without(instance: Instance, plan: Plan) -> Instance:
    """Without the people of a plan."""
    allocation = instance.catchments.allocate(instance.people_at(plan))

    def without(site: Site, own: int) -> Site:
        draws = {
            group: draw - PERSON * allocation.groups.get(group, 0)
            for group, draw in site.draws.items()
        }
        positive = {group: draw for group, draw in draws.items() if draw > 0}
        return replace(site, expected=site.expected - own, draws=positive)

    sites = map(without, instance.sites, allocation.own)
    return replace(instance, sites=tuple(site for site in sites if site.max_people))


def _merged(instance: Instance, people: Sequence[ToCover]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """People by the sites that they may be recorded at."""
    merged: dict[tuple[int, ...], int] = {}
    for group in people:
        key = tuple(sorted({instance.site_index[site_id] for site_id in group.sites}))
        merged[key] = merged.get(key, 0) + group.people
    for key, number in merged.items():
        yield number, key
