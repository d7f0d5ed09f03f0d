"""Where every van is at a moment, what of its route is past, and from when on it is free.

A stop is begun once its set-up is, and what is begun is finished as planned, unless the van breaks
down or the place is closed: then what was recorded by then stays. A van on the road drives on to
where it was going and is free there: nobody knows where it could turn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.model import MAX_COUNT, MAX_S, NO_ROAD, Instance, Site, Van
from planner.plan import Plan, Route, Stop
from planner.replan.disruption import Disruption
from planner.solvers.timeline import is_break_within, window_end_s, work_s

VanDay = tuple[int, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class VanState:
    """One van on one date.

    Attributes
    ----------
    planned
        The route it was to do, if any.
    past_stops
        Stops that are past or begun, as they were or will be; nobody can change them any more.
    leave_s
        When it left its depot; None = it has not.
    depart_s
        When it left, or will leave, the last place it worked at, or its depot.
    origin
        That place.
    place, free_s
        Where it is free next, and from when on.
    break_start_s
        Of a break that is taken, or that lies in a stop that is begun; else None.
    is_over
        Whether it does nothing more on this date than drive home.
    """

    van_index: int
    date: date
    planned: Route | None = None
    past_stops: tuple[Stop, ...] = ()
    leave_s: int | None = None
    depart_s: int = 0
    origin: int = 0
    place: int = 0
    free_s: int = 0
    break_start_s: int | None = None
    is_over: bool = False

    @property
    def van_day(self) -> VanDay:
        """Index of the van, and the date."""
        return self.van_index, self.date

    @property
    def next_stops(self) -> tuple[Stop, ...]:
        """Stops that it was to make and that are not begun."""
        return self.planned.stops[len(self.past_stops) :] if self.planned else ()

    def is_diverted(self, place: int) -> bool:
        """Whether it drives to a place though it was on the way to, or waited at, another."""
        is_out = self.leave_s is not None and self.place != self.origin
        return is_out and not self.is_over and place != self.place

    def van(self, instance: Instance) -> Van:
        """The van."""
        return instance.vans[self.van_index]

    def cards_left(self, instance: Instance) -> int:
        """Cards on board; where they do not count, more than there can be people."""
        max_people = self.van(instance).max_people
        if max_people is None:
            return MAX_COUNT * len(instance.sites)
        return max_people - sum(stop.people for stop in self.past_stops)

    def may_stop(self, instance: Instance, site: Site) -> bool:
        """Whether the van fits at a site and has not stopped there on this date."""
        fits = self.van(instance).van_class in site.classes
        return fits and all(stop.site_id != site.id for stop in self.past_stops)

    def reach_s(self, instance: Instance, place: int) -> int:
        """Seconds from when it is free until it can work at a place; `NO_ROAD` = it cannot.

        The plan lets it drive there from where it worked last, on the road between the two, and
        wait; so it must be there by a break that it has taken, or that it must still start.
        """
        drive_s = int(instance.drive_s[self.place, place])
        if self.leave_s is None or drive_s == NO_ROAD:
            return drive_s
        if instance.drive_s[self.origin, place] == NO_ROAD:
            return NO_ROAD
        arrive_s = self.depart_s + int(instance.drive_s[self.origin, place])
        crew_break = self.van(instance).crew_break
        if crew_break is not None and self.break_start_s is None and arrive_s > crew_break.latest_s:
            return NO_ROAD
        if self.drives_through_break(instance, arrive_s):
            return NO_ROAD
        reach_s = max(drive_s, arrive_s - self.free_s)
        return reach_s if reach_s <= MAX_S else NO_ROAD

    def drives_through_break(self, instance: Instance, arrive_s: int) -> bool:
        """Whether a drive from its last place until then would overlap the break it has taken."""
        crew_break = self.van(instance).crew_break
        return is_break_within(self.depart_s, arrive_s, crew_break, self.break_start_s)

    def arrive_s(self, instance: Instance, place: int) -> int | None:
        """When the plan says it arrives at its next place; None where it has not left yet."""
        if self.leave_s is None:
            return None
        return self.depart_s + int(instance.drive_s[self.origin, place])


def find_van_states(instance: Instance, plan: Plan, disruption: Disruption) -> tuple[VanState, ...]:
    """The state of every van-day of the instance, in the order of `Instance.van_days`."""
    routes = {(route.van_id, route.date): route for route in plan.routes}
    return tuple(
        _find_state(instance, index, day, routes.get((instance.vans[index].id, day)), disruption)
        for index, day in instance.van_days
    )


def _find_state(
    instance: Instance, van_index: int, day: date, route: Route | None, disruption: Disruption
) -> VanState:
    van = instance.vans[van_index]
    depot = instance.depot_places[van.start]
    home = VanState(
        van_index=van_index,
        date=day,
        planned=route,
        origin=depot,
        place=depot,
        is_over=disruption.is_broken_down(van.id, day),
    )
    opening_s = van.shifts[day][0]
    if day < disruption.day:
        return replace(home, past_stops=route.stops if route else (), is_over=True)
    if day > disruption.day:
        return replace(home, free_s=opening_s)
    late_s = disruption.late_s.get(van.id, 0)
    if route is None:
        return replace(home, free_s=max(opening_s, disruption.time_s + late_s))
    if route.leave_s > disruption.time_s:
        soonest_s = max(opening_s, disruption.time_s, route.leave_s + late_s if late_s else 0)
        return _wait_at_depot(home, van, route, soonest_s, disruption.time_s)
    if route.return_s <= disruption.time_s:
        return replace(home, past_stops=route.stops, leave_s=route.leave_s, is_over=True)
    return _follow_route(instance, replace(home, leave_s=route.leave_s), route, disruption)


def _wait_at_depot(home: VanState, van: Van, route: Route, free_s: int, now_s: int) -> VanState:
    """A van that has not left yet; its break may have begun there."""
    start_s = route.break_start_s
    if start_s is None or start_s > now_s or van.crew_break is None:
        return replace(home, free_s=free_s)
    free_s = max(free_s, start_s + van.crew_break.length_s)
    return replace(home, free_s=free_s, break_start_s=start_s)


def _follow_route(
    instance: Instance, home: VanState, route: Route, disruption: Disruption
) -> VanState:
    """A van that has left and not returned."""
    now_s = disruption.time_s
    begun = [stop for stop in route.stops if stop.setup_s <= now_s]
    start_s = route.break_start_s
    if (
        start_s is not None
        and start_s > now_s
        and not any(stop.setup_s <= start_s < stop.depart_s for stop in begun)
    ):
        start_s = None
    out = replace(home, break_start_s=start_s)
    if begun and now_s < begun[-1].depart_s:
        return _finish_stop(instance, out, route, begun, disruption)
    return _keep_driving(instance, out, route, begun, disruption)


def _finish_stop(
    instance: Instance, out: VanState, route: Route, begun: Sequence[Stop], disruption: Disruption
) -> VanState:
    """A van that sets up, serves or packs up."""
    van, (*before, last) = out.van(instance), begun
    site = instance.site(last.site_id)
    late_s = disruption.late_s.get(van.id, 0)
    has_stopped = out.is_over and not disruption.may_record(van.id)
    if has_stopped or site.id in disruption.closed:
        if out.break_start_s is not None and out.break_start_s > disruption.time_s:
            out = replace(out, break_start_s=None)
        cut = _cut_short(site, van, last, out.break_start_s, disruption.time_s)
        if cut is None:
            return _keep_driving(instance, out, route, before, disruption)
        last, late_s = cut, 0
    free_s = last.depart_s + late_s
    is_packing_up = disruption.time_s >= last.packup_s
    delayed = _delay(site, van, out, last, late_s, is_packing_up=is_packing_up)
    if delayed is None:
        return _keep_driving(instance, out, route, before, disruption)
    last = delayed
    return replace(
        out,
        past_stops=(*before, last),
        depart_s=last.depart_s,
        origin=site.place,
        place=site.place,
        free_s=free_s,
    )


def _keep_driving(
    instance: Instance, out: VanState, route: Route, begun: Sequence[Stop], disruption: Disruption
) -> VanState:
    """A van that drives, or waits where it goes next."""
    van, now_s = out.van(instance), disruption.time_s
    late_s = disruption.late_s.get(van.id, 0)
    if len(begun) < len(route.stops):
        ahead = route.stops[len(begun)]
        place = instance.site(ahead.site_id).place
        arrive_s = ahead.arrive_s
        next_s = arrive_s if arrive_s > now_s else max(ahead.setup_s, now_s)
    else:
        place = instance.depot_places[van.end]
        arrive_s = next_s = route.return_s
    free_s = max(arrive_s, now_s, next_s + late_s if late_s else 0)
    if out.break_start_s is not None and van.crew_break is not None:
        free_s = max(free_s, out.break_start_s + van.crew_break.length_s)
    return replace(
        out,
        past_stops=tuple(begun),
        depart_s=begun[-1].depart_s if begun else route.leave_s,
        origin=instance.site(begun[-1].site_id).place if begun else out.origin,
        place=place,
        free_s=free_s,
    )


def _cut_short(
    site: Site, van: Van, stop: Stop, break_start_s: int | None, now_s: int
) -> Stop | None:
    """The stop ended now, with its share of people; None where nobody was recorded yet."""
    if now_s >= stop.packup_s:
        return stop
    if now_s <= stop.serve_s:
        return None
    served_s = work_s(stop.serve_s, now_s, van.crew_break, break_start_s)
    service_s = work_s(stop.serve_s, stop.packup_s, van.crew_break, break_start_s)
    people = stop.people * served_s // service_s if service_s > 0 else stop.people
    if people == 0:
        return None
    depart_s = now_s + site.packup_s
    if van.crew_break is not None and break_start_s is not None:
        depart_s += max(0, break_start_s + van.crew_break.length_s - now_s)
    return replace(stop, packup_s=now_s, depart_s=depart_s, people=people)


def _delay(
    site: Site, van: Van, out: VanState, stop: Stop, late_s: int, *, is_packing_up: bool
) -> Stop | None:
    """The stop as much later as its window lets it be; None where nobody can be recorded by then.

    What does not fit before closing is lost, at an even pace, save where all were
    recorded by now; a break that ends the stop stays.
    """
    start_s, crew_break = out.break_start_s, van.crew_break
    more_s = min(late_s, window_end_s(site, out.date, stop) - stop.depart_s)
    if start_s is not None and crew_break and start_s + crew_break.length_s > stop.packup_s:
        more_s = 0
    lost_s = late_s - more_s
    service_s = work_s(stop.serve_s, stop.packup_s, crew_break, start_s)
    people = stop.people
    if lost_s > 0 and not is_packing_up:
        people = people * max(0, service_s - lost_s) // max(1, service_s)
        if people == 0:
            return None
    return replace(
        stop, packup_s=stop.packup_s + more_s, depart_s=stop.depart_s + more_s, people=people
    )
