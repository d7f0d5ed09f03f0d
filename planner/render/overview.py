"""What was understood of a district folder, for ``planner check``."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from planner.district import Permission, VenueKind
from planner.messages import Message, say
from planner.render.words import Words
from planner.weekend import LeftOut, Reason, Weekend


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
    left_out
        Places that cannot be visited in this week, with the reason.
    """

    office: str
    week: str
    days: tuple[date, ...]
    unrecorded: int
    expected: int
    uncovered: int
    neighbourhoods: int
    places: Mapping[str, int]
    sites: int
    drafts: int
    vans: int
    van_days: int
    roads: str
    left_out: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def needs_a_look(self) -> bool:
        """Whether the office should look at something before it plans."""
        return bool(self.warnings)

    def as_dict(self, told: Callable[[str], str]) -> dict[str, Any]:
        """For JSON; dates as text, messages as they are told."""
        return asdict(self) | {
            "days": [day.isoformat() for day in self.days],
            "roads": told(self.roads),
            "left_out": [told(line) for line in self.left_out],
            "warnings": [told(line) for line in self.warnings],
        }


def overview(weekend: Weekend) -> Overview:
    """What was understood of the district folder behind a weekend."""
    district, instance = weekend.district, weekend.instance
    kinds = Counter(venue.kind for venue in district.venues)
    unreached = tuple(
        say(
            "{place}; move it to a road that a van can use,"
            " or raise [roads] snap_m in planner.toml",
            place=_left_out(item),
        )
        for item in weekend.left_out
        if item.reason is Reason.NO_ROAD
    )
    return Overview(
        office=district.office.name,
        week=weekend.week,
        days=instance.dates,
        unrecorded=weekend.backlog,
        expected=sum(site.expected for site in instance.sites),
        uncovered=weekend.uncovered,
        neighbourhoods=len(district.neighbourhoods),
        places={kind.value: kinds[kind] for kind in VenueKind},
        sites=len(instance.sites),
        drafts=sum(venue.permission is not Permission.APPROVED for venue in weekend.venues),
        vans=len(instance.vans),
        van_days=len(instance.van_days),
        roads=say("straight lines") if weekend.travel.straight else str(district.roads),
        left_out=tuple(map(_left_out, weekend.left_out)),
        warnings=(*district.warnings, *unreached),
    )


def _left_out(item: LeftOut) -> Message:
    place = {"name": item.venue.name, "id": item.venue.id, "reason": say(item.reason.value)}
    if item.detail:
        return say("{name} ({id}): {reason}, {detail}", **place, detail=item.detail)
    return say("{name} ({id}): {reason}", **place)


def overview_lines(found: Overview, words: Words) -> list[str]:
    """The overview in sentences, a line each."""
    number = words.number
    lines = [
        found.office,
        words(
            "people: {unrecorded} unrecorded in {rows} RT rows, schools and offices; {uncovered} of"
            " them have no point in walking distance",
            unrecorded=number(found.unrecorded),
            rows=number(found.neighbourhoods),
            uncovered=number(found.uncovered),
        ),
        words("places: {point} points, {school} schools, {office} offices", **found.places),
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
    if found.left_out:
        lines += ["", words("left out of {week}:", week=found.week)]
        lines += [f"  {words.said(line)}" for line in found.left_out]
    if found.warnings:
        lines += ["", words("needs a look:"), *(f"  {words.said(line)}" for line in found.warnings)]
    return lines
