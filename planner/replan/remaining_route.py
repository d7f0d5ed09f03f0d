"""The past and the rest of a van-day put together as one route, and its people counted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planner.model import Instance, Site, Van
from planner.plan import Plan, Route, Stop
from planner.replan.chains import stop_capacity
from planner.replan.changed import route_home
from planner.replan.van_state import VanState
from planner.units import service_s


@dataclass(frozen=True, slots=True, kw_only=True)
class RemainingRoute:
    """What a van-day does from its state on."""

    van_state: VanState
    stops: tuple[Stop, ...]
    break_start_s: int | None


def people_left(instance: Instance, stops: Iterable[Stop]) -> Counter[str]:
    """People expected at each site who are recorded at none of these stops."""
    left = Counter({site.id: site.expected for site in instance.sites})
    for stop in stops:
        left[stop.site_id] -= stop.people
    return left


def join_past(instance: Instance, before: Plan, remaining_routes: Sequence[RemainingRoute]) -> Plan:
    """Routes of the past and what remains, by date, then by van."""
    routes = {(route.van_id, route.date): route for route in before.routes}
    found = []
    for remaining in remaining_routes:
        van_state = remaining.van_state
        van = van_state.van(instance)
        planned = routes.get((van.id, van_state.date))
        route = _join_past(instance, remaining, planned)
        if route is not None:
            found.append(route)
    return Plan(routes=tuple(sorted(found, key=lambda route: (route.date, route.van_id))))


def _join_past(
    instance: Instance, remaining: RemainingRoute, planned: Route | None
) -> Route | None:
    van_state = remaining.van_state
    if not remaining.stops:
        if planned is not None and van_state.is_over and van_state.past_stops == planned.stops:
            return planned
        return route_home(instance, van_state)
    van = van_state.van(instance)
    last = remaining.stops[-1]
    place = _site(instance, last).place
    drive_s = int(instance.drive_s[place, instance.depot_places[van.end]])
    leave_s, first = _depart_late(instance, remaining)
    return Route(
        van_id=van.id,
        date=van_state.date,
        leave_s=leave_s,
        return_s=last.depart_s + drive_s,
        stops=(*van_state.past_stops, first, *remaining.stops[1:]),
        break_start_s=remaining.break_start_s,
    )


def _depart_late(instance: Instance, remaining: RemainingRoute) -> tuple[int, Stop]:
    """When the van leaves its depot: as late as it can; and its next stop with the arrival."""
    van_state, first = remaining.van_state, remaining.stops[0]
    if van_state.leave_s is not None:
        return van_state.leave_s, first
    busy_s = first.setup_s
    if remaining.break_start_s is not None and remaining.break_start_s >= first.arrive_s:
        busy_s = min(busy_s, remaining.break_start_s)
    drive_s = int(instance.drive_s[van_state.place, _site(instance, first).place])
    return busy_s - drive_s, replace(first, arrive_s=busy_s)


def fill_people(
    instance: Instance, remaining_routes: Sequence[RemainingRoute]
) -> tuple[RemainingRoute, ...]:
    """Every stop with as many people as its time allows, those that weigh most first."""
    stops = [
        stop
        for remaining in remaining_routes
        for stop in (*remaining.van_state.past_stops, *remaining.stops)
    ]
    left = people_left(instance, stops)
    found = {id(remaining): list(remaining.stops) for remaining in remaining_routes}
    order = sorted(
        (
            (remaining, number)
            for remaining in remaining_routes
            for number in range(len(remaining.stops))
        ),
        key=lambda each: -_site(instance, each[0].stops[each[1]]).weight,
    )
    for remaining, number in order:
        stop = found[id(remaining)][number]
        van = remaining.van_state.van(instance)
        room = _cards_left(van, remaining.van_state, found[id(remaining)])
        most = stop_capacity(instance, remaining.van_state, stop, remaining.break_start_s)
        more = max(0, min(most - stop.people, left[stop.site_id], room))
        left[stop.site_id] -= more
        found[id(remaining)][number] = replace(stop, people=stop.people + more)
    return tuple(
        replace(remaining, stops=tuple(found[id(remaining)])) for remaining in remaining_routes
    )


def extend_stays(
    instance: Instance, remaining_routes: Sequence[RemainingRoute]
) -> tuple[RemainingRoute, ...]:
    """Stays made longer by what the van would wait after them, where people are left to come."""
    stops = [
        stop
        for remaining in remaining_routes
        for stop in (*remaining.van_state.past_stops, *remaining.stops)
    ]
    left = people_left(instance, stops)
    return tuple(_extend_stays(instance, remaining, left) for remaining in remaining_routes)


def _extend_stays(
    instance: Instance, remaining: RemainingRoute, left: Counter[str]
) -> RemainingRoute:
    stops = list(remaining.stops)
    van = remaining.van_state.van(instance)
    for number, stop in enumerate(stops):
        site = _site(instance, stop)
        room = min(left[stop.site_id], _cards_left(van, remaining.van_state, stops))
        spare_s = _slack_s(instance, remaining, stops, number, site)
        more = max(
            (
                extra
                for extra in range(1, room + 1)
                if _extension_s(remaining, stop, stop.people + extra, van, site) <= spare_s
            ),
            default=0,
        )
        if not more:
            continue
        left[stop.site_id] -= more
        longer_s = _extension_s(remaining, stop, stop.people + more, van, site)
        stops[number] = replace(
            stop,
            people=stop.people + more,
            packup_s=stop.packup_s + longer_s,
            depart_s=stop.depart_s + longer_s,
        )
        if number + 1 < len(stops):
            after = stops[number + 1]
            stops[number + 1] = replace(after, arrive_s=after.arrive_s + longer_s)
    return replace(remaining, stops=tuple(stops))


def _extension_s(remaining: RemainingRoute, stop: Stop, people: int, van: Van, site: Site) -> int:
    """Seconds by which a stop must be longer to record so many people."""
    need_s = service_s(people, site.seconds_per_person, van.kits)
    served_s = stop.packup_s - stop.serve_s
    if van.crew_break is not None and remaining.break_start_s is not None:
        end_s = remaining.break_start_s + van.crew_break.length_s
        served_s -= max(0, min(end_s, stop.packup_s) - max(remaining.break_start_s, stop.serve_s))
    return max(0, need_s - served_s)


def _slack_s(
    instance: Instance, remaining: RemainingRoute, stops: Sequence[Stop], number: int, site: Site
) -> int:
    """Seconds by which a stop can last longer without anything else becoming later."""
    stop, van, day = stops[number], remaining.van_state.van(instance), remaining.van_state.date
    start_s = remaining.break_start_s
    length_s = 0 if van.crew_break is None else van.crew_break.length_s
    if start_s is not None and start_s + length_s > stop.packup_s and start_s < stop.depart_s:
        return 0
    closing_s = max(
        (
            closes
            for opens, closes in site.windows[day]
            if opens <= stop.setup_s and stop.depart_s <= closes
        ),
        default=stop.depart_s,
    )
    spare_s = closing_s - stop.depart_s
    if number + 1 < len(stops):
        after = stops[number + 1]
        busy_s = after.setup_s
        if start_s is not None and start_s >= after.arrive_s:
            busy_s = min(busy_s, start_s)
        return min(spare_s, busy_s - after.arrive_s)
    end = instance.depot_places[van.end]
    return_s = stop.depart_s + int(instance.drive_s[site.place, end])
    latest_s = van.shifts[day][1]
    if van.crew_break is not None and start_s is None:
        latest_s = min(latest_s, van.crew_break.latest_s)
    elif start_s is not None and start_s >= stop.depart_s:
        return 0
    return min(spare_s, latest_s - return_s)


def _cards_left(van: Van, van_state: VanState, stops: Sequence[Stop]) -> int:
    """Cards left on board."""
    if van.max_people is None:
        return 10**9
    return van.max_people - sum(stop.people for stop in (*van_state.past_stops, *stops))


def _site(instance: Instance, stop: Stop) -> Site:
    return instance.sites[instance.site_index[stop.site_id]]
