"""Problems a user can correct, and the exit code each kind of failure has."""

import errno
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from planner.i18n.messages import Message, say

# Low enough that 'Utara' finds 'Kantor Utara'.
LIKENESS = 0.5
LONGEST_QUOTE = 60

NIK_DIGITS = 16
NIK = re.compile(rf"(?<![\d.,])\d{{{NIK_DIGITS}}}(?![\d.,])")
"""What a resident's number looks like; decimals of a number do not count."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing wrong with what the user gave.

    Attributes
    ----------
    where
        File, row or cell, and column, as the user sees them; mostly data, not words.
    what
        What is wrong, with the value quoted.
    remedy
        What to do about it.
    rule
        Code of the rule of a plan that is broken, such as ``V17``; empty where it is none.
    """

    where: str
    what: Message
    remedy: Message
    rule: str = ""

    @property
    def code(self) -> str:
        """What is wrong, the same in every language and whatever the value: ``is-negative``."""
        return self.rule or code_of(self.what)

    @property
    def message(self) -> Message:
        """All three in one line."""
        return say(
            "{where}: {what}; {remedy}", where=self.where, what=self.what, remedy=self.remedy
        )

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A cell of a workbook with a problem; rows and columns are counted from 1."""

    sheet: str
    row: int
    column: int
    problem: Problem


class Mistake(ValueError):  # noqa: N818 - the user's, not ours
    """What is wrong with one value, raised by the parsers of values."""

    def __init__(self, what: Message, remedy: Message) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what}; {remedy}")

    def at(self, where: str) -> Problem:
        """The problem that it is where it was made."""
        return Problem(where=where, what=self.what, remedy=self.remedy)

    @classmethod
    def of(cls, value: object, fault: Message, remedy: Message) -> "Mistake":
        """A mistake that is shown with the value quoted before it: ``'-3' is negative``."""
        return cls(say("{value} {fault}", value=quote(value), fault=fault), remedy)


class PlannerError(Exception):
    """A failure that is explained to the user in words, never as a traceback.

    Attributes
    ----------
    messages
        A line each.
    """

    exit_code = 2

    def __init__(self, *messages: Message) -> None:
        self.messages = messages
        super().__init__("\n".join(messages))


class InputError(PlannerError):
    """All problems found in the input, in the order of files and rows.

    Attributes
    ----------
    marks
        The cells of a workbook that they are in, each of them, also where many are alike.
    """

    def __init__(self, problems: Iterable[Problem], marks: Iterable[Mark] = ()) -> None:
        self.problems, self.marks = tuple(problems), tuple(marks)
        super().__init__(*(problem.message for problem in self.problems))


class NothingToPlanError(PlannerError):
    """The input is sound, but no van can record anyone."""

    exit_code = 3


class MissingPlanError(InputError):
    """A week has no plan yet.

    Attributes
    ----------
    folder, week
        Of the district, and of the plan that is missing.
    """

    def __init__(self, folder: Path, week: str) -> None:
        self.folder, self.week = folder, week
        what = say("there is no plan of {week}", week=week)
        problem = Problem(where=str(folder), what=what, remedy=say("plan that week first"))
        super().__init__([problem])


class NoSitesError(NothingToPlanError):
    """None of the places of a district can be visited in a week.

    Attributes
    ----------
    folder, week, count
        Of the district, the week, and the number of places.
    """

    def __init__(self, folder: Path, week: str, count: int) -> None:
        self.folder, self.week, self.count = folder, week, count
        super().__init__(
            say("{week}: no place can be visited (places: {count})", week=week, count=count)
        )


def input_error(where: str, what: Message, remedy: Message) -> InputError:
    """An `InputError` with a single problem."""
    return InputError([Problem(where=where, what=what, remedy=remedy)])


_REASONS = {
    errno.EACCES: say("Permission denied"),
    errno.EADDRINUSE: say("Address already in use"),
    errno.EISDIR: say("Is a directory"),
    errno.ENOENT: say("No such file or directory"),
    errno.ENOSPC: say("No space left on device"),
    errno.EROFS: say("Read-only file system"),
}


def reason(error: OSError) -> str:
    """Why the system refused; a message for what happens to people, else the system's words."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def quote(value: object) -> str:
    """A value as a message shows it."""
    # A message is copied and printed, so what looks like a NIK is not repeated.
    text = NIK.sub("*" * 16, str(value))
    return f"'{text}'" if len(text) <= LONGEST_QUOTE else f"'{text[:LONGEST_QUOTE]}...'"


def code_of(message: str) -> str:
    """A code for programs: the words of a message without its values.

    Of a message that is nothing but values, those of the last that is a message itself.
    """
    template = getattr(message, "template", message)
    words = re.findall(r"[a-z0-9]+", re.sub(r"'?\{[^}]*\}'?", " ", template.casefold()))
    parts = [part for part in getattr(message, "values", {}).values() if isinstance(part, Message)]
    return code_of(parts[-1]) if parts and not words else "-".join(words)


def suggest(text: str, options: Iterable[str], otherwise: Message | None = None) -> Message:
    """A remedy that names the option most like the text; where none is, another or all of them."""
    by_key = {option.casefold(): option for option in options}
    nearest = get_close_matches(text.casefold(), by_key, n=1, cutoff=LIKENESS)
    if nearest:
        return say("did you mean '{option}'?", option=by_key[nearest[0]])
    return otherwise or say("use {names}", names=", ".join(by_key.values()))
