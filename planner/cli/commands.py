"""All commands in the order of a coordinator's week, each loaded when it is asked for.

A command needs a part of the program only, and starts sooner without the other parts: who solves a
bare instance draws no map.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from pkgutil import resolve_name
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from planner.cli.language import translate, with_language
from planner.cli.output import naming_next_command
from planner.cli.pages import Command, page, section
from planner.cli.usage import unknown_command, usage_errors_as_problems
from planner.i18n.messages import Message, say

COMMANDS: Mapping[str, tuple[str, Message]] = {
    "demo": ("planner.cli.demo:demo", say("Plan and draw the example weekend in a new folder.")),
    "init": (
        "planner.cli.folder:init",
        say("Write empty tables and settings that explain themselves."),
    ),
    "check": (
        "planner.cli.folder:check",
        say("Read every table, name every problem, say what was understood."),
    ),
    "roads": ("planner.cli.roads:roads", say("Make roads ready.")),
    "plan": ("planner.cli.plan:plan", say("Decide where each van stands.")),
    "map": ("planner.cli.map:map_", say("Draw the plan of a week.")),
    "whatif": ("planner.cli.whatif:whatif", say("Compare plans with changes.")),
    "explain": ("planner.cli.explain:explain", say("Say why a place is left out of the plan.")),
    "print": ("planner.cli.paper:print_", say("Print a sheet per van and day.")),
    "publish": ("planner.cli.paper:publish", say("Write what is sent out.")),
    "repair": ("planner.cli.repair:repair", say("Mend a plan made by hand.")),
    "replan": ("planner.cli.replan:replan", say("Plan the rest of a weekend.")),
    "diff": ("planner.cli.diff:diff", say("Say what changed.")),
    "solve": ("planner.cli.bare:solve", say("Plan a bare instance.")),
    "verify": ("planner.cli.bare:verify", say("Check a plan against every rule.")),
}
"""Where each command is, and what it does, as its own page says too."""


def load_command(name: str) -> Any:
    """A command of `COMMANDS` with its options, and all that it needs."""
    place, _ = COMMANDS[name]
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, cls=Command)(with_language(naming_next_command()(resolve_name(place))))
    return get_command(alone)


class Group(TyperGroup):
    """The commands, whose help, and what was typed wrong, is told in the person's language."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with usage_errors_as_problems(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        with usage_errors_as_problems(ctx):
            return super().invoke(ctx)

    def get_help(self, ctx: Any) -> str:
        commands = [(name, translate(does)) for name, (_, does) in COMMANDS.items()]
        return "\n".join(
            [
                page(self, ctx, say("OPTIONS"), say("COMMAND")),
                *section(say("Commands"), commands),
            ]
        )

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name; a name that no command has is wrong usage."""
        if cmd_name in COMMANDS:
            return load_command(cmd_name)
        if cmd_name.startswith("-"):
            return None
        alike = get_close_matches(cmd_name, COMMANDS, n=1)
        raise unknown_command(ctx.command_path, cmd_name, alike)
