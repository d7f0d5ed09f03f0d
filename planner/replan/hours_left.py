"""What of a weekend can still be decided from a moment on: an instance and a plan of their own."""

from dataclasses import dataclass, replace

from planner.check import violations
from planner.model import Instance, Site
from planner.plan import Plan, Result, Route
from planner.replan.apply_disruption import apply_disruption
from planner.replan.build_remaining_instance import build_remaining_instance
from planner.replan.disruption import Disruption
from planner.replan.remaining_instance import RemainingInstance
from planner.replan.remaining_route import RemainingRoute, join_past, people_left
from planner.replan.van_state import find_van_states
from planner.solvers.amounts import min_stop_people
from planner.solvers.people_left import PeopleLeft


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursLeft:
    """What is left to decide, and what was planned of it.

    Attributes
    ----------
    whole
        The instance of the whole weekend, as it is after the moment.
    instance
        Its sites are those of the whole instance, in the same order; its vans are van-days with ids
        of their own, of which `planner.model.table_id` is that of the table.
    plan
        What the plan does from the moment on.
    past
        Stops that are over or begun.
    remaining, idle
        What turns plans of the instance into plans of the whole; None = there are none.
    """

    whole: Instance
    instance: Instance
    plan: Plan
    past: Plan
    remaining: RemainingInstance | None
    idle: tuple[RemainingRoute, ...]

    def join_past(self, result: Result) -> Result:
        """A result with the past before it: its people count, its drives are over."""
        worth = sum(
            self.whole.site(stop.site_id).weight * stop.people for _, stop in self.past.stops()
        )
        people, bound = self.past.served().total(), result.bound
        most = result.people_bound
        return replace(
            result,
            plan=self.past
            if self.remaining is None
            else join_past(self.whole, self.remaining.read_back(result.plan, self.idle)),
            people=people + result.people,
            objective=worth + result.objective,
            bound=None if bound is None else worth + bound,
            people_bound=None if most is None else people + most,
        )


def find_hours_left(instance: Instance, plan: Plan, moment: Disruption) -> HoursLeft:
    """What is left of an instance, and of a plan for it; no van where none can do anything.

    Parameters
    ----------
    moment
        With the vans that have stopped, and what else is so from then on; published hours are not
        promises here.
    """
    instance, states = apply_disruption(instance, moment, find_van_states(instance, plan, moment))
    idle = tuple(
        RemainingRoute(van_state=state, stops=(), break_start_s=state.break_start_s)
        for state in states
    )
    past = [stop for route in idle for stop in route.van_state.past_stops]
    left = people_left(instance, past)
    remaining = build_remaining_instance(instance, idle, ())
    ahead = Plan()
    if remaining is None:
        vans = tuple(replace(van, shifts={}) for van in instance.vans)
        sites = tuple(_deserted(site, left, at) for at, site in enumerate(instance.sites))
        own = replace(instance, vans=vans, sites=sites)
    else:
        known = {site.id: site for site in remaining.instance.sites}
        sites = tuple(
            known.get(site.id, _deserted(site, left, at)) for at, site in enumerate(instance.sites)
        )
        own = replace(remaining.instance, sites=sites)
        ahead = _planned(remaining)
    return HoursLeft(
        whole=instance,
        instance=own,
        plan=ahead,
        past=join_past(instance, idle),
        remaining=remaining,
        idle=idle,
    )


def _deserted(site: Site, left: PeopleLeft, index: int) -> Site:
    """A site that no van can stop at any more; without people where too few are left."""
    if left.at(index) < min_stop_people(site):
        return replace(site, expected=0, draws={}, recorded=0, classes=(), windows={})
    return replace(site, classes=())


def _planned(remaining: RemainingInstance) -> Plan:
    """The stops that are planned, at their hours; as near as can be where a rule forbids that."""
    instance = remaining.instance
    routes = []
    for route in remaining.planned_routes():
        van = instance.van(route.van_id)
        stops = tuple(
            stop
            for stop in route.stops
            if stop.site_id in instance.site_index
            and van.van_class in instance.site(stop.site_id).classes
        )
        if stops:
            routes.append(_from_where_it_is(instance, replace(route, stops=stops)))
    plan = instance.make_plan(routes)
    return remaining.start() if violations(instance, plan) else plan


def _from_where_it_is(instance: Instance, route: Route) -> Route:
    """The route of a van that begins where it is, not at its depot."""
    van, first = instance.van(route.van_id), route.stops[0]
    drive_s = int(
        instance.drive_s[instance.depot_places[van.start], instance.site(first.site_id).place]
    )
    return replace(
        route,
        leave_s=first.arrive_s - drive_s,
        break_start_s=None if van.crew_break is None else route.break_start_s,
    )
