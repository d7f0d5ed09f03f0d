"""Reads the rows of a table of counts: whom each counts, and what is wrong with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from planner.i18n.messages import say
from planner.intake.cells import Invalid, as_label, parse_count, tidy
from planner.intake.columns import Columns
from planner.intake.count_rows import CountRow, Names
from planner.intake.grid import Fate, Sheet
from planner.intake.header import Header
from planner.intake.periods import Period, parse_period
from planner.intake.reasons import Reason, cell_reason
from planner.intake.titles import Role
from planner.intake.unit_reader import UnitReader

TOTALS = re.compile(r"(?:grand |sub )?(?:jumlah|total|jml)\b|rata-rata|keseluruhan", re.IGNORECASE)
_NUMBERING = re.compile(r"\(?\d{1,2}\)?")
_UPPER = {Role.KECAMATAN: 6, Role.REGENCY: 4, Role.PROVINCE: 2}
_WHEN = {Role.SEMESTER: "semester", Role.YEAR: "tahun", Role.PERIOD: ""}
_PEOPLE = (Role.ELIGIBLE, Role.RECORDED, Role.UNRECORDED)
_OF_REGISTER = {
    Role.RESIDENTS: "people",
    Role.AGED_0_4: "aged_0_4",
    Role.AGED_15_19: "aged_15_19",
    Role.AGED_25_29: "aged_25_29",
}


class CountReader:
    """Reads the rows of one sheet from above to below; some say what those below them are of."""

    def __init__(
        self, sheet: Sheet, header: Header, columns: Columns, names: Names, told: str = ""
    ) -> None:
        self.sheet, self.header, self.columns = sheet, header, columns
        self.units = UnitReader(sheet, header, columns, names, told)
        self.people = tuple(self._people_positions())
        by_role = columns.by_role
        self.residents = [
            (column, by_role[role]) for role, column in _OF_REGISTER.items() if role in by_role
        ]
        self.uppers = [(_UPPER[role], by_role[role]) for role in _UPPER if role in by_role]
        titles = " ".join(self.units.title_texts())
        self.period = parse_period(titles) or parse_period(sheet.file)

    def read(self) -> list[CountRow]:
        """Every row below the header that is not blank."""
        start = self.header.last + 1
        return [
            self._row(index)
            for index in range(start, len(self.sheet.rows))
            if any(tidy(cell) is not None for cell in self.sheet.rows[index])
        ]

    def _row(self, index: int) -> CountRow:
        row = CountRow(index=index)
        cells = self.sheet.rows[index]
        if self._is_heading(cells, index):
            row.fate = Fate.HEADER
            return row
        has_numbers = any(self.units.at(index, p) is not None for p in self.people)
        if not has_numbers and not self.units.has_unit(index):
            row.fate = Fate.HEADER
            self.units.take_heading(" ".join(filter(None, map(as_label, cells))))
            return row
        row.period = self._period(index)
        if self.residents:
            row.told = self._residents(index)
        if self.uppers:
            row.upper_names = self._upper_names(index)
        self._read_people(row)
        self._read_cards(row)
        if TOTALS.match(_first_word(cells)):
            row.fate = Fate.TOTAL
            row.reason = None
            return row
        self.units.locate(row)
        return row

    def _residents(self, index: int) -> Mapping[str, int]:
        cells = ((column, parse_count(self.units.at(index, at))) for column, at in self.residents)
        return {column: count for column, count in cells if isinstance(count, int)}

    def _upper_names(self, index: int) -> Mapping[int, str]:
        cells = ((length, self.units.at(index, position)) for length, position in self.uppers)
        return {length: as_label(cell) for length, cell in cells if cell is not None}

    def _people_positions(self) -> Iterator[int]:
        for role in _PEOPLE:
            if role in self.columns.by_role:
                yield self.columns.by_role[role]
            yield from self.columns.sexes.get(role, ())

    def _is_heading(self, cells: Sequence[object], index: int) -> bool:
        """Whether a row is a remark, the header once more, or the numbers of the columns."""
        first = next(filter(None, map(as_label, cells)))
        if first.startswith("#"):
            return True
        is_near = index <= self.header.last + 2
        if first not in self.header.titles and not is_near:
            return False
        filled = list(filter(None, map(as_label, cells)))
        if {*filled} <= {*self.header.titles} and len(filled) > 1:
            return True
        return (
            is_near
            and len(filled) > 2
            and all(map(_NUMBERING.fullmatch, filled))
            and _counts_up([int(cell.strip("()")) for cell in filled])
        )

    def _period(self, index: int) -> Period | None:
        by_role = self.columns.by_role
        if not _WHEN.keys() & by_role.keys():
            return self.period
        texts = [
            f"{word} {as_label(cell)}"
            for role, word in _WHEN.items()
            if (cell := self.units.cell(index, role)) is not None
        ]
        return (parse_period(" ".join(texts)) if texts else None) or self.period

    def _read_people(self, row: CountRow) -> None:
        values = {role: self._count(row, role) for role in _PEOPLE}
        bad = [role for role in _PEOPLE if isinstance(values[role], Invalid)]
        numbers = {
            role: value if isinstance(value, int) else None for role, value in values.items()
        }
        row.eligible, row.recorded, row.unrecorded = numbers.values()
        if Role.UNRECORDED in bad or (row.unrecorded is None and bad):
            role = Role.UNRECORDED if Role.UNRECORDED in bad else bad[0]
            value = values[role]
            position = self._position(role)
            assert isinstance(value, Invalid)
            cell = as_label(self.units.at(row.index, position))
            row.reason = cell_reason(value.code, cell, position)
            row.unrecorded = None
        elif row.unrecorded is None and row.eligible is not None and row.recorded is not None:
            if row.recorded > row.eligible:
                row.reason = Reason(
                    code="recorded-above-eligible",
                    what=say(
                        "{recorded} recorded are more than {eligible} wajib KTP",
                        recorded=row.recorded,
                        eligible=row.eligible,
                    ),
                    remedy=say("correct one of the two"),
                    column=self._position(Role.RECORDED),
                )
            else:
                row.unrecorded, row.is_derived = row.eligible - row.recorded, True

    def _read_cards(self, row: CountRow) -> None:
        cell = self.units.cell(row.index, Role.NOT_PRINTED)
        told = parse_count(cell)
        if isinstance(told, Invalid):
            position = self.columns.by_role[Role.NOT_PRINTED]
            row.reason = row.reason or cell_reason(told.code, as_label(cell), position)
        else:
            row.not_printed = told

    def _position(self, role: Role) -> int:
        position = self.columns.by_role.get(role)
        return self.columns.sexes[role][0] if position is None else position

    def _count(self, row: CountRow, role: Role) -> int | Invalid | None:
        whole = None
        if role in self.columns.by_role:
            whole = parse_count(self.units.at(row.index, self.columns.by_role[role]))
        parts = [
            parse_count(self.units.at(row.index, position))
            for position in self.columns.sexes.get(role, ())
        ]
        if parts and all(isinstance(part, int) for part in parts):
            total = sum(part for part in parts if isinstance(part, int))
            if isinstance(whole, int) and whole != total:
                row.sums.append((role, whole, total))
            return total if whole is None else whole
        if whole is None and role not in self.columns.by_role:
            return next((part for part in parts if isinstance(part, Invalid)), None)
        return whole


def _first_word(cells: Sequence[object]) -> str:
    """The first cell of a row that is not a number."""
    texts = (cell for cell in cells if isinstance(cell, str))
    labels = (label for label in map(as_label, texts) if label and not label[0].isdecimal())
    return next(labels, "")


def _counts_up(numbers: Sequence[int]) -> bool:
    return all(after == before + 1 for before, after in pairwise(numbers))
