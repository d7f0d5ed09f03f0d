"""Cells of a sheet as they stand in a file, and what becomes of each of its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from openpyxl.utils import get_column_letter
from shapely.geometry.base import BaseGeometry

from planner.i18n.messages import Message, say

Span = tuple[int, int, int, int]
"""First row and column, last row and column of merged cells, counted from 0."""

NAMED = 5
"""Rows that a finding names one by one."""

Note = tuple[Message, str]
"""Where a text is that stands in no cell, and the text."""


class Fate(StrEnum):
    """What becomes of a row; every row that is read has exactly one."""

    HEADER = "header_or_title"
    TOTAL = "total"
    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    OLDER = "older"
    REJECTED = "rejected"


class Severity(StrEnum):
    """What a finding asks for: nothing, a look, or a decision before anything is written."""

    NOTE = "note"
    LOOK = "look"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that the reader of an import should know.

    Attributes
    ----------
    code
        What kind it is, for programs.
    where
        File, sheet and cell as a person sees them.
    """

    code: str
    where: str
    what: Message
    remedy: Message
    severity: Severity = Severity.LOOK


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a workbook, one layer of a map, or one text file.

    Attributes
    ----------
    file, title
        Names as they may be shown; the title is empty where a file has one sheet only.
    rows
        Cells of every row.
    numbers
        Of each row, as the user sees it; empty = 1, 2, ...
    is_layer
        Whether rows are features of a map, below a row of titles.
    shapes
        Of a layer, by row; the row of titles has None.
    """

    file: str
    title: str = ""
    rows: Sequence[Sequence[object]] = ()
    numbers: Sequence[int] = ()
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merged: Sequence[Span] = ()
    is_layer: bool = False
    shapes: Sequence[BaseGeometry | None] = ()

    def number(self, index: int) -> int:
        """Number of a row as the user sees it; of a feature, from 1."""
        if self.is_layer:
            return index
        return self.numbers[index] if self.numbers else index + 1

    def name_rows(self, indices: Sequence[int]) -> str:
        """Numbers of the first few of some rows."""
        numbers = ", ".join(str(self.number(index)) for index in indices[:NAMED])
        return numbers + (", ..." if len(indices) > NAMED else "")

    @property
    def label(self) -> str:
        """File and sheet."""
        return f"{self.file} {self.title}".rstrip()

    def address(self, index: int, column: int | None = None) -> str:
        """A cell, or a row, as the user sees it."""
        if self.is_layer:
            return say("{label} feature {number}", label=self.label, number=index)
        number = self.number(index)
        if self.numbers or not self.title:
            return f"{self.file}:{number}"
        cell = f"{get_column_letter((column or 0) + 1)}{number}"
        return f"{self.file} {self.title}!{cell}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """All sheets of one file, and its texts outside of cells."""

    name: str
    sheets: Sequence[Sheet]
    notes: Sequence[Note] = ()


@dataclass(slots=True)
class Tally:
    """Rows and people by what became of them."""

    rows: dict[Fate, int] = field(default_factory=lambda: dict.fromkeys(Fate, 0))
    people: dict[Fate, int] = field(default_factory=lambda: dict.fromkeys(Fate, 0))

    def add(self, fate: Fate, people: int | None = None, rows: int = 1) -> None:
        """Count rows, and the people in them as far as they are known."""
        self.rows[fate] += rows
        self.people[fate] += people or 0

    def as_dict(self) -> Mapping[str, Mapping[str, int]]:
        """For programs: what was read is the sum of the rest."""
        rows = {fate.value: count for fate, count in self.rows.items()}
        units = (Fate.IMPORTED, Fate.REJECTED, Fate.DUPLICATE, Fate.OLDER)
        people = {fate.value: self.people[fate] for fate in units}
        return {
            "rows": {"read": sum(rows.values()), **rows},
            "people": {"read": sum(people.values()), **people},
        }
