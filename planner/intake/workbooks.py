"""Reads workbooks of Excel and LibreOffice: every sheet, and the texts outside of cells."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from html import unescape
from multiprocessing import get_context
from pathlib import Path
from posixpath import join
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from planner.errors import Mistake
from planner.i18n.messages import say
from planner.inputs.xlsx_table import MAX_BYTES, protected, too_large
from planner.intake.grid import Note, Sheet, SourceFile
from planner.intake.xls_rows import hidden_xls_rows
from planner.processes import begin_worker, kill_workers

MAX_CELLS = 20_000_000
"""Of a sheet, from its first cell to its last one, the empty ones between them included."""

_TEXT = re.compile(r">([^<]{10,})<")
_ATTRIBUTES = (
    "name|prompt|promptTitle|error|errorTitle|tooltip|display|location|descr|title|author|Target"
    "|table:name|xlink:href|dc:creator|href"
)
_ATTRIBUTE = re.compile(rf'\s(?:{_ATTRIBUTES})="([^"]{{10,}})"')
_CACHED = re.compile(r'\sv="([^"]{10,})"')
_VALUES = re.compile(r"<(?:\w+:)?(v|is)>.*?</(?:\w+:)?\1>")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_ROW_NUMBER = re.compile(rb'\sr="(\d+)"')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_COLUMN = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})\d')
_SHEET = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\b\w+:id="([^"]*)"')
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ODS_TABLE = re.compile(rb'<table:table [^>]*?table:name="([^"]*)".*?</table:table>', re.DOTALL)
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*?)(/?)>")
_ODS_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')
_ODS_FULL_ROW = re.compile(rb"<table:table-row\b[^>]*>.*?</table:table-row>", re.DOTALL)
_PRINTABLE = re.compile(r"[\x20-\x7e]{12,}")
_A = ord("A") - 1
_STDERR = 2
_LARGEST_PROCESS = 3 << 29
_PATIENCE_S = 120
"""Of a file whose sectors go round in a circle nothing is ever read to its end."""


def read_workbook(path: Path, name: str) -> SourceFile:
    """Every sheet of an XLSX, XLS or ODS file.

    Raises
    ------
    Mistake
        Where it cannot be read, is protected, or would need too much memory.
    """
    notes: list[Note] = []
    hidden_rows: Mapping[str, frozenset[int]] = {}
    with path.open("rb") as file:
        is_archive = file.read(2) == b"PK"
    try:
        if is_archive:
            with ZipFile(path) as parts:
                notes, hidden_rows = _look_into(parts)
        else:
            notes = list(_printable(path))
            hidden_rows = hidden_xls_rows(path)
        read = _sheets if is_archive else _sheets_apart
        sheets = read(path, name, hidden_rows)
    except Mistake:
        raise
    except PasswordError:
        raise protected() from None
    except (CalamineError, BadZipFile, OSError, ValueError, KeyError, NotImplementedError):
        raise unreadable_workbook() from None
    except BaseException as error:
        # The reader is written in Rust, and passes on its own failures outside of Exception.
        if type(error).__name__ != "PanicException" and not isinstance(error, Exception):
            raise
        raise unreadable_workbook() from None
    return SourceFile(name=name, sheets=sheets, notes=notes)


@contextmanager
def _silent_failures() -> Iterator[None]:
    """Keeps the reader, which is written in Rust, from telling its failures, and cells, itself."""
    sys.stderr.flush()
    kept, nowhere = os.dup(_STDERR), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _STDERR)
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)
        os.close(nowhere)


def unreadable_workbook() -> Mistake:
    """What is said of a damaged one; never with words of a library, which may quote a cell."""
    return Mistake(
        say("cannot be read as a workbook"), say("open it in Excel and save it as .xlsx")
    )


def _sheets(path: Path, name: str, hidden_rows: Mapping[str, frozenset[int]]) -> list[Sheet]:
    with _silent_failures():
        return list(_read_sheets(path, name, hidden_rows))


def _sheets_apart(path: Path, name: str, hidden_rows: Mapping[str, frozenset[int]]) -> list[Sheet]:
    """The sheets of an older workbook, read in a process of its own.

    The reader takes sizes from the file, and ends its process where there is no memory for them.
    """
    context = get_context("spawn")
    with ProcessPoolExecutor(1, context, begin_worker, (f"{__name__}:_limit_memory",)) as pool:
        try:
            return pool.submit(_sheets_or_error, path, name, hidden_rows).result(_PATIENCE_S)
        except (BrokenProcessPool, TimeoutError):
            kill_workers()
            raise unreadable_workbook() from None


def _limit_memory() -> None:
    """A damaged file may want all there is; Windows knows no such limit."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (_LARGEST_PROCESS, _LARGEST_PROCESS))


def _sheets_or_error(
    path: Path, name: str, hidden_rows: Mapping[str, frozenset[int]]
) -> list[Sheet]:
    """Likewise; failures of the reader cannot pass between processes."""
    try:
        return _sheets(path, name, hidden_rows)
    except PasswordError:
        raise
    except BaseException as error:
        raise ValueError(type(error).__name__) from None


def _read_sheets(
    path: Path, name: str, hidden_rows: Mapping[str, frozenset[int]]
) -> Iterator[Sheet]:
    with CalamineWorkbook.from_path(path) as book:
        for metadata in book.sheets_metadata:
            if "WorkSheet" not in str(metadata.typ):
                continue
            sheet = book.get_sheet_by_name(metadata.name)
            if sheet.total_height * sheet.total_width > MAX_CELLS:
                raise _too_large()
            yield Sheet(
                file=name,
                title=metadata.name,
                rows=sheet.to_python(skip_empty_area=False),
                is_hidden=metadata.visible != SheetVisibleEnum.Visible,
                hidden_rows=hidden_rows.get(metadata.name, frozenset()),
                merged=_merged(sheet),
            )


def _merged(sheet: Any) -> tuple[tuple[int, int, int, int], ...]:
    spans = sheet.merged_cell_ranges or ()
    return tuple((first[0], first[1], last[0], last[1]) for first, last in spans)


def _too_large() -> Mistake:
    return Mistake(
        say("has more cells than can be read"),
        say("delete the empty rows and columns, and the pictures"),
    )


def _look_into(parts: ZipFile) -> tuple[list[Note], Mapping[str, frozenset[int]]]:
    """Texts outside of cells, and hidden rows by sheet; sizes are known before unpacking."""
    if sum(part.file_size for part in parts.infolist()) > MAX_BYTES:
        raise too_large()
    notes: list[Note] = []
    hidden: dict[str, frozenset[int]] = {}
    for part in parts.namelist():
        if not part.endswith((".xml", ".rels", ".vml")):
            continue
        content = parts.read(part)
        _check_xml(content)
        if "worksheets/" in part and part.endswith(".xml"):
            hidden[part] = _hidden_rows(content)
        if part == "content.xml":
            _check_repeats(content)
        notes += _texts(part, content.decode("utf-8", "replace"))
    if "content.xml" in parts.namelist():
        return notes, _ods_hidden_rows(parts.read("content.xml"))
    return notes, {
        title: hidden.get(part, frozenset()) for title, part in sheet_parts(parts).items()
    }


def _check_xml(content: bytes) -> None:
    """Refuse a part that is cut off, on which the reader of workbooks would never end."""
    if b"<!ENTITY" in content:
        raise unreadable_workbook()
    try:
        ParserCreate().Parse(content, True)
    except ExpatError:
        raise unreadable_workbook() from None


def sheet_parts(parts: ZipFile) -> dict[str, str]:
    """Name of each sheet's part of a workbook of Excel, by the title of the sheet."""
    names = set(parts.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    relations = parts.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {}
    for relation in _RELATION.findall(relations):
        fields = dict(re.findall(r'\b(Id|Target)="([^"]*)"', relation))
        if len(fields) == 2:
            targets[fields["Id"]] = join("xl", fields["Target"]).lstrip("/")
    book = parts.read("xl/workbook.xml").decode("utf-8", "replace")
    return {unescape(title): targets.get(key, "") for title, key in _SHEET.findall(book)}


def _hidden_rows(content: bytes) -> frozenset[int]:
    """Indices of rows that are hidden; the size of the sheet is checked on the way."""
    hidden, count, highest = set(), 0, 0
    for count, row in enumerate(_ROW.finditer(content), start=1):
        number = _ROW_NUMBER.search(row[0])
        index = int(number[1]) if number else count
        highest = max(highest, index)
        if _HIDDEN.search(row[0]):
            hidden.add(index - 1)
    width = max((_column(letters) for letters in _letters(content)), default=0)
    if not width and count:
        width = max(row.count(b"<c") for row in content.split(b"<row"))
    if max(highest, count) * width > MAX_CELLS:
        raise _too_large()
    return frozenset(hidden)


def _letters(content: bytes) -> set[bytes]:
    return {match[1] for match in _COLUMN.finditer(content)}


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - _A
    return number


def _check_repeats(content: bytes) -> None:
    """Refuse a sheet of LibreOffice that repeats a value over very many cells."""
    cells = 0
    for row in _ODS_FULL_ROW.finditer(content):
        if b"office:value" not in row[0] and b"<text:p" not in row[0]:
            continue
        head, _, inside = row[0].partition(b">")
        times = int((_ODS_REPEATED.findall(head) or [b"1"])[0])
        width = sum(min(int(count), 1 << 14) for count in _ODS_REPEATED.findall(inside))
        cells += times * max(width, inside.count(b"<table:table-cell"))
    if cells > MAX_CELLS:
        raise _too_large()


def _ods_hidden_rows(content: bytes) -> dict[str, frozenset[int]]:
    hidden: dict[str, frozenset[int]] = {}
    for table in _ODS_TABLE.finditer(content):
        rows, index = set(), 0
        for row in _ODS_ROW.finditer(table[0]):
            times = int((_ODS_REPEATED.findall(row[1]) or [b"1"])[0])
            if re.search(rb'table:visibility="(?:collapse|filter)"', row[1]) and times < MAX_CELLS:
                rows |= set(range(index, index + min(times, 1 << 16)))
            index += times
        hidden[unescape(table[1].decode("utf-8", "replace"))] = frozenset(rows)
    return hidden


def _texts(part: str, content: str) -> Iterator[Note]:
    """Texts of comments, formulas, headers, drawings, names and properties."""
    if "worksheets/" in part:
        content = _VALUES.sub("", content)
    patterns = (_TEXT, _ATTRIBUTE, _CACHED) if "pivotCache" in part else (_TEXT, _ATTRIBUTE)
    where = _kind(part)
    for pattern in patterns:
        for match in pattern.finditer(content):
            yield where, unescape(match[1])
    if "comments" in part or part == "content.xml":
        # A comment may be cut into pieces of different fonts.
        for comment in re.split(r"</(?:comment|office:annotation)>", content):
            head, mark, body = comment.rpartition("<comment ")
            if mark or "<office:annotation" in comment:
                text = body or comment.rpartition("<office:annotation")[2]
                yield where, unescape(re.sub(r"<[^>]*>|^[^<]*>", "", text))
            del head


def _kind(part: str) -> Any:
    for word, kind in (
        ("omments", say("comments")),
        ("sharedStrings", say("texts of cells")),
        ("worksheets/", say("formulas and prompts")),
        ("drawing", say("drawings")),
        ("docProps", say("properties")),
        ("meta.xml", say("properties")),
        ("content.xml", say("cells and comments")),
        ("workbook.xml", say("names")),
    ):
        if word in part:
            return kind
    return say("other parts")


def _printable(path: Path) -> Iterator[Note]:
    """Texts of an older workbook, wherever they stand in it."""
    if path.stat().st_size > MAX_BYTES:
        raise _too_large()
    content = path.read_bytes()
    for text in (
        content.decode("latin-1"),
        content.decode("utf-16-le", "replace"),
        content[1:].decode("utf-16-le", "replace"),
    ):
        for match in _PRINTABLE.finditer(text):
            yield say("texts of the file"), match[0]
