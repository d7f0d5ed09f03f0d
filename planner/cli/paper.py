"""Commands for paper: route sheets for the crews, and what is sent out."""

from planner.cli.language import notify
from planner.cli.option_values import COMING
from planner.cli.options import Folder, PublishDrafts, Week
from planner.cli.output import print_lines, suggest
from planner.cli.progress import NOTICES, terminal_listener
from planner.i18n.messages import say
from planner.office.paper import (
    restricted_places,
    save_publication,
    save_sheets,
    unprintable_text,
)
from planner.office.session import WeekPlan, read_valid_plan


def print_(folder: Folder, week: Week = COMING) -> int:
    """Print a route sheet for each van and day: planner print kota-saya --week 2026-W48.

    Writes prints/WEEK/ in the folder: sheets.pdf with all sheets, and one file for each.
    """
    with terminal_listener() as listener:
        plan = read_valid_plan(folder, week, listener=listener)
    print_lines([str(save_sheets(plan, listener=NOTICES))])
    suggest("publish", folder, "--week", week)
    return _name_unprintable(plan)


def publish(folder: Folder, week: Week = COMING, draft: PublishDrafts = False) -> int:
    """Write posters, texts and letters to send out: planner publish kota-saya --week 2026-W48.

    Writes public/WEEK/ with schedule, posters, WhatsApp texts and calendar, of confirmed places
    to which everybody may come, and office/WEEK/ with letters, texts for the other places, crew
    orders, workbook, GPX tracks and GeoPackage.
    """
    with terminal_listener() as listener:
        plan = read_valid_plan(folder, week, listener=listener)
    print_lines(map(str, save_publication(plan, drafts=draft, listener=NOTICES)))
    if names := restricted_places(plan, drafts=draft):
        notify(
            say(
                "told only to their own people, in office/ instead of public/: {names}",
                names=", ".join(names),
            )
        )
    shown = say("marked as draft") if draft else say("not in public/")
    for venue in plan.horizon.drafts(plan.plan):
        state = say(venue.permission.value)
        notify(say("{name}: {state}; {shown}", name=venue.name, state=state, shown=shown))
    return _name_unprintable(plan)


def _name_unprintable(plan: WeekPlan) -> int:
    """Exit code 1 where papers cannot show a sign."""
    problems = unprintable_text(plan)
    for problem in problems:
        notify(problem.message)
    return 1 if problems else 0
