"""What is understood of a district and of one of its weeks."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from planner.district import Venue
from planner.horizon import Horizon, LeftOut, LeftOutReason
from planner.travel.interface import Unreached
from planner.travel.network_report import TravelStatistics, travel_statistics
from planner.venues import VenueType


@dataclass(frozen=True)
class Overview:
    """Counts of a district and of one of its weeks, and what the office should look at."""

    horizon: Horizon

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
    def expected(self) -> int:
        """People expected at the places that can be visited in this week."""
        instance = self.horizon.instance
        return instance.catchments.capacity(range(len(instance.sites)))

    @property
    def num_drafts(self) -> int:
        """Places that can be visited but have no permission yet."""
        return sum(not venue.is_confirmed for venue in self.horizon.venues)

    @property
    def num_opened(self) -> int:
        """Places that permission opens on a date on which their kind is closed otherwise."""
        weekdays = {day.weekday() for day in self.horizon.instance.dates}
        return sum(
            venue.is_confirmed
            and bool(weekdays.intersection(venue.hours_if_approved) - venue.hours.keys())
            for venue in self.horizon.venues
        )

    @property
    def off_road(self) -> tuple[LeftOut, ...]:
        """Places left out as no road leads there."""
        return tuple(item for item in self.horizon.left_out if item.reason is LeftOutReason.NO_ROAD)

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

    @property
    def needs_a_look(self) -> bool:
        """Whether the office should look at something before it plans."""
        district = self.horizon.district
        return bool(district.warnings or self.off_road or self.has_unusual_drives)
