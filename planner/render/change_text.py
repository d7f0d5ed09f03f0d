"""What changed between two plans, in lines to read and as data."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from planner.difference import ChangeKind, StopChange, VanStop
from planner.district import Venue
from planner.i18n.words import Words
from planner.plan import Plan
from planner.units import HOUR_S


def format_changes(
    before: Plan,
    after: Plan,
    changes: Sequence[StopChange],
    venues: Mapping[str, Venue],
    words: Words,
) -> list[str]:
    """What two plans come to, then each change that somebody must hear of, a line each.

    Parameters
    ----------
    venues
        By id; a place that is not among them goes by its id.
    """
    people, stops, van_h = (
        {"before": words.number(one, decimals), "after": words.number(other, decimals)}
        for one, other, decimals in zip(_totals(before), _totals(after), (0, 0, 1), strict=True)
    )
    lines = [
        words("people: {before} -> {after}", **people),
        words("stops: {before} -> {after}", **stops),
        words("van-hours: {before} -> {after}", **van_h),
    ]
    for kind, heading in format_counts(changes, words).items():
        lines.append(heading)
        for change in changes:
            if change.kind is kind and (change.concerns_host or change.other_people):
                lines.append(f"  {_line(change, venues, words)}")
    return lines


def format_counts(changes: Sequence[StopChange], words: Words) -> dict[ChangeKind, str]:
    """How many stops are of each kind, in words."""
    counts = Counter(change.kind for change in changes)
    return {
        ChangeKind.KEPT: words("kept: {count}", count=counts[ChangeKind.KEPT]),
        ChangeKind.MOVED: words("moved: {count}", count=counts[ChangeKind.MOVED]),
        ChangeKind.CANCELLED: words("cancelled: {count}", count=counts[ChangeKind.CANCELLED]),
        ChangeKind.NEW: words("new: {count}", count=counts[ChangeKind.NEW]),
    }


def format_van_stop(van_stop: VanStop | None, words: Words) -> str:
    """Date, hours and van of a stop; empty where there is none."""
    if van_stop is None:
        return ""
    return words(
        "{day} {hours}, van {van}",
        day=words.short_date(van_stop.date),
        hours=words.hours(van_stop.stop.serve_s, van_stop.stop.packup_s),
        van=van_stop.van_id,
    )


def encode_changes(
    before: Plan, after: Plan, changes: Sequence[StopChange], venues: Mapping[str, Venue]
) -> dict[str, Any]:
    """The same for a program."""
    people, stops, van_h = map(list, zip(_totals(before), _totals(after), strict=True))
    return {
        "people": people,
        "stops": stops,
        "van_h": [round(hours, 2) for hours in van_h],
        "changes": [
            {
                "kind": change.kind.value,
                "site": change.site_id,
                "name": _name(change.site_id, venues),
                "before": _row(change.before),
                "after": _row(change.after),
                "tell_host": change.concerns_host,
                "contact": venues[change.site_id].contact if change.site_id in venues else "",
                "tell_vans": list(change.crews),
            }
            for change in changes
        ],
    }


def _line(change: StopChange, venues: Mapping[str, Venue], words: Words) -> str:
    stops = (format_van_stop(van_stop, words) for van_stop in (change.before, change.after))
    contact = venues[change.site_id].contact if change.site_id in venues else ""
    hosts = [contact or words("host")] if change.concerns_host else []
    crews = [words("van {van}", van=van) for van in change.crews]
    line = words(
        "{name}: {hours}; inform: {people}",
        name=_name(change.site_id, venues),
        hours=" -> ".join(dict.fromkeys(filter(None, stops))),
        people=", ".join([*hosts, *crews]),
    )
    if not (change.other_people and change.before and change.after):
        return line
    amounts = {"before": change.before.stop.people, "after": change.after.stop.people}
    return f"{line}; {words('people: {before} -> {after}', **amounts)}"


def _name(site_id: str, venues: Mapping[str, Venue]) -> str:
    return venues[site_id].name if site_id in venues else site_id


def _row(van_stop: VanStop | None) -> dict[str, Any] | None:
    if van_stop is None:
        return None
    stop = van_stop.stop
    return {
        "van": van_stop.van_id,
        "date": van_stop.date.isoformat(),
        "serve_s": stop.serve_s,
        "packup_s": stop.packup_s,
        "people": stop.people,
    }


def _totals(plan: Plan) -> tuple[int, int, float]:
    """People, stops and van-hours."""
    people = [stop.people for _, stop in plan.stops()]
    return sum(people), len(people), sum(r.return_s - r.leave_s for r in plan.routes) / HOUR_S
