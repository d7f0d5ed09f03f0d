"""What changed between two plans, in lines to read and as data."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planner.difference import Change, Halt, Kind
from planner.district import Venue
from planner.i18n.words import Words
from planner.plan import Plan
from planner.units import HOUR_S


def change_lines(
    before: Plan, after: Plan, found: Sequence[Change], venues: Mapping[str, Venue], words: Words
) -> list[str]:
    """What two plans come to, then each change that somebody must hear of, a line each.

    Parameters
    ----------
    venues
        By id; a place that is not among them goes by its id.
    """
    lines = [
        words("people: {before} -> {after}", **_two(before, after, _people, words)),
        words("stops: {before} -> {after}", **_two(before, after, _stops, words)),
        words("van-hours: {before} -> {after}", **_two(before, after, _van_h, words, 1)),
    ]
    for kind, heading in headings(found, words).items():
        lines.append(heading)
        for change in found:
            if change.kind is kind and (change.for_host or change.other_van):
                lines.append(f"  {_line(change, venues, words)}")
    return lines


def headings(found: Sequence[Change], words: Words) -> dict[Kind, str]:
    """How many stops are of each kind, in words."""
    counts = Counter(change.kind for change in found)
    return {
        Kind.KEPT: words("kept: {count}", count=counts[Kind.KEPT]),
        Kind.MOVED: words("moved: {count}", count=counts[Kind.MOVED]),
        Kind.CANCELLED: words("cancelled: {count}", count=counts[Kind.CANCELLED]),
        Kind.NEW: words("new: {count}", count=counts[Kind.NEW]),
    }


def hours_line(halt: Halt, words: Words) -> str:
    """Date, hours and van of a stop."""
    stop = halt.stop
    hours = words.hours(stop.serve_s, stop.packup_s)
    return words(
        "{day} {hours}, van {van}", day=words.short_date(halt.date), hours=hours, van=halt.van_id
    )


def changes_json(
    before: Plan, after: Plan, found: Sequence[Change], venues: Mapping[str, Venue]
) -> dict[str, Any]:
    """The same for a program."""
    return {
        "people": [_people(before), _people(after)],
        "stops": [_stops(before), _stops(after)],
        "van_h": [round(_van_h(before), 2), round(_van_h(after), 2)],
        "changes": [
            {
                "kind": change.kind.value,
                "site": change.site_id,
                "name": _name(change.site_id, venues),
                "before": _row(change.before),
                "after": _row(change.after),
                "tell_host": change.for_host,
                "contact": venues[change.site_id].contact if change.site_id in venues else "",
                "tell_vans": list(change.crews),
            }
            for change in found
        ],
    }


def _line(change: Change, venues: Mapping[str, Venue], words: Words) -> str:
    told = " -> ".join(_both(change, words))
    contact = venues[change.site_id].contact if change.site_id in venues else ""
    hosts = [contact or words("host")] if change.for_host else []
    crews = [words("van {van}", van=van) for van in change.crews]
    return words(
        "{name}: {told}; tell: {people}",
        name=_name(change.site_id, venues),
        told=told,
        people=", ".join([*hosts, *crews]),
    )


def _both(change: Change, words: Words) -> Iterator[str]:
    for halt in (change.before, change.after):
        if halt is not None:
            yield hours_line(halt, words)


def _name(site_id: str, venues: Mapping[str, Venue]) -> str:
    return venues[site_id].name if site_id in venues else site_id


def _row(halt: Halt | None) -> dict[str, Any] | None:
    if halt is None:
        return None
    stop = halt.stop
    return {
        "van": halt.van_id,
        "date": halt.date.isoformat(),
        "serve_s": stop.serve_s,
        "packup_s": stop.packup_s,
        "people": stop.people,
    }


def _people(plan: Plan) -> int:
    return sum(stop.people for _, stop in plan.stops())


def _stops(plan: Plan) -> int:
    return sum(1 for _ in plan.stops())


def _van_h(plan: Plan) -> float:
    return sum(route.return_s - route.leave_s for route in plan.routes) / HOUR_S


def _two(before: Plan, after: Plan, count: Any, words: Words, decimals: int = 0) -> dict[str, str]:
    return {
        "before": words.number(count(before), decimals),
        "after": words.number(count(after), decimals),
    }
