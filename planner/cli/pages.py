"""Help pages in the language of the person who asks; each begins with an example."""

import shutil
from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from typer.core import TyperCommand

from planner.cli.language import translate, words
from planner.cli.usage import unexpected_arguments, usage_errors_as_problems
from planner.i18n.messages import Message, say

WIDEST = 96
GAP = "  "


class Command(TyperCommand):
    """A command whose help, and what was typed wrong, is told in the person's language."""

    allow_extra_args = True

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with usage_errors_as_problems(ctx):
            more = super().parse_args(ctx, args)
        if more:
            raise unexpected_arguments(ctx.command_path, more)
        return more

    def get_help(self, ctx: Any) -> str:
        return page(self, ctx, say("OPTIONS"))


def help_parts(text: str) -> tuple[str, str, list[str]]:
    """What a command does, the example, and what else to know, of ``does: example.`` and more."""
    first, *more = (" ".join(part.split()) for part in text.strip().split("\n\n"))
    does, _, example = first.partition(": ")
    return f"{does}.", example.removesuffix("."), more


def help_text(text: str | None) -> list[str]:
    """What a command does, and what else to know, in the language chosen."""
    does, _, more = help_parts(text or "")
    return [words()(part) for part in (does, *more)]


def page(command: Any, context: Any, *pieces: Message) -> str:
    """The help of a command; `pieces` is what stands behind its name in the line of usage."""
    _, example, _ = help_parts(command.help)
    parameters = command.get_params(context)
    arguments = [each for each in parameters if each.param_type_name == "argument"]
    options = [each for each in parameters if each.param_type_name == "option"]
    usage = [context.command_path, f"[{translate(pieces[0])}]", *map(translate, pieces[1:])]
    lines = [
        translate(say("Example: {example}", example=example)),
        *(line for part in help_text(command.help) for line in ("", *wrap(part, _width()))),
        "",
        translate(say("Usage: {usage}", usage=" ".join([*usage, *map(_place, arguments)]))),
        *section(say("Arguments"), [(_value(each), _text(each)) for each in arguments]),
        *section(say("Options"), [(_option(each), _text(each)) for each in options]),
    ]
    return "\n".join(lines)


def section(title: Message, rows: list[tuple[str, str]]) -> Iterator[str]:
    """Lines under a title: names at the left, what they mean at the right."""
    if not rows:
        return
    yield from ("", f"{translate(title)}:")
    column = max(len(name) for name, _ in rows) + 2 * len(GAP)
    for name, text in rows:
        first, *more = wrap(text, _width() - column)
        yield f"{GAP}{name}".ljust(column) + first
        yield from (" " * column + line for line in more)


def _option(parameter: Any) -> str:
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    return names if parameter.is_flag else f"{names} {_value(parameter)}"


def _place(argument: Any) -> str:
    """An argument in the line of usage, between brackets where it may be left out."""
    return _value(argument) if argument.required else f"[{_value(argument)}]"


def _value(parameter: Any) -> str:
    """What stands for the value of an option or argument."""
    return translate(parameter.metavar) if parameter.metavar else str(parameter.name).upper()


def _text(parameter: Any) -> str:
    """What a parameter means, and its default."""
    meaning = (
        translate(say("Show this page.")) if parameter.name == "help" else words()(parameter.help)
    )
    default = parameter.default
    if parameter.required:
        return f"{meaning} {translate(say('Required.'))}"
    if parameter.is_eager or callable(default) or default in {None, False, ""}:
        return meaning
    return f"{meaning} {translate(say('Without it: {default}.', default=str(default)))}"


def _width() -> int:
    return min(WIDEST, shutil.get_terminal_size().columns) - 1
