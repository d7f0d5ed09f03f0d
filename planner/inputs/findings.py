"""Problems gathered while all files are read, told in the order of files and rows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from planner.errors import InputError, Problem, reason
from planner.i18n.messages import Message, say

# Low enough that 'Utara' finds 'Kantor Utara'.
LIKENESS = 0.5
LONGEST_QUOTE = 60

NIK = re.compile(r"(?<![\d.,])\d{16}(?![\d.,])")
"""What a resident's number looks like; decimals of a number do not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in the input that a message can name.

    Attributes
    ----------
    source
        Name of the table; anything else is told about before the tables.
    number
        Line, row or feature; 0 for the whole file.
    text
        The place as the user sees it.
    """

    source: str
    text: str
    number: int = 0


class Mistake(ValueError):  # noqa: N818 - the user's, not ours
    """What is wrong with one value, raised by the parsers of values."""

    def __init__(self, what: Message, remedy: Message) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what}; {remedy}")


class Findings:
    """Collects problems and warnings, so that the user hears of all of them in one run."""

    def __init__(self) -> None:
        self._problems: list[tuple[str, int, Problem]] = []
        self.warnings: list[Message] = []

    def add(self, spot: Spot, what: Message, remedy: Message) -> None:
        """Note one problem."""
        problem = Problem(where=spot.text, what=what, remedy=remedy)
        self._problems.append((spot.source, spot.number, problem))

    def has_problem(self, source: str) -> bool:
        """Whether a problem of this table was noted so far."""
        return any(noted == source for noted, _, _ in self._problems)

    def raise_problems(self, tables: Iterable[str] = ()) -> None:
        """Raise `InputError` with every problem so far, if there is one, in the order of tables."""
        order = {name: number for number, name in enumerate(tables)}
        if self._problems:
            ordered = sorted(self._problems, key=lambda noted: (order.get(noted[0], -1), noted[1]))
            raise InputError(problem for _, _, problem in ordered)


def opening_problem(error: OSError) -> tuple[Message, Message]:
    """What to say of a file the system does not open, such as a workbook open in Excel."""
    what = say("cannot be opened ({reason})", reason=reason(error))
    return what, say("close it elsewhere and try again")


def quote(value: object) -> str:
    """A value as a message shows it."""
    # A message is copied and printed, so what looks like a NIK is not repeated.
    text = NIK.sub("*" * 16, str(value))
    return f"'{text}'" if len(text) <= LONGEST_QUOTE else f"'{text[:LONGEST_QUOTE]}...'"


def suggest(text: str, options: Iterable[str], otherwise: Message) -> Message:
    """A remedy that names the option most like the text, or ``otherwise`` where none is."""
    by_key = {option.casefold(): option for option in options}
    nearest = get_close_matches(text.casefold(), by_key, n=1, cutoff=LIKENESS)
    return say("did you mean '{option}'?", option=by_key[nearest[0]]) if nearest else otherwise
