"""What was understood of a district folder, for ``planner check``."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from planner.district import Permission, VenueKind
from planner.weekend import Reason, Weekend


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

    def as_dict(self) -> dict[str, Any]:
        """For JSON; dates as text."""
        return asdict(self) | {"days": [day.isoformat() for day in self.days]}


def overview(weekend: Weekend) -> Overview:
    """What was understood of the district folder behind a weekend."""
    district, instance = weekend.district, weekend.instance
    kinds = Counter(venue.kind for venue in district.venues)
    unreached = tuple(
        f"{item.venue.name} ({item.venue.id}): {item.reason.value}, {item.detail}; move it to a"
        " road that a van can use, or raise [roads] snap_m in planner.toml"
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
        roads="straight lines" if weekend.travel.straight else str(district.roads),
        left_out=tuple(
            f"{item.venue.name} ({item.venue.id}): {item.reason.value}"
            + (f", {item.detail}" if item.detail else "")
            for item in weekend.left_out
        ),
        warnings=(*district.warnings, *unreached),
    )


def overview_lines(found: Overview) -> list[str]:
    """The overview in sentences, a line each."""
    places = ", ".join(f"{count} {kind}s" for kind, count in found.places.items())
    days = ", ".join(day.isoformat() for day in found.days) or "none"
    lines = [
        f"{found.office}",
        f"people: {found.unrecorded} unrecorded in {found.neighbourhoods} RT rows, schools and"
        f" offices; {found.uncovered} of them have no point in walking distance",
        f"places: {places}",
        f"week {found.week}: {found.sites} places can be visited, {found.drafts} of them not yet"
        f" confirmed; {found.expected} people expected there",
        f"vans: {found.vans}, with {found.van_days} shifts on {days}",
        f"roads: {found.roads}",
    ]
    if found.left_out:
        lines += ["", f"left out of {found.week}:", *(f"  {line}" for line in found.left_out)]
    if found.warnings:
        lines += ["", "needs a look:", *(f"  {line}" for line in found.warnings)]
    return lines
