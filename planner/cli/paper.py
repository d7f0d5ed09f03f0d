"""Commands for paper: route sheets for the crews, and what is sent out."""

from typing import Annotated

import typer

from planner.cli.language import notify, shell_command
from planner.cli.options import Folder, Week
from planner.horizon import Horizon
from planner.i18n.messages import say
from planner.office.session import read_valid_plan
from planner.plan import Result
from planner.render.documents import (
    crew_documents,
    find_unprintable_text,
    office_documents,
    public_documents,
    write_documents,
)

Draft = Annotated[
    bool, typer.Option("--draft", help=say("Show places not yet confirmed too, marked as drafts."))
]


def print_(folder: Folder, week: Week) -> None:
    """Print a sheet per van and day: planner print kota-saya --week 2026-W48.

    Writes prints/WEEK/ in the folder: sheets.pdf with all sheets, and each as a file of its own.
    """
    horizon, result = read_valid_plan(folder, week)
    path = write_documents(folder, "prints", week, crew_documents(horizon, result))
    typer.echo(str(path / "sheets.pdf"))
    notify(
        say("next: {command}", command=shell_command("planner", "publish", folder, "--week", week))
    )
    _end(horizon, result)


def publish(folder: Folder, week: Week, draft: Draft = False) -> None:
    """Write what is sent out: planner publish kota-saya --week 2026-W48.

    Writes public/WEEK/ with schedule, posters, WhatsApp texts and calendar, of confirmed places
    only, and office/WEEK/ with letters, assignments, workbook, tracks and GeoPackage.
    """
    horizon, result = read_valid_plan(folder, week)
    office = office_documents(horizon, result)
    public = public_documents(horizon, result, drafts=draft)
    typer.echo(str(write_documents(folder, "office", week, office)))
    typer.echo(str(write_documents(folder, "public", week, public)))
    for venue in horizon.drafts(result.plan):
        shown = say("marked as draft") if draft else say("not in public/")
        state = say(venue.permission.value)
        notify(say("{name}: {state}; {shown}", name=venue.name, state=state, shown=shown))
    _end(horizon, result)


def _end(horizon: Horizon, result: Result) -> None:
    """Exit code 1 where papers cannot show a sign."""
    problems = list(find_unprintable_text(horizon, result))
    for problem in problems:
        notify(problem.message)
    raise typer.Exit(1 if problems else 0)
