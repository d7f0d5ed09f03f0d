"""When a van can serve through given hours, one place after the other, with its break.

Unlike a stop that ends when its people are served, one that was promised lasts until its hours
end, and the break may lie in them. As everywhere, leaving earlier never makes anything later, so
the earliest departure without the break and with it are all that matters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from planner.model import NO_ROAD, Break, Instance, Interval, Site, Van
from planner.plan import Stop
from planner.replan.van_state import VanState
from planner.units import service_s


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceHours:
    """Service at a site that lasts at least from one time to another, for at least some people."""

    site: Site
    from_s: int
    until_s: int
    people: int


class Label(NamedTuple):
    """A van ready to drive on, and what it does from its state on.

    Attributes
    ----------
    place
        None = where it stands.
    halts
        Stops whose times are settled: the hours, the arrival and the rest.
    """

    ready_s: int
    place: int | None
    halts: "tuple[tuple[ServiceHours, int, _Phases], ...]" = ()
    break_start_s: int | None = None

    @property
    def stops(self) -> tuple[Stop, ...]:
        """In their order."""
        return tuple(
            Stop(
                site_id=hours.site.id,
                arrive_s=arrive_s,
                setup_s=phases.setup_s,
                serve_s=phases.serve_s,
                packup_s=phases.packup_s,
                depart_s=phases.depart_s,
                people=hours.people,
            )
            for hours, arrive_s, phases in self.halts
        )


class _Phases(NamedTuple):
    """Times of a stop and, where it is taken there, of the break."""

    setup_s: int
    serve_s: int
    packup_s: int
    depart_s: int
    break_start_s: int | None = None


def start_labels(instance: Instance, van_state: VanState) -> list[Label]:
    """The van where it stands; at its depot it may have rested before it leaves."""
    found = [Label(van_state.free_s, None, (), van_state.break_start_s)]
    crew_break = van_state.van(instance).crew_break
    if crew_break is not None and van_state.leave_s is None and van_state.break_start_s is None:
        leave_s = max(van_state.free_s, crew_break.earliest_s + crew_break.length_s)
        found.append(Label(leave_s, None, (), crew_break.earliest_s))
    return found


PhaseCache = dict[tuple[int, int, bool], list[_Phases]]
"""Ways to serve that were found before: through which hours, when there, whether rested."""


def extend_labels(
    instance: Instance,
    van_state: VanState,
    labels: Sequence[Label],
    hours: ServiceHours,
    known: PhaseCache | None = None,
) -> list[Label]:
    """The earliest departures after one more stop, without the break and with it.

    Parameters
    ----------
    known
        Of the same van-day and the same hours; filled with what is found.
    """
    known = {} if known is None else known
    van = van_state.van(instance)
    rested: list[Label] = []
    fresh: list[Label] = []
    for label in labels:
        found = _arrival(instance, van_state, label, hours.site.place)
        if found is None:
            continue
        arrive_s, there_s = found
        key = id(hours), there_s, label.break_start_s is not None
        if key not in known:
            known[key] = list(_phases(van, hours, van_state, there_s, key[-1]))
        for phases in known[key]:
            start_s = label.break_start_s
            if phases.break_start_s is not None:
                start_s = phases.break_start_s
            halts = (*label.halts, (hours, arrive_s, phases))
            longer = Label(phases.depart_s, hours.site.place, halts, start_s)
            (fresh if start_s is None else rested).append(longer)
    return [min(each, key=lambda label: label.ready_s) for each in (fresh, rested) if each]


def best_return(instance: Instance, van_state: VanState, labels: Sequence[Label]) -> Label | None:
    """The label from which the van is home soonest within its shift and rested, or None."""
    van = van_state.van(instance)
    end = instance.depot_places[van.end]
    closing_s = van.shifts[van_state.date][1]
    found: list[tuple[int, Label]] = []
    for label in labels:
        if label.place is None:
            continue
        drive_s = int(instance.drive_s[label.place, end])
        return_s = label.ready_s + drive_s
        late = van.crew_break is not None and label.break_start_s is None
        if drive_s == NO_ROAD or return_s > closing_s:
            continue
        if late and van.crew_break is not None and return_s > van.crew_break.latest_s:
            continue
        found.append((return_s, label))
    return min(found, key=lambda each: each[0])[1] if found else None


def _arrival(
    instance: Instance, van_state: VanState, label: Label, place: int
) -> tuple[int, int] | None:
    """When the plan says that a van arrives at a place, and when it is there to work."""
    if label.place is not None:
        drive_s = int(instance.drive_s[label.place, place])
        return None if drive_s == NO_ROAD else (label.ready_s + drive_s,) * 2
    reach_s = van_state.reach_s(instance, place)
    if reach_s == NO_ROAD:
        return None
    there_s = label.ready_s + reach_s
    said_s = van_state.arrive_s(instance, place)
    return there_s if said_s is None else said_s, there_s


def _phases(
    van: Van, hours: ServiceHours, van_state: VanState, there_s: int, rested: bool
) -> Iterator[_Phases]:
    """Ways to serve through the hours within each window."""
    need_s = service_s(hours.people, hours.site.seconds_per_person, van.kits)
    crew_break = None if rested else van.crew_break
    if crew_break and van_state.leave_s is not None and van_state.free_s > crew_break.earliest_s:
        late = van_state.free_s > crew_break.latest_s
        crew_break = None if late else replace(crew_break, earliest_s=van_state.free_s)
    for window in hours.site.windows.get(van_state.date, ()):
        yield from _unpaused(hours, window, there_s, need_s)
        if crew_break is not None:
            yield from _paused_before(hours, window, there_s, need_s, crew_break)
            yield from _paused_within(hours, window, there_s, need_s, crew_break)
            yield from _paused_after(hours, window, there_s, need_s, crew_break)


def _unpaused(
    hours: ServiceHours, window: Interval, there_s: int, need_s: int
) -> Iterator[_Phases]:
    site = hours.site
    soonest_s = max(there_s, window[0]) + site.setup_s
    serve_s = max(soonest_s, min(hours.from_s, hours.until_s - need_s))
    packup_s = max(hours.until_s, serve_s + need_s)
    if serve_s <= hours.from_s and packup_s + site.packup_s <= window[1]:
        yield _Phases(serve_s - site.setup_s, serve_s, packup_s, packup_s + site.packup_s)


def _paused_before(
    hours: ServiceHours, window: Interval, there_s: int, need_s: int, crew_break: Break
) -> Iterator[_Phases]:
    """The break while waiting or setting up."""
    site = hours.site
    start_s = max(there_s, crew_break.earliest_s)
    end_s = start_s + crew_break.length_s
    opening_s = max(there_s, window[0])
    done_s = max(0, min(start_s - opening_s, site.setup_s))
    soonest_s = max(end_s, opening_s) + site.setup_s - done_s
    if done_s == site.setup_s and site.setup_s > 0:
        return
    serve_s = max(soonest_s, min(hours.from_s, hours.until_s - need_s))
    packup_s = max(hours.until_s, serve_s + need_s)
    fits = serve_s <= hours.from_s and packup_s + site.packup_s <= window[1]
    if start_s <= crew_break.latest_s and fits:
        setup_s = serve_s - site.setup_s
        if setup_s < end_s:
            setup_s -= crew_break.length_s
        yield _Phases(setup_s, serve_s, packup_s, packup_s + site.packup_s, start_s)


def _paused_within(
    hours: ServiceHours, window: Interval, there_s: int, need_s: int, crew_break: Break
) -> Iterator[_Phases]:
    """The break while serving."""
    site = hours.site
    soonest_s = max(there_s, window[0]) + site.setup_s
    serve_s = max(soonest_s, min(hours.from_s, hours.until_s - need_s - crew_break.length_s))
    start_s = max(serve_s, crew_break.earliest_s)
    end_s = start_s + crew_break.length_s
    packup_s = max(hours.until_s, serve_s + need_s + crew_break.length_s, end_s)
    fits = serve_s <= hours.from_s and packup_s + site.packup_s <= window[1]
    if start_s <= crew_break.latest_s and fits:
        yield _Phases(serve_s - site.setup_s, serve_s, packup_s, packup_s + site.packup_s, start_s)


def _paused_after(
    hours: ServiceHours, window: Interval, there_s: int, need_s: int, crew_break: Break
) -> Iterator[_Phases]:
    """The break while packing up."""
    site = hours.site
    soonest_s = max(there_s, window[0]) + site.setup_s
    serve_s = max(soonest_s, min(hours.from_s, hours.until_s - need_s))
    packup_s = max(hours.until_s, serve_s + need_s)
    start_s = max(packup_s, crew_break.earliest_s)
    packup_s = max(packup_s, start_s - site.packup_s)
    depart_s = packup_s + site.packup_s + crew_break.length_s
    fits = serve_s <= hours.from_s and depart_s <= window[1]
    if start_s <= crew_break.latest_s and fits:
        yield _Phases(serve_s - site.setup_s, serve_s, packup_s, depart_s, start_s)
