"""Problems gathered while all files are read, told in the order of files and rows."""

from collections.abc import Iterable
from dataclasses import dataclass

from planner.errors import InputError, Mistake, Problem, reason
from planner.i18n.messages import Message, say


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


class Findings:
    """Collects problems and warnings, so that the user hears of all of them in one run."""

    def __init__(self) -> None:
        self._problems: list[tuple[Spot, Problem]] = []
        self.warnings: list[Message] = []

    def add(self, spot: Spot, what: Message, remedy: Message, value: object = None) -> None:
        """Note one problem; a value is quoted before what is wrong with it."""
        if value is not None:
            what = Mistake.of(value, what, remedy).what
        self._problems.append((spot, Problem(where=spot.text, what=what, remedy=remedy)))

    def has_problem(self, source: str) -> bool:
        """Whether a problem of this table was noted so far."""
        return any(spot.source == source for spot, _ in self._problems)

    def raise_problems(self, tables: Iterable[str] = ()) -> None:
        """Raise `InputError` with every problem so far, if there is one, in the order of tables."""
        order = {name: number for number, name in enumerate(tables)}
        self._problems.sort(key=lambda entry: (order.get(entry[0].source, -1), entry[0].number))
        if self._problems:
            raise InputError(problem for _, problem in self._problems)


def opening_problem(error: OSError) -> tuple[Message, Message]:
    """What to say of a file the system does not open, such as a workbook open in Excel."""
    what = say("cannot be opened ({reason})", reason=reason(error))
    return what, say("close it elsewhere and try again")
