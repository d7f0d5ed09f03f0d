"""What one office owns, read and checked: places, people, vans, calendar and settings.

Plain data behind the tables of a district folder; coordinates are degrees of WGS 84.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from planner.district.office import HOURS_EAST, Office
from planner.district.places import (
    Agreement,
    Area,
    CalendarEntry,
    DepotSite,
    Neighbourhood,
    Permission,
    Venue,
    part_name,
)
from planner.district.rates import Decay, Estimate, KindRates, LearnedRates, Rates
from planner.district.register import Outcome, RegisterCount, RegisterLimits, Turning17
from planner.district.speeds import SpeedBand, Speeds
from planner.district.vehicles import VAN_CLASSES, Vehicle
from planner.district.ways import VAN_HOUR_COST, WAYS, CampaignRates, Way
from planner.i18n.messages import Message
from planner.venues import SERVICES, VENUE_TYPES, Service, VenueType, place_of, service_of


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """Everything in one district folder.

    Attributes
    ----------
    roads
        OpenStreetMap extract, or None where the folder has none.
    seed, time_limit_s, solver_params
        Those of a solve where the command gives none.
    logo
        The picture on the letterhead, PNG or JPEG; empty where there is none.
    keep_versions
        So many versions of the plan of a week stay; published ones do in any case.
    settings
        All settings as read, defaults filled in, for the manifest.
    sources
        SHA-256 of every input file by its name in the folder.
    warnings
        What the reader found odd without being wrong.
    services
        What vans offer beside recording.
    outcomes, agreements
        What the ledger knows beside the tables.
    assumes_permission
        Whether places are open as if every host agreed who has not refused.
    pupils_at_home
        Of those left in each neighbourhood, by its id, how many learn at which school; None = not
        known, so that `planner.demand.zone_pupils` estimates it.
    cards
        People who came to wait for their card since the tables counted them; below 0, who got it.
    learned
        Rates by the last day of what they were learned from, ascending.
    ledger_url
        Of a PostgreSQL database; empty = a file in the folder.
    register, register_limits
        Counts of the population register, and from where on they are odd.
    turning_17
        Numbers of the office's own.
    counted_on
        The day of the last count of the register; None = no ledger knows it.
    as_of
        The morning on which those who are counted are left; None = as the tables count them.
    campaign
        What a campaign assumes.
    ways
        Others than vans.
    van_hour_cost
        Rupiah for an hour of a van whose row has no costs.
    """

    folder: Path
    office: Office
    rates: Rates
    speeds: Speeds
    areas: tuple[Area, ...]
    neighbourhoods: tuple[Neighbourhood, ...]
    venues: tuple[Venue, ...]
    depots: tuple[DepotSite, ...]
    vehicles: tuple[Vehicle, ...]
    calendar: tuple[CalendarEntry, ...]
    roads: Path | None
    seed: int
    time_limit_s: float
    sources: Mapping[str, str]
    settings: Mapping[str, object]
    warnings: tuple[Message, ...] = ()
    venue_types: tuple[VenueType, ...] = VENUE_TYPES
    services: tuple[Service, ...] = SERVICES
    solver_params: Mapping[str, object] = field(default_factory=dict)
    keep_versions: int = 10
    logo: bytes = b""
    outcomes: tuple[Outcome, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    assumes_permission: bool = False
    pupils_at_home: Mapping[str, Mapping[str, int]] | None = None
    cards: tuple[Outcome, ...] = ()
    learned: tuple[LearnedRates, ...] = ()
    ledger_url: str = ""
    register: tuple[RegisterCount, ...] = ()
    register_limits: RegisterLimits = field(default_factory=RegisterLimits)
    turning_17: tuple[Turning17, ...] = ()
    counted_on: date | None = None
    as_of: date | None = None
    campaign: CampaignRates = field(default_factory=CampaignRates)
    ways: tuple[Way, ...] = WAYS
    van_hour_cost: float = VAN_HOUR_COST

    @property
    def kelurahan(self) -> tuple[Area, ...]:
        """Areas that are a whole kelurahan."""
        return tuple(area for area in self.areas if area.rw is None)

    def assuming_permission(self) -> "District":
        """The district as if every host agreed who has not refused; such stops stay drafts."""
        venues = (
            venue
            if venue.permission is Permission.REFUSED
            else replace(venue, hours={**venue.hours, **venue.hours_if_approved})
            for venue in self.venues
        )
        return replace(self, venues=tuple(venues), assumes_permission=True)

    def venues_of(self, site_ids: Iterable[str]) -> Mapping[str, Venue]:
        """All venues by id, and those of some sites of services, named after their place."""
        venues = {venue.id: venue for venue in self.venues}
        services = {service.key: service for service in self.services}
        for site_id in site_ids:
            place = venues.get(place_of(site_id))
            if place is not None and (service := services.get(service_of(site_id))):
                venues[site_id] = replace(
                    place,
                    id=site_id,
                    name=f"{place.name} · {self.office.words(service.name)}",
                    turnout=service.share,
                    seconds_per_person=service.seconds_per_person,
                    weight=place.weight * service.weight,
                )
        return venues

    def kelurahan_name(self, code: str) -> str:
        """Name of a kelurahan; its code where no area has it."""
        return next((area.name for area in self.kelurahan if area.code == code), code)
