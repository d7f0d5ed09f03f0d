"""When a van is where, once it is settled which stops it makes and how many people each records.

Leaving a place earlier never makes anything later: roads take the same time at any hour, and a van
may wait wherever it arrives. So of all ways to reach a point of the route only the earliest
matters, with one exception: whether the break has been taken by then. Two labels a stop, the
earliest departure before and after the break, therefore find a schedule whenever one exists.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from planner.model import NO_ROAD, Break, Instance, Interval, Site, Van
from planner.plan import Route, Stop
from planner.units import service_s

Visit = tuple[int, int]
"""Index of a site, and the people to record there."""


def schedule_route(
    instance: Instance, van_index: int, day: date, visits: Sequence[Visit]
) -> Route | None:
    """The route that makes these stops in this order and returns earliest, or None.

    None only where no choice of times, windows and break keeps the rules of time: shift, roads,
    windows and break. Classes, limits and people expected are the caller's to keep. The van
    leaves as late as it can without delaying its first stop; a break is taken only if needed.

    Parameters
    ----------
    day
        A date on which the van has a shift.
    visits
        In the order driven.
    """
    van = instance.vans[van_index]
    opening_s, closing_s = van.shifts[day]
    place = instance.depot_places[van.start]
    labels = list(_depot_labels(van.crew_break, opening_s))
    for site_index, people in visits:
        site = instance.sites[site_index]
        drive_s = int(instance.drive_s[place, site.place])
        if drive_s == NO_ROAD:
            return None
        labels = _extend_labels(labels, drive_s, _StopWork.of(site, van, day, people))
        place = site.place
    drive_s = int(instance.drive_s[place, instance.depot_places[van.end]])
    for label in labels:
        return_s = label.ready_s + drive_s
        late = (
            label.break_start_s is None
            and van.crew_break is not None
            and return_s > van.crew_break.latest_s
        )
        if drive_s != NO_ROAD and return_s <= closing_s and not late:
            return _depart_late(label.route(van.id, day, return_s))
    return None


class _TimedVisit(NamedTuple):
    """A stop while its route is not known yet; `pause_s` is the start of a break among its work."""

    task: "_StopWork"
    arrive_s: int
    setup_s: int
    pause_s: int | None = None

    def stop(self) -> Stop:
        """With all its times."""
        task = self.task
        serve_s = self.setup_s + task.setup_s
        packup_s = serve_s + task.serve_s
        stop = Stop(
            site_id=task.site_id,
            arrive_s=self.arrive_s,
            setup_s=self.setup_s,
            serve_s=serve_s,
            packup_s=packup_s,
            depart_s=packup_s + task.packup_s,
            people=task.people,
        )
        if self.pause_s is None or task.crew_break is None:
            return stop
        return _put_off(stop, self.pause_s, task.crew_break.length_s)


class _Label(NamedTuple):
    """The times of a route up to the moment its van is ready to drive on."""

    leave_s: int
    ready_s: int
    halts: tuple[_TimedVisit, ...] = ()
    break_start_s: int | None = None

    def route(self, van_id: str, day: date, return_s: int) -> Route:
        return Route(
            van_id=van_id,
            date=day,
            leave_s=self.leave_s,
            return_s=return_s,
            stops=tuple(halt.stop() for halt in self.halts),
            break_start_s=self.break_start_s,
        )


class _StopWork(NamedTuple):
    """What is to be done at a stop, whenever it is done."""

    site_id: str
    people: int
    setup_s: int
    serve_s: int
    packup_s: int
    work_s: int
    windows: tuple[Interval, ...]
    crew_break: Break | None

    @classmethod
    def of(cls, site: Site, van: Van, day: date, people: int) -> "_StopWork":
        serve_s = service_s(people, site.seconds_per_person, van.kits)
        return cls(
            site_id=site.id,
            people=people,
            setup_s=site.setup_s,
            serve_s=serve_s,
            packup_s=site.packup_s,
            work_s=site.setup_s + serve_s + site.packup_s,
            windows=site.windows.get(day, ()),
            crew_break=van.crew_break,
        )


def _depot_labels(crew_break: Break | None, opening_s: int) -> Iterator[_Label]:
    yield _Label(leave_s=opening_s, ready_s=opening_s)
    if crew_break is not None:
        leave_s = max(opening_s, crew_break.earliest_s + crew_break.length_s)
        yield _Label(leave_s=leave_s, ready_s=leave_s, break_start_s=crew_break.earliest_s)


def _extend_labels(labels: Sequence[_Label], drive_s: int, task: _StopWork) -> list[_Label]:
    """The earliest departure from a stop without the break, and with it, where there is one."""
    without: list[_Label] = []
    rested: list[_Label] = []
    for label in labels:
        arrive_s = label.ready_s + drive_s
        if label.break_start_s is not None:
            rested.extend(_extend_without_break(label, arrive_s, arrive_s, task))
        else:
            without.extend(_extend_without_break(label, arrive_s, arrive_s, task))
            rested.extend(_extend_with_break(label, arrive_s, task))
    return [min(found, key=_label_order) for found in (without, rested) if found]


def _label_order(label: _Label) -> tuple[int, int]:
    """Ready first; then out for the shortest time."""
    return label.ready_s, -label.leave_s


def _extend_with_break(label: _Label, arrive_s: int, task: _StopWork) -> Iterator[_Label]:
    """Departures with the break while waiting, or between opening and closing.

    Within the window it starts as early as it may: all that counts for the departure is that set-up
    to pack-up and the break fit in. A break that may only start after the work delays the work
    until it ends as the break starts.
    """
    crew_break = task.crew_break
    if crew_break is None:
        return
    start_s = max(arrive_s, crew_break.earliest_s)
    if start_s <= crew_break.latest_s:
        waiting = _Label(label.leave_s, label.ready_s, label.halts, start_s)
        yield from _extend_without_break(waiting, arrive_s, start_s + crew_break.length_s, task)
    for opening_s, closing_s in task.windows:
        setup_s = max(arrive_s, opening_s, crew_break.earliest_s - task.work_s)
        start_s = max(setup_s, crew_break.earliest_s)
        if (
            start_s <= crew_break.latest_s
            and setup_s + task.work_s + crew_break.length_s <= closing_s
        ):
            halt = _TimedVisit(task, arrive_s, setup_s, start_s)
            ready_s = setup_s + task.work_s + crew_break.length_s
            yield _Label(label.leave_s, ready_s, (*label.halts, halt), start_s)


def _extend_without_break(
    label: _Label, arrive_s: int, free_s: int, task: _StopWork
) -> Iterator[_Label]:
    """Departures without a pause, set-up no earlier than the van is free, one for each window."""
    for opening_s, closing_s in task.windows:
        setup_s = max(free_s, opening_s)
        ready_s = setup_s + task.work_s
        if ready_s <= closing_s:
            halts = (*label.halts, _TimedVisit(task, arrive_s, setup_s))
            yield _Label(label.leave_s, ready_s, halts, label.break_start_s)


def _put_off(stop: Stop, start_s: int, length_s: int) -> Stop:
    """The stop with all that comes after the start of the break put off."""
    return replace(
        stop,
        serve_s=stop.serve_s + length_s * (stop.serve_s > start_s),
        packup_s=stop.packup_s + length_s * (stop.packup_s > start_s),
        depart_s=stop.depart_s + length_s,
    )


def _depart_late(route: Route) -> Route:
    """The route without idle time between its arrival at the first stop and what is done there."""
    if not route.stops:
        return route
    first = route.stops[0]
    busy_s = first.setup_s
    if route.break_start_s is not None and route.break_start_s >= first.arrive_s:
        busy_s = min(busy_s, route.break_start_s)
    leave_s = route.leave_s + busy_s - first.arrive_s
    stops = (replace(first, arrive_s=busy_s), *route.stops[1:])
    return replace(route, leave_s=leave_s, stops=stops)


def maximise_people(
    instance: Instance,
    van_index: int,
    day: date,
    visits: Sequence[Visit],
    position: int,
    at_most: int,
) -> Route | None:
    """The route on which one stop records the most people it can, the others what they do.

    Parameters
    ----------
    position
        Of the stop in ``visits``; its people there are the fewest it may record.
    at_most
        The most it may record for other reasons than time.

    Returns
    -------
    Route | None
        None where not even the fewest can be recorded in time, or ``at_most`` is below them.
    """
    site_index, people = visits[position]

    def route(amount: int) -> Route | None:
        changed = [*visits[:position], (site_index, amount), *visits[position + 1 :]]
        return schedule_route(instance, van_index, day, changed) if amount <= at_most else None

    best = route(people)
    if best is None or people == at_most:
        return best
    everybody = route(at_most)
    if everybody is not None:
        return everybody
    # Fewer people never take longer, so that all amounts up to the most can be timed.
    too_many = at_most
    while too_many - people > 1:
        middle = (people + too_many) // 2
        found = route(middle)
        if found is None:
            too_many = middle
        else:
            people, best = middle, found
    return best
