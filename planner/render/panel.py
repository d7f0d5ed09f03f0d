"""What stands around the map of a plan: heading, search, time slider, legend."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from markupsafe import Markup

from planner.analysis.itinerary import Itinerary
from planner.i18n.words import Words
from planner.plan import Route
from planner.render.html import fill_template
from planner.render.style import RAMP, RouteStyle, style_route
from planner.units import KM_M

SAMPLE_STYLE = RouteStyle(colour="#333", dash="", square=False)
"""Of the stops in the legend, which are of no route."""


def plan_panel(
    itinerary: Itinerary, words: Words, *, num_left_out: int, breaks: Sequence[int], tiles: bool
) -> Markup:
    """Heading and legend; the entries of the legend switch the layers they explain.

    Parameters
    ----------
    breaks
        Highest count of each class of the choropleth.
    """
    return fill_template(
        "plan_panel.html",
        words=words,
        office=itinerary.horizon.district.office.name,
        summary=_summary(itinerary, words),
        notes=_notes(itinerary, words),
        days=_days(itinerary, words),
        sample_style=SAMPLE_STYLE,
        num_left_out=num_left_out,
        ramp=list(zip(RAMP, [1, *(high + 1 for high in breaks)], breaks, strict=False)),
        tiles=tiles,
    )


def _summary(itinerary: Itinerary, words: Words) -> str:
    return words(
        "Plan for {week}: {people}, {stops}",
        week=itinerary.horizon.week,
        people=words.number_of("{n} person", "{n} people", itinerary.plan.served().total()),
        stops=words.number_of("{n} stop", "{n} stops", sum(1 for _ in itinerary.plan.stops())),
    )


def _notes(itinerary: Itinerary, words: Words) -> list[str]:
    """What to beware of."""
    num_drafts = len(itinerary.horizon.drafts(itinerary.plan))
    notes = []
    if itinerary.horizon.travel.straight:
        notes.append(words("Straight-line estimate: there is no road file"))
    if num_drafts:
        notes.append(words("Drafts, permission not confirmed: {count}", count=num_drafts))
    return notes


def _days(itinerary: Itinerary, words: Words) -> list[tuple[date, list[dict[str, object]]]]:
    """Routes by date."""
    by_day = groupby(enumerate(itinerary.routes), key=lambda item: item[1].date)
    return [
        (day, [_route(itinerary, index, route, words) for index, route in routes])
        for day, routes in by_day
    ]


def _route(itinerary: Itinerary, index: int, route: Route, words: Words) -> dict[str, object]:
    facts = words(
        "people: {people} · stops: {stops} · {km} km · {hours}",
        people=words.number(sum(stop.people for stop in route.stops)),
        stops=len(route.stops),
        km=words.number(sum(leg.drive_m for leg in itinerary.legs(route)) / KM_M, 1),
        hours=words.hours(route.leave_s, route.return_s),
    )
    return {
        "index": index,
        "van": route.van_id,
        "plate": itinerary.vehicles[route.van_id].plate,
        "style": style_route(itinerary.plan, route),
        "facts": facts.split(" · "),
    }
