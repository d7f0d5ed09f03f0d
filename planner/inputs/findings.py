"""Problems gathered while all files are read, told in the order of files and rows."""

from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from planner.errors import InputError, Mark, Mistake, Problem, reason
from planner.i18n.messages import Message, say

MANY, FEW = 6, 3
"""Of more than so many problems of a kind, so few are told one by one."""


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
    sheet, position
        Of a cell of a workbook: the title of its sheet, and its column, counted from 0.
    """

    source: str
    text: str
    number: int = 0
    sheet: str = ""
    position: int = 0


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

    @contextmanager
    def catch(self, spot: Spot) -> Iterator[None]:
        """Note a mistake, or a file that does not open, such as a workbook open in Excel."""
        try:
            yield
        except Mistake as mistake:
            self.add(spot, mistake.what, mistake.remedy)
        except OSError as error:
            what = say("cannot be opened ({reason})", reason=reason(error))
            self.add(spot, what, say("close it elsewhere and try again"))

    def has_problem(self, source: str) -> bool:
        """Whether a problem of this table was noted so far."""
        return any(spot.source == source for spot, _ in self._problems)

    def raise_problems(self, tables: Iterable[str] = ()) -> None:
        """Raise `InputError` with every problem so far, if there is one, in the order of tables."""
        order = {name: number for number, name in enumerate(tables)}
        self._problems.sort(key=lambda entry: (order.get(entry[0].source, -1), entry[0].number))
        if self._problems:
            raise InputError(self._without_repetition(), self._marks())

    def _marks(self) -> Iterator[Mark]:
        for spot, problem in self._problems:
            if spot.sheet and spot.number:
                yield Mark(
                    sheet=spot.sheet, row=spot.number, column=spot.position + 1, problem=problem
                )

    def _without_repetition(self) -> Iterator[Problem]:
        """Problems in order; of many alike in one column the first few, and how many follow."""
        alike: dict[Hashable, list[Problem]] = {}
        for spot, problem in self._problems:
            alike.setdefault(_kind(spot, problem), []).append(problem)
        for spot, problem in self._problems:
            group = alike[_kind(spot, problem)]
            if len(group) <= MANY or problem in group[:FEW]:
                yield problem
            elif problem is group[FEW]:
                count = len(group) - FEW
                yield Problem(
                    where=problem.where,
                    what=say(
                        "{count} more like it, up to {last}", count=count, last=group[-1].where
                    ),
                    remedy=say("correct them likewise"),
                )


def _kind(spot: Spot, problem: Problem) -> Hashable:
    """What problems of a kind have in common: the table, the column, and what is wrong."""
    column = spot.text.values.get("column") if isinstance(spot.text, Message) else spot.text
    fault = problem.what.values.get("fault")
    what = fault if isinstance(fault, Message) else problem.what
    return spot.source, column, what.template
