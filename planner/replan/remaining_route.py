"""The past and what remains of a van-day put together as one route, and its people counted."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from planner.model import Instance, Site
from planner.plan import Plan, Route, Stop
from planner.replan.apply_disruption import route_home
from planner.replan.van_state import VanState
from planner.solvers.people_left import PeopleLeft
from planner.solvers.timeline import busy_from_s, depart_late, is_break_within, window_end_s, work_s
from planner.units import people_in


@dataclass(frozen=True, slots=True, kw_only=True)
class RemainingRoute:
    """What a van-day does from its state on."""

    van_state: VanState
    stops: tuple[Stop, ...]
    break_start_s: int | None


def people_left(instance: Instance, stops: Iterable[Stop]) -> PeopleLeft:
    """People who are recorded at none of these stops."""
    left = PeopleLeft(instance)
    left.take((instance.site_index[stop.site_id], stop.people) for stop in stops)
    return left


def stop_capacity(
    instance: Instance, van_state: VanState, stop: Stop, break_start_s: int | None
) -> int:
    """People that can be recorded while a stop serves, the break left out."""
    van, site = van_state.van(instance), instance.site(stop.site_id)
    duration_s = work_s(stop.serve_s, stop.packup_s, van.crew_break, break_start_s)
    people = people_in(duration_s, site.seconds_per_person, van.kits)
    return site.max_people if people is None else people


def join_past(instance: Instance, remaining: Sequence[RemainingRoute]) -> Plan:
    """The plan of what is past and what remains."""
    routes = (_join_past(instance, route) for route in remaining)
    return instance.make_plan(route for route in routes if route is not None)


def _join_past(instance: Instance, remaining: RemainingRoute) -> Route | None:
    van_state = remaining.van_state
    planned = van_state.planned
    if planned is not None and _is_as_planned(remaining, planned):
        return planned
    if not remaining.stops:
        if planned is not None and van_state.is_over and van_state.past_stops == planned.stops:
            return planned
        return route_home(instance, van_state)
    van = van_state.van(instance)
    first, last = (instance.site(remaining.stops[at].site_id).place for at in (0, -1))
    leave_s = van_state.leave_s
    if leave_s is None:
        leave_s = remaining.stops[0].arrive_s - int(instance.drive_s[van_state.place, first])
    drive_s = int(instance.drive_s[last, instance.depot_places[van.end]])
    route = Route(
        van_id=van.id,
        date=van_state.date,
        leave_s=leave_s,
        return_s=remaining.stops[-1].depart_s + drive_s,
        stops=(*van_state.past_stops, *remaining.stops),
        break_start_s=remaining.break_start_s,
    )
    return depart_late(route) if van_state.leave_s is None else _divert(instance, route, van_state)


def _divert(instance: Instance, route: Route, van_state: VanState) -> Route:
    """The route with the arrival of a van that drives from where it is, not from its last stop.

    As it was where a break lies in this drive: a plan knows none on the road.
    """
    order, van = len(van_state.past_stops), van_state.van(instance)
    stop = route.stops[order]
    place = instance.site(stop.site_id).place
    if not van_state.is_diverted(place):
        return route
    arrive_s = van_state.free_s + int(instance.drive_s[van_state.place, place])
    drive = van_state.depart_s, arrive_s
    if arrive_s <= stop.arrive_s or is_break_within(*drive, van.crew_break, route.break_start_s):
        return route
    later = replace(stop, arrive_s=min(arrive_s, stop.setup_s))
    return replace(route, stops=(*route.stops[:order], later, *route.stops[order + 1 :]))


def _is_as_planned(remaining: RemainingRoute, planned: Route) -> bool:
    """Whether the van-day is what it was to be, and the van may still leave when it was to."""
    van_state = remaining.van_state
    may_leave = van_state.leave_s is not None or planned.leave_s >= van_state.free_s
    stops = (*van_state.past_stops, *remaining.stops)
    return (
        bool(stops)
        and may_leave
        and stops == planned.stops
        and remaining.break_start_s == planned.break_start_s
    )


def fill_people(
    instance: Instance, remaining: Sequence[RemainingRoute]
) -> tuple[RemainingRoute, ...]:
    """Every stop with as many people as its time allows, those that weigh most first."""
    left = _people_left(instance, remaining)
    stops = [list(route.stops) for route in remaining]
    order = sorted(
        ((index, at) for index, route in enumerate(remaining) for at in range(len(route.stops))),
        key=lambda position: -instance.site(stops[position[0]][position[1]].site_id).weight,
    )
    for index, at in order:
        route, stop = remaining[index], stops[index][at]
        site = instance.site_index[stop.site_id]
        more = min(
            stop_capacity(instance, route.van_state, stop, route.break_start_s) - stop.people,
            left.at(site),
            _cards_left(instance, route.van_state, stops[index]),
        )
        if more > 0:
            left.take([(site, more)])
            stops[index][at] = replace(stop, people=stop.people + more)
    return tuple(
        replace(route, stops=tuple(filled)) for route, filled in zip(remaining, stops, strict=True)
    )


def extend_stays(
    instance: Instance, remaining: Sequence[RemainingRoute]
) -> tuple[RemainingRoute, ...]:
    """Stays made longer by what the van would wait after them, where people are left to come."""
    left = _people_left(instance, remaining)
    return tuple(_extend_stays(instance, route, left) for route in remaining)


def _extend_stays(
    instance: Instance, remaining: RemainingRoute, left: PeopleLeft
) -> RemainingRoute:
    stops = list(remaining.stops)
    for at, stop in enumerate(stops):
        index = instance.site_index[stop.site_id]
        site = instance.sites[index]
        cards = _cards_left(instance, remaining.van_state, stops)
        slack_s = _slack_s(instance, remaining, stops, at)
        extension_s = partial(_extension_s, instance, remaining, stop, site)
        extras = range(1, min(left.at(index), cards) + 1)
        more = bisect_right(extras, slack_s, key=extension_s)
        if not more:
            continue
        left.take([(index, more)])
        longer_s = extension_s(more)
        stops[at] = replace(
            stop,
            people=stop.people + more,
            packup_s=stop.packup_s + longer_s,
            depart_s=stop.depart_s + longer_s,
        )
        if at + 1 < len(stops):
            after = stops[at + 1]
            stops[at + 1] = replace(after, arrive_s=after.arrive_s + longer_s)
    return replace(remaining, stops=tuple(stops))


def _extension_s(
    instance: Instance, remaining: RemainingRoute, stop: Stop, site: Site, extra: int
) -> int:
    """Seconds by which a stop must be longer to record so many people more."""
    van = remaining.van_state.van(instance)
    need_s = site.service_s(stop.people + extra, van.kits)
    served_s = work_s(stop.serve_s, stop.packup_s, van.crew_break, remaining.break_start_s)
    return max(0, need_s - served_s)


def _slack_s(instance: Instance, remaining: RemainingRoute, stops: Sequence[Stop], at: int) -> int:
    """Seconds by which a stop can last longer without anything else becoming later."""
    stop, van, day = stops[at], remaining.van_state.van(instance), remaining.van_state.date
    start_s, crew_break = remaining.break_start_s, van.crew_break
    if is_break_within(stop.packup_s, stop.depart_s, crew_break, start_s):
        return 0
    site = instance.site(stop.site_id)
    slack_s = window_end_s(site, day, stop) - stop.depart_s
    if at + 1 < len(stops):
        after = stops[at + 1]
        return min(slack_s, busy_from_s(after, start_s) - after.arrive_s)
    latest_s = van.shifts[day][1]
    if crew_break is not None and start_s is None:
        latest_s = min(latest_s, crew_break.latest_s)
    elif start_s is not None and start_s >= stop.depart_s:
        return 0
    drive_s = int(instance.drive_s[site.place, instance.depot_places[van.end]])
    return min(slack_s, latest_s - stop.depart_s - drive_s)


def _people_left(instance: Instance, remaining: Sequence[RemainingRoute]) -> PeopleLeft:
    """People who are recorded neither in the past nor in what remains."""
    return people_left(
        instance,
        (stop for route in remaining for stop in (*route.van_state.past_stops, *route.stops)),
    )


def _cards_left(instance: Instance, van_state: VanState, stops: Sequence[Stop]) -> int:
    return van_state.cards_left(instance) - sum(stop.people for stop in stops)
