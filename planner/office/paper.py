"""Drawing, printing and publishing a plan."""

from pathlib import Path

from planner.analysis.public_schedule import restricted_visits
from planner.errors import Problem, input_error
from planner.i18n.messages import say
from planner.office.listener import SILENT, Listener
from planner.office.publication import record_publication
from planner.office.week_plan import WeekPlan
from planner.render.documents import (
    find_unprintable_text,
    office_documents,
    public_documents,
)
from planner.render.plan_map import draw_map
from planner.render.route_sheets import build_sheets_data, typeset_sheets
from planner.render.typesetting import typeset_png
from planner.store.week_writer import Papers, write_week


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

    The calendar goes on from the one published last, and cancels what is no more in the plan.

    Parameters
    ----------
    drafts
        Whether places not yet confirmed are shown too, marked as drafts.

    Raises
    ------
    InputError
        Where no place is confirmed.
    """
    return public_documents(plan.itinerary, drafts=drafts, sent=_sent_calendar(plan))


def save_map(plan: WeekPlan, *, listener: Listener = SILENT) -> Path:
    """The file ``maps/WEEK/map.html`` with the plan on a map.

    Raises
    ------
    InputError
        Where another plan is in force by now; so do the other papers.
    """
    _save(plan, "map", {"maps": {"map.html": draw(plan).encode()}}, listener)
    return _usual_place(plan, "maps") / "map.html"


def save_sheets(plan: WeekPlan, *, listener: Listener = SILENT) -> Path:
    """The file ``prints/WEEK/sheets.pdf``, beside a file for each van and day."""
    _save(plan, "print", {"prints": print_sheets(plan)}, listener)
    return _usual_place(plan, "prints") / "sheets.pdf"


def save_publication(
    plan: WeekPlan, *, drafts: bool = False, listener: Listener = SILENT
) -> tuple[Path, ...]:
    """The folders ``office/WEEK``, for colleagues and hosts, and ``public/WEEK``, for everyone.

    Without a place to which everybody may come there is no second one. The version then counts as
    published, unless drafts are shown.

    Raises
    ------
    InputError
        Where the plan counts on permissions that nobody has given, or another is in force by now.
    """
    if plan.horizon.district.assumes_permission and not drafts:
        raise input_error(
            say("plan of {week}", week=plan.week),
            say("is a draft: it assumes permissions that hosts have not given"),
            say("ask them, keep their answers with planner permit, and plan again"),
        )
    files = {
        "office": office_documents(plan.itinerary, drafts=drafts),
        "public": publish(plan, drafts=drafts),
    }
    _save(plan, "publish", files, listener, is_published=not drafts)
    version = plan.plan_folder.current
    if version is not None and not drafts:
        record_publication(plan, version.number)
    return tuple(_usual_place(plan, kind) for kind, papers in files.items() if papers)


def restricted_places(plan: WeekPlan, *, drafts: bool = False) -> tuple[str, ...]:
    """Names of places of which only their own people are told, by text and letter."""
    visits = restricted_visits(plan.itinerary, drafts=drafts)
    return tuple(dict.fromkeys(visit.venue.name for visit in visits))


def unprintable_text(plan: WeekPlan) -> tuple[Problem, ...]:
    """What users wrote with signs that no font has."""
    return tuple(find_unprintable_text(plan.itinerary))


def _sent_calendar(plan: WeekPlan) -> bytes:
    """The calendar of the version published last; empty where there is none."""
    published = (version for version in reversed(plan.plan_folder.versions) if version.is_published)
    calendars = (version.read_papers("public").get("schedule.ics") for version in published)
    return next(filter(None, calendars), b"")


def _save(
    plan: WeekPlan, command: str, papers: Papers, listener: Listener, *, is_published: bool = False
) -> None:
    with write_week(plan.horizon.district, plan.week, command, listener.notice) as writer:
        writer.add_papers(plan.plan, papers, is_published=is_published)


def _usual_place(plan: WeekPlan, kind: str) -> Path:
    return plan.horizon.district.folder / kind / plan.week
