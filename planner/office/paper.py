"""Drawing, printing and publishing a plan."""

from collections.abc import Mapping
from pathlib import Path

from planner.errors import Problem
from planner.office.session import WeekPlan
from planner.render.documents import (
    find_unprintable_text,
    office_documents,
    public_documents,
)
from planner.render.plan_map import draw_map
from planner.render.route_sheets import build_sheets_data, typeset_sheets
from planner.render.typesetting import typeset_png
from planner.store.outputs import write_outputs


def draw(plan: WeekPlan, *, tiles: bool = False) -> str:
    """A plan on a map, as an HTML page that opens without internet.

    Parameters
    ----------
    tiles
        Over streets from openstreetmap.org instead, which need internet and a web server.
    """
    return draw_map(plan.itinerary, tiles=tiles)


def print_sheets(plan: WeekPlan) -> dict[str, bytes]:
    """A PDF for the crew of each van and day, and ``sheets.pdf`` with all, by file name."""
    return typeset_sheets(plan.itinerary)


def picture_sheets(plan: WeekPlan, pixels_per_inch: float) -> tuple[bytes, ...]:
    """The pages of all sheets as PNG pictures."""
    return typeset_png("sheet.typ", build_sheets_data(plan.itinerary), pixels_per_inch)


def publish(plan: WeekPlan, *, drafts: bool = False) -> dict[str, bytes]:
    """Posters, texts and calendar for everyone, by file name.

    Parameters
    ----------
    drafts
        Whether places not yet confirmed are shown too, marked as drafts.

    Raises
    ------
    InputError
        Where no place is confirmed.
    """
    return public_documents(plan.itinerary, drafts=drafts)


def save_map(plan: WeekPlan) -> Path:
    """The file ``maps/WEEK/map.html`` with the plan on a map."""
    return _save(plan, "maps", {"map.html": draw(plan).encode()}) / "map.html"


def save_sheets(plan: WeekPlan) -> Path:
    """The file ``prints/WEEK/sheets.pdf``, beside a file for each van and day."""
    return _save(plan, "prints", print_sheets(plan)) / "sheets.pdf"


def save_publication(plan: WeekPlan, *, drafts: bool = False) -> tuple[Path, Path]:
    """The folders ``office/WEEK``, for colleagues and hosts, and ``public/WEEK``, for everyone."""
    papers = office_documents(plan.itinerary)
    public = publish(plan, drafts=drafts)
    return _save(plan, "office", papers), _save(plan, "public", public)


def unprintable_text(plan: WeekPlan) -> tuple[Problem, ...]:
    """What users wrote with signs that no font has."""
    return tuple(find_unprintable_text(plan.itinerary))


def _save(plan: WeekPlan, kind: str, files: Mapping[str, bytes]) -> Path:
    return write_outputs(plan.horizon.district.folder, kind, plan.week, files)
