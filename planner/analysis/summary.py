"""What a plan comes to, in numbers and in lines to read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from planner.analysis.itinerary import Itinerary
from planner.horizon import Horizon, unvisited_venues
from planner.i18n.words import Words
from planner.plan import Result
from planner.units import HOUR_S, KM_M


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a plan comes to.

    Attributes
    ----------
    people
        People recorded.
    left
        Unrecorded people who can be reached and remain after the plan.
    drive_h, van_h
        Hours driven, and hours from leaving a depot to returning, over all routes.
    gap, people_gap
        Proven shares by which a better plan can at most be better; None = not proven.
    drafts
        Names of the places whose permission is not confirmed.
    left_out
        Places without a stop, by reason.
    uncovered
        Unrecorded people from whom no point is within walking distance.
    straight
        Whether travel is an estimate along straight lines.
    """

    week: str
    people: int
    left: int
    routes: int
    stops: int
    km: float
    drive_h: float
    van_h: float
    gap: float | None
    people_gap: float | None
    status: str
    solver: str
    drafts: tuple[str, ...]
    left_out: Mapping[str, int]
    uncovered: int
    straight: bool

    @property
    def recordings_per_van_h(self) -> float:
        """People recorded per hour of a van; 0 where none drives."""
        return self.people / self.van_h if self.van_h else 0.0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"recordings_per_van_h": round(self.recordings_per_van_h, 2)}


def summary(horizon: Horizon, result: Result) -> Summary:
    """What a plan of this weekend comes to."""
    itinerary = Itinerary(horizon, result.plan)
    routes = itinerary.routes
    legs = [leg for route in routes for leg in itinerary.legs(route)]
    reasons = Counter(item.reason.value for item in unvisited_venues(horizon, result.plan))
    return Summary(
        week=horizon.week,
        people=result.people,
        left=horizon.backlog - result.people,
        routes=len(routes),
        stops=sum(len(route.stops) for route in routes),
        km=round(sum(leg.drive_m for leg in legs) / KM_M, 1),
        drive_h=round(sum(leg.drive_s for leg in legs) / HOUR_S, 2),
        van_h=round(sum(route.return_s - route.leave_s for route in routes) / HOUR_S, 2),
        gap=result.gap,
        people_gap=result.people_gap,
        status=result.status.value,
        solver=result.solver,
        drafts=tuple(venue.name for venue in horizon.drafts(result.plan)),
        left_out=dict(reasons),
        uncovered=horizon.uncovered,
        straight=horizon.travel.straight,
    )


def summary_lines(found: Summary, language: str) -> list[str]:
    """The summary, a line each."""
    words = Words(language=language)
    lines = [
        words("Plan for {week}", week=found.week),
        words("people recorded: {count}", count=words.number(found.people)),
        words("people remaining: {count}", count=words.number(found.left)),
        words("stops: {stops}; routes: {routes}", stops=found.stops, routes=found.routes),
        words(
            "driving: {km} km, {hours} hours",
            km=words.number(found.km, 1),
            hours=words.number(found.drive_h, 1),
        ),
        words(
            "recordings per van-hour: {rate} ({hours} van-hours)",
            rate=words.number(found.recordings_per_van_h, 1),
            hours=words.number(found.van_h, 1),
        ),
        _gap_line(found, words),
    ]
    if found.drafts:
        names = ", ".join(found.drafts)
        lines.append(
            words(
                "drafts, permission not confirmed: {count} ({names})",
                count=len(found.drafts),
                names=names,
            )
        )
    if found.left_out:
        lines.append(words("places left out: {count}", count=sum(found.left_out.values())))
        lines += [f"  {words(reason)}: {count}" for reason, count in found.left_out.items()]
    if found.uncovered:
        lines.append(
            words(
                "people without a point within walking distance: {count}",
                count=words.number(found.uncovered),
            )
        )
    if found.straight:
        lines.append(words("Travel is estimated along straight lines: there is no road file."))
    return lines


def _gap_line(found: Summary, words: Words) -> str:
    if found.gap is None:
        return words("gap to the best possible plan: not proven")
    return words(
        "gap to the best possible plan: at most {percent}%",
        percent=words.number(found.gap * 100, 2),
    )
