"""The map of what changed between two plans: one HTML file that opens without internet."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

import folium

from planner.analysis.itinerary import Itinerary
from planner.difference import ChangeKind, StopChange, VanStop, compare_stops, date_shift
from planner.district import Venue
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.render.areas import build_kelurahan_layer
from planner.render.changes import headings, hours_line
from planner.render.escape import to_html
from planner.render.layers import depot_layer
from planner.render.map import build_base_map, view_bounds
from planner.render.page import PageScript, Pin, RouteLine, render_page
from planner.render.panel import key_cell, printing, search_box, switch
from planner.render.parallel_offsets import offset_routes
from planner.render.popups import popup
from planner.render.style import CHANGE_STYLES, DEPOT_ICON
from planner.travel.interface import Line

Drive = tuple[str, date, tuple[float, float], tuple[float, float]]
"""Van, date, and both ends on the globe: what makes a drive the same in two plans."""

DRIVES = {
    ChangeKind.KEPT: say("Drives of both plans"),
    ChangeKind.CANCELLED: say("Drives that fall away"),
    ChangeKind.NEW: say("New drives"),
}


def draw_changes(before: Itinerary, after: Itinerary) -> str:
    """Both plans on one map, with what was kept, moved, cancelled and added, as HTML.

    The same arguments give the same text. Every text of users shows as it was written.
    """
    found = compare_stops(before.plan, after.plan)
    words = after.horizon.district.office.words
    office = after.horizon.district.office.name
    title = _title(before.horizon.week, after.horizon.week, words)
    head = f"<header><h1>{to_html(office)}</h1><p>{to_html(title)}</p></header>"
    return render_page(
        _chart(before, after, found, words),
        title=f"{office} · {title}",
        language=words.language,
        around=head + _panel(before, after, found, words),
    )


def _title(before: str, after: str, words: Words) -> str:
    if before == after:
        return words("Changes in {week}", week=after)
    return words("Changes from {before} to {after}", before=before, after=after)


def _chart(
    before: Itinerary, after: Itinerary, found: Sequence[StopChange], words: Words
) -> folium.Map:
    chart = build_base_map(after.horizon)
    kinds = {kind: folium.FeatureGroup(name=kind.value) for kind in ChangeKind}
    lines = list(_lines(before, after, kinds))
    places = list(_pins(before, after, found, kinds, words))
    layers: dict[str, folium.map.Layer] = {
        "kelurahan": build_kelurahan_layer(after.horizon.district),
        "depots": depot_layer(after, words),
        **{kind.value: layer for kind, layer in kinds.items()},
    }
    for layer in layers.values():
        chart.add_child(layer)
    chart.add_child(
        PageScript(
            {
                "layers": layers,
                "places": places,
                "routes": [],
                "lines": lines,
                "bounds": view_bounds([after, before]),
                "attribution": to_html(after.horizon.travel.attribution),
                "words": {"separator": words.clock(0)[2], "fullScreen": words("Full screen")},
            }
        )
    )
    return chart


def _lines(
    before: Itinerary, after: Itinerary, kinds: dict[ChangeKind, folium.FeatureGroup]
) -> Iterator[dict[str, object]]:
    """Put every drive into its layer; side by side where they share a street."""
    ours = dict(_drives(before, date_shift(before.plan, after.plan)))
    theirs = dict(_drives(after, timedelta()))
    groups = {
        ChangeKind.KEPT: [line for drive, line in theirs.items() if drive in ours],
        ChangeKind.CANCELLED: [line for drive, line in ours.items() if drive not in theirs],
        ChangeKind.NEW: [line for drive, line in theirs.items() if drive not in ours],
    }
    streets = [_each_street_once(lines) for lines in groups.values()]
    for kind, offset_lines in zip(groups, offset_routes(streets), strict=True):
        if offset_lines:
            style = CHANGE_STYLES[kind]
            line = RouteLine(offset_lines, style.colour, style.dash)
            kinds[kind].add_child(line)
            yield {"line": line, "layer": kinds[kind]}


def _each_street_once(lines: Sequence[Line]) -> list[Line]:
    """The lines without what an earlier one has drawn: dashes over dashes would look solid."""
    seen: set[frozenset[tuple[float, float]]] = set()
    found: list[Line] = []
    for line in lines:
        fresh: list[tuple[float, float]] = []
        for piece in pairwise(line):
            if frozenset(piece) in seen:
                found.append(tuple(fresh))
                fresh = []
            else:
                seen.add(frozenset(piece))
                fresh = [*(fresh or piece[:1]), piece[1]]
        found.append(tuple(fresh))
    return [line for line in found if line]


def _drives(itinerary: Itinerary, later: timedelta) -> Iterator[tuple[Drive, Line]]:
    travel = itinerary.horizon.travel
    for route in itinerary.routes:
        for leg in itinerary.legs(route):
            line = travel.line(leg.origin, leg.destination)
            yield (route.van_id, route.date + later, line[0], line[-1]), line


def _pins(
    before: Itinerary,
    after: Itinerary,
    found: Sequence[StopChange],
    kinds: dict[ChangeKind, folium.FeatureGroup],
    words: Words,
) -> Iterator[dict[str, object]]:
    """Put a mark for every change into its layer; what the search needs to find it."""
    for change in found:
        venue = _venue(change, before, after)
        mark = _mark(change, change.van_stop.van_id)
        pin = Pin(
            venue.lat, venue.lon, mark, popup=_change_popup(change, venue, words), pane="stops"
        )
        layer = kinds[change.kind]
        layer.add_child(pin)
        label = to_html(f"{venue.name} · {words(change.kind.value)}")
        yield {"label": label, "marker": pin, "layer": layer, "box": change.kind.value}


def _venue(change: StopChange, before: Itinerary, after: Itinerary) -> Venue:
    if change.site_id in after.venues:
        return after.venues[change.site_id]
    return before.venues[change.site_id]


def _mark(change: StopChange, text: str) -> str:
    style = CHANGE_STYLES[change.kind]
    text = to_html(f"{style.sign} {text}".strip(), 12)
    return f'<span class="{style.css_class}" style="--c:{style.colour}">{text}</span>'


def _change_popup(change: StopChange, venue: Venue, words: Words) -> str:
    rows = [
        (words("Before"), _told(change.before, words)),
        (words("After"), _told(change.after, words)),
        (words("Contact"), venue.contact),
    ]
    return popup(f"{venue.name} ({words(change.kind.value)})", rows)


def _told(van_stop: VanStop | None, words: Words) -> str:
    if van_stop is None:
        return ""
    people = words("people: {count}", count=words.number(van_stop.stop.people))
    return f"{hours_line(van_stop, words)}, {people}"


def _panel(before: Itinerary, after: Itinerary, found: Sequence[StopChange], words: Words) -> str:
    """Search, and a legend that lists what it explains."""
    parts = []
    for kind, told in headings(found, words).items():
        sample = next((change for change in found if change.kind is kind), None)
        mark = _mark(sample, sample.van_stop.van_id) if sample else ""
        parts.append(switch(kind.value, key_cell(mark), told))
        parts.append(_list(before, after, [c for c in found if c.kind is kind], words))
    drives = "".join(
        f'<div class="row">{key_cell(_stroke(kind))}<span>{to_html(words.said(told))}</span></div>'
        for kind, told in DRIVES.items()
    )
    depot = switch("depots", key_cell(DEPOT_ICON.format(name="")), words("Depots"))
    border = '<svg width="40" height="4"><path d="M0 2h40" class="border"/></svg>'
    borders = switch("kelurahan", key_cell(border), words("Kelurahan borders"))
    return (
        f'<aside><div class="screen">{search_box(words)}</div><h2>{words("Stops")}</h2>'
        f"{''.join(parts)}<h2>{words('Map')}</h2>{drives}{depot}{borders}{printing(words)}</aside>"
    )


def _list(before: Itinerary, after: Itinerary, found: Sequence[StopChange], words: Words) -> str:
    """What somebody must hear of."""
    items = "".join(
        f"<li><b>{to_html(_venue(change, before, after).name)}</b>"
        f"<br>{_before_after(change, words)}</li>"
        for change in found
        if change.concerns_host or change.other_van
    )
    return f'<ul class="changes">{items}</ul>' if items else ""


def _before_after(change: StopChange, words: Words) -> str:
    gone = to_html(hours_line(change.before, words)) if change.before else ""
    come = to_html(hours_line(change.after, words)) if change.after else ""
    return "<br>".join([*([f"<s>{gone}</s>"] if gone else []), *([come] if come else [])])


def _stroke(kind: ChangeKind) -> str:
    style = CHANGE_STYLES[kind]
    return (
        f'<svg width="56" height="6" aria-hidden="true"><path d="M0 3h56" stroke="{style.colour}"'
        f' stroke-width="4" stroke-dasharray="{style.dash}"/></svg>'
    )
