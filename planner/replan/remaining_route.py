"""The past and the rest of a van-day put together as one route, and its people counted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planner.model import Instance, Site, Van
from planner.plan import Plan, Route, Stop
from planner.replan.chains import most_served
from planner.replan.changed import way_home
from planner.replan.van_state import Standing
from planner.units import service_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What a van-day does after its standing."""

    standing: Standing
    stops: tuple[Stop, ...]
    break_start_s: int | None


def people_left(instance: Instance, stops: Iterable[Stop]) -> Counter[str]:
    """People expected at each site who are recorded at none of these stops."""
    left = Counter({site.id: site.expected for site in instance.sites})
    for stop in stops:
        left[stop.site_id] -= stop.people
    return left


def whole_plan(instance: Instance, before: Plan, rests: Sequence[Rest]) -> Plan:
    """Routes of the past and the rest, by date, then by van."""
    routes = {(route.van_id, route.date): route for route in before.routes}
    found = []
    for rest in rests:
        standing = rest.standing
        van = standing.van(instance)
        planned = routes.get((van.id, standing.date))
        route = _whole(instance, rest, planned)
        if route is not None:
            found.append(route)
    return Plan(routes=tuple(sorted(found, key=lambda route: (route.date, route.van_id))))


def _whole(instance: Instance, rest: Rest, planned: Route | None) -> Route | None:
    standing = rest.standing
    if not rest.stops:
        if planned is not None and standing.over and standing.done == planned.stops:
            return planned
        return way_home(instance, standing)
    van = standing.van(instance)
    last = rest.stops[-1]
    place = _site(instance, last).place
    drive_s = int(instance.drive_s[place, instance.depot_places[van.end]])
    leave_s, first = _leaving(instance, rest)
    return Route(
        van_id=van.id,
        date=standing.date,
        leave_s=leave_s,
        return_s=last.depart_s + drive_s,
        stops=(*standing.done, first, *rest.stops[1:]),
        break_start_s=rest.break_start_s,
    )


def _leaving(instance: Instance, rest: Rest) -> tuple[int, Stop]:
    """When the van leaves its depot: as late as it can; and its next stop with the arrival."""
    standing, first = rest.standing, rest.stops[0]
    if standing.leave_s is not None:
        return standing.leave_s, first
    busy_s = first.setup_s
    if rest.break_start_s is not None and rest.break_start_s >= first.arrive_s:
        busy_s = min(busy_s, rest.break_start_s)
    drive_s = int(instance.drive_s[standing.place, _site(instance, first).place])
    return busy_s - drive_s, replace(first, arrive_s=busy_s)


def filled(instance: Instance, rests: Sequence[Rest]) -> tuple[Rest, ...]:
    """Every stop with as many people as its time allows, those that weigh most first."""
    stops = [stop for rest in rests for stop in (*rest.standing.done, *rest.stops)]
    left = people_left(instance, stops)
    found = {id(rest): list(rest.stops) for rest in rests}
    order = sorted(
        ((rest, number) for rest in rests for number in range(len(rest.stops))),
        key=lambda each: -_site(instance, each[0].stops[each[1]]).weight,
    )
    for rest, number in order:
        stop = found[id(rest)][number]
        van = rest.standing.van(instance)
        room = _room(van, rest.standing, found[id(rest)])
        most = most_served(instance, rest.standing, stop, rest.break_start_s)
        more = max(0, min(most - stop.people, left[stop.site_id], room))
        left[stop.site_id] -= more
        found[id(rest)][number] = replace(stop, people=stop.people + more)
    return tuple(replace(rest, stops=tuple(found[id(rest)])) for rest in rests)


def stretched(instance: Instance, rests: Sequence[Rest]) -> tuple[Rest, ...]:
    """Stays made longer by what the van would wait after them, where people are left to come."""
    stops = [stop for rest in rests for stop in (*rest.standing.done, *rest.stops)]
    left = people_left(instance, stops)
    return tuple(_stretched(instance, rest, left) for rest in rests)


def _stretched(instance: Instance, rest: Rest, left: Counter[str]) -> Rest:
    stops = list(rest.stops)
    van = rest.standing.van(instance)
    for number, stop in enumerate(stops):
        site = _site(instance, stop)
        room = min(left[stop.site_id], _room(van, rest.standing, stops))
        spare_s = _spare_s(instance, rest, stops, number, site)
        more = max(
            (
                extra
                for extra in range(1, room + 1)
                if _longer_s(rest, stop, stop.people + extra, van, site) <= spare_s
            ),
            default=0,
        )
        if not more:
            continue
        left[stop.site_id] -= more
        longer_s = _longer_s(rest, stop, stop.people + more, van, site)
        stops[number] = replace(
            stop,
            people=stop.people + more,
            packup_s=stop.packup_s + longer_s,
            depart_s=stop.depart_s + longer_s,
        )
        if number + 1 < len(stops):
            after = stops[number + 1]
            stops[number + 1] = replace(after, arrive_s=after.arrive_s + longer_s)
    return replace(rest, stops=tuple(stops))


def _longer_s(rest: Rest, stop: Stop, people: int, van: Van, site: Site) -> int:
    """Seconds by which a stop must be longer to record so many people."""
    need_s = service_s(people, site.seconds_per_person, van.kits)
    served_s = stop.packup_s - stop.serve_s
    if van.crew_break is not None and rest.break_start_s is not None:
        end_s = rest.break_start_s + van.crew_break.length_s
        served_s -= max(0, min(end_s, stop.packup_s) - max(rest.break_start_s, stop.serve_s))
    return max(0, need_s - served_s)


def _spare_s(instance: Instance, rest: Rest, stops: Sequence[Stop], number: int, site: Site) -> int:
    """Seconds by which a stop can last longer without anything else becoming later."""
    stop, van, day = stops[number], rest.standing.van(instance), rest.standing.date
    start_s = rest.break_start_s
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


def _room(van: Van, standing: Standing, stops: Sequence[Stop]) -> int:
    """Cards left on board."""
    if van.max_people is None:
        return 10**9
    return van.max_people - sum(stop.people for stop in (*standing.done, *stops))


def _site(instance: Instance, stop: Stop) -> Site:
    return instance.sites[instance.site_index[stop.site_id]]
