"""How far a district is on its way to everybody recorded: numbers by area and week."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from planner.backlog import STRUCK, PublishedStop, Residual

ELSEWHERE = ""
"""Code of those who stand in no row of a kelurahan: pupils and staff counted at their places."""

STOCK = ("cards", "ribbon", "film")

OUTCOMES = ("failed", "absent", *STRUCK)
"""Why people who were expected were not recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaProgress:
    """People of a kelurahan, or of several; eligible = recorded + struck off + left.

    Attributes
    ----------
    code, name, kecamatan
        ``ELSEWHERE`` and blank for people who are counted at schools and offices alone.
    eligible
        Who must hold a card, with those who came since the count; None = the tables do not say.
    by_vans
        Recorded at stops, since the ledger began.
    struck_off
        Who stands in the register and need not be recorded here.
    stuck
        Recorded at stops, and still unrecorded in the register that was imported since.
    not_printed
        Recorded, and without a card yet.
    visits
        Stops that recorded somebody there.
    """

    code: str
    name: str
    kecamatan: str
    eligible: int | None
    by_vans: int
    struck_off: int
    left: int
    stuck: int = 0
    not_printed: int = 0
    visits: int = 0

    @property
    def recorded(self) -> int | None:
        """All who are recorded, here or elsewhere; None where nobody knows who is eligible."""
        return None if self.eligible is None else self.eligible - self.struck_off - self.left

    @property
    def official(self) -> float | None:
        """Share of those eligible who are recorded."""
        return None if self.recorded is None else _share(self.recorded, self.eligible or 0)

    @property
    def of_reachable(self) -> float | None:
        """Share of those who can be reached."""
        return None if self.recorded is None else _share(self.recorded, self.recorded + self.left)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def sum_areas(areas: Iterable[AreaProgress], name: str = "", kecamatan: str = "") -> AreaProgress:
    """Areas as one; who is eligible in it is known where it is known of each."""
    parts = tuple(areas)
    eligible = [area.eligible for area in parts if area.eligible is not None]
    return AreaProgress(
        code="",
        name=name,
        kecamatan=kecamatan,
        eligible=sum(eligible) if len(eligible) == len(parts) else None,
        by_vans=sum(area.by_vans for area in parts),
        struck_off=sum(area.struck_off for area in parts),
        left=sum(area.left for area in parts),
        stuck=sum(area.stuck for area in parts),
        not_printed=sum(area.not_printed for area in parts),
        visits=sum(area.visits for area in parts),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitProgress:
    """What has become of the people of a unit.

    Attributes
    ----------
    kelurahan
        Blank of a place.
    area
        The unit as an area of its own.
    """

    name: str
    kelurahan: str
    area: AreaProgress
    residual: Residual


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A published stop that served fewer than planned, and what its crew says of it.

    Attributes
    ----------
    done
        People recorded, or served by what the stop was for; None = nothing was told of it yet.
    """

    stop: PublishedStop
    done: int | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekProgress:
    """What was planned, published and done in a week, and why not more.

    Attributes
    ----------
    planned
        People to record in the plan in force; None = there is none any more.
    published, stops
        People to record, and stops, of the version sent out last.
    told
        Stops of which something was told, published or not.
    outcomes
        People by keys of `OUTCOMES`.
    services
        People published and served, by key of the service.
    missed
        Those with the most people missing first.
    """

    week: str
    planned: int | None
    published: int
    stops: int
    told: int
    recorded: int
    outcomes: Mapping[str, int]
    missed: tuple[Missed, ...]
    services: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """Things received and used in all, and left when vans were last asked; None = never told."""

    received: int
    used: int
    spoiled: int
    left: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStop:
    """A stop of the plan in force for the next weekend; times are seconds after midnight.

    Attributes
    ----------
    service
        Key of what it is for; empty where people are recorded.
    """

    day: date
    van: str
    name: str
    serve_s: int
    packup_s: int
    people: int
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextWeekend:
    """The plan in force for the next weekend.

    Attributes
    ----------
    is_published
        Whether it was sent out, rather than a version before it or none.
    """

    week: str
    is_published: bool
    stops: tuple[NextStop, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a head of office asks on Monday.

    Attributes
    ----------
    day
        At whose end it is so.
    units
        Every RT, RW, school and office that is counted.
    areas
        By kecamatan and kelurahan; those counted at schools and offices alone last.
    burn_down
        People left at the end of days.
    spread
        Shares of areas and of visits, both 0 to 1, the most visited areas first.
    """

    day: date
    areas: tuple[AreaProgress, ...]
    weeks: tuple[WeekProgress, ...]
    burn_down: tuple[tuple[date, int], ...]
    printed: int
    stock: Mapping[str, Stock]
    spread: tuple[tuple[float, float], ...]
    next_weekend: NextWeekend | None = None
    units: tuple[UnitProgress, ...] = ()

    @property
    def total(self) -> AreaProgress:
        """The whole district."""
        return sum_areas(self.areas)

    @property
    def not_printed(self) -> int:
        """Recorded people without a card yet."""
        return self.total.not_printed

    @property
    def kecamatan(self) -> tuple[AreaProgress, ...]:
        """Areas by kecamatan, in their order."""
        names = dict.fromkeys((area.kecamatan, area.code == ELSEWHERE) for area in self.areas)
        return tuple(
            sum_areas(
                (a for a in self.areas if (a.kecamatan, a.code == ELSEWHERE) == key),
                kecamatan=key[0],
            )
            for key in names
        )
