"""What is understood of a district and of one of its weeks."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import compress

import numpy as np

from planner.analysis.look_here import OddUnit, find_odd_units
from planner.backlog import estimate_inflow
from planner.district import Neighbourhood, Venue
from planner.horizon import Horizon, LeftOut, LeftOutReason
from planner.i18n.messages import Message
from planner.travel.interface import Unreached
from planner.travel.network_report import TravelStatistics, travel_statistics
from planner.venues import VenueType

YEAR = 365
"""Days ahead for which those who turn 17 are told."""

FEW = 0.05
"""Such a share of all places and rows may lie far from roads before the road file is to blame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoveredPart:
    """What lies where the road file has no roads.

    Attributes
    ----------
    num_homes
        Rows of `rt`.
    kelurahan
        Names of those most of whose rows do.
    """

    venues: tuple[Venue, ...]
    num_homes: int
    kelurahan: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """Counts of a district and of one of its weeks, and what the office should look at.

    Attributes
    ----------
    jumps
        What changed by much since the last plan.
    """

    horizon: Horizon
    jumps: tuple[Message, ...] = ()

    @cached_property
    def drives(self) -> TravelStatistics | None:
        """Drives beside straight lines; None where places are too near each other to tell."""
        return travel_statistics(self.horizon.travel)

    @property
    def venues(self) -> tuple[tuple[VenueType, int], ...]:
        """Places of each kind, in the order of the kinds."""
        district = self.horizon.district
        counts = Counter(venue.type for venue in district.venues)
        return tuple((of_type, counts[of_type]) for of_type in district.venue_types)

    @property
    def counted(self) -> tuple[int, int, int]:
        """People of all rows; those of them who cannot be reached; those who stand in two rows."""
        district = self.horizon.district
        homes, venues = district.neighbourhoods, district.venues
        official = sum(home.unrecorded for home in homes) + sum(venue.backlog for venue in venues)
        reachable = sum(home.backlog for home in homes) + sum(venue.backlog for venue in venues)
        return official, official - reachable, reachable - self.horizon.backlog

    @property
    def expected(self) -> int:
        """People expected at the places that can be visited in this week."""
        return self.horizon.instance.catchments.capacity(range(self.num_sites))

    @property
    def num_sites(self) -> int:
        """Places where people can be recorded; sites of services stand behind them."""
        return sum(not venue.service for venue in self.horizon.venues)

    @property
    def not_printed(self) -> int:
        """People who wait for their card, as far as tables and tallies tell."""
        district = self.horizon.district
        homes, venues = district.neighbourhoods, district.venues
        waiting = [*(home.not_printed for home in homes), *(venue.not_printed for venue in venues)]
        return sum(filter(None, waiting))

    @property
    def num_drafts(self) -> int:
        """Places that can be visited but have no permission yet."""
        return sum(not (venue.is_confirmed or venue.service) for venue in self.horizon.venues)

    @property
    def num_opened(self) -> int:
        """Places that permission opens on a date on which their kind is closed otherwise."""
        weekdays = {day.weekday() for day in self.horizon.instance.dates}
        return sum(
            (venue.is_confirmed and not venue.service)
            and bool(weekdays.intersection(venue.hours_if_approved) - venue.hours.keys())
            for venue in self.horizon.venues
        )

    @cached_property
    def uncovered(self) -> UncoveredPart | None:
        """What lies where the road file has no roads; None where that is next to nothing."""
        district, travel = self.horizon.district, self.horizon.travel
        rows: tuple[Venue | Neighbourhood, ...] = (*district.venues, *district.neighbourhoods)
        outside = ~travel.covers([(row.lat, row.lon) for row in rows])
        if outside.sum() <= FEW * len(rows):
            return None
        venues, homes = np.split(outside, [len(district.venues)])
        codes = [home.code for home in district.neighbourhoods]
        rows_of, outside_of = Counter(codes), Counter(compress(codes, homes))
        return UncoveredPart(
            venues=tuple(compress(district.venues, venues)),
            num_homes=int(homes.sum()),
            kelurahan=tuple(
                district.kelurahan_name(code)
                for code, num_outside in outside_of.items()
                if 2 * num_outside > rows_of[code]
            ),
        )

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Places left out, but for those where the road file has no roads."""
        beyond = {venue.id for venue in self.uncovered.venues} if self.uncovered else set()
        return tuple(
            item
            for item in self.horizon.left_out
            if item.reason is not LeftOutReason.NO_ROAD or item.venue.id not in beyond
        )

    @property
    def off_road(self) -> tuple[LeftOut, ...]:
        """Places left out as no road leads there, though the road file covers them."""
        return tuple(item for item in self.left_out if item.reason is LeftOutReason.NO_ROAD)

    @property
    def kept_away(self) -> tuple[tuple[Venue, str, Unreached], ...]:
        """Places that vans of some class do not get to though others do, the class, and why."""
        unreached = self.horizon.travel.unreached
        return tuple(
            (venue, van_class, cause)
            for venue, site in zip(self.horizon.venues, self.horizon.instance.sites, strict=True)
            for van_class, cause in unreached.get(site.place, {}).items()
        )

    @property
    def has_unusual_drives(self) -> bool:
        """Whether drives are unlike those in cities."""
        return self.drives is not None and not self.drives.is_usual

    @cached_property
    def turning_17(self) -> int:
        """Residents who turn 17 in the year from the first date of the week."""
        inflow = estimate_inflow(self.horizon.district)
        after = self.horizon.first_date - timedelta(days=1)
        return sum(inflow(home, after, after + timedelta(days=YEAR)) for home in self.home_ids)

    @cached_property
    def home_ids(self) -> frozenset[str]:
        """Ids of all rows of `rt`."""
        return frozenset(home.id for home in self.horizon.district.neighbourhoods)

    @cached_property
    def odd_units(self) -> tuple[OddUnit, ...]:
        """Units of the register whose numbers are odd."""
        return find_odd_units(self.horizon.district)

    @property
    def needs_a_look(self) -> bool:
        """Whether the office should look at something before it plans."""
        district = self.horizon.district
        oddities = district.warnings, self.uncovered, self.off_road, self.jumps, self.odd_units
        return any(oddities) or self.has_unusual_drives
