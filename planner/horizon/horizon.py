"""What one solve is about, and which places have no part in it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from planner.demand import Demand, Group
from planner.district import District, Venue
from planner.i18n.messages import Message, msgid, say
from planner.model import Instance, Site
from planner.plan import Plan
from planner.travel.interface import Travel
from planner.venues import place_of, service_of


class LeftOutReason(StrEnum):
    """Why a place is not among the sites of an instance, or has no stop in a plan."""

    REFUSED = msgid("permission refused")
    CLOSED = msgid("closed on these dates")
    NOBODY = msgid("nobody expected")
    NO_ROAD = msgid("no road reaches it")
    NO_VAN = msgid("no van fits")
    TOO_SHORT = msgid("open too briefly for a stop")
    OUTWEIGHED = msgid("others record more people")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A venue that is not visited, and why.

    Attributes
    ----------
    detail
        What the reason does not say: the holiday, the cause and metres to the road.
    expected
        People expected there, where that is known.
    """

    venue: Venue
    reason: LeftOutReason
    detail: str = ""
    remedy: str = ""
    expected: int = 0

    @property
    def message(self) -> Message:
        """The reason with its detail."""
        reason = say(self.reason.value)
        return (
            say("{reason}: {detail}", reason=reason, detail=self.detail) if self.detail else reason
        )


@dataclass(frozen=True, kw_only=True)
class Horizon:
    """What one solve is about.

    Attributes
    ----------
    week
        ISO week, ``2026-W48``.
    instance
        Its sites are the ids of venues, its depots those of bases, its vans those of vehicles;
        its places are those of `travel`.
    travel
        Draws the legs between the instance's places.
    venues
        Venue of each site, in the order of ``instance.sites``.
    demand
        Who would come to which of the venues that can be visited.
    left_out
        Venues that are no sites, in the order of the tables.
    service_groups
        Who would come to the sites of services.
    """

    week: str
    district: District
    instance: Instance
    travel: Travel
    venues: tuple[Venue, ...]
    demand: Demand
    left_out: tuple[LeftOut, ...]
    service_groups: tuple[Group, ...] = ()

    @property
    def first_date(self) -> date:
        """The first date on which a van may drive; Monday of the week where none may."""
        year, number = self.week.split("-W")
        return min(self.instance.dates, default=date.fromisocalendar(int(year), int(number), 1))

    @property
    def backlog(self) -> int:
        """Unrecorded people of the whole district who can be reached, each counted once."""
        return self.demand.backlog

    @property
    def uncovered(self) -> int:
        """Unrecorded people with no place within reach."""
        return sum(self.demand.uncovered.values())

    def recordings(self, plan: Plan) -> Plan:
        """A plan without its stops for services; nobody may drive it."""
        return Plan(
            routes=tuple(
                replace(route, stops=tuple(s for s in route.stops if not service_of(s.site_id)))
                for route in plan.routes
            )
        )

    def served_otherwise(self, plan: Plan) -> Mapping[str, int]:
        """People a plan serves otherwise than by recording, by key of the service."""
        people: Counter[str] = Counter()
        for _, stop in plan.stops():
            if service := service_of(stop.site_id):
                people[service] += stop.people
        return {of.key: people[of.key] for of in self.district.services if people[of.key]}

    def drafts(self, plan: Plan) -> tuple[Venue, ...]:
        """Venues of a plan whose permission is not confirmed, in the order of the sites."""
        visited = {stop.site_id for _, stop in plan.stops()}
        drafts: dict[str, Venue] = {}
        for venue in self.venues:
            if venue.id in visited and not venue.is_confirmed:
                drafts.setdefault(place_of(venue.id), venue)
        return tuple(drafts.values())


def unvisited_venues(horizon: Horizon, plan: Plan) -> tuple[LeftOut, ...]:
    """Every venue without a stop to record: those that are no sites, then the outweighed."""
    visited = {stop.site_id for _, stop in plan.stops()}
    outweighed = (
        LeftOut(venue=venue, reason=_outcome(site), expected=site.max_people)
        for venue, site in zip(horizon.venues, horizon.instance.sites, strict=True)
        if site.id not in visited and not venue.service
    )
    return (*horizon.left_out, *outweighed)


def _outcome(site: Site) -> LeftOutReason:
    """Why a site has no stop; one may have been closed, or deserted, on the day itself."""
    if site.max_people == 0:
        return LeftOutReason.NOBODY
    return LeftOutReason.OUTWEIGHED if any(site.windows.values()) else LeftOutReason.CLOSED
