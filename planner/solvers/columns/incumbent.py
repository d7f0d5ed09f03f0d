"""The best plan so far, and the routes it is made of."""

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import numpy as np

from planner.arrays import Int64s
from planner.check import Score, score
from planner.model import Instance
from planner.plan import Plan, Route
from planner.solvers.columns.restricted_master import fitted
from planner.solvers.columns.routes import Column, column_of
from planner.solvers.columns.van_day_classes import Kind
from planner.solvers.schedule import schedule_route

SAME = 1e-9
"""Plans whose worth differs by no more are as good."""

LEAST_UNIT = 1e-5
"""Numbers of which objectives are multiples are of no help if they are smaller."""


class Incumbent:
    """The best plan so far: it misses the fewest required sites, is worth most, drives least.

    Attributes
    ----------
    required
        Indices of the sites that a plan visits before all else.
    unit
        A number of which every objective is a whole multiple; None if it is too small to help.
    penalty
        What missing a required site costs: a multiple too, and more than plans can differ in
        objective.
    plan, worth, missed
        The plan, its score, and how many required sites it misses.
    chosen
        Its routes.
    """

    def __init__(self, instance: Instance, kinds: Sequence[Kind], required: frozenset[int]) -> None:
        self.instance, self.kinds, self.required = instance, kinds, required
        self.unit = _unit(instance)
        self.penalty = _penalty(instance, self.unit or 1.0)
        self.plan = Plan()
        self.worth = Score(people=0, drive_s=0, objective=0.0)
        self.missed = len(required)
        self.chosen: tuple[Column, ...] = ()
        self._kind_of = {index: k for k, kind in enumerate(kinds) for index in kind.van_days}

    @property
    def value(self) -> float:
        """The objective less the penalties."""
        return self.worth.objective - self.penalty * self.missed

    def take(self, plan: Plan) -> bool:
        """Whether a plan is better; it is then the one."""
        worth = score(self.instance, plan)
        columns = tuple(self.columns_of(plan.routes))
        missed = len(self.missing(columns))
        more = worth.objective - self.penalty * missed - self.value
        if more < -SAME or (more <= SAME and worth.drive_s >= self.worth.drive_s):
            return False
        self.plan, self.worth, self.missed, self.chosen = plan, worth, missed, columns
        return True

    def offer(self, columns: Sequence[Column]) -> bool:
        """Whether routes make a better plan; they are then the one."""
        value = sum(column.value for column in columns)
        value -= self.penalty * len(self.missing(columns))
        drive_s = sum(column.drive_s for column in columns)
        if value < self.value - SAME or (
            value <= self.value + SAME and drive_s >= self.worth.drive_s
        ):
            return False
        return self.take(self._timed(columns))

    def missing(self, columns: Iterable[Column]) -> frozenset[int]:
        """Required sites at which no route stops."""
        return self.required - {site for column in columns for site, _ in column.visits}

    def left(self, columns: Iterable[Column]) -> Int64s:
        """People that routes leave at each site."""
        left = np.array([site.expected for site in self.instance.sites], dtype=np.int64)
        for column in columns:
            for site, people in column.visits:
                left[site] -= people
        return left

    def columns_of(self, routes: Iterable[Route]) -> Iterator[Column]:
        """Routes of a plan without their times."""
        indices = {van_day: index for index, van_day in enumerate(self.instance.van_days)}
        site_index = self.instance.site_index
        for route in routes:
            visits = tuple((site_index[stop.site_id], stop.people) for stop in route.stops)
            if visits:
                kind = self._kind_of[indices[self.instance.van_index[route.van_id], route.date]]
                yield column_of(kind, self.kinds[kind], visits)

    def cut_back(self, routes: Iterable[Route]) -> Iterator[Column]:
        """What can be kept of routes of other instances: vans, sites and people that fit."""
        instance = self.instance
        van_days = {
            (instance.vans[van].id, day): index
            for index, (van, day) in enumerate(instance.van_days)
        }
        for route in routes:
            kind = self._kind_of.get(van_days.get((route.van_id, route.date), -1))
            if kind is None:
                continue
            sites = (instance.site_index.get(stop.site_id, -1) for stop in route.stops)
            known = self.kinds[kind].sites
            visits = {
                site: min(stop.people, instance.sites[site].expected)
                for site, stop in zip(sites, route.stops, strict=True)
                if site in known
            }
            if visits:
                column = column_of(kind, self.kinds[kind], tuple(visits.items()))
                yield from fitted([column], self.kinds, self.left(()), always=True)

    def routes_of(self, columns: Iterable[Column]) -> Iterator[Route]:
        """Routes with times, each as driven by the first van-day of its kind."""
        for column in columns:
            van_index, day = self.instance.van_days[self.kinds[column.kind].van_days[0]]
            route = schedule_route(self.instance, van_index, day, column.visits)
            if route is not None:
                yield route

    def _timed(self, columns: Sequence[Column]) -> Plan:
        routes: list[Route] = []
        for index, kind in enumerate(self.kinds):
            of_kind = [column for column in columns if column.kind == index]
            for van_day, column in zip(kind.van_days, of_kind, strict=False):
                van_index, day = self.instance.van_days[van_day]
                route = schedule_route(self.instance, van_index, day, column.visits)
                if route is None:
                    raise RuntimeError(f"a priced route cannot be timed: {column}")
                routes.append(route)
        order = {van.id: index for index, van in enumerate(self.instance.vans)}
        return Plan(routes=tuple(sorted(routes, key=lambda r: (r.date, order[r.van_id]))))


def _penalty(instance: Instance, unit: float) -> float:
    """More than any two plans can differ in objective, a multiple of a unit."""
    recorded = sum(site.weight * site.expected for site in instance.sites)
    return math.ceil((recorded + most_driving(instance) + 1.0) / unit) * unit


def _unit(instance: Instance) -> float | None:
    parts = {Fraction(repr(float(site.weight))) for site in instance.sites}
    if instance.worth_s is not None:
        parts.add(1 / Fraction(repr(float(instance.worth_s))))
    below = math.lcm(*(part.denominator for part in parts))
    # Where nothing is worth anything, 0 is a multiple of whatever number.
    unit = math.gcd(*(int(part * below) for part in parts)) / below or 1.0
    return unit if unit > LEAST_UNIT else None


def most_driving(instance: Instance) -> float:
    """What all vans driving all day cost, in people."""
    if instance.worth_s is None:
        return 0.0
    shifts = (instance.vans[van].shifts[day] for van, day in instance.van_days)
    return sum(closing_s - opening_s for opening_s, closing_s in shifts) / instance.worth_s
