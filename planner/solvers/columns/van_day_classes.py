"""Van-days that can drive each other's routes, and what their sites look like to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from planner.arrays import Float64s, Int64s
from planner.model import Instance, Interval, Site, Van


@dataclass(frozen=True, slots=True, kw_only=True)
class VanDayClass:
    """Van-days alike in all a route depends on; times count from the opening of their shift.

    Arrays have an entry for each of `sites`.

    Attributes
    ----------
    van_days
        Indices in ``instance.van_days``; the first one's van and date speak for all.
    sites
        Indices of the sites on which a van of this class can make a stop at all.
    least_people, expected
        Fewest people of a stop, and most of all stops together.
    handling_s
        Seconds of set-up and pack-up.
    seconds_per_person
        Seconds for one person, all kits at work; not rounded.
    min_service_s
        Seconds that serving takes at least.
    window_first
        Windows of site ``i`` are those from ``window_first[i]`` to ``window_first[i + 1]``.
    opening_s, closing_s
        Of every window, cut to the shift; a stop of the least people fits into it.
    length_s
        Of the shift.
    crew_break
        Earliest start, latest start and length of the break; None where there is none, or it can
        be over before the shift opens.
    """

    instance: Instance
    van_days: tuple[int, ...]
    van: Van
    day: date
    sites: Int64s
    place: Int64s
    weight: Float64s
    least_people: Int64s
    expected: Int64s
    handling_s: Int64s
    seconds_per_person: Int64s
    min_service_s: Int64s
    window_first: Int64s
    opening_s: Int64s
    closing_s: Int64s
    length_s: int
    crew_break: tuple[int, int, int] | None

    @property
    def count(self) -> int:
        """How many routes of this class a plan may have."""
        return len(self.van_days)

    @property
    def dated_vans(self) -> list[tuple[str, date]]:
        """Id of the van and date of each van-day."""
        vans, van_days = self.instance.vans, self.instance.van_days
        return [(vans[van].id, day) for van, day in (van_days[index] for index in self.van_days)]

    def max_stops(self, num_sites: int) -> int:
        """The most stops of a route among so many sites."""
        limit = self.van.max_stops
        return num_sites if limit is None else min(limit, num_sites)

    def positions_of(self, sites: Sequence[int]) -> Int64s:
        """Positions in `sites` of those of some sites that are among them."""
        wanted = np.array(sites, dtype=np.int64)
        positions: Int64s = np.searchsorted(self.sites, wanted)
        is_here = self.sites[np.minimum(positions, len(self.sites) - 1)] == wanted
        here: Int64s = positions[is_here]
        return here

    @property
    def cost_per_s(self) -> float:
        """What a second of driving costs, in people."""
        return 0.0 if self.instance.worth_s is None else 1.0 / self.instance.worth_s

    @property
    def start(self) -> int:
        """Place where the van starts."""
        return self.instance.depot_places[self.van.start]

    @property
    def end(self) -> int:
        """Place where it ends."""
        return self.instance.depot_places[self.van.end]


def group_van_days(instance: Instance) -> tuple[VanDayClass, ...]:
    """Van-days that can make a stop at all, by class, in the order of their first van-day."""
    alike: dict[object, list[int]] = {}
    hours = {
        day: tuple(site.windows.get(day, ()) for site in instance.sites) for day in instance.dates
    }
    for index, (van_index, day) in enumerate(instance.van_days):
        van = instance.vans[van_index]
        ends = instance.depot_places[van.start], instance.depot_places[van.end]
        limits = van.crew_break, van.max_people, van.max_stops
        key = (hours[day], van.van_class, van.kits, ends, van.shifts[day], limits)
        alike.setdefault(key, []).append(index)
    classes = (_day_class(instance, tuple(members)) for members in alike.values())
    return tuple(day_class for day_class in classes if len(day_class.sites))


def _day_class(instance: Instance, members: tuple[int, ...]) -> VanDayClass:
    van_index, day = instance.van_days[members[0]]
    van = instance.vans[van_index]
    windows = {
        index: spans
        for index, site in enumerate(instance.sites)
        if (spans := _windows(site, van, day))
    }
    chosen = [instance.sites[index] for index in windows]
    opening_s, closing_s = van.shifts[day]
    spans = [span for of_site in windows.values() for span in of_site]
    return VanDayClass(
        instance=instance,
        van_days=members,
        van=van,
        day=day,
        sites=_int64s(list(windows)),
        place=_int64s([site.place for site in chosen]),
        weight=np.array([site.weight for site in chosen], dtype=np.float64),
        least_people=_int64s([site.least_people for site in chosen]),
        expected=_int64s([site.max_people for site in chosen]),
        handling_s=_int64s([site.setup_s + site.packup_s for site in chosen]),
        seconds_per_person=_int64s([site.seconds_per_person for site in chosen]),
        min_service_s=_int64s([site.min_service_s for site in chosen]),
        window_first=_int64s([0, *np.cumsum([len(spans) for spans in windows.values()])]),
        opening_s=_int64s([opens for opens, _ in spans]),
        closing_s=_int64s([closes for _, closes in spans]),
        length_s=closing_s - opening_s,
        crew_break=_crew_break(van, opening_s),
    )


def _windows(site: Site, van: Van, day: date) -> list[Interval]:
    """Windows of a site in which the van can make a stop, from the opening of its shift."""
    if van.van_class not in site.classes:
        return []
    shift = van.shifts[day]
    work_s = site.setup_s + site.packup_s
    work_s += site.service_s(site.least_people, van.kits)
    cut = [
        (max(opens, shift[0]) - shift[0], min(closes, shift[1]) - shift[0])
        for opens, closes in site.windows.get(day, ())
    ]
    return [(opens, closes) for opens, closes in cut if opens + work_s <= closes]


def _crew_break(van: Van, opening_s: int) -> tuple[int, int, int] | None:
    crew_break = van.crew_break
    if crew_break is None or crew_break.earliest_s + crew_break.length_s <= opening_s:
        return None
    return crew_break.earliest_s - opening_s, crew_break.latest_s - opening_s, crew_break.length_s


def _int64s(values: list[int]) -> Int64s:
    return np.array(values, dtype=np.int64)
