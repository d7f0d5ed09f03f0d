"""Where people live, where a van can stand, and when: rows of a district's tables.

Coordinates are degrees of WGS 84.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from shapely.geometry.base import BaseGeometry

from planner.i18n.messages import msgid
from planner.model import Interval
from planner.venues import VenueType, service_of


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
