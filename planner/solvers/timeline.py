"""When a van works at a stop and where it takes its break: the one place that times both.

Leaving a place earlier never makes anything later: roads take the same time at any hour, and a van
may wait wherever it arrives. So of all ways to reach a point of the route only the earliest
matters, with one exception: whether the break has been taken by then. Two labels a stop, the
earliest departure before and after the break, therefore find a schedule whenever one exists.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from planner.model import NO_ROAD, Break, Interval, Site, Van
from planner.plan import Route, Stop
from planner.units import overlap_s

ANY_TIME_S = 2**62
"""Service that need not begin by any time."""


@dataclass(frozen=True, slots=True, eq=False)
class StopTask:
    """What is to be done at a stop, whenever it is done.

    Attributes
    ----------
    service_s
        Seconds that the people need.
    from_s, until_s
        Service begins no later than the one and ends no earlier than the other, as promised.
    """

    site: Site
    people: int
    service_s: int
    windows: tuple[Interval, ...]
    crew_break: Break | None
    from_s: int
    until_s: int

    @classmethod
    def build(
        cls,
        site: Site,
        van: Van,
        day: date,
        people: int,
        *,
        from_s: int = ANY_TIME_S,
        until_s: int = -1,
    ) -> "StopTask":
        """The task of a van on a date."""
        need_s = site.service_s(people, van.kits)
        windows = site.windows.get(day, ())
        return cls(site, people, need_s, windows, van.crew_break, from_s, until_s)

    def serve_s(self, soonest_s: int, until_s: int) -> int:
        """When service begins: no sooner than is needed to be through when it must last until."""
        return max(soonest_s, min(self.from_s, until_s - self.service_s))


class Phases(NamedTuple):
    """Times of a stop and, where it is taken there, of the break."""

    setup_s: int
    serve_s: int
    packup_s: int
    depart_s: int
    break_start_s: int | None = None


class TimedTask(NamedTuple):
    """A task with its arrival and phases."""

    task: StopTask
    arrive_s: int
    phases: Phases

    def stop(self) -> Stop:
        """The same as part of a plan."""
        phases = self.phases
        return Stop(
            site_id=self.task.site.id,
            arrive_s=self.arrive_s,
            setup_s=phases.setup_s,
            serve_s=phases.serve_s,
            packup_s=phases.packup_s,
            depart_s=phases.depart_s,
            people=self.task.people,
        )


class Label(NamedTuple):
    """The times of a route up to the moment its van is ready to drive on."""

    leave_s: int
    ready_s: int
    timed_tasks: tuple[TimedTask, ...] = ()
    break_start_s: int | None = None

    @property
    def stops(self) -> tuple[Stop, ...]:
        """In their order."""
        return tuple(timed.stop() for timed in self.timed_tasks)


ListPhases = Callable[[StopTask, int, bool], Sequence[Phases]]


def depot_labels(ready_s: int, crew_break: Break | None) -> list[Label]:
    """A van at its depot from a time on, without its break and after it."""
    labels = [Label(ready_s, ready_s)]
    if crew_break is not None:
        leave_s = max(ready_s, crew_break.earliest_s + crew_break.length_s)
        labels.append(Label(leave_s, leave_s, (), crew_break.earliest_s))
    return labels


def list_phases(task: StopTask, there_s: int, has_rested: bool) -> list[Phases]:
    """The earliest ways to do a task in each window, without the break and with it in each phase.

    Parameters
    ----------
    there_s
        From when on the van can work or rest there.
    has_rested
        Whether the break is taken before.
    """
    return [
        phases
        for opening_s, closing_s in task.windows
        for phases in _options(task, there_s, max(there_s, opening_s), has_rested)
        if phases.serve_s <= task.from_s and phases.depart_s <= closing_s
    ]


def extend_labels(
    labels: Sequence[Label],
    drive_s: int,
    task: StopTask,
    *,
    arrive_s: int | None = None,
    phases_of: ListPhases = list_phases,
) -> list[Label]:
    """The earliest departures after one more stop, without the break and with it.

    Of two that depart together that is taken which left its depot later.

    Parameters
    ----------
    drive_s
        From where the labels end.
    arrive_s
        What the plan says, where the van is there to work at another time.
    phases_of
        `list_phases`, or the same with a memory.
    """
    before_break: list[Label] = []
    after_break: list[Label] = []
    for label in labels:
        there_s = label.ready_s + drive_s
        for phases in phases_of(task, there_s, label.break_start_s is not None):
            timed = TimedTask(task, there_s if arrive_s is None else arrive_s, phases)
            start_s = label.break_start_s if phases.break_start_s is None else phases.break_start_s
            tasks = (*label.timed_tasks, timed)
            group = before_break if start_s is None else after_break
            group.append(Label(label.leave_s, phases.depart_s, tasks, start_s))
    return [min(group, key=_departure) for group in (before_break, after_break) if group]


def best_return(
    labels: Sequence[Label], drive_s: int, closing_s: int, crew_break: Break | None
) -> Label | None:
    """The label from which a van is home first, in its shift and not too late for its break."""
    if drive_s == NO_ROAD:
        return None
    for label in sorted(labels, key=_departure):
        latest_s = closing_s
        if crew_break is not None and label.break_start_s is None:
            latest_s = min(closing_s, crew_break.latest_s)
        if label.ready_s + drive_s <= latest_s:
            return label
    return None


def depart_late(route: Route) -> Route:
    """The route without idle time between its arrival at the first stop and what is done there."""
    if not route.stops:
        return route
    first = route.stops[0]
    busy_s = busy_from_s(first, route.break_start_s)
    stops = (replace(first, arrive_s=busy_s), *route.stops[1:])
    return replace(route, leave_s=route.leave_s + busy_s - first.arrive_s, stops=stops)


def busy_from_s(stop: Stop, break_start_s: int | None) -> int:
    """When a van that has arrived at a stop begins to work, or to rest."""
    if break_start_s is not None and break_start_s >= stop.arrive_s:
        return min(stop.setup_s, break_start_s)
    return stop.setup_s


def work_s(begin_s: int, end_s: int, crew_break: Break | None, break_start_s: int | None) -> int:
    """Seconds between two times that are not the break."""
    if crew_break is None or break_start_s is None:
        return end_s - begin_s
    pause = break_start_s, break_start_s + crew_break.length_s
    return end_s - begin_s - overlap_s(pause, (begin_s, end_s))


def is_break_within(
    begin_s: int, end_s: int, crew_break: Break | None, break_start_s: int | None
) -> bool:
    """Whether a break meets a span; one of no seconds does where it lies inside the other."""
    if crew_break is None or break_start_s is None:
        return False
    return break_start_s < end_s and begin_s < break_start_s + crew_break.length_s


def window_end_s(site: Site, day: date, stop: Stop) -> int:
    """When the window closes that a stop lies in; its departure where it lies in none."""
    return max(
        (
            closing_s
            for opening_s, closing_s in site.windows.get(day, ())
            if opening_s <= stop.setup_s and stop.depart_s <= closing_s
        ),
        default=stop.depart_s,
    )


def _departure(label: Label) -> tuple[int, int]:
    return label.ready_s, -label.leave_s


def _options(task: StopTask, there_s: int, free_s: int, has_rested: bool) -> Iterator[Phases]:
    """The task begun no earlier than the van is free; it may rest from when it is there."""
    yield _without_break(task, free_s)
    crew_break = task.crew_break
    if crew_break is None or has_rested:
        return
    for phases in (
        _break_before_service(task, there_s, free_s, crew_break),
        _break_in_service(task, free_s, crew_break),
        _break_in_packup(task, free_s, crew_break),
    ):
        if phases is not None and (phases.break_start_s or 0) <= crew_break.latest_s:
            yield phases


def _without_break(task: StopTask, free_s: int) -> Phases:
    site = task.site
    serve_s = task.serve_s(free_s + site.setup_s, task.until_s)
    packup_s = max(task.until_s, serve_s + task.service_s)
    return Phases(serve_s - site.setup_s, serve_s, packup_s, packup_s + site.packup_s)


def _break_before_service(
    task: StopTask, there_s: int, free_s: int, crew_break: Break
) -> Phases | None:
    """The break while waiting or setting up."""
    site = task.site
    start_s = max(there_s, crew_break.earliest_s)
    end_s = start_s + crew_break.length_s
    done_s = min(max(0, start_s - free_s), site.setup_s)
    if 0 < done_s == site.setup_s:
        return None
    serve_s = task.serve_s(max(end_s, free_s) + site.setup_s - done_s, task.until_s)
    packup_s = max(task.until_s, serve_s + task.service_s)
    setup_s = serve_s - site.setup_s
    if setup_s < end_s:
        setup_s -= crew_break.length_s
    return Phases(setup_s, serve_s, packup_s, packup_s + site.packup_s, start_s)


def _break_in_service(task: StopTask, free_s: int, crew_break: Break) -> Phases | None:
    site, length_s = task.site, crew_break.length_s
    serve_s = task.serve_s(free_s + site.setup_s, task.until_s - length_s)
    start_s = max(serve_s, crew_break.earliest_s)
    served_s = serve_s + task.service_s
    if start_s >= served_s > task.until_s:
        return None
    packup_s = max(task.until_s, served_s + length_s, start_s + length_s)
    return Phases(serve_s - site.setup_s, serve_s, packup_s, packup_s + site.packup_s, start_s)


def _break_in_packup(task: StopTask, free_s: int, crew_break: Break) -> Phases:
    """The break while packing up; work is put off so that it may begin by then."""
    site = task.site
    until_s = max(task.until_s, crew_break.earliest_s - site.packup_s)
    serve_s = task.serve_s(free_s + site.setup_s, until_s)
    packup_s = max(until_s, serve_s + task.service_s)
    start_s = max(packup_s, crew_break.earliest_s)
    depart_s = packup_s + site.packup_s + crew_break.length_s
    return Phases(serve_s - site.setup_s, serve_s, packup_s, depart_s, start_s)
