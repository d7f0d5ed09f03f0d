"""What peers choose from: whole stops with fixed amounts, on one line of time.

A peer's service takes a fixed time, so a site is offered several times: for each window, each
number of kits a van may bring, and some amounts of people.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from planner.model import NO_ROAD, Break, Instance, Interval, Site, Van
from planner.units import DAY_S, MINUTE_S, people_in

NUM_NEAR = 5
"""Neighbours that a van may come from."""
TIE_BREAK_S = 100
"""What a person is worth where driving only breaks ties; far more leaves searches no slope."""
NO_WAY_S = 10_000_000
"""Longer than any route and dearer than any person; far longer ones lead searches astray."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One way to stop at a site.

    Attributes
    ----------
    site
        Index of the site.
    work_s
        Set-up, service and pack-up with so many kits.
    window
        The stop lies in it, on the line of time.
    """

    site: int
    day: date
    kits: int
    people: int
    work_s: int
    window: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All dates in a row; the break, where all vans have the same, is cut out at noon.

    Peers without breaks then plan as if time stood still during it. Where vans differ, their
    shifts end earlier by the break instead.

    Attributes
    ----------
    cut
        What is cut out of each date.
    """

    first_day: date
    cut: Interval

    @classmethod
    def of(cls, instance: Instance) -> "Timeline":
        """The line of time of an instance with at least one shift."""
        rests = {van.crew_break for van in instance.vans}
        rest = rests.pop() if len(rests) == 1 else None
        return cls(
            first_day=instance.dates[0], cut=(0, 0) if rest is None else _quiet(instance, rest)
        )

    def at(self, day: date, time_s: int) -> int:
        """Seconds on the line of a time of day."""
        begin_s, end_s = self.cut
        passed_s = min(max(time_s - begin_s, 0), end_s - begin_s)
        return (day - self.first_day).days * DAY_S + time_s - passed_s

    def rest_span(self, van: Van, day: date) -> Interval | None:
        """When a van's break may begin; None where that may be outside its shift."""
        opening_s, closing_s = van.shifts[day]
        if van.crew_break is None or van.crew_break.earliest_s < opening_s:
            return None
        if van.crew_break.latest_s + van.crew_break.length_s > closing_s:
            return None
        return self.span(day, (van.crew_break.earliest_s, van.crew_break.latest_s))

    def lost_s(self, van: Van) -> int:
        """Seconds of a van's shift kept free for a break that is not cut out."""
        return van.crew_break.length_s if van.crew_break and self.cut == (0, 0) else 0

    def span(self, day: date, interval: Interval) -> Interval:
        """An interval of a date, on the line."""
        return self.at(day, interval[0]), self.at(day, interval[1])


def offers(instance: Instance, timeline: Timeline, shares: tuple[float, ...]) -> Iterator[Offer]:
    """Ways to stop at each site, with these shares of the most people a window has room for."""
    for index, site in enumerate(instance.sites):
        vans = [van for van in instance.vans if van.van_class in site.classes]
        for day in instance.dates:
            for window in site.windows.get(day, ()):
                span = timeline.span(day, window)
                for kits in sorted({van.kits for van in vans}):
                    for people in _amounts(site, kits, span, shares):
                        yield Offer(
                            site=index,
                            day=day,
                            kits=kits,
                            people=people,
                            work_s=work_s(site, people, kits),
                            window=span,
                        )


def work_s(site: Site, people: int, kits: int) -> int:
    """Seconds of a stop from set-up to pack-up."""
    return site.setup_s + site.service_s(people, kits) + site.packup_s


def cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The same seconds in intervals that ascend and neither overlap nor touch."""
    found: list[Interval] = []
    for begin_s, end_s in sorted(intervals):
        if found and begin_s <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], end_s))
        else:
            found.append((begin_s, end_s))
    return found


def promising(instance: Instance, most: int) -> Instance:
    """The instance with about so many sites: those with most people an hour, access included.

    Peers hold all pairs of what they are offered, so thousands of sites are too many for them.
    Every window has its turn to name its best, as a van needs something to do after noon, too.
    A site that is open at no van's date is left out at any rate.
    """
    worth = _worth(instance)
    queues = [
        sorted(sites, key=lambda site: (worth[site], -site))
        for sites in _open_in(instance).values()
    ]
    chosen: set[int] = set()
    while any(queues) and len(chosen) < most:
        chosen.update(queue.pop() for queue in queues if queue)
    return _only(instance, sorted(chosen))


def _only(instance: Instance, sites: Sequence[int]) -> Instance:
    """The instance without other sites and places; depots come first."""
    kept = [instance.sites[site] for site in sites]
    places = [depot.place for depot in instance.depots] + [site.place for site in kept]
    num_depots = len(instance.depots)
    return replace(
        instance,
        drive_s=instance.drive_s[np.ix_(places, places)],
        drive_m=None,
        depots=tuple(replace(depot, place=n) for n, depot in enumerate(instance.depots)),
        sites=tuple(replace(site, place=n) for n, site in enumerate(kept, start=num_depots)),
    )


def _worth(instance: Instance) -> list[float]:
    """Weighted people a second of each site, with the average van coming from nearby."""
    mean_kits = max(1.0, sum(van.kits for van in instance.vans) / max(1, len(instance.vans)))
    drive_s = np.where(instance.drive_s == NO_ROAD, NO_WAY_S, instance.drive_s)
    near_s = np.sort(drive_s, axis=0)[1 : NUM_NEAR + 1].sum(axis=0) / NUM_NEAR
    return [
        site.weight
        * site.max_people
        / max(1.0, near_s[site.place] + work_s(site, site.max_people, 1) / mean_kits)
        for site in instance.sites
    ]


def _open_in(instance: Instance) -> dict[tuple[date, Interval], list[int]]:
    """Sites by date of a shift and window; left out are those without people or weight."""
    found: dict[tuple[date, Interval], list[int]] = defaultdict(list)
    for index, site in enumerate(instance.sites):
        for day in instance.dates if site.max_people and site.weight else ():
            for window in site.windows.get(day, ()):
                found[day, window].append(index)
    return found


def _amounts(site: Site, kits: int, span: Interval, shares: tuple[float, ...]) -> tuple[int, ...]:
    room_s = span[1] - span[0] - site.setup_s - site.packup_s
    room = people_in(room_s, site.seconds_per_person, kits)
    most = site.max_people if room is None else min(site.max_people, room)
    if room_s < 0 or most < max(1, site.least_people):
        return ()
    return tuple(sorted({max(site.least_people, round(share * most)) for share in shares}))


def _quiet(instance: Instance, rest: Break) -> Interval:
    """The break in those minutes in which the fewest people are at an open site."""
    open_s = np.zeros(DAY_S + 1, dtype=np.int64)
    for site in instance.sites:
        for windows in site.windows.values():
            for opening_s, closing_s in windows:
                open_s[opening_s:closing_s] += site.max_people
    starts_s = range(rest.earliest_s, rest.latest_s + 1, 5 * MINUTE_S)
    begin_s = min(starts_s, key=lambda start_s: open_s[start_s : start_s + rest.length_s].sum())
    return begin_s, begin_s + rest.length_s
