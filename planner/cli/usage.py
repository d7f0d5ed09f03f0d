"""Words for a command that was typed wrong, in the form of every problem: where, what, remedy."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from planner.errors import InputError, input_error
from planner.i18n.messages import Message, say


def unknown_command(path: str, name: str, names: Iterable[str]) -> InputError:
    """A name that no command has; of those there are, one that is alike is suggested."""
    alike = get_close_matches(name, list(names), n=1)
    what = say("unknown command '{name}'", name=name)
    return input_error(path, what, remedy(path, alike[0] if alike else None))


def unexpected_arguments(path: str, more: Sequence[str]) -> InputError:
    """Words that the command has no place for, often pieces of a name with spaces."""
    what = say("unexpected argument '{words}'", words=" ".join(more))
    return input_error(path, what, say("put names that contain spaces in quotes"))


def remedy(path: str, alike: str | None) -> Message:
    """A name that may have been meant, else where the names there are can be read."""
    if alike:
        return say("did you mean '{name}'?", name=alike)
    return say("see {command}", command=f"{path} --help")
