"""All weekends that are left as one instance: none is planned before the others."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

import numpy as np

from planner.model import Instance, Interval
from planner.plan import Plan, Route
from planner.solvers.columns.van_day_classes import group_van_days


def join_weekends(instances: Sequence[Instance]) -> Instance | None:
    """One instance of the dates of all; None where sites or roads differ by weekend.

    Everybody is recorded at most once, on any of the dates.
    """
    driven = [instance for instance in instances if instance.van_days]
    if not driven or not all(_is_like(driven[0], other) for other in driven[1:]):
        return None

    def windows(number: int) -> dict[date, tuple[Interval, ...]]:
        return {
            day: spans
            for instance in driven
            for day, spans in instance.sites[number].windows.items()
        }

    def shifts(number: int) -> dict[date, Interval]:
        return {
            day: span for instance in driven for day, span in instance.vans[number].shifts.items()
        }

    first = driven[0]
    return replace(
        first,
        sites=tuple(replace(site, windows=windows(i)) for i, site in enumerate(first.sites)),
        vans=tuple(replace(van, shifts=shifts(i)) for i, van in enumerate(first.vans)),
    )


def _is_like(one: Instance, other: Instance) -> bool:
    """Whether two weekends differ in dates and hours alone."""
    sites = [
        tuple(replace(site, windows={}) for site in instance.sites) for instance in (one, other)
    ]
    vans = [tuple(replace(van, shifts={}) for van in instance.vans) for instance in (one, other)]
    return (
        sites[0] == sites[1] and vans[0] == vans[1] and np.array_equal(one.drive_s, other.drive_s)
    )


def fullest_first(instance: Instance, plan: Plan) -> Plan:
    """The same routes, those that record most on the earliest van-days that are alike."""
    route_of = {(route.van_id, route.date): route for route in plan.routes}
    routes: list[Route] = []
    for day_class in group_van_days(instance):
        van_days = sorted(day_class.dated_vans, key=lambda van_day: van_day[1])
        here = [route_of[van_day] for van_day in van_days if van_day in route_of]
        here.sort(key=lambda route: -sum(stop.people for stop in route.stops))
        routes += (
            replace(route, van_id=van, date=day)
            for route, (van, day) in zip(here, van_days, strict=False)
        )
    return Plan(routes=tuple(sorted(routes, key=lambda route: (route.date, route.van_id))))


def by_week(plan: Plan) -> dict[str, Plan]:
    """The routes of a plan by ISO week."""

    def week(route: Route) -> str:
        year, number, _ = route.date.isocalendar()
        return f"{year}-W{number:02}"

    routes = sorted(plan.routes, key=week)
    return {name: Plan(routes=tuple(of_week)) for name, of_week in groupby(routes, key=week)}
