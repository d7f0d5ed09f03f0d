"""Which files go to whom: to the crews, to everyone, and to colleagues and hosts."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from planner.analysis.itinerary import Itinerary
from planner.analysis.visits import public_visits
from planner.errors import Problem, input_error
from planner.horizon import Horizon, not_visited
from planner.i18n.messages import say
from planner.plan import Result
from planner.render.escape import to_line
from planner.render.exchange import calendar_file, track_files
from planner.render.geopackage import plan_geopackage
from planner.render.letters import letter_files
from planner.render.notices import notice_files
from planner.render.poster import poster_files
from planner.render.sheets import sheet_files
from planner.render.spreadsheet import schedule_workbook
from planner.render.typesetting import MISSING, signs_without_glyph
from planner.store.atomic import write_files

MADE = {
    "prints": ("sheet-*.pdf", "sheets.pdf", "sheets-changed.pdf"),
    "public": ("poster-*.png", "text-*.txt", "schedule.*"),
    "office": ("letter*.pdf", "assignment*.pdf", "route-*.gpx", "schedule.xlsx", "plan.gpkg"),
}
"""Names of the files in each folder that are made here."""


def sheets_pack(horizon: Horizon, result: Result) -> dict[str, bytes]:
    """For the crews: route sheets."""
    return sheet_files(Itinerary(horizon, result.plan))


def public_pack(horizon: Horizon, result: Result, *, drafts: bool) -> dict[str, bytes]:
    """For everyone: posters, texts, calendar; only confirmed places unless drafts are asked for.

    Raises
    ------
    InputError
        Where nothing is confirmed.
    """
    itinerary = Itinerary(horizon, result.plan)
    if not public_visits(itinerary, drafts=drafts):
        raise input_error(
            say("plan of {week}", week=horizon.week),
            say("no place in it is confirmed"),
            say("set the permission of its places to 'disetujui', or use --draft to look at it"),
        )
    return {
        **poster_files(itinerary, drafts=drafts),
        **notice_files(itinerary, drafts=drafts),
        "schedule.ics": calendar_file(itinerary, drafts=drafts),
    }


def office_pack(horizon: Horizon, result: Result) -> dict[str, bytes]:
    """For colleagues and hosts: letters, orders, workbook, tracks and GeoPackage."""
    itinerary = Itinerary(horizon, result.plan)
    return {
        **letter_files(itinerary),
        **track_files(itinerary),
        "schedule.xlsx": schedule_workbook(itinerary),
        "plan.gpkg": plan_geopackage(horizon, result, not_visited(horizon, result.plan)),
    }


def write_pack(folder: Path, kind: str, week: str, files: Mapping[str, bytes]) -> Path:
    """The folder that now holds these files, and none that an earlier plan left there."""
    path = folder / kind / week
    write_files(path, files)
    for pattern in MADE[kind]:
        for old in path.glob(pattern):
            if old.name not in files:
                old.unlink()
    return path


def signs_not_printed(horizon: Horizon, result: Result) -> Iterator[Problem]:
    """What users wrote with signs that no font has."""
    office = horizon.district.office
    texts = {"planner.toml [office] name": office.name}
    texts |= {"planner.toml [office] address": office.address}
    for at in Itinerary(horizon, result.plan).all_stops():
        for column in ("name", "address", "contact"):
            texts[f"{at.venue.kind}s {at.venue.id} {column}"] = getattr(at.venue, column)
        texts[f"vans {at.vehicle.id} plate"] = at.vehicle.plate
    for where, text in texts.items():
        for sign in signs_without_glyph(to_line(text)):
            code = f"U+{ord(sign):04X}"
            yield Problem(
                where=where,
                what=say(
                    "no font has '{sign}' ({code}), papers show {shown}",
                    sign=sign,
                    code=code,
                    shown=MISSING,
                ),
                remedy=say("write it with other signs"),
            )
