"""Where every van is at a moment, what of its route is past, and from when on it is free.

A stop is begun once its set-up is, and what is begun is finished as planned, unless the van breaks
down or the place is closed: then what was recorded by then stays. A van on the road drives on to
where it was going and is free there: nobody knows where it could turn.
"""

from dataclasses import dataclass, replace
from datetime import date

from planner.model import NO_ROAD, Instance, Interval, Site, Van
from planner.plan import Plan, Route, Stop
from planner.replan.disruption import Disruption


@dataclass(frozen=True, slots=True, kw_only=True)
class VanState:
    """One van on one date.

    Attributes
    ----------
    done
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
    over
        Whether it does nothing more on this date than drive home.
    """

    van_index: int
    date: date
    past_stops: tuple[Stop, ...] = ()
    leave_s: int | None = None
    depart_s: int = 0
    origin: int = 0
    place: int = 0
    free_s: int = 0
    break_start_s: int | None = None
    is_over: bool = False

    def van(self, instance: Instance) -> Van:
        """The van."""
        return instance.vans[self.van_index]

    def reach_s(self, instance: Instance, place: int) -> int:
        """Seconds from when it is free until it can work at a place; `NO_ROAD` = it cannot.

        The plan lets it drive there from where it worked last, on the road between the two, and
        wait; so it must be there by a break that it has taken, or that it must still start.
        """
        drive_s = int(instance.drive_s[self.place, place])
        if self.leave_s is None or drive_s == NO_ROAD:
            return drive_s
        direct_s = int(instance.drive_s[self.origin, place])
        if direct_s == NO_ROAD:
            return NO_ROAD
        arrive_s = self.depart_s + direct_s
        crew_break = self.van(instance).crew_break
        if crew_break is not None and self.break_start_s is None and arrive_s > crew_break.latest_s:
            return NO_ROAD
        if self.drives_through_break(instance, arrive_s):
            return NO_ROAD
        return max(drive_s, arrive_s - self.free_s)

    def drives_through_break(self, instance: Instance, arrive_s: int) -> bool:
        """Whether a drive from its last place until then would overlap the break it has taken."""
        crew_break, start_s = self.van(instance).crew_break, self.break_start_s
        if crew_break is None or start_s is None:
            return False
        return start_s < arrive_s and self.depart_s < start_s + crew_break.length_s

    def arrive_s(self, instance: Instance, place: int) -> int | None:
        """When the plan says it arrives at its next place; None where it has not left yet."""
        if self.leave_s is None:
            return None
        return self.depart_s + int(instance.drive_s[self.origin, place])


def find_van_states(instance: Instance, plan: Plan, disruption: Disruption) -> tuple[VanState, ...]:
    """The state of every van-day of the instance, in the order of `Instance.van_days`."""
    routes = {(route.van_id, route.date): route for route in plan.routes}
    found = []
    for van_index, day in instance.van_days:
        van = instance.vans[van_index]
        route = routes.get((van.id, day))
        found.append(_find_state(instance, van_index, day, route, disruption))
    return tuple(found)


def _find_state(
    instance: Instance, van_index: int, day: date, route: Route | None, disruption: Disruption
) -> VanState:
    van = instance.vans[van_index]
    broken = disruption.is_broken_down(van.id, day)
    depot = instance.depot_places[van.start]
    home = VanState(van_index=van_index, date=day, origin=depot, place=depot)
    if day < disruption.day:
        return replace(home, past_stops=route.stops if route else (), is_over=True)
    if day > disruption.day or route is None:
        now_s = disruption.time_s if day == disruption.day else 0
        late_s = disruption.late_s.get(van.id, 0) if day == disruption.day else 0
        free_s = max(van.shifts[day][0], now_s + late_s)
        return replace(home, free_s=free_s, is_over=broken)
    if route.leave_s > disruption.time_s:
        return _wait_at_depot(home, van, route, disruption, broken=broken)
    if route.return_s <= disruption.time_s:
        return replace(home, past_stops=route.stops, leave_s=route.leave_s, is_over=True)
    return _follow_route(instance, home, route, disruption, broken=broken)


def _wait_at_depot(
    home: VanState, van: Van, route: Route, disruption: Disruption, *, broken: bool
) -> VanState:
    """A van that has not left yet; its break may have begun there."""
    late_s = disruption.late_s.get(van.id, 0)
    free_s = max(van.shifts[home.date][0], disruption.time_s)
    if late_s:
        free_s = max(free_s, route.leave_s + late_s)
    start_s = route.break_start_s
    if start_s is None or start_s > disruption.time_s or van.crew_break is None:
        return replace(home, free_s=free_s, is_over=broken)
    free_s = max(free_s, start_s + van.crew_break.length_s)
    return replace(home, free_s=free_s, break_start_s=start_s, is_over=broken)


def _follow_route(
    instance: Instance, home: VanState, route: Route, disruption: Disruption, *, broken: bool
) -> VanState:
    """A van that has left and not returned."""
    now_s = disruption.time_s
    begun = [stop for stop in route.stops if stop.setup_s <= now_s]
    rested_s = route.break_start_s
    if rested_s is not None and rested_s > now_s and not _has_begun_by(begun, rested_s):
        rested_s = None
    if begun and now_s < begun[-1].depart_s:
        return _finish_stop(instance, home, route, begun, rested_s, disruption, broken=broken)
    return _keep_driving(instance, home, route, begun, rested_s, disruption, is_over=broken)


def _has_begun_by(stops: list[Stop], start_s: int) -> bool:
    return any(stop.setup_s <= start_s < stop.depart_s for stop in stops)


def _finish_stop(
    instance: Instance,
    home: VanState,
    route: Route,
    begun: list[Stop],
    rested_s: int | None,
    disruption: Disruption,
    *,
    broken: bool,
) -> VanState:
    """A van that sets up, serves or packs up."""
    van, last = home.van(instance), begun[-1]
    site = instance.sites[instance.site_index[last.site_id]]
    if broken or last.site_id in disruption.closed:
        if rested_s is not None and rested_s > disruption.time_s:
            rested_s = None
        cut = _cut_short(site, van, last, rested_s, disruption.time_s)
        if cut is None:
            unmade = [stop for stop in begun if stop is not last]
            return _keep_driving(
                instance, home, route, unmade, rested_s, disruption, is_over=broken
            )
        last, late_s = cut, 0
    else:
        late_s = disruption.late_s.get(van.id, 0)
    free_s = last.depart_s + late_s
    last = _prolong(site, van, home.date, last, rested_s, late_s)
    return replace(
        home,
        past_stops=(*begun[:-1], last),
        leave_s=route.leave_s,
        depart_s=last.depart_s,
        origin=site.place,
        place=site.place,
        free_s=free_s,
        break_start_s=rested_s,
        is_over=broken,
    )


def _keep_driving(
    instance: Instance,
    home: VanState,
    route: Route,
    begun: list[Stop],
    rested_s: int | None,
    disruption: Disruption,
    *,
    is_over: bool,
) -> VanState:
    """A van that drives, or waits where it goes next."""
    van = home.van(instance)
    late_s = disruption.late_s.get(van.id, 0)
    if len(begun) < len(route.stops):
        ahead = route.stops[len(begun)]
        place = instance.sites[instance.site_index[ahead.site_id]].place
        arrive_s = ahead.arrive_s
        next_s = arrive_s if arrive_s > disruption.time_s else max(ahead.setup_s, disruption.time_s)
    else:
        place = instance.depot_places[van.end]
        arrive_s = next_s = route.return_s
    free_s = max(arrive_s, disruption.time_s, next_s + late_s if late_s else 0)
    if rested_s is not None and van.crew_break is not None:
        free_s = max(free_s, rested_s + van.crew_break.length_s)
    places = [instance.sites[instance.site_index[stop.site_id]].place for stop in begun]
    return replace(
        home,
        past_stops=tuple(begun),
        leave_s=route.leave_s,
        depart_s=begun[-1].depart_s if begun else route.leave_s,
        origin=places[-1] if places else home.origin,
        place=place,
        free_s=free_s,
        break_start_s=rested_s,
        is_over=is_over,
    )


def _cut_short(site: Site, van: Van, stop: Stop, rested_s: int | None, now_s: int) -> Stop | None:
    """The stop ended now, with its share of people; None where nobody was recorded yet."""
    if now_s >= stop.packup_s:
        return stop
    crew_break = (
        (0, 0)
        if rested_s is None or van.crew_break is None
        else (rested_s, rested_s + van.crew_break.length_s)
    )
    worked_s = _work_s(crew_break, (stop.serve_s, now_s))
    whole_s = _work_s(crew_break, (stop.serve_s, stop.packup_s))
    people = stop.people * worked_s // whole_s if whole_s > 0 else stop.people
    if now_s <= stop.serve_s or people == 0:
        return None
    depart_s = now_s + site.packup_s
    depart_s += max(0, crew_break[1] - now_s)
    return replace(stop, packup_s=now_s, depart_s=depart_s, people=people)


def _work_s(crew_break: Interval, span: Interval) -> int:
    """Seconds of a span that are not rest."""
    overlap_s = max(0, min(crew_break[1], span[1]) - max(crew_break[0], span[0]))
    return max(0, span[1] - span[0]) - overlap_s


def _prolong(
    site: Site, van: Van, day: date, stop: Stop, rested_s: int | None, late_s: int
) -> Stop:
    """The stop as much later as its window lets it be; its people just wait longer."""
    closing_s = max(
        (
            closes
            for opens, closes in site.windows.get(day, ())
            if opens <= stop.setup_s and stop.depart_s <= closes
        ),
        default=stop.depart_s,
    )
    if (
        rested_s is not None
        and van.crew_break
        and rested_s + van.crew_break.length_s > stop.packup_s
    ):
        return stop
    more_s = min(late_s, closing_s - stop.depart_s)
    return replace(stop, packup_s=stop.packup_s + more_s, depart_s=stop.depart_s + more_s)
