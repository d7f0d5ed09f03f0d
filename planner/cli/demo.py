"""The demonstration: the example weekend, planned and drawn."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from planner import solvers
from planner.analysis.summary import summary_lines
from planner.cli.language import notify, words
from planner.cli.map import write_map
from planner.cli.plan import make_plan
from planner.i18n.messages import say
from planner.office.session import example_folder, plan_folder, read_plan

DEMO_WEEK = "2026-W48"
DEMO_TIME_S = 10.0


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar=say("FOLDER"), help=say("Where the example goes."))
    ] = Path("kota-contoh"),
) -> None:
    """Plan and draw the example weekend in a new folder: planner demo.

    The folder kota-contoh is a copy of the example; change its tables and plan again.
    """
    if not folder.exists():
        shutil.copytree(example_folder(), folder)
    limits_given = (DEMO_TIME_S, None, None)
    found = make_plan(folder, DEMO_WEEK, solvers.DEFAULT, limits_given=limits_given, seed=None)
    typer.echo("\n".join(summary_lines(found, words().language)))
    horizon, result = read_plan(folder, DEMO_WEEK)
    path = plan_folder(folder, DEMO_WEEK)
    notify(say("plan: {folder}", folder=path))
    notify(say("summary: {path}", path=path / "summary.txt"))
    notify(say("map, to open in a browser: {path}", path=write_map(folder, horizon, result)))
