"""One weekend of one district: the bare instance, and the places and names behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.district import District, Venue
from planner.model import Instance
from planner.travel import Travel


class Reason(StrEnum):
    """Why a place is not among the sites of an instance, or has no stop in a plan."""

    REFUSED = "permission refused"
    CLOSED = "closed on these dates"
    NOBODY = "nobody expected"
    NO_ROAD = "no road reaches it"
    NO_VAN = "no van fits"
    TOO_SHORT = "open too briefly for a stop"
    OUTWEIGHED = "others record more people"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A venue that is not visited, and why.

    Attributes
    ----------
    detail
        What the reason says no more about: the calendar's reason, metres to the road.
    expected
        People expected there, where that is known.
    """

    venue: Venue
    reason: Reason
    detail: str = ""
    expected: int = 0


@dataclass(frozen=True, kw_only=True)
class Weekend:
    """What one solve is about.

    Attributes
    ----------
    week
        ISO week, ``2026-W48``.
    instance
        Its sites are the ids of venues, its depots those of bases, its vans those of vehicles.
    travel
        Draws the legs between the instance's places.
    venues
        Venue of each site, in the order of ``instance.sites``.
    reached
        Unreached people of each venue's catchment and own rows, by venue id, before turnout.
    left_out
        Venues that are no sites, in the order of the tables.
    uncovered
        Unrecorded people of neighbourhoods from which no point can be walked to.
    """

    week: str
    district: District
    instance: Instance
    travel: Travel
    venues: tuple[Venue, ...]
    reached: Mapping[str, int]
    left_out: tuple[LeftOut, ...]
    uncovered: int
