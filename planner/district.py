"""What one office owns, read and checked: places, people, vans, calendar and settings.

Plain data behind the tables of a district folder; coordinates are degrees of WGS 84.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from planner.i18n.messages import Message, msgid, say
from planner.i18n.words import Words
from planner.model import Break, Interval
from planner.venues import SERVICES, VENUE_TYPES, Service, VenueType, place_of, service_of

HOURS_EAST = {"WIB": 7, "WITA": 8, "WIT": 9}
"""Time zones by their hours east of Greenwich; Indonesia has no summer time."""


class Permission(StrEnum):
    """How far the permission to stand at a venue is, in the office's words."""

    NOT_ASKED = msgid("belum dihubungi")
    SENT = msgid("surat dikirim")
    APPROVED = msgid("disetujui")
    REFUSED = msgid("ditolak")


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A kelurahan, desa or RW with its border.

    Attributes
    ----------
    code
        Kemendagri region code with dots, for an RW with ``/RW 001`` behind it.
    rw
        Three digits, or None for a whole kelurahan.
    kecamatan
        Name of the kecamatan it lies in; empty where no row says.
    shape
        Polygon or multipolygon.
    """

    code: str
    name: str
    shape: BaseGeometry
    rw: str | None = None
    kecamatan: str = ""


def part_name(rw: str) -> str:
    """What a part of a kelurahan is called: ``RW 004``, ``Dusun Krajan``; empty for all of it."""
    return f"RW {rw}" if rw.isdigit() else rw and f"Dusun {rw}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """The unrecorded residents of one RT, or of an RW or a kelurahan not split further.

    Attributes
    ----------
    code
        Kemendagri code of its kelurahan.
    rw, rt
        Three digits; ``rt`` is None where the row counts a whole RW. ``rw`` is empty where the
        office does not count by RW, and may be the name of a dusun, see `part_name`.
    spot
        Number of a spot where a part of the people of a whole kelurahan live, from 1; else 0.
    is_estimated
        Whether no more is known of where they live than the kelurahan.
    is_populated
        Whether an estimate follows a population layer.
    spots
        Of a whole kelurahan, latitude and longitude of places over which its people are spread
        alike; empty = all live at ``lat`` and ``lon``.
    unrecorded
        People not yet recorded, >= 0.
    unreachable
        Those of them who are not there any more, with ``reason``.
    eligible
        All who must hold a card, recorded or not; None where the row does not say.
    not_printed
        People recorded who wait for their card; None likewise.
    """

    code: str
    rw: str
    rt: str | None
    lat: float
    lon: float
    unrecorded: int
    unreachable: int = 0
    reason: str = ""
    eligible: int | None = None
    not_printed: int | None = None
    is_estimated: bool = False
    is_populated: bool = False
    spots: tuple[tuple[float, float], ...] = ()
    spot: int = 0

    @property
    def id(self) -> str:
        """Code, RW and RT as printed."""
        return " ".join(filter(None, (self.code, part_name(self.rw), self.rt and f"RT {self.rt}")))

    @property
    def backlog(self) -> int:
        """People not yet recorded who can be reached."""
        return max(0, self.unrecorded - self.unreachable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """A place where a van can stand, of one of the types of the district.

    Attributes
    ----------
    id
        Unique over all tables of places.
    backlog
        People counted here: pupils or staff; 0 at a point.
    counted_in_rt
        Those of them who stand in an RT row too.
    not_printed
        People recorded who wait for their card and stand in no RT row; None = nobody says.
    hours
        Opening hours by weekday, Monday 0 to Sunday 6; no entry = closed.
    hours_if_approved
        Those of weekdays on which it opens once permission is given, instead of `hours`.
    classes
        Classes of van that fit.
    contact
        Whom the crew calls: a role and a number, as the office wrote it.
    turnout
        Share of the backlog that comes.
    seconds_per_person
        Seconds one kit needs for one person.
    setup_s
        Seconds from arrival until the first person; None = as anywhere.
    weight
        What one person recorded here is worth.
    category
        What the office calls it: SMA, bank, balai RW.
    public
        Whether everybody may come and is told so, rather than only the people of the place.
    network, power
        Whether there is a data network and electricity, or None where the row does not say.
    letter_number, letter_date
        Of the letter to its host, where it has them already.
    """

    id: str
    type: VenueType
    name: str
    lat: float
    lon: float
    permission: Permission
    hours: Mapping[int, tuple[Interval, ...]]
    classes: tuple[str, ...]
    turnout: float
    seconds_per_person: int
    public: bool
    backlog: int = 0
    counted_in_rt: int = 0
    not_printed: int | None = None
    address: str = ""
    contact: str = ""
    note: str = ""
    weight: float = 1.0
    category: str = ""
    network: bool | None = None
    power: bool | None = None
    hours_if_approved: Mapping[int, tuple[Interval, ...]] = field(default_factory=dict)
    letter_number: str = ""
    letter_date: date | None = None
    setup_s: int | None = None

    @property
    def service(self) -> str:
        """Key of the service it is for; empty where people are recorded."""
        return service_of(self.id)

    @property
    def usual_hours(self) -> Mapping[int, tuple[Interval, ...]]:
        """Opening hours by weekday, with those that its permission opens."""
        return {**self.hours, **self.hours_if_approved} if self.is_confirmed else self.hours

    @property
    def is_confirmed(self) -> bool:
        """Whether it may be visited for sure: a stop at another place is a draft."""
        return self.permission is Permission.APPROVED


@dataclass(frozen=True, slots=True, kw_only=True)
class DepotSite:
    """Where vans start and end, as the office lists it."""

    id: str
    name: str
    lat: float
    lon: float


VAN_CLASSES = (msgid("small"), msgid("large"))
"""Those a place may name though the office has none of them; each language has words for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A van with its crew, as the office lists it.

    Attributes
    ----------
    shifts
        Shift by weekday, Monday 0 to Sunday 6; no entry = does not drive.
    max_people
        Blank cards on board; ``ribbon`` and ``film`` are those that one more of them prints.
    services
        What it offers: `RECORDING` and keys of services; empty = all.
    cost_per_km, cost_per_h
        Rupiah, or None where the row does not say.
    """

    id: str
    plate: str
    van_class: str
    kits: int
    start: str
    end: str
    shifts: Mapping[int, Interval]
    crew_break: Break | None = None
    max_people: int | None = None
    ribbon: int | None = None
    film: int | None = None
    max_stops: int | None = None
    crew: int = 0
    services: tuple[str, ...] = ()
    cost_per_km: float | None = None
    cost_per_h: float | None = None

    def offers(self, service: str) -> bool:
        """Whether it records, or offers a service, by its key."""
        return not self.services or service in self.services

    @property
    def stock(self) -> int | None:
        """People for whom the cards, ribbon and film on board suffice; None = no limit."""
        limits = [self.max_people, self.ribbon, self.film]
        return min((limit for limit in limits if limit is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """An exception on one date.

    Attributes
    ----------
    scope
        ``""`` for everything, else a venue id, a van id, a table (``vans`` or that of a type of
        venue) or a kelurahan code.
    hours
        Opening hours that replace the usual ones; empty = closed.
    """

    date: date
    scope: str
    hours: tuple[Interval, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCount:
    """What the population register says of a kelurahan, or of a part of it; None = not told.

    Attributes
    ----------
    rw, rt
        Three digits; empty for all of them.
    people
        Residents of any age.
    eligible, recorded, unrecorded
        Who must hold a card, and who of them is recorded or not.
    recorded_before
        Recorded at the count before.
    aged_0_4, aged_15_19, aged_25_29
        Residents of these ages.
    """

    code: str
    kelurahan: str
    rw: str = ""
    rt: str = ""
    people: int | None = None
    eligible: int | None = None
    recorded: int | None = None
    recorded_before: int | None = None
    unrecorded: int | None = None
    aged_0_4: int | None = None
    aged_15_19: int | None = None
    aged_25_29: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning17:
    """People who turn 17 in a month.

    Attributes
    ----------
    place
        Id of a school, or code of a kelurahan.
    month
        Its first day.
    """

    place: str
    month: date
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLimits:
    """From where on the numbers of a register are odd; each is a setting of `[look_here]`."""

    adult_share: float = 0.1
    cohort_ratio: float = 5.0
    recorded_share: float = 1.0
    recorded_fall: int = 0
    balance_people: int = 0
    sum_people: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """People who are counted in the tables and need no recording any more.

    Attributes
    ----------
    day
        On which that came about; plans for earlier dates do not know of it.
    unit
        Id of a neighbourhood, or of a venue for its people who stand in no neighbourhood; empty
        for pupils whom only the count of their school still has.
    school
        Of people of a neighbourhood, where they learn; empty for the others.
    """

    day: date
    unit: str
    people: int
    school: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What a host has agreed to for one date.

    Attributes
    ----------
    hours
        Empty = the usual ones.
    """

    place: str
    day: date
    hours: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number learned from visits, and the ends of its 80 % range."""

    value: float
    low: float
    high: float
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRates:
    """What visits teach of a kind of place, or of one place; None = nothing yet.

    Attributes
    ----------
    turnout
        Share of those in reach who come.
    failure
        Share of those who come whose recording fails.
    seconds_per_person
        For one kit.
    setup_s
        From arrival until the first person.
    """

    turnout: Estimate | None = None
    failure: Estimate | None = None
    seconds_per_person: Estimate | None = None
    setup_s: Estimate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedRates:
    """Rates learned from visits until a day.

    Attributes
    ----------
    kinds, places
        By kind of place, and by id of places visited.
    assumed
        Turnout and seconds per person of each kind without them; another number of a place is
        somebody's word, and stays.
    assumed_setup_s
        Likewise.
    """

    day: date
    kinds: Mapping[str, KindRates]
    places: Mapping[str, KindRates]
    assumed: Mapping[str, tuple[float, int]]
    assumed_setup_s: int


class Decay(StrEnum):
    """How fewer people come where they have to walk farther; docs/demand.md has the formulas."""

    ODDS = "odds"
    STEP = "step"
    LINEAR = "linear"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What a stop takes and how far people walk; sources in docs/inputs.md.

    Attributes
    ----------
    walk_m
        People walk no farther than this to a point.
    decay
        How fewer of them come from farther away: a formula, or by metres the share of turnout that
        is left, ascending.
    walk_ratio
        Metres walked per metre of straight line.
    worth_s
        Seconds of driving that one recording is worth; None = driving only breaks ties.
    min_stay_s
        No stop serves for less.
    learn_from
        So many visits of a kind of place are needed before its rates are learned; 0 = never.
    """

    setup_s: int
    packup_s: int
    min_people: int
    walk_m: float
    walk_ratio: float
    worth_s: float | None
    decay: Decay | Mapping[float, float] = Decay.ODDS
    min_stay_s: int = 0
    learn_from: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedBand:
    """Hours of the week in which drives take longer, or less.

    Attributes
    ----------
    hours
        By weekday, Monday 0 to Sunday 6.
    factor
        Every duration is multiplied by it, beside the factor of all hours.
    by_highway_kmh
        Speeds in these hours, over those of all hours.
    """

    hours: Mapping[int, tuple[Interval, ...]]
    factor: float = 1.0
    by_highway_kmh: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speeds:
    """How fast vans drive; sources in docs/inputs.md.

    Attributes
    ----------
    factor
        Every duration on roads is multiplied by it; calibrates against real drives.
    by_highway_kmh
        Speed by value of OpenStreetMap's ``highway`` tag, over the built-in ones.
    snap_m
        A place farther than this from a road its van can use is not reached.
    ferries
        Whether vans take ferries whose duration the road file tells.
    straight_kmh, straight_ratio
        Where there is no road file: speed, and road metres per metre of straight line.
    bands
        Hours with speeds of their own; where two overlap the first one holds.
    """

    factor: float = 1.0
    by_highway_kmh: Mapping[str, float] = field(default_factory=dict)
    snap_m: float = 300.0
    ferries: bool = False
    straight_kmh: float = 18.0
    straight_ratio: float = 1.45
    bands: tuple[SpeedBand, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who plans, and how it speaks.

    Attributes
    ----------
    code
        Kemendagri code of the kabupaten or kota, such as ``31.71``.
    timezone
        ``WIB``, ``WITA`` or ``WIT``.
    language
        ``id`` or ``en``.
    service_days
        Weekdays planned for, Monday 0 to Sunday 6.
    government, logo, address, phone
        Of its letterhead; the logo is a file in the folder.
    signer_post, signer, signer_nip
        Who signs its letters: post, name and NIP; blank where it is filled in by hand.
    """

    name: str
    code: str
    timezone: str
    language: str
    service_days: tuple[int, ...]
    government: str = ""
    logo: str = ""
    address: str = ""
    phone: str = ""
    signer_post: str = ""
    signer: str = ""
    signer_nip: str = ""

    @property
    def words(self) -> Words:
        """The words it reads."""
        return Words(language=self.language, timezone=self.timezone)

    def clock(self, moment: datetime) -> datetime:
        """A moment, given with a time zone, as clocks at the office show it."""
        return moment.astimezone(timezone(timedelta(hours=HOURS_EAST[self.timezone])))


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRates:
    """What a campaign assumes of the weeks to come.

    Attributes
    ----------
    look_ahead
        Whether a weekend counts people by what recording them later would take.
    repeat_turnout
        Of those who were asked before and did not come, the share that counts as if never asked.
    floor, visit_weeks
        As `planner.campaign.equity.Equity` has them.
    printers, cards_a_day
        Who print the cards of the people recorded, and how many each makes on a working day.
    """

    look_ahead: bool = True
    repeat_turnout: float = 0.5
    floor: float = 0.0
    visit_weeks: int = 0
    printers: int = 1
    cards_a_day: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How an office gets people recorded, or off the count, without a van.

    Attributes
    ----------
    key
        Its word in settings.
    cost
        Rupiah for one person.
    capacity
        People a week.
    records
        Whether people are recorded; else those who need not be are taken off the count.
    """

    key: str
    name: str
    cost: float
    capacity: int
    records: bool = True


WAYS = (
    Way(key="desk", name=say("weekend desk at the kelurahan"), cost=16_000, capacity=40),
    Way(key="letter", name=say("letter of summons"), cost=19_000, capacity=100),
    Way(key="rt_list", name=say("list to the RT officers"), cost=12_000, capacity=60),
    Way(key="home_visit", name=say("home visit"), cost=107_000, capacity=6),
    Way(key="cleaning", name=say("data cleaning"), cost=7_000, capacity=200, records=False),
)
"""Those every office has; docs/inputs.md tells where the numbers are from."""

VAN_HOUR_COST = 220_000.0


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
    register_limits: RegisterLimits = RegisterLimits()
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
