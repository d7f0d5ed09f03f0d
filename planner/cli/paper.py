"""Commands for paper: route sheets for the crews, and what is sent out."""

from collections.abc import Sequence

from planner.cli.language import notify, translate
from planner.cli.option_values import COMING
from planner.cli.options import Folder, Json, PublishDrafts, Week
from planner.cli.output import print_files, suggest
from planner.cli.terminal_listener import NOTICES, terminal_listener
from planner.errors import Problem
from planner.i18n.messages import say
from planner.office.paper import (
    restricted_places,
    save_publication,
    save_sheets,
    unprintable_text,
)
from planner.office.week_plan import read_valid_plan


def print_(folder: Folder, week: Week = COMING, as_json: Json = False) -> int:
    """Print a route sheet for each van and day: planner print kota-saya --week 2026-W48.

    Writes prints/WEEK/ in the folder: sheets.pdf with all sheets, and one file for each.
    """
    with terminal_listener() as listener:
        plan = read_valid_plan(folder, week, listener=listener)
    problems = unprintable_text(plan)
    print_files(as_json, [save_sheets(plan, listener=NOTICES)], problems=_sentences(problems))
    suggest("publish", folder, "--week", week)
    return _tell(problems)


def publish(
    folder: Folder, week: Week = COMING, draft: PublishDrafts = False, as_json: Json = False
) -> int:
    """Write posters, texts and letters to send out: planner publish kota-saya --week 2026-W48.

    Writes public/WEEK/ with schedule, posters, WhatsApp texts and calendar, of confirmed places
    to which everybody may come, and office/WEEK/ with letters, texts for the other places, crew
    orders, workbook, GPX tracks and GeoPackage.
    """
    with terminal_listener() as listener:
        plan = read_valid_plan(folder, week, listener=listener)
    problems, names = unprintable_text(plan), restricted_places(plan, drafts=draft)
    drafts = plan.horizon.drafts(plan.plan)
    print_files(
        as_json,
        save_publication(plan, drafts=draft, listener=NOTICES),
        restricted=list(names),
        drafts=[{"id": venue.id, "permission": venue.permission.value} for venue in drafts],
        problems=_sentences(problems),
    )
    if names:
        notify(
            say(
                "told only to their own people, in office/ instead of public/: {names}",
                names=", ".join(names),
            )
        )
    shown = say("marked as draft") if draft else say("not in public/")
    for venue in drafts:
        state = say(venue.permission.value)
        notify(say("{name}: {state}; {shown}", name=venue.name, state=state, shown=shown))
    if not draft:
        suggest("tally", folder, week)
    return _tell(problems)


def _sentences(problems: Sequence[Problem]) -> list[str]:
    return [translate(problem.message) for problem in problems]


def _tell(problems: Sequence[Problem]) -> int:
    """Exit code 1 where papers cannot show a sign."""
    for problem in problems:
        notify(problem.message)
    return 1 if problems else 0
