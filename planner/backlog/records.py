"""What happened, as it was told: counts of people, never names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from planner.district import Permission
from planner.i18n.messages import msgid
from planner.model import Interval
from planner.venues import service_of

COUNTS: Mapping[str, str] = {
    "expected": msgid("sasaran"),
    "recorded_16": msgid("terekam di bawah 17"),
    "recorded_17": msgid("terekam 17 ke atas"),
    "failed": msgid("gagal"),
    "has_card": msgid("sudah punya KTP"),
    "absent": msgid("tidak hadir"),
    "outside": msgid("luar wilayah"),
    "moved": msgid("pindah"),
    "deceased": msgid("meninggal"),
    "double": msgid("ganda"),
    "recorded_others": msgid("terekam daerah lain"),
    "printed": msgid("cetak"),
    "printed_others": msgid("cetak daerah lain"),
    "kk": msgid("KK"),
    "kk_others": msgid("KK daerah lain"),
    "kia": msgid("KIA"),
    "kia_others": msgid("KIA daerah lain"),
    "ikd": msgid("IKD"),
    "ikd_others": msgid("IKD daerah lain"),
    "cards_received": msgid("blangko diterima"),
    "cards_used": msgid("blangko terpakai"),
    "cards_spoiled": msgid("blangko rusak"),
    "cards_left": msgid("blangko sisa"),
    "ribbon_received": msgid("ribbon diterima"),
    "ribbon_used": msgid("ribbon terpakai"),
    "ribbon_spoiled": msgid("ribbon rusak"),
    "ribbon_left": msgid("ribbon sisa"),
    "film_received": msgid("film diterima"),
    "film_used": msgid("film terpakai"),
    "film_spoiled": msgid("film rusak"),
    "film_left": msgid("film sisa"),
}
"""Numbers of a tally, in the order of the sheet, with the office's word for each.

Others are people of other districts, who do not count towards the target.
"""

RECORDED = ("recorded_16", "recorded_17")
"""People of the district who were recorded."""

STRUCK = ("has_card", "outside", "moved", "deceased", "double")
"""People who were counted as unrecorded and need no recording here; the key is the reason."""

OUTCOMES = (*RECORDED, "failed", "absent", *STRUCK)
"""What became of those who were expected; together they are all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was done at one stop.

    Attributes
    ----------
    day, van, place
        Of the stop; together they name it.
    counts
        By keys of `COUNTS`, >= 0; what nobody has told yet is absent.
    started_s, ended_s
        When recording began and ended, seconds after midnight; None = not told.
    note
        What stood in the way (kendala).
    """

    day: date
    van: str
    place: str
    counts: Mapping[str, int]
    started_s: int | None = None
    ended_s: int | None = None
    note: str = ""

    @property
    def key(self) -> tuple[date, str, str]:
        """What names the stop."""
        return self.day, self.van, self.place

    @property
    def week(self) -> str:
        """ISO week of the stop, ``2026-W48``."""
        year, number, _ = self.day.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def recorded(self) -> int:
        """People of the district who were recorded."""
        return sum(self.counts.get(name, 0) for name in RECORDED)

    @property
    def service(self) -> str:
        """Key of the service the stop was for; empty where people were recorded."""
        return service_of(self.place)

    @property
    def done(self) -> int:
        """People served by what the stop was for."""
        return self.counts.get(self.service, 0) if self.service else self.recorded

    @property
    def is_empty(self) -> bool:
        """Whether nothing was told."""
        return not (self.counts or self.note) and self.started_s is None and self.ended_s is None

    def updated(self, later: "Tally") -> "Tally":
        """With what was told later; a blank says nothing, so that the earlier number holds."""
        return Tally(
            day=self.day,
            van=self.van,
            place=self.place,
            counts={**self.counts, **later.counts},
            started_s=self.started_s if later.started_s is None else later.started_s,
            ended_s=self.ended_s if later.ended_s is None else later.ended_s,
            note=later.note or self.note,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCount:
    """People of one unit in an import of counts.

    Attributes
    ----------
    unrecorded
        Whom the register counts as unrecorded.
    unreachable
        Those of them who are no longer there, by the office's own table.
    counted_in_rt
        Of a school, pupils beside them, who are counted where they live.
    not_printed
        Recorded people who wait for their card; None = the tables do not say.
    """

    unrecorded: int
    unreachable: int = 0
    reason: str = ""
    counted_in_rt: int = 0
    not_printed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """An import: all units as the register had them at the end of a day.

    Attributes
    ----------
    units
        By unit: the id of a `planner.district.Neighbourhood`, or of a venue for its people who
        stand in no neighbourhood.
    """

    as_of: date
    units: Mapping[str, UnitCount]


@dataclass(frozen=True, slots=True, kw_only=True)
class StruckOff:
    """People of a unit who need no recording here, as an office found out on a day."""

    day: date
    unit: str
    people: int
    reason: str

    @property
    def key(self) -> tuple[date, str, str]:
        """What a correction has in common with what it corrects."""
        return self.day, self.unit, self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDemand:
    """Who would come to a place: its own people, and thousandths of a person by group."""

    own: int
    draws: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who would come to the same places: by unit, and the school where they learn."""

    homes: Mapping[str, int]
    school: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedStop:
    """A stop that hosts and crews were told of; times are seconds after midnight.

    Attributes
    ----------
    kind, category
        Key of the type of venue, and what the office calls it.
    people
        People planned to be recorded.
    expected
        The most who were expected there.
    seconds_per_person
        For one kit, as planned.
    """

    day: date
    van: str
    order: int
    place: str
    name: str
    kind: str
    category: str
    kits: int
    arrive_s: int
    setup_s: int
    serve_s: int
    packup_s: int
    depart_s: int
    people: int
    expected: int
    turnout: float
    seconds_per_person: int

    @property
    def key(self) -> tuple[date, str, str]:
        """What names the stop, as `Tally.key`."""
        return self.day, self.van, self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A version of the plan of a week that was sent out, with who was expected where.

    Attributes
    ----------
    week
        ISO week, ``2026-W48``.
    sites
        All places that could be visited, by id.
    groups
        Of the draws of sites, by id.
    """

    week: str
    version: int
    stops: tuple[PublishedStop, ...]
    sites: Mapping[str, SiteDemand]
    groups: Mapping[str, Group]


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionEntry:
    """A step in asking for permission to stand at a place.

    Attributes
    ----------
    day
        The only date it was given for; None = whenever the place is open.
    hours
        What the host agreed to on that date; empty = its usual hours.
    letter_number, letter_date
        Of the office's letter.
    at
        When it was told, with a time zone; None = not yet in a ledger.
    """

    place: str
    state: Permission
    day: date | None = None
    hours: tuple[Interval, ...] = ()
    room: str = ""
    contact: str = ""
    letter_number: str = ""
    letter_date: date | None = None
    at: datetime | None = None

    def updated(self, later: "PermissionEntry") -> "PermissionEntry":
        """A later step; what it leaves out of room, contact and letter still holds."""
        return replace(
            later,
            room=later.room or self.room,
            contact=later.contact or self.contact,
            letter_number=later.letter_number or self.letter_number,
            letter_date=later.letter_date or self.letter_date,
        )


def permissions_in_force(history: Iterable[PermissionEntry]) -> tuple[PermissionEntry, ...]:
    """The last word on each place and date.

    What is said of a place without a date ends what was said of it before, of dates too.

    Parameters
    ----------
    history
        In the order in which it was told.
    """
    by_place: dict[str, dict[date | None, PermissionEntry]] = {}
    for entry in history:
        if entry.day is None:
            by_place[entry.place] = {}
        by_place.setdefault(entry.place, {})[entry.day] = entry
    return tuple(entry for by_day in by_place.values() for entry in by_day.values())
