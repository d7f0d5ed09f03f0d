"""Plans that keep rules which instances do not have: floors, and how many vans may meet at a place.

A floor is relaxed as Lagrange does: each person at its places is worth more by a price, until a
plan reaches it. With any price, what the raised plan is worth at most, less the price of the floor
itself, bounds all plans that reach it. Vans that meet are kept apart by a class for each van-day,
which the place then does not take.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from planner.check import with_plan
from planner.model import ID_MARK, Instance, Site
from planner.plan import Plan, Result
from planner.scenarios import Floor
from planner.solvers import SolveReport
from planner.solvers.insertion import adapt_plan

PRICES = (0.25, 0.5, 1.0, 2.0, 4.0, 16.0)
"""What one more person at the places of a floor is worth, at first."""

FINER = 3
"""Prices between the last that is too low and the first that is not."""

MAX_ROUNDS = 6
"""Of keeping vans apart by planning again; what then still meets is struck out."""

Solve = Callable[[Sequence[tuple[Instance, Plan]]], Sequence[SolveReport]]
"""Plans instances side by side, each beginning with a plan."""


def people_at(plan: Plan, floor: Floor) -> int:
    """People recorded at the places of a floor."""
    return sum(people for site, people in plan.served().items() if site in floor.venue_ids)


def most_people_at(instance: Instance, floor: Floor) -> int:
    """Proven: no plan records more at the places of a floor, as no more would come there."""
    sites = [index for index, site in enumerate(instance.sites) if site.id in floor.venue_ids]
    recorded = sum(instance.sites[index].recorded for index in sites)
    return instance.catchments.capacity(sites) - recorded


def meet_floors(instance: Instance, floors: Sequence[Floor], free: Result, solve: Solve) -> Result:
    """The best plan found that reaches floors; where none does, the one that lacks fewest people.

    Parameters
    ----------
    free
        The plan without floors.
    """

    def missing(plan: Plan) -> int:
        return sum(max(0, floor.people - people_at(plan, floor)) for floor in floors)

    if not missing(free.plan):
        return free
    found, bounds = [free], [free.bound]
    low, high = 0.0, PRICES[-1]
    for prices in (PRICES, None):
        tried = prices or tuple(low + (high - low) * n / (FINER + 1) for n in range(1, FINER + 1))
        raised = [(_raise_worth(instance, floors, price), free.plan) for price in tried]
        for price, report in zip(tried, solve(raised), strict=True):
            result = report.result
            found.append(with_plan(instance, free, result.plan))
            if result.bound is not None:
                paid = price * sum(floor.people for floor in floors)
                bounds.append(result.bound - paid)
            if missing(result.plan):
                low = max(low, price)
            else:
                high = min(high, price)
        if low >= high:
            break
    best = max(found, key=lambda each: (-missing(each.plan), each.objective))
    if missing(best.plan):
        return best
    known = [bound for bound in bounds if bound is not None]
    return replace(best, bound=max(best.objective, min(known)) if known else None)


def _raise_worth(instance: Instance, floors: Sequence[Floor], price: float) -> Instance:
    """The instance in which one person at the places of each floor is worth more."""
    sites = tuple(
        replace(
            site,
            weight=site.weight + price * sum(site.id in floor.venue_ids for floor in floors),
        )
        for site in instance.sites
    )
    return replace(instance, sites=sites)


def keep_vans_apart(instance: Instance, most: int, free: Result, solve: Solve) -> Result:
    """The best plan found in which no more vans than so many stop at a place on one date.

    Parameters
    ----------
    free
        The plan without this rule; its bounds hold with it too.
    """
    if not _too_many(free.plan, most):
        return free
    apart, plan = _split_vans(instance), _split_plan(free.plan)
    for _ in range(MAX_ROUNDS):
        apart, plan = _keep_away(apart, plan, most)
        (report,) = solve([(apart, plan)])
        plan = report.result.plan
        if not _too_many(plan, most):
            break
    else:
        _, plan = _keep_away(apart, plan, most)
    return with_plan(instance, free, _join_plan(instance, plan))


def _too_many(plan: Plan, most: int) -> list[tuple[str, date, list[str]]]:
    """Places and dates at which more vans stop than may; the vans with fewest people of them."""
    stops: defaultdict[tuple[str, date], list[tuple[int, str]]] = defaultdict(list)
    for route, stop in plan.stops():
        stops[stop.site_id, route.date].append((stop.people, route.van_id))
    return [
        (site, day, [van for _, van in sorted(vans)[: len(vans) - most]])
        for (site, day), vans in stops.items()
        if len(vans) > most
    ]


def _split_vans(instance: Instance) -> Instance:
    """The instance with a van of its own, and a class of its own, for each van-day."""
    vans = tuple(
        replace(van, id=_van_day(van.id, day), van_class=_van_day(van.id, day), shifts={day: hours})
        for van in instance.vans
        for day, hours in van.shifts.items()
    )

    def split(site: Site) -> Site:
        fitting = (van for van in instance.vans if van.van_class in site.classes)
        classes = tuple(_van_day(van.id, day) for van in fitting for day in van.shifts)
        return replace(site, classes=classes)

    return replace(instance, vans=vans, sites=tuple(map(split, instance.sites)))


def _keep_away(instance: Instance, plan: Plan, most: int) -> tuple[Instance, Plan]:
    """The instance in which vans too many at a place do not fit there, and what is left."""
    away = defaultdict[str, set[str]](set)
    for site_id, _, vans in _too_many(plan, most):
        away[site_id] |= {*vans}
    sites = tuple(
        replace(site, classes=tuple(van for van in site.classes if van not in away[site.id]))
        for site in instance.sites
    )
    kept = replace(instance, sites=sites)
    return kept, adapt_plan(kept, plan)


def _van_day(van_id: str, day: date) -> str:
    return f"{van_id}{ID_MARK}{day}"


def _split_plan(plan: Plan) -> Plan:
    return Plan(
        routes=tuple(
            replace(route, van_id=_van_day(route.van_id, route.date)) for route in plan.routes
        )
    )


def _join_plan(instance: Instance, plan: Plan) -> Plan:
    routes = (replace(route, van_id=route.van_id.rpartition(ID_MARK)[0]) for route in plan.routes)
    return instance.make_plan(routes)
