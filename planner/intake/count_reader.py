"""Reads the rows of a table of counts: whom each counts, and what is wrong with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import pairwise

from planner.i18n.messages import say
from planner.intake.cells import (
    KELURAHAN,
    WIDTHS,
    Invalid,
    as_label,
    dotted,
    parse_code,
    parse_count,
    parse_pair,
    parse_part,
    tidy,
)
from planner.intake.columns import Columns
from planner.intake.count_rows import CountRow, Names
from planner.intake.grid import Fate, Sheet
from planner.intake.header import Header
from planner.intake.periods import Period, parse_period
from planner.intake.reasons import UNIT_REASONS, Reason, cell_reason, unit_reason
from planner.intake.titles import Role

TOTALS = re.compile(r"(?:grand |sub )?(?:jumlah|total|jml)\b|rata-rata|keseluruhan", re.IGNORECASE)

_HEADING = re.compile(r"(?:kelurahan|desa|kel\.?|nagari|gampong)\s*:?\s+([^:]+)", re.IGNORECASE)

_RW_IN_TEXT = re.compile(r"\brw\b[\s.:]*0*(\d{1,3})(?!\d)", re.IGNORECASE)

_CODE_IN_TEXT = re.compile(r"(?<![\d.])\d\d\.?\d\d\.?\d\d\.?[12]\d{3}(?![\d.])")

_LETTERED = re.compile(r"([\d.]*\d)?[\s.\-]*([^\W\d].*)")

_NUMBERING = re.compile(r"\(?\d{1,2}\)?")

_PARTS = (Role.PROVINCE_NO, Role.REGENCY_NO, Role.KECAMATAN_NO, Role.KELURAHAN_NO)

_UNIT_ROLES = (Role.CODE, *_PARTS, Role.KELURAHAN, Role.DUSUN, Role.RW, Role.RT, Role.RT_RW)

_OF_RW = frozenset({Role.RW, Role.RT_RW, Role.RW_RT})

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
        self.sheet, self.header, self.columns, self.names = sheet, header, columns, names
        self.merged = _filled_down(sheet)
        self.official = {code: name for name, codes in names.items() for code in codes}
        self.people = tuple(self._people_positions())
        by_role = columns.by_role
        self.residents = [
            (column, by_role[role]) for role, column in _OF_REGISTER.items() if role in by_role
        ]
        self.uppers = [(_UPPER[role], by_role[role]) for role in _UPPER if role in by_role]
        self.period = parse_period(" ".join(self._title_texts())) or parse_period(sheet.file)
        self.code, self.kelurahan = told, ""
        self.rw, self.dusun, self.heading_rw = "", "", ""
        for text in (*self._title_texts(), sheet.title):
            self._take_heading(text)

    def read(self) -> list[CountRow]:
        """Every row below the header that is not blank."""
        start = self.header.last + 1
        return [
            self._row(index)
            for index in range(start, len(self.sheet.rows))
            if any(tidy(cell) is not None for cell in self.sheet.rows[index])
        ]

    def read_unit(self, index: int) -> CountRow:
        """Where the people of one row live, whatever else it holds."""
        row = CountRow(index=index)
        self._read_unit(row)
        return row

    def _title_texts(self) -> list[str]:
        rows = self.sheet.rows[: self.header.first]
        return [" ".join(filter(None, map(as_label, row))) for row in rows]

    def _take_heading(self, text: str) -> None:
        """A title such as ``KELURAHAN GAMBIR RW 004``, or a code, is of the rows below it."""
        if match := _CODE_IN_TEXT.search(text):
            self.code, self.rw, self.dusun = match[0].replace(".", ""), "", ""
            self.heading_rw = ""
        numbers = set(_RW_IN_TEXT.findall(text))
        if numbers and not self.columns.by_role.keys() & _OF_RW:
            self.heading_rw = numbers.pop().zfill(3) if len(numbers) == 1 else ""
        if match := _HEADING.search(text):
            name = re.split(r"\b(?:kecamatan|kec|kota|kabupaten|rw|rt)\b", match[1].casefold())[0]
            codes = self.names.get(name.strip(" ,."), frozenset())
            self.kelurahan = match[1].strip() if not self.kelurahan else self.kelurahan
            if len(codes) == 1:
                self.code, self.kelurahan = next(iter(codes)), name.strip(" ,.")

    def _cell(self, index: int, role: Role) -> object:
        position = self.columns.by_role.get(role)
        return None if position is None else self._at(index, position)

    def _at(self, index: int, position: int) -> object:
        row = self.sheet.rows[index]
        cell = tidy(row[position]) if position < len(row) else None
        return tidy(self.merged.get((index, position))) if cell is None else cell

    def _row(self, index: int) -> CountRow:
        row = CountRow(index=index)
        cells = self.sheet.rows[index]
        if self._is_heading(cells, index):
            row.fate = Fate.HEADER
            return row
        has_numbers = any(self._at(index, p) is not None for p in self.people)
        if not has_numbers and not self._has_unit(index):
            row.fate = Fate.HEADER
            self._take_heading(" ".join(filter(None, map(as_label, cells))))
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
        self._read_unit(row)
        return row

    def _residents(self, index: int) -> Mapping[str, int]:
        cells = ((column, parse_count(self._at(index, at))) for column, at in self.residents)
        return {column: count for column, count in cells if isinstance(count, int)}

    def _upper_names(self, index: int) -> Mapping[int, str]:
        cells = ((length, self._at(index, position)) for length, position in self.uppers)
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

    def _has_unit(self, index: int) -> bool:
        return any(self._cell(index, role) is not None for role in _UNIT_ROLES)

    def _period(self, index: int) -> Period | None:
        by_role = self.columns.by_role
        if not _WHEN.keys() & by_role.keys():
            return self.period
        texts = [
            f"{word} {as_label(cell)}"
            for role, word in _WHEN.items()
            if (cell := self._cell(index, role)) is not None
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
            cell = as_label(self._at(row.index, position))
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
        cell = self._cell(row.index, Role.NOT_PRINTED)
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
            whole = parse_count(self._at(row.index, self.columns.by_role[role]))
        parts = [
            parse_count(self._at(row.index, position))
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

    def _read_unit(self, row: CountRow) -> None:
        index = row.index
        code = self._code(row)
        if row.reason and row.reason.code in UNIT_REASONS:
            return
        parts = self._parts(row)
        if row.reason and row.reason.code in UNIT_REASONS:
            return
        dusun, rw, rt = parts
        if not code and (rt or rw or dusun or self._is_context_only()):
            code, row.is_carried = self.code, Role.CODE in self.columns.by_role
        if not code:
            code = self._code_by_name(row)
        if row.reason and row.reason.code in UNIT_REASONS:
            return
        name = as_label(self._cell(index, Role.KELURAHAN))
        if len(code) == KELURAHAN + 3:
            code, rw = code[:KELURAHAN], code[KELURAHAN:]
        if len(code) < KELURAHAN:
            row.upper = code
            if not code:
                row.reason = unit_reason("no-unit", "")
            return
        is_whole = not (dusun or rw or rt)
        row.kelurahan = name or (as_label(self._cell(index, Role.AREA)) if is_whole else "")
        if code != self.code:
            self.rw, self.dusun, self.kelurahan = "", "", ""
        self.code = code
        if is_whole:
            self.rw = self.dusun = ""
        row.kelurahan = row.kelurahan or self.kelurahan
        self.kelurahan = row.kelurahan
        if rt and not rw and self.rw and Role.RW in self.columns.by_role:
            rw, row.is_carried = self.rw, True
        elif rt and not rw and self.heading_rw:
            rw, row.is_carried = self.heading_rw, True
        self.rw, self.dusun = rw, dusun
        row.key = (code, dusun, rw, rt)
        self._check_name(row, code)

    def _check_name(self, row: CountRow, code: str) -> None:
        """Reject a row whose code is that of another kelurahan than the one it names."""
        codes = self.names.get(row.kelurahan.casefold(), frozenset())
        official = self.official.get(code)
        if codes and code not in codes and official:
            position = self.columns.by_role.get(Role.CODE)
            row.reason = Reason(
                code="code-of-another",
                what=say(
                    "{code} is the code of {official}, but the row says {name}",
                    code=dotted(code),
                    official=official,
                    name=row.kelurahan,
                ),
                remedy=say("correct one of the two"),
                column=position,
            )

    def _is_context_only(self) -> bool:
        """Whether no column names the kelurahan, so that a title does."""
        named = (Role.CODE, Role.KELURAHAN, Role.KELURAHAN_NO, Role.AREA)
        return not any(role in self.columns.by_role for role in named)

    def _code(self, row: CountRow) -> str:
        """Digits of the code of a row, blank where it has none."""
        index = row.index
        if Role.CODE in self.columns.by_role:
            cell = self._cell(index, Role.CODE)
            code = parse_code(cell)
            if isinstance(code, Invalid):
                return self._lettered(row, code, as_label(cell))
            if code or Role.KELURAHAN_NO not in self.columns.by_role:
                return code or ""
        digits = ""
        for role, width in zip(_PARTS, WIDTHS, strict=True):
            if role not in self.columns.by_role:
                continue
            text = re.sub(r"\.0$", "", as_label(self._cell(index, role)))
            if not text.isdecimal() or not int(text):
                break
            if len(text) > width:
                return self._whole_code(row, role, text)
            digits += text.zfill(width)
        if digits and Role.PROVINCE_NO not in self.columns.by_role:
            digits = self.code[:2] + digits if self.code else ""
        return self._checked(row, digits)

    def _whole_code(self, row: CountRow, role: Role, text: str) -> str:
        """A column that should hold a part of the code holds all of it."""
        code = parse_code(text)
        if isinstance(code, str):
            return code
        row.reason = unit_reason("not-a-code", text, self.columns.by_role[role])
        return ""

    def _checked(self, row: CountRow, digits: str) -> str:
        code = parse_code(digits) if digits else ""
        if isinstance(code, Invalid):
            position = self.columns.by_role.get(Role.KELURAHAN_NO)
            row.reason = unit_reason(code.code, digits, position)
            return ""
        return code or ""

    def _lettered(self, row: CountRow, fault: Invalid, text: str) -> str:
        """A dusun has letters in its code: behind that of its desa, or below the row of it."""
        match = _LETTERED.fullmatch(text)
        if fault.code == "not-a-code" and match:
            prefix = parse_code(match[1]) if match[1] else self.code
            if isinstance(prefix, str) and len(prefix) == KELURAHAN:
                area = as_label(self._cell(row.index, Role.AREA))
                self.dusun = area or match[2]
                row.key = (prefix, self.dusun, "", "")
                return prefix
        row.reason = unit_reason(fault.code, text, self.columns.by_role[Role.CODE])
        return ""

    def _parts(self, row: CountRow) -> tuple[str, str, str]:
        """Dusun, RW and RT of a row."""
        index, found = row.index, {Role.RW: "", Role.RT: ""}
        for role in (Role.RT_RW, Role.RW_RT):
            if role in self.columns.by_role:
                pair = parse_pair(self._cell(index, role), rw_first=role is Role.RW_RT)
                if isinstance(pair, Invalid):
                    return self._bad_part(row, role)
                found = {Role.RT: pair[0] or "", Role.RW: pair[1] or ""}
        for role in (Role.RW, Role.RT):
            if role not in self.columns.by_role:
                continue
            cell = self._cell(index, role)
            part = parse_part(cell)
            if isinstance(part, Invalid):
                pair = parse_pair(cell, rw_first=role is Role.RW)
                if isinstance(pair, Invalid):
                    return self._bad_part(row, role)
                part = pair[0] if role is Role.RT else pair[1]
                if role is Role.RT and pair[1]:
                    found[Role.RW] = found[Role.RW] or pair[1]
            found[role] = part or found[role]
        dusun = as_label(self._cell(index, Role.DUSUN))
        if row.key:
            dusun = row.key[1]
        return dusun, found[Role.RW], found[Role.RT]

    def _bad_part(self, row: CountRow, role: Role) -> tuple[str, str, str]:
        cell = as_label(self._cell(row.index, role))
        row.reason = unit_reason("not-a-number-of-rt", cell, self.columns.by_role[role])
        return "", "", ""

    def _code_by_name(self, row: CountRow) -> str:
        """The code of a kelurahan that is named without one, if a single one has the name."""
        role = Role.KELURAHAN if Role.KELURAHAN in self.columns.by_role else Role.AREA
        name = as_label(self._cell(row.index, role)).casefold()
        name = re.sub(r"^(?:kelurahan|desa|kel\.?)\s+", "", name)
        codes = self.names.get(name, frozenset())
        if len(codes) == 1:
            return next(iter(codes))
        if name and role is Role.KELURAHAN:
            position = self.columns.by_role[role]
            near = get_close_matches(name, self.names, n=1)
            if len(codes) > 1:
                row.reason = unit_reason("name-of-several", name, position)
            else:
                row.reason = unit_reason("unknown-name", name, position, near=near)
        return ""


def _first_word(cells: Sequence[object]) -> str:
    """The first cell of a row that is not a number."""
    texts = (cell for cell in cells if isinstance(cell, str))
    labels = (label for label in map(as_label, texts) if label and not label[0].isdecimal())
    return next(labels, "")


def _counts_up(numbers: Sequence[int]) -> bool:
    return all(after == before + 1 for before, after in pairwise(numbers))


def _filled_down(sheet: Sheet) -> dict[tuple[int, int], object]:
    """What merged cells show in their lower rows."""
    filled: dict[tuple[int, int], object] = {}
    for top, left, bottom, right in sheet.merged:
        if bottom > top and left == right and top < len(sheet.rows):
            row = sheet.rows[top]
            value = row[left] if left < len(row) else None
            filled |= {(index, left): value for index in range(top + 1, bottom + 1)}
    return filled
