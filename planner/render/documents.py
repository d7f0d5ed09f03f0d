"""Which files go to whom, besides the sheets of the crews: to everyone, to colleagues and hosts."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from planner.analysis.itinerary import Itinerary
from planner.analysis.public_schedule import public_visits, restricted_visits
from planner.errors import Problem, input_error
from planner.i18n.messages import say
from planner.render.escape import REPLACEMENT, to_line
from planner.render.geopackage import build_geopackage
from planner.render.gpx import build_tracks
from planner.render.ical import build_calendar
from planner.render.letters import typeset_letters
from planner.render.poster import typeset_posters
from planner.render.schedule_tables import build_schedule_xlsx
from planner.render.typesetting import find_missing_glyphs
from planner.render.whatsapp import compose_notices


def public_documents(itinerary: Itinerary, *, drafts: bool, sent: bytes = b"") -> dict[str, bytes]:
    """For everyone: posters, texts, calendar; only confirmed places unless drafts are asked for.

    Places that are only for their own people are not in them; without others there are no files,
    save for a calendar that cancels what was published.

    Parameters
    ----------
    sent
        The calendar published last.

    Raises
    ------
    InputError
        Where nothing is confirmed, and nothing was published.
    """
    visits = public_visits(itinerary, drafts=drafts)
    calendar = {"schedule.ics": build_calendar(itinerary, drafts=drafts, sent=sent)}
    if not visits and sent:
        return calendar
    if not visits and restricted_visits(itinerary, drafts=drafts):
        return {}
    if not visits:
        raise input_error(
            say("plan of {week}", week=itinerary.horizon.week),
            say("no place in it is confirmed"),
            say("set the permission of its places to 'disetujui', or use --draft to look at it"),
        )
    return {
        **typeset_posters(itinerary, drafts=drafts),
        **compose_notices(itinerary.horizon.district.office, visits),
        **calendar,
    }


def office_documents(itinerary: Itinerary, *, drafts: bool) -> dict[str, bytes]:
    """For colleagues and hosts: letters, orders, workbook, tracks and GeoPackage.

    Also a text for each place that is only for its own people, which its host passes on; only of
    confirmed places unless drafts are asked for.
    """
    restricted = restricted_visits(itinerary, drafts=drafts)
    return {
        **typeset_letters(itinerary),
        **compose_notices(itinerary.horizon.district.office, restricted),
        **build_tracks(itinerary),
        "schedule.xlsx": build_schedule_xlsx(itinerary),
        "plan.gpkg": build_geopackage(itinerary),
    }


def find_unprintable_text(itinerary: Itinerary) -> Iterator[Problem]:
    """What users wrote in characters that no font has."""
    district = itinerary.horizon.district
    venues = {at.venue.id: at.venue for at in itinerary.all_stops()}.values()
    texts = {
        where: text
        for owner, name in (
            (district.office, "planner.toml [office]"),
            *((depot, f"depots {depot.id}") for depot in district.depots),
            *((vehicle, f"vans {vehicle.id}") for vehicle in district.vehicles),
            *((venue, f"{venue.type.table} {venue.id}") for venue in venues),
            *((area, f"areas {area.code}") for area in district.areas),
        )
        for where, text in _texts(owner, name)
    }
    for where, text in texts.items():
        for char in find_missing_glyphs(to_line(text)):
            code = f"U+{ord(char):04X}"
            yield Problem(
                where=where,
                what=say(
                    "no font has '{sign}' ({code}), papers show {shown}",
                    sign=char,
                    code=code,
                    shown=REPLACEMENT,
                ),
                remedy=say("write it with other characters"),
            )


def _texts(owner: Any, name: str) -> Iterator[tuple[str, str]]:
    """Each attribute that is text, under the name of its owner."""
    for field in fields(owner):
        text = getattr(owner, field.name)
        if isinstance(text, str):
            yield f"{name} {field.name}", text
