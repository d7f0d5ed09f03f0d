"""Plans made of other plans quickly: cut back to another instance, or with one more site in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from planner.check import score, violations
from planner.model import Instance, Site, Van
from planner.plan import Plan, Route
from planner.solvers.amounts import fit_amounts, route_visits
from planner.solvers.people_left import PeopleLeft
from planner.solvers.schedule import Visit

MAX_GIVEN_UP = 2
"""Stops of a route that make room."""

MAX_PAIRED_STOPS = 8
"""Of longer routes at most one stop is given up, as there are too many pairs."""


@dataclass(frozen=True, kw_only=True)
class _Insertion:
    """A van-day that could stop at one more site.

    Attributes
    ----------
    old
        Stops of its route, at other sites.
    left
        People whom other routes leave.
    others, others_value
        The other routes, and their objective.
    """

    instance: Instance
    site: int
    van_index: int
    day: date
    old: tuple[Visit, ...]
    left: PeopleLeft
    others: tuple[Route, ...]
    others_value: float

    def visit_orders(self) -> Iterator[tuple[float, "_Insertion", list[Visit]]]:
        """Orders of stops with the site put in and some given up, and what each is worth at most.

        The stops of a route without the others count as given up.
        """
        new: Visit = (self.site, self.left.at(self.site))
        most = MAX_GIVEN_UP if len(self.old) <= MAX_PAIRED_STOPS else 1
        for count in range(min(most, len(self.old)) + 1):
            for gone in combinations(range(len(self.old)), count):
                kept = [visit for index, visit in enumerate(self.old) if index not in gone]
                for position in range(len(kept) + 1):
                    visits = [*kept[:position], new, *kept[position:]]
                    yield self._upper_bound(visits), self, visits
        if len(self.old) > most:
            yield self._upper_bound([new]), self, [new]

    def _upper_bound(self, visits: Sequence[Visit]) -> float:
        """What the plan is at most worth with these stops: if all who are left are recorded."""
        sites = self.instance.sites
        worth = sum(sites[site].weight * self.left.at(site) for site, _ in visits)
        return self.others_value + worth


def insert_site(instance: Instance, plan: Plan, site_id: str) -> Plan | None:
    """The best plan that differs in one route, which stops at a site; None where none can.

    A quick start for a solve in which the site is required. The amounts of the route are the best
    for the people that other routes leave; those of other routes stay. What is worth most if
    everybody is recorded is tried first, until nothing left can be worth more.

    Parameters
    ----------
    plan
        Keeps the rules of the instance.
    """
    site = instance.site_index[site_id]
    orders = (
        order
        for insertion in _possible_insertions(instance, plan, site)
        for order in insertion.visit_orders()
    )
    best: tuple[float, _Insertion, Route] | None = None
    for bound, insertion, visits in sorted(orders, key=lambda order: -order[0]):
        if best is not None and bound <= best[0]:
            break
        route = fit_amounts(instance, insertion.van_index, insertion.day, visits, insertion.left)
        if route is None or all(stop.site_id != site_id for stop in route.stops):
            continue
        value = insertion.others_value + score(instance, Plan(routes=(route,))).objective
        if best is None or value > best[0]:
            best = value, insertion, route
    return None if best is None else instance.make_plan([*best[1].others, best[2]])


def adapt_plan(instance: Instance, plan: Plan) -> Plan:
    """The plan, or the most that is left of it where it breaks a rule of the instance."""
    if not violations(instance, plan):
        return plan
    candidates = cut_back(instance, plan), strike_broken(instance, plan)
    return max(candidates, key=lambda candidate: score(instance, candidate).objective)


def strike_broken(instance: Instance, plan: Plan) -> Plan:
    """What is left of a plan if sound routes stay and others lose what cannot be.

    All stays then grow by those whom the plan no longer records. The plan keeps the rules of the
    instance.
    """
    sound = [route for route in plan.routes if not violations(instance, Plan(routes=(route,)))]
    if violations(instance, Plan(routes=tuple(sound))):
        return cut_back(instance, plan)
    left = PeopleLeft(instance, Plan(routes=tuple(sound)))
    broken = [route for route in plan.routes if route not in sound]
    fitting = cut_back(instance, Plan(routes=tuple(broken)), left).routes
    return lengthen_stays(instance, instance.make_plan((*sound, *fitting)))


def lengthen_stays(instance: Instance, plan: Plan) -> Plan:
    """The plan, each route in turn with the amounts that are best beside the others."""
    for route in plan.routes:
        others = tuple(other for other in plan.routes if other != route)
        longer = fit_amounts(
            instance,
            instance.van_index[route.van_id],
            route.date,
            route_visits(instance, route),
            PeopleLeft(instance, Plan(routes=others)),
        )
        if longer is not None:
            candidate = instance.make_plan((*others, longer))
            if score(instance, candidate).objective > score(instance, plan).objective:
                plan = candidate
    return plan


def cut_back(instance: Instance, plan: Plan, left: PeopleLeft | None = None) -> Plan:
    """What is left of a plan for a similar instance, every stop as long as is worth it there.

    Stops that an instance does not allow are dropped; what does not fit in time either, the last
    stop first. The plan keeps the rules of the instance.

    Parameters
    ----------
    left
        People beside other routes, counted down; None = there are no others.
    """
    left = left or PeopleLeft(instance)
    routes = []
    for route in plan.routes:
        van_index = instance.van_index.get(route.van_id)
        if van_index is None or route.date not in instance.vans[van_index].shifts:
            continue
        visits = [
            (site, stop.people)
            for stop in route.stops
            if (site := instance.site_index.get(stop.site_id)) is not None
            and _may_stop(instance.vans[van_index], instance.sites[site], route.date)
        ]
        fitting = fit_amounts(instance, van_index, route.date, visits, left)
        if fitting is not None:
            routes.append(fitting)
            left.take(route_visits(instance, fitting))
    return instance.make_plan(routes)


def _may_stop(van: Van, site: Site, day: date) -> bool:
    return van.van_class in site.classes and bool(site.windows.get(day))


def _possible_insertions(instance: Instance, plan: Plan, site: int) -> Iterator[_Insertion]:
    """Van-days that may stop at a site."""
    for van_index, day in instance.van_days:
        van = instance.vans[van_index]
        if not _may_stop(van, instance.sites[site], day):
            continue
        others = Plan(routes=tuple(r for r in plan.routes if (r.van_id, r.date) != (van.id, day)))
        own = [route for route in plan.routes if (route.van_id, route.date) == (van.id, day)]
        old = (visit for route in own for visit in route_visits(instance, route))
        yield _Insertion(
            instance=instance,
            site=site,
            van_index=van_index,
            day=day,
            old=tuple(visit for visit in old if visit[0] != site),
            left=PeopleLeft(instance, others),
            others=others.routes,
            others_value=score(instance, others).objective,
        )
