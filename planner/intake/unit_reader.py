"""Reads where the people of rows live: from the row itself, from rows above it and from titles."""

import re
from difflib import get_close_matches

from planner.i18n.messages import say
from planner.intake.cells import (
    KELURAHAN,
    WIDTHS,
    Invalid,
    as_label,
    dotted,
    parse_code,
    parse_pair,
    parse_part,
    tidy,
)
from planner.intake.columns import Columns
from planner.intake.count_rows import CountRow, Names
from planner.intake.grid import Sheet
from planner.intake.header import Header
from planner.intake.reasons import UNIT_REASONS, Reason, unit_reason
from planner.intake.titles import Role

_HEADING = re.compile(r"(?:kelurahan|desa|kel\.?|nagari|gampong)\s*:?\s+([^:]+)", re.IGNORECASE)
_BEHIND = re.compile(
    r"\b(?:kecamatan|kec|kota|kabupaten|kab|kode|rw|rt)\b|[\d.]{10,}", re.IGNORECASE
)
_RW_IN_TEXT = re.compile(r"\brw\b[\s.:]*0*(\d{1,3})(?!\d)", re.IGNORECASE)
_CODE_IN_TEXT = re.compile(r"(?<![\d.])\d\d\.?\d\d\.?\d\d\.?[12]\d{3}(?![\d.])")
_LETTERED = re.compile(r"([\d.]*\d)?[\s.\-]*([^\W\d].*)")
_PARTS = (Role.PROVINCE_NO, Role.REGENCY_NO, Role.KECAMATAN_NO, Role.KELURAHAN_NO)
_UNIT_ROLES = (Role.CODE, *_PARTS, Role.KELURAHAN, Role.DUSUN, Role.RW, Role.RT, Role.RT_RW)
_OF_RW = frozenset({Role.RW, Role.RT_RW, Role.RW_RT})


class UnitReader:
    """Reads the units of one sheet from above to below; some rows say what those below are of."""

    def __init__(
        self, sheet: Sheet, header: Header, columns: Columns, names: Names, told: str = ""
    ) -> None:
        self.sheet, self.header, self.columns, self.names = sheet, header, columns, names
        self.merged = _filled_down(sheet)
        self.official = {code: name for name, codes in names.items() for code in codes}
        self.code, self.kelurahan = told, ""
        self.rw, self.dusun, self.heading_rw = "", "", ""
        for text in (*self.title_texts(), sheet.title):
            self.take_heading(text)

    def title_texts(self) -> list[str]:
        """The titles above the header."""
        rows = self.sheet.rows[: self.header.first]
        return [" ".join(filter(None, map(as_label, row))) for row in rows]

    def take_heading(self, text: str) -> None:
        """A title such as ``KELURAHAN GAMBIR RW 004``, or a code, is of the rows below it."""
        if match := _CODE_IN_TEXT.search(text):
            self.code, self.rw, self.dusun = match[0].replace(".", ""), "", ""
            self.heading_rw = ""
        numbers = set(_RW_IN_TEXT.findall(text))
        if numbers and not self.columns.by_role.keys() & _OF_RW:
            self.heading_rw = numbers.pop().zfill(3) if len(numbers) == 1 else ""
        if match := _HEADING.search(text):
            name = _BEHIND.split(match[1])[0].strip(" ,.-")
            codes = self.names.get(name.casefold(), frozenset())
            self.kelurahan = self.kelurahan or name
            if len(codes) == 1:
                self.code, self.kelurahan = next(iter(codes)), name.casefold()

    def cell(self, index: int, role: Role) -> object:
        """What a row holds in the column of a role."""
        position = self.columns.by_role.get(role)
        return None if position is None else self.at(index, position)

    def at(self, index: int, position: int) -> object:
        """What a cell shows, also where it is merged with one above it."""
        row = self.sheet.rows[index]
        cell = tidy(row[position]) if position < len(row) else None
        return tidy(self.merged.get((index, position))) if cell is None else cell

    def has_unit(self, index: int) -> bool:
        """Whether a row says where its people live."""
        return any(self.cell(index, role) is not None for role in _UNIT_ROLES)

    def locate(self, row: CountRow) -> None:
        """Say where the people of a row live, or why nobody can."""
        index = row.index
        code = self._code(row)
        row.within = code[:KELURAHAN] or self.code
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
        name = as_label(self.cell(index, Role.KELURAHAN))
        if len(code) == KELURAHAN + 3:
            code, rw = code[:KELURAHAN], code[KELURAHAN:]
        if len(code) < KELURAHAN:
            row.upper = code
            if not code:
                row.reason = unit_reason("no-unit", "")
            return
        is_whole = not (dusun or rw or rt)
        row.kelurahan = name or (as_label(self.cell(index, Role.AREA)) if is_whole else "")
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
            cell = self.cell(index, Role.CODE)
            code = parse_code(cell)
            if isinstance(code, Invalid):
                return self._lettered(row, code, as_label(cell))
            if code or Role.KELURAHAN_NO not in self.columns.by_role:
                return code or ""
        digits = ""
        for role, width in zip(_PARTS, WIDTHS, strict=True):
            if role not in self.columns.by_role:
                continue
            text = re.sub(r"\.0$", "", as_label(self.cell(index, role)))
            if not text.isdecimal() or not text.strip("0"):
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
                area = as_label(self.cell(row.index, Role.AREA))
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
                pair = parse_pair(self.cell(index, role), rw_first=role is Role.RW_RT)
                if isinstance(pair, Invalid):
                    return self._bad_part(row, role)
                found = {Role.RT: pair[0] or "", Role.RW: pair[1] or ""}
        for role in (Role.RW, Role.RT):
            if role not in self.columns.by_role:
                continue
            cell = self.cell(index, role)
            part = parse_part(cell)
            if isinstance(part, Invalid):
                pair = parse_pair(cell, rw_first=role is Role.RW)
                if isinstance(pair, Invalid):
                    return self._bad_part(row, role)
                part = pair[0] if role is Role.RT else pair[1]
                if role is Role.RT and pair[1]:
                    found[Role.RW] = found[Role.RW] or pair[1]
            found[role] = part or found[role]
        dusun = as_label(self.cell(index, Role.DUSUN))
        if row.key:
            dusun = row.key[1]
        return dusun, found[Role.RW], found[Role.RT]

    def _bad_part(self, row: CountRow, role: Role) -> tuple[str, str, str]:
        cell = as_label(self.cell(row.index, role))
        row.reason = unit_reason("not-a-number-of-rt", cell, self.columns.by_role[role])
        return "", "", ""

    def _code_by_name(self, row: CountRow) -> str:
        """The code of a kelurahan that is named without one, if a single one has the name."""
        role = Role.KELURAHAN if Role.KELURAHAN in self.columns.by_role else Role.AREA
        name = as_label(self.cell(row.index, role)).casefold()
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


def _filled_down(sheet: Sheet) -> dict[tuple[int, int], object]:
    """What merged cells show in their lower rows."""
    filled: dict[tuple[int, int], object] = {}
    for top, left, bottom, right in sheet.merged:
        if bottom > top and left == right and top < len(sheet.rows):
            row = sheet.rows[top]
            value = row[left] if left < len(row) else None
            filled |= {(index, left): value for index in range(top + 1, bottom + 1)}
    return filled
