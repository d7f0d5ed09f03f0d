"""The best plan so far, and the routes it is made of."""

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from planner.check import Score, score
from planner.model import Instance
from planner.plan import Plan, Route
from planner.solvers.amounts import route_visits
from planner.solvers.columns.master import Master
from planner.solvers.columns.master_rows import VisitRow
from planner.solvers.columns.remaining_people import RemainingPeople
from planner.solvers.columns.restricted_master import resolve_overcoverage
from planner.solvers.columns.routes import Column, make_column
from planner.solvers.columns.van_day_classes import VanDayClass
from planner.solvers.params import SolverParams
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
    plan, score, missed
        The plan, its score, and how many required sites it misses.
    columns
        Its routes.
    """

    def __init__(
        self,
        instance: Instance,
        day_classes: Sequence[VanDayClass],
        required: frozenset[int],
        params: SolverParams,
    ) -> None:
        self.instance, self.day_classes, self.required = instance, day_classes, required
        self.params = params
        self.unit = _unit(instance)
        self.penalty = _penalty(instance, self.unit or 1.0)
        self._everybody = RemainingPeople(instance)
        self.plan = Plan()
        self.score = Score(people=0, drive_s=0, objective=0.0)
        self.missed = len(required)
        self.columns: tuple[Column, ...] = ()
        self._class_of = {
            van_day: index
            for index, day_class in enumerate(day_classes)
            for van_day in day_class.dated_vans
        }

    @property
    def values_people_alike(self) -> bool:
        """Whether the objective is the number of people."""
        instance = self.instance
        return instance.worth_s is None and all(site.weight == 1.0 for site in instance.sites)

    @property
    def value(self) -> float:
        """The objective less the penalties."""
        return self.score.objective - self.penalty * self.missed

    def accept(self, plan: Plan) -> bool:
        """Whether a plan is better; it is then the one."""
        new = score(self.instance, plan)
        columns = tuple(self.columns_of(plan.routes))
        missed = len(self.missing(columns))
        more = new.objective - self.penalty * missed - self.value
        if more < -SAME or (more <= SAME and new.drive_s >= self.score.drive_s):
            return False
        self.plan, self.score, self.missed, self.columns = plan, new, missed, columns
        return True

    def accept_columns(self, columns: Sequence[Column]) -> bool:
        """Whether routes make a better plan; they are then the one."""
        value = sum(column.value for column in columns)
        value -= self.penalty * len(self.missing(columns))
        drive_s = sum(column.drive_s for column in columns)
        if value < self.value - SAME or (
            value <= self.value + SAME and drive_s >= self.score.drive_s
        ):
            return False
        return self.accept(self._schedule(columns))

    def missing(self, columns: Iterable[Column]) -> frozenset[int]:
        """Required sites at which no route stops."""
        return self.required - {site for column in columns for site, _ in column.visits}

    def remaining(self, columns: Iterable[Column]) -> RemainingPeople:
        """People that routes leave."""
        return self._everybody.without(columns)

    def new_master(
        self, counts: Sequence[int], remaining: RemainingPeople, missing: Iterable[int]
    ) -> Master:
        """A master without routes, with a row for each required site that is missing."""
        master = Master(self.day_classes, counts, remaining, self.params.master)
        master.add_rows(*(VisitRow(site, self.penalty) for site in sorted(missing)))
        return master

    def resolve(
        self, columns: Sequence[Column], remaining: RemainingPeople, *, always: bool = False
    ) -> tuple[Column, ...]:
        """As `resolve_overcoverage`."""
        pricing = self.params.pricing
        return resolve_overcoverage(columns, self.day_classes, remaining, pricing, always=always)

    def columns_of(self, routes: Iterable[Route]) -> Iterator[Column]:
        """Routes of a plan without their times."""
        for route in routes:
            if route.stops:
                index = self._class_of[route.van_id, route.date]
                visits = tuple(route_visits(self.instance, route))
                yield make_column(index, self.day_classes[index], visits)

    def cut_back(self, routes: Iterable[Route]) -> Iterator[Column]:
        """What can be kept of routes of other instances: vans, sites and people that fit."""
        instance = self.instance
        for route in routes:
            index = self._class_of.get((route.van_id, route.date))
            if index is None:
                continue
            day_class = self.day_classes[index]
            sites = (instance.site_index.get(stop.site_id, -1) for stop in route.stops)
            visits = {
                site: min(stop.people, instance.sites[site].max_people)
                for site, stop in zip(sites, route.stops, strict=True)
                if site in day_class.sites
            }
            if visits:
                column = make_column(index, day_class, tuple(visits.items()))
                yield from self.resolve([column], self.remaining(()), always=True)

    def routes_of(self, columns: Iterable[Column]) -> Iterator[Route]:
        """Routes with times, each as driven by the first van-day of its class."""
        for column in columns:
            route = self._time(self.day_classes[column.class_index].van_days[0], column)
            if route is not None:
                yield route

    def _time(self, van_day: int, column: Column) -> Route | None:
        return schedule_route(self.instance, *self.instance.van_days[van_day], column.visits)

    def _schedule(self, columns: Sequence[Column]) -> Plan:
        routes: list[Route] = []
        for index, day_class in enumerate(self.day_classes):
            of_class = [column for column in columns if column.class_index == index]
            for van_day, column in zip(day_class.van_days, of_class, strict=False):
                route = self._time(van_day, column)
                if route is None:
                    raise RuntimeError(f"a priced route cannot be timed: {column}")
                routes.append(route)
        return self.instance.make_plan(routes)


def _penalty(instance: Instance, unit: float) -> float:
    """More than any two plans can differ in objective, a multiple of a unit."""
    recorded = sum(site.weight * site.max_people for site in instance.sites)
    return math.ceil((recorded + max_driving(instance) + 1.0) / unit) * unit


def _unit(instance: Instance) -> float | None:
    parts = {Fraction(repr(float(site.weight))) for site in instance.sites}
    if instance.worth_s is not None:
        parts.add(1 / Fraction(repr(float(instance.worth_s))))
    below = math.lcm(*(part.denominator for part in parts))
    # Where nothing is worth anything, 0 is a multiple of whatever number.
    unit = math.gcd(*(int(part * below) for part in parts)) / below or 1.0
    return unit if unit > LEAST_UNIT else None


def max_driving(instance: Instance) -> float:
    """What all vans driving all day cost, in people."""
    if instance.worth_s is None:
        return 0.0
    shifts = (instance.vans[van].shifts[day] for van, day in instance.van_days)
    return sum(closing_s - opening_s for opening_s, closing_s in shifts) / instance.worth_s
