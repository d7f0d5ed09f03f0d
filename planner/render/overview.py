"""What was understood of a district folder, for ``planner check``."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from planner.district import Permission
from planner.horizon import Horizon, LeftOut, LeftOutReason
from planner.i18n.messages import Message, say
from planner.i18n.words import Words
from planner.travel import TravelStatistics, travel_statistics
from planner.travel.network_report import USUAL_DETOUR, USUAL_KMH
from planner.venues import VenueType


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Counts of a district and of one of its weeks.

    Attributes
    ----------
    unrecorded
        People not yet recorded who can be reached, each counted once.
    expected
        People expected at the places that can be visited in this week.
    uncovered
        Unrecorded people from whom no point is within walking distance.
    drives
        How fast drives typically are and how long beside a straight line; empty where places are
        too near each other to tell.
    left_out
        Places that cannot be visited in this week, with the reason.
    kept_away
        Places that some vans do not get to though others do, with the reason.
    """

    office: str
    week: str
    days: tuple[date, ...]
    unrecorded: int
    expected: int
    uncovered: int
    neighbourhoods: int
    places: tuple[tuple[VenueType, int], ...]
    sites: int
    drafts: int
    vans: int
    van_days: int
    roads: str
    drives: str
    left_out: tuple[str, ...]
    kept_away: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def needs_a_look(self) -> bool:
        """Whether the office should look at something before it plans."""
        return bool(self.warnings)

    def as_dict(self, told: Callable[[str], str]) -> dict[str, Any]:
        """For JSON; dates as text, messages as they are told."""
        return asdict(self) | {
            "days": [day.isoformat() for day in self.days],
            "places": {of_type.key: count for of_type, count in self.places},
            "roads": told(self.roads),
            "drives": told(self.drives),
            "left_out": [told(line) for line in self.left_out],
            "kept_away": [told(line) for line in self.kept_away],
            "warnings": [told(line) for line in self.warnings],
        }


def build_overview(horizon: Horizon) -> Overview:
    """What was understood of the district folder behind a weekend."""
    district, instance = horizon.district, horizon.instance
    counts = Counter(venue.type for venue in district.venues)
    drives = travel_statistics(horizon.travel)
    unreached = tuple(
        say(
            "{place}; move it to a road that a van can use,"
            " or raise [roads] snap_m in planner.toml",
            place=_left_out(item),
        )
        for item in horizon.left_out
        if item.reason is LeftOutReason.NO_ROAD
    )
    return Overview(
        office=district.office.name,
        week=horizon.week,
        days=instance.dates,
        unrecorded=horizon.backlog,
        expected=sum(site.expected for site in instance.sites),
        uncovered=horizon.uncovered,
        neighbourhoods=len(district.neighbourhoods),
        places=tuple((of_type, counts[of_type]) for of_type in district.venue_types),
        sites=len(instance.sites),
        drafts=sum(venue.permission is not Permission.APPROVED for venue in horizon.venues),
        vans=len(instance.vans),
        van_days=len(instance.van_days),
        roads=say("straight lines") if horizon.travel.straight else str(district.roads),
        drives="" if drives is None else _drives(drives),
        left_out=tuple(map(_left_out, horizon.left_out)),
        kept_away=tuple(_kept_away(horizon)),
        warnings=(*district.warnings, *unreached, *_unusual(drives)),
    )


def _drives(drives: TravelStatistics) -> Message:
    return say(
        "{kmh:.0f} km/h, {detour:.2f} times the straight line"
        " (in cities {slow:.0f} to {fast:.0f} km/h, {low:.1f} to {high:.1f} times)",
        kmh=drives.speed_kmh,
        detour=drives.detour,
        slow=USUAL_KMH[0],
        fast=USUAL_KMH[1],
        low=USUAL_DETOUR[0],
        high=USUAL_DETOUR[1],
    )


def _unusual(drives: TravelStatistics | None) -> Iterator[Message]:
    if drives is not None and not drives.is_usual:
        yield say(
            "drives are unusual, typically {drives};"
            " look at the road file and at [roads] in planner.toml",
            drives=_drives(drives),
        )


def _kept_away(horizon: Horizon) -> Iterator[Message]:
    """Sites that some class of van does not get to, and why."""
    for venue, site in zip(horizon.venues, horizon.instance.sites, strict=True):
        for van_class, unreached in horizon.travel.unreached.get(site.place, {}).items():
            yield say(
                "{name} ({id}), vans of class '{van_class}': {cause}",
                name=venue.name,
                id=venue.id,
                van_class=van_class,
                cause=unreached.message,
            )


def _left_out(item: LeftOut) -> Message:
    place = {"name": item.venue.name, "id": item.venue.id, "reason": say(item.reason.value)}
    if item.detail:
        return say("{name} ({id}): {reason}, {detail}", **place, detail=item.detail)
    return say("{name} ({id}): {reason}", **place)


def format_overview(found: Overview, words: Words) -> list[str]:
    """The overview in sentences, a line each."""
    number = words.number
    lines = [
        found.office,
        words(
            "people: {unrecorded} unrecorded in {rows} RT rows and at places; {uncovered} of them"
            " have no point in walking distance",
            unrecorded=number(found.unrecorded),
            rows=number(found.neighbourhoods),
            uncovered=number(found.uncovered),
        ),
        words(
            "places: {places}",
            places=", ".join(
                f"{number(count)} {words.said(of_type.plural)}" for of_type, count in found.places
            ),
        ),
        words(
            "week {week}: {sites} places can be visited, {drafts} of them not yet confirmed;"
            " {expected} people expected there",
            week=found.week,
            sites=number(found.sites),
            drafts=number(found.drafts),
            expected=number(found.expected),
        ),
        words(
            "vans: {vans}, with {shifts} shifts on {days}",
            vans=found.vans,
            shifts=found.van_days,
            days=", ".join(map(words.short_date, found.days)) or "-",
        ),
        words("roads: {roads}", roads=words.said(found.roads)),
    ]
    if found.drives:
        lines.append(words("drives: typically {drives}", drives=words.said(found.drives)))
    if found.left_out:
        lines += ["", words("left out of {week}:", week=found.week)]
        lines += [f"  {words.said(line)}" for line in found.left_out]
    if found.kept_away:
        lines += ["", words("not for every van:")]
        lines += [f"  {words.said(line)}" for line in found.kept_away]
    if found.warnings:
        lines += ["", words("needs a look:"), *(f"  {words.said(line)}" for line in found.warnings)]
    return lines
