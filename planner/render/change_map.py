"""The map of what changed between two plans: one HTML file that opens without internet."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from planner.analysis.itinerary import Itinerary
from planner.difference import ChangeKind, StopChange, VanStop, compare_stops, date_shift
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.render.change_text import format_counts, format_van_stop
from planner.render.folium_page import (
    FeatureGroup,
    Map,
    Page,
    Pin,
    RouteLine,
    list_place,
    render_page,
)
from planner.render.html import fill_macro, fill_template
from planner.render.map_layers import build_kelurahan_layer, draw_depots
from planner.render.parallel_offsets import offset_routes
from planner.render.plan_map import build_map, view_bounds
from planner.render.style import CHANGE_STYLES
from planner.travel.interface import Line

Drive = tuple[str, date, tuple[float, float], tuple[float, float]]
"""Van, date, and both ends on the globe: what makes a drive the same in two plans."""

DRIVES = {
    ChangeKind.KEPT: say("Drives in both plans"),
    ChangeKind.CANCELLED: say("Cancelled drives"),
    ChangeKind.NEW: say("New drives"),
}


def draw_changes(before: Itinerary, after: Itinerary) -> str:
    """Both plans on one map, with what was kept, moved, cancelled and added, as HTML.

    The same arguments give the same text. Every text of users shows as it was written.
    """
    changes = compare_stops(before.plan, after.plan, after.horizon.instance.min_stay_s)
    words = after.horizon.district.office.words
    title = _title(before.horizon.week, after.horizon.week, words)
    office = after.horizon.district.office.name
    return render_page(
        _chart(before, after, changes, words),
        title=f"{office} · {title}",
        language=words.language,
        panel=fill_template(
            "change_panel.html",
            words=words,
            office=office,
            title=title,
            groups=_groups(before, after, changes, words),
            drives=[(CHANGE_STYLES[kind], words.translate(told)) for kind, told in DRIVES.items()],
        ),
    )


def _title(before: str, after: str, words: Words) -> str:
    if before == after:
        return words("Changes in {week}", week=after)
    return words("Changes from {before} to {after}", before=before, after=after)


def _chart(before: Itinerary, after: Itinerary, changes: Sequence[StopChange], words: Words) -> Map:
    kinds, depots = {kind: FeatureGroup() for kind in ChangeKind}, FeatureGroup()
    page = {
        "lines": list(_lines(before, after, kinds)),
        "places": [
            *_pins(before, after, changes, kinds, words),
            *draw_depots(after, depots, words),
        ],
        "routes": [],
        "bounds": view_bounds([after, before]),
    }
    layers = {
        "kelurahan": build_kelurahan_layer(after.horizon.district),
        "depots": depots,
        **{kind.value: layer for kind, layer in kinds.items()},
    }
    return build_map(after.horizon, layers, page)


def _lines(
    before: Itinerary, after: Itinerary, kinds: dict[ChangeKind, FeatureGroup]
) -> Iterator[Page]:
    """Put every drive into its layer; side by side where they share a street."""
    ours = dict(_drives(before, date_shift(before.plan, after.plan)))
    theirs = dict(_drives(after, timedelta()))
    groups = {
        ChangeKind.KEPT: [line for drive, line in theirs.items() if drive in ours],
        ChangeKind.CANCELLED: [line for drive, line in ours.items() if drive not in theirs],
        ChangeKind.NEW: [line for drive, line in theirs.items() if drive not in ours],
    }
    streets = [_drop_repeated_segments(lines) for lines in groups.values()]
    for kind, offset_lines in zip(groups, offset_routes(streets), strict=True):
        if offset_lines:
            style = CHANGE_STYLES[kind]
            line = RouteLine(offset_lines, style.colour, style.dash)
            kinds[kind].add_child(line)
            yield {"line": line, "layer": kinds[kind]}


def _drop_repeated_segments(lines: Sequence[Line]) -> list[Line]:
    """The lines without what an earlier one has drawn: dashes over dashes would look solid."""
    seen: set[frozenset[tuple[float, float]]] = set()
    stretches: list[Line] = []
    for line in lines:
        fresh: list[tuple[float, float]] = []
        for segment in pairwise(line):
            if frozenset(segment) in seen:
                stretches.append(tuple(fresh))
                fresh = []
            else:
                seen.add(frozenset(segment))
                fresh = [*(fresh or segment[:1]), segment[1]]
        stretches.append(tuple(fresh))
    return [line for line in stretches if line]


def _drives(itinerary: Itinerary, later: timedelta) -> Iterator[tuple[Drive, Line]]:
    for route in itinerary.routes:
        for line in itinerary.lines(route):
            yield (route.van_id, route.date + later, line[0], line[-1]), line


def _pins(
    before: Itinerary,
    after: Itinerary,
    changes: Sequence[StopChange],
    kinds: dict[ChangeKind, FeatureGroup],
    words: Words,
) -> Iterator[Page]:
    """Put a mark for every change into its layer; what the search needs to find it."""
    venues = {**before.venues, **after.venues}
    for change in changes:
        venue, kind, layer = venues[change.site_id], words(change.kind.value), kinds[change.kind]
        rows = [
            (words("Before"), _describe(change.before, words)),
            (words("After"), _describe(change.after, words)),
            (words("Contact"), venue.contact),
        ]
        popup = fill_macro("popup", f"{venue.name} ({kind})", rows)
        mark = fill_macro("changed_stop", CHANGE_STYLES[change.kind], change.van_stop.van_id)
        pin = Pin(venue.lat, venue.lon, mark, pane="stops", popup=popup)
        van_stop = change.van_stop
        when = f"{words.short_date(van_stop.date)}, {words.clock(van_stop.stop.serve_s)}"
        label = f"{venue.name} · {kind}, {van_stop.van_id}, {when}"
        yield list_place(label, pin, layer, change.kind.value)


def _describe(van_stop: VanStop | None, words: Words) -> str:
    if van_stop is None:
        return ""
    people = words("people: {count}", count=words.number(van_stop.stop.people))
    return f"{format_van_stop(van_stop, words)}, {people}"


def _groups(
    before: Itinerary, after: Itinerary, changes: Sequence[StopChange], words: Words
) -> Iterator[dict[str, object]]:
    """Changes by kind, with those that somebody must hear of."""
    venues = {**before.venues, **after.venues}
    for kind, heading in format_counts(changes, words).items():
        of_kind = [change for change in changes if change.kind is kind]
        yield {
            "kind": kind.value,
            "style": CHANGE_STYLES[kind],
            "heading": heading,
            "sample_van": of_kind[0].van_stop.van_id if of_kind else "",
            "told": [
                (
                    venues[change.site_id].name,
                    format_van_stop(change.before, words),
                    format_van_stop(change.after, words),
                )
                for change in of_kind
                if change.concerns_host or change.other_van
            ],
        }
