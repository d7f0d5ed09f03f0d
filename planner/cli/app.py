"""All commands in the order of a coordinator's week."""

from typing import Annotated

import typer

from planner import __version__
from planner.cli import (
    bare,
    diff,
    explain,
    folder,
    paper,
    repair,
    replan,
    roads,
    week,
    whatif,
)
from planner.cli.pages import Command, Group
from planner.cli.speech import Lang, speak, spoken
from planner.messages import say

ABOUT = """Plan where vans stand this weekend, and for how long: planner demo.

In the order of a week: init, check, plan, map, print, publish. Each has a page of its own, such as
planner plan --help.
"""

app = typer.Typer(
    name="planner",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    cls=Group,
    help=ABOUT,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    lang: Lang = None,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=say("Say the version.")),
    ] = False,
) -> None:
    context.obj = lang
    if lang:
        speak(lang)


for command in (
    week.demo,
    folder.init,
    folder.check,
    roads.roads,
    week.plan,
    week.map_,
    whatif.whatif,
    explain.explain,
    paper.print_,
    paper.publish,
    repair.repair,
    replan.replan,
    diff.diff,
    bare.solve,
    bare.verify,
):
    app.command(command.__name__.rstrip("_"), cls=Command)(spoken(command))
