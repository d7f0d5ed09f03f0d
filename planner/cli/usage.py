"""Commands that were typed wrong, told like every other problem: where, what, what to do."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from math import isfinite, nan
from typing import Any

import typer

from planner.cli.language import translate
from planner.errors import InputError, input_error
from planner.i18n.messages import Message, say

LAST_PORT = 65535

UsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""What typer raises for whatever was typed wrong; it exports no name for it."""


@contextmanager
def usage_errors_as_problems(context: Any) -> Iterator[None]:
    """Turns what typer says of a command into our words.

    Raises
    ------
    InputError
        Where the command was typed wrong.
    """
    try:
        yield
    except UsageError as error:
        # Without any word there is help in place of a problem.
        if type(error).__name__ == "NoArgsIsHelpError":
            raise
        path = context.command_path
        raise input_error(path, _what(error, context), _remedy(error, path)) from None


def unknown_command(path: str, name: str, alike: Sequence[str]) -> InputError:
    """A name that no command has."""
    remedy = say("did you mean '{name}'?", name=alike[0]) if alike else _see_help(path)
    return input_error(path, say("there is no command '{name}'", name=name), remedy)


def unexpected_arguments(path: str, more: Sequence[str]) -> InputError:
    """Words that the command has no place for, often pieces of a name with spaces."""
    what = say("'{words}' is too much", words=" ".join(more))
    return input_error(path, what, say("put names with spaces between quotes"))


def parse_non_negative(text: object) -> float:
    """A number of 0 or more, with a point or a comma.

    Raises
    ------
    BadParameter
        Where it is none; as all readers of values here.
    """
    try:
        value = float(str(text).replace(",", "."))
    except ValueError:
        value = nan
    if not isfinite(value):
        raise typer.BadParameter(translate(say("'{text}' is not a number", text=text)))
    if value < 0:
        raise typer.BadParameter(translate(say("'{text}' is less than 0", text=text)))
    return value


def parse_natural(text: object) -> int:
    """A whole number of 0 or more."""
    value = parse_non_negative(text)
    if value != int(value):
        raise typer.BadParameter(translate(say("'{text}' is not a whole number", text=text)))
    return int(value)


def parse_port(text: object) -> int:
    """A port of this computer; 0 = any."""
    value = parse_natural(text)
    if value > LAST_PORT:
        what = say("'{text}' is more than {most}", text=text, most=LAST_PORT)
        raise typer.BadParameter(translate(what))
    return value


def parse_percent(text: object) -> float:
    """A share, written in percent."""
    return parse_non_negative(text) / 100


def parse_moment(text: str) -> datetime:
    """A date with a time of day, such as ``2026-11-28T10:15`` or ``2026-11-28 10.15``."""
    try:
        clock = text.replace(" ", "T").replace(".", ":")
        return datetime.strptime(clock, "%Y-%m-%dT%H:%M").astimezone()
    except ValueError:
        what = say("'{text}' is no moment such as 2026-11-28T10:15", text=text)
        raise typer.BadParameter(translate(what)) from None


def choice_parser(names: Collection[str]) -> Callable[[str], str]:
    """A reader of one of some names."""

    def parse(name: str) -> str:
        if name not in names:
            what = say("'{name}' is not one of {names}", name=name, names=", ".join(names))
            raise typer.BadParameter(translate(what))
        return name

    return parse


def _what(error: Any, context: Any) -> Message:
    """Kinds of errors are known by their names: their classes move between versions of typer."""
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    what = say("{problem}", problem=error.format_message())
    if kind == "NoSuchOption":
        what = say("there is no option {option}", option=error.option_name)
    elif kind == "MissingParameter" and parameter:
        what = say("{name} is missing", name=_name(parameter))
    elif kind == "BadOptionUsage" and _is_flag(context, error.option_name):
        what = say("{option} takes no value", option=error.option_name)
    elif kind == "BadOptionUsage":
        what = say("{option} wants a value behind it", option=error.option_name)
    elif kind == "BadParameter" and parameter:
        what = say("{name}: {problem}", name=_name(parameter), problem=error.message)
    elif kind == "UsageError" and hasattr(context.command, "commands"):
        what = say("the command is missing")
    return what


def _remedy(error: Any, path: str) -> Message:
    alike = getattr(error, "possibilities", None)
    return say("did you mean '{name}'?", name=min(alike)) if alike else _see_help(path)


def _see_help(path: str) -> Message:
    return say("see {command}", command=f"{path} --help")


def _name(parameter: Any) -> str:
    """As a person types it."""
    if parameter.param_type_name == "option":
        return str(parameter.opts[-1])
    return translate(parameter.metavar) if parameter.metavar else str(parameter.name).upper()


def _is_flag(context: Any, option: str) -> bool:
    """Whether an option of the command takes no value."""
    parameters = context.command.get_params(context)
    return any(option in each.opts and each.is_flag for each in parameters)
