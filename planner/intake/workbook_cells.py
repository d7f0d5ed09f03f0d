"""Changes single cells of a workbook; all else in it stays byte for byte.

A library that reads and writes whole workbooks loses what it does not know: charts, lists to choose
from on other sheets, and the results of formulas.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import column_index_from_string, get_column_letter

from planner.errors import Mistake
from planner.i18n.messages import say
from planner.intake.workbooks import sheet_parts

Value = str | int | float | None
"""What a cell is to hold; None = nothing."""

Cells = Mapping[tuple[int, int], Value]
"""By number of row and column, both counted from 1."""

_ORDER = "xl/calcChain.xml"
"""The order in which formulas are computed; a spreadsheet makes it anew where it is missing."""

_ANEW = rb'<\1 fullCalcOnLoad="1"'
_MENTIONS = re.compile(r"<(?:Override|Relationship)\b[^>]*calcChain[^>]*/>")
_SHEET_DATA = re.compile(r"<((?:\w+:)?)sheetData\b[^>]*?(?:/>|>(.*?)</\1sheetData>)", re.DOTALL)
_DIMENSION = re.compile(r"<(?:\w+:)?dimension\b[^>]*/>")
_SPANS = re.compile(r'\sspans="[^"]*"')
_LOOK = re.compile(r'\s(?:s|style)="(\d+)"')
_NUMBER = re.compile(r'\sr="(\d{1,7})"')
_ADDRESS = re.compile(r'\sr="([A-Z]{1,3})\d+"')
_COLUMNS = re.compile(r"<(?:\w+:)?col\b[^>]*/>")
_SHARED = re.compile(r'<(?:\w+:)?f\b(?=[^>]*\sref=)[^>]*?\ssi="(\d+)"')


def change_cells(content: bytes, changes: Mapping[str, Cells]) -> bytes:
    """A workbook with other values in some cells, by title of the sheet; their looks stay.

    Formulas are computed anew when a spreadsheet opens it.

    Raises
    ------
    Mistake
        Where its rows or cells do not say where they stand.
    """
    target = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(target, "w", ZIP_DEFLATED) as copy:
        parts = sheet_parts(source)
        cells_of = {parts[title]: cells for title, cells in changes.items() if cells}
        for info in source.infolist():
            part = source.read(info)
            if info.filename in cells_of:
                part = _change_sheet(part.decode(), cells_of[info.filename]).encode()
            elif info.filename in {"[Content_Types].xml", "xl/_rels/workbook.xml.rels"}:
                part = _MENTIONS.sub("", part.decode()).encode()
            elif info.filename == "xl/workbook.xml":
                part = re.sub(rb"<((?:\w+:)?calcPr)\b(?![^>]*fullCalc)", _ANEW, part)
            if info.filename != _ORDER:
                copy.writestr(info, part)
    return target.getvalue()


def _change_sheet(text: str, cells: Cells) -> str:
    found = _SHEET_DATA.search(text)
    if found is None:
        raise _unmarked()
    head, prefix, tail = text[: found.start()], found[1], text[found.end() :]
    by_row: dict[int, dict[int, Value]] = {}
    for (row, column), value in cells.items():
        by_row.setdefault(row, {})[column] = value
    sheet = _Sheet(prefix, dict(_looks_of_columns(head)))
    body = "".join(sheet.rows(found[2] or "", by_row))
    for number in sheet.lost_formulas:
        # Cells that share the formula of one that has a value now keep their results.
        shared = rf'<{prefix}f\b(?=[^>]*\ssi="{number}")[^>]*?(?:/>|>[^<]*</{prefix}f>)'
        body = re.sub(shared, "", body)
    head = _DIMENSION.sub("", head)
    return f"{head}<{prefix}sheetData>{body}</{prefix}sheetData>{tail}"


def _looks_of_columns(head: str) -> Iterator[tuple[int, str]]:
    for column in _COLUMNS.findall(head):
        fields = dict(re.findall(r'\s(min|max|style)="(\d+)"', column))
        if "style" in fields:
            first, last = int(fields["min"]), min(int(fields["max"]), 1 << 10)
            yield from ((number, fields["style"]) for number in range(first, last + 1))


class _Sheet:
    """Writes the rows of one sheet anew, those that change and no others."""

    def __init__(self, prefix: str, looks: Mapping[int, str]) -> None:
        self.prefix, self.looks = prefix, looks
        self.lost_formulas: set[str] = set()
        end = rf"([^>]*?)(?:/>|>(.*?)</{prefix}"
        self.row = re.compile(rf"<{prefix}row\b{end}row>)", re.DOTALL)
        self.cell = re.compile(rf"<{prefix}c\b{end}c>)", re.DOTALL)

    def rows(self, body: str, changes: dict[int, dict[int, Value]]) -> Iterator[str]:
        """All rows in their order, new ones between them."""
        waiting = sorted(changes, reverse=True)
        for match in self.row.finditer(body):
            number = int(_read(_NUMBER, match[1]))
            while waiting and waiting[-1] < number:
                yield self._changed(waiting[-1], "", "", changes[waiting.pop()])
            if waiting and waiting[-1] == number:
                head = _SPANS.sub("", match[1])
                yield self._changed(number, head, match[2] or "", changes[waiting.pop()])
            else:
                yield match[0]
        while waiting:
            yield self._changed(waiting[-1], "", "", changes[waiting.pop()])

    def _changed(self, number: int, head: str, inside: str, values: Mapping[int, Value]) -> str:
        cells = {}
        for match in self.cell.finditer(inside):
            cells[column_index_from_string(_read(_ADDRESS, match[1]))] = match
        texts = {column: match[0] for column, match in cells.items()}
        for column, value in values.items():
            before = cells.get(column)
            self.lost_formulas |= set(_SHARED.findall(before[0])) if before else set()
            look = _LOOK.search(before[1]) if before else None
            style = look[1] if look else "" if before else self.looks.get(column, "")
            texts[column] = self._cell(f"{get_column_letter(column)}{number}", style, value)
        row = f"{self.prefix}row"
        head = head or f' r="{number}"'
        return f"<{row}{head}>{''.join(texts[column] for column in sorted(texts))}</{row}>"

    def _cell(self, address: str, style: str, value: Value) -> str:
        name = self.prefix
        head = f'<{name}c r="{address}"' + (f' s="{style}"' if style else "")
        if value is None:
            return f"{head}/>"
        if not isinstance(value, str):
            return f"{head}><{name}v>{value!r}</{name}v></{name}c>"
        text = f'<{name}is><{name}t xml:space="preserve">{escape(value)}</{name}t></{name}is>'
        return f'{head} t="inlineStr">{text}</{name}c>'


def _read(pattern: re.Pattern[str], head: str) -> str:
    match = pattern.search(head)
    if match is None:
        raise _unmarked()
    return match[1]


def _unmarked() -> Mistake:
    return Mistake(
        say("has rows that do not say where they stand"), say("open it in Excel and save it again")
    )
