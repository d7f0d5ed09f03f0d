"""What stands around the map: heading, search, time slider, legend; all as HTML."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from planner.analysis.itinerary import Itinerary
from planner.i18n.words import Words
from planner.plan import Route
from planner.render.escape import to_html
from planner.render.style import DEPOT_ICON, RAMP, RouteStyle, style_route
from planner.units import KM_M

PAPERS = ("A4", "A3")
"""Sizes that ``assets/page.css`` has a layout for; the first unless another is chosen."""


def heading(itinerary: Itinerary, words: Words) -> str:
    """Office, week, what the plan comes to, and what to beware of."""
    horizon, plan = itinerary.horizon, itinerary.plan
    num_drafts = len(horizon.drafts(plan))
    notes = []
    if horizon.travel.straight:
        notes.append(words("Straight-line estimate: there is no road file"))
    if num_drafts:
        notes.append(words("Drafts, permission not confirmed: {count}", count=num_drafts))
    told = words(
        "Plan for {week}: {people} people at {stops} stops",
        week=horizon.week,
        people=words.number(sum(stop.people for _, stop in plan.stops())),
        stops=sum(1 for _ in plan.stops()),
    )
    return (
        f"<header><h1>{to_html(horizon.district.office.name)}</h1><p>{to_html(told)}</p>"
        + "".join(f'<p class="note">{to_html(note)}</p>' for note in notes)
        + "</header>"
    )


def side_panel(
    itinerary: Itinerary, words: Words, *, num_left_out: int, breaks: Sequence[int], tiles: bool
) -> str:
    """Search, time slider and the legend, which switches the layers it explains."""
    return (
        f'<aside><div class="screen">{search_box(words)}{_slider(itinerary.routes, words)}</div>'
        f"<h2>{words('Routes')}</h2>{''.join(_days(itinerary, words))}"
        f"<h2>{words('Map')}</h2>{_marks(words, num_left_out)}{_ramp(words, breaks)}"
        f"{switch('tiles', '', words('Street map from the internet')) if tiles else ''}"
        f"{printing(words)}</aside>"
    )


def printing(words: Words) -> str:
    """Choice of paper, and the button that prints."""
    sizes = "".join(f"<option>{size}</option>" for size in PAPERS)
    return (
        f'<div class="screen printing"><select id="paper" aria-label="{words("Paper size")}">'
        f'{sizes}</select><button id="print" type="button">{words("Print")}</button></div>'
    )


def search_box(words: Words) -> str:
    """Where a place is searched for."""
    prompt = to_html(words("Search a place"))
    return (
        f'<h2><label for="search">{prompt}</label></h2>'
        f'<input id="search" type="search" autocomplete="off"><ul id="found"></ul>'
    )


def _slider(routes: Sequence[Route], words: Words) -> str:
    if not routes:
        return ""
    dates = sorted({route.date for route in routes})
    options = "".join(
        f'<option value="{day.isoformat()}">{to_html(words.long_date(day))}</option>'
        for day in dates
    )
    label = to_html(words("Where the vans are"))
    return (
        f'<h2><label for="time">{label}</label></h2><select id="day" aria-label="{words("Date")}">'
        f'{options}</select><div class="times"><input id="time" type="range" step="1">'
        f'<output id="clock" for="time"></output></div>'
    )


def _days(itinerary: Itinerary, words: Words) -> Iterator[str]:
    """A switch per day, and beneath it one per route."""
    for day, of_day in groupby(enumerate(itinerary.routes), key=lambda item: item[1].date):
        yield (
            f'<label><input type="checkbox" checked data-day="{day.isoformat()}">'
            f'<b>{to_html(words.long_date(day))}</b></label><div class="routes">'
        )
        for index, route in of_day:
            yield _route(itinerary, index, route, words)
        yield "</div>"


def _route(itinerary: Itinerary, index: int, route: Route, words: Words) -> str:
    told = words(
        "people: {people} · stops: {stops} · {km} km · {hours}",
        people=words.number(sum(stop.people for stop in route.stops)),
        stops=len(route.stops),
        km=words.number(sum(leg.drive_m for leg in itinerary.legs(route)) / KM_M, 1),
        hours=words.hours(route.leave_s, route.return_s),
    )
    # Lines break between the parts, never between a number and its unit.
    parts = " · ".join(f"<span>{to_html(part)}</span>" for part in told.split(" · "))
    plate = itinerary.vehicles[route.van_id].plate
    sample = key_cell(_sample(style_route(itinerary.plan, route)))
    return (
        f'<label><input type="checkbox" checked data-layer="route-{index}"'
        f' data-of="{route.date.isoformat()}">{sample}'
        f"<span>{to_html(route.van_id)} ({to_html(plate)})<small>{parts}</small></span>"
        "</label>"
    )


def _sample(style: RouteStyle) -> str:
    return (
        f'<svg width="56" height="6" aria-hidden="true"><path d="M0 3h56" stroke="{style.colour}"'
        f' stroke-width="4" stroke-dasharray="{style.dash}"/></svg>'
    )


def _marks(words: Words, num_left_out: int) -> str:
    stop = '<span class="stop" style="--c:#333">A1</span>'
    draft = f'<span class="stop draft" style="--c:#333" data-draft="{words("draft")}">A1</span>'
    cross = '<span class="left-out">×</span>'
    border = '<svg width="40" height="4"><path d="M0 2h40" class="border"/></svg>'
    rows = [
        _row(stop, words("Van and order of the stop")),
        _row(draft, words("Draft: permission not confirmed")),
        switch("depots", key_cell(DEPOT_ICON.format(name="")), words("Depots")),
        switch("left-out", key_cell(cross), words("Places left out: {count}", count=num_left_out)),
        switch("kelurahan", key_cell(border), words("Kelurahan borders")),
    ]
    return "".join(rows)


def _row(mark: str, label: str) -> str:
    return f'<div class="row">{key_cell(mark)}<span>{to_html(label)}</span></div>'


def key_cell(mark: str) -> str:
    """A mark before its explanation."""
    return f'<span class="key">{mark}</span>'


def switch(layer: str, key: str, label: str) -> str:
    """A legend entry that shows and hides a layer."""
    return (
        f'<label><input type="checkbox" checked data-layer="{layer}">{key}'
        f"<span>{to_html(label)}</span></label>"
    )


def _ramp(words: Words, breaks: Sequence[int]) -> str:
    """The shades of RW with the counts they stand for."""
    starts = [1, *(limit + 1 for limit in breaks)]
    steps = "".join(
        f'<i style="background:{colour}"></i><span>{start}\N{EN DASH}{limit}</span>'
        for colour, start, limit in zip(RAMP, starts, breaks, strict=False)
    )
    return (
        switch("choropleth", "", words("Unrecorded people per RW"))
        + f'<div class="ramp">{steps}</div>'
    )
