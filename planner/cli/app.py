"""The program: its name, what it says of itself, and the options before any command."""

from typing import Annotated

import typer

from planner import __version__
from planner.cli.commands import Group
from planner.cli.language import Lang, set_language
from planner.i18n.messages import say

ABOUT = """Plan where vans stand this weekend, and for how long: planner demo.

In the order of a week: init, check, plan, map, print, publish. Each has a page of its own, such as
planner plan --help.
"""

PROGRAM = "planner"
"""As messages and pages name it, however it was started."""

app = typer.Typer(
    name=PROGRAM,
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
        set_language(lang)
