"""A table of a district folder that is updated: what a person wrote in it stays."""

import csv
import re
from ast import literal_eval
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from io import StringIO
from itertools import chain, repeat
from pathlib import Path
from typing import TypeVar

from planner.errors import InputError, Mistake
from planner.i18n.messages import say
from planner.inputs.characters import clean_text
from planner.inputs.findings import Findings
from planner.inputs.geo_table import layers, read_geo
from planner.inputs.rows import TableRow, column_title, columns_of, titles_of
from planner.inputs.table import Table, as_title, is_blank, is_comment
from planner.inputs.table_files import sheet_of
from planner.inputs.templates import SEPARATOR
from planner.inputs.text_encoding import decode_text
from planner.inputs.workbook_template import number_columns
from planner.inputs.xlsx_table import Workbook, read_sheet, read_xlsx
from planner.intake.workbook_cells import Value

K = TypeVar("K")

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")

Record = dict[str, str]
"""Cells of a row by the name of their column, blank ones left out."""


@dataclass(slots=True, kw_only=True)
class FolderTable:
    """A table as a file of the folder has it.

    Attributes
    ----------
    comments
        Lines above the header, as they are.
    columns
        English names, or titles that no table knows, by their title in the file.
    kept_as
        The file it was read from, where that is no CSV.
    sheet
        Where it is one of a workbook of all tables, as that has it.
    before
        The records as they were, to tell which cells of a sheet change.
    """

    name: str
    model: type[TableRow]
    comments: Sequence[str] = ()
    columns: dict[str, str] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    delimiter: str = SEPARATOR
    kept_as: str = ""
    sheet: Table | None = None
    before: tuple[Record, ...] = ()

    def content(self, language: str) -> bytes:
        """The file: titles it had stay, columns it lacks are added in a language."""
        titles = {column: title for title, column in self.columns.items()}
        titles |= self._missing_titles(titles, language)
        out = StringIO(newline="")
        for line in self.comments:
            out.write(f"{line}\r\n")
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator="\r\n")
        writer.writerow(titles.values())
        writer.writerows([record.get(column, "") for column in titles] for record in self.records)
        return out.getvalue().encode("utf-8-sig")

    def cells(self, language: str) -> dict[tuple[int, int], Value]:
        """Cells of its sheet that change, by number of row and column: new rows stand below."""
        assert self.sheet is not None
        columns = {column: at for at, column in enumerate(self.sheet.columns, 1) if column}
        header, width = self.sheet.header, max(columns.values())
        cells: dict[tuple[int, int], Value] = {}
        for column, title in self._missing_titles(columns, language).items():
            width += 1
            columns[column] = width
            cells[header, width] = title
        numbers = number_columns(self.model)
        rows = [row.number for row in self.sheet.rows]
        rows += range(self.sheet.end + 1, self.sheet.end + 1 + len(self.records) - len(rows))
        before = chain(self.before, repeat({}))
        for row, record, old in zip(rows, self.records, before, strict=False):
            for column in columns.keys() & (record.keys() | old.keys()):
                if (text := record.get(column)) != old.get(column):
                    value = _as_number(text) if text and column in numbers else text
                    cells[row, columns[column]] = value
        return cells

    def _missing_titles(self, titles: Container[str], language: str) -> dict[str, str]:
        """Titles of columns that it lacks, and needs."""
        used = {column for record in self.records for column in record}
        return {
            column: column_title(self.model, column, language)
            for column, is_required in columns_of(self.model).items()
            if column not in titles and (column in used or is_required)
        }


def _as_number(text: str) -> Value:
    return literal_eval(text) if _NUMBER.fullmatch(text) else text


def read_folder_table(
    folder: Path, name: str, model: type[TableRow], workbook: Workbook | None = None
) -> FolderTable:
    """The table of a folder, empty where there is none.

    Parameters
    ----------
    workbook
        Of all tables, beside the folder; a table without a sheet there may lie in the folder.

    Raises
    ------
    Mistake
        Where it cannot be read.
    """
    table = FolderTable(name=name, model=model)
    title = workbook and sheet_of(name, workbook)
    if workbook is not None and title:
        return _read_sheet(table, workbook, title)
    path = folder / f"{name}.csv"
    if not path.is_file():
        others = [path.with_suffix(suffix) for suffix in (".xlsx", ".geojson")]
        other = next(filter(Path.is_file, others), None) or geopackage_of(folder, name)
        return table if other is None else _read_other(table, other)
    text, _ = decode_text(path.read_bytes())
    lines = StringIO(text, newline="").readlines()
    known = titles_of(model)
    comments = []
    while lines and (is_comment(lines[0]) or not lines[0].strip()):
        comments.append(lines.pop(0).rstrip("\r\n"))
    table.comments = comments
    if not lines:
        return table
    table.delimiter = max(";,\t", key=lines[0].count)
    rows = csv.reader(lines, delimiter=table.delimiter)
    titles = next(rows)
    for title in titles:
        column = known.get(as_title(title), title)
        table.columns[title] = title if column in table.columns.values() else column
    columns = [table.columns[title] for title in titles]
    for row in rows:
        cells = zip(columns, map(clean_text, row), strict=False)
        record = {column: cell.strip() for column, cell in cells if not is_blank(cell)}
        if record and not is_comment(row[0]):
            table.records.append(record)
    return table


def geopackage_of(folder: Path, name: str) -> Path | None:
    """The GeoPackage of a folder that has a table as its only layer.

    Raises
    ------
    Mistake
        Where it has other layers, which would be put aside with it.
    """
    for path in folder.glob("*.gpkg"):
        titles = layers(path)
        if name in map(str.casefold, titles):
            if len(titles) > 1:
                raise Mistake(
                    say("{name} is one of several layers of {file}", name=name, file=path.name),
                    say("export it from QGIS as a file of its own, such as {name}.gpkg", name=name),
                )
            return path
    return None


def _read_other(table: FolderTable, path: Path) -> FolderTable:
    known = titles_of(table.model)
    if path.suffix == ".xlsx":
        source = read_xlsx(table.name, path, known)
    else:
        findings = Findings()
        source = read_geo(table.name, path, None, findings, known)
        try:
            findings.raise_problems()
        except InputError as error:
            raise Mistake(error.problems[0].what, error.problems[0].remedy) from None
    table.kept_as = path.name
    return _take_rows(table, source)


def _read_sheet(table: FolderTable, workbook: Workbook, title: str) -> FolderTable:
    table.sheet = read_sheet(table.name, workbook, title, titles_of(table.model))
    _take_rows(table, table.sheet)
    table.before = tuple(map(dict, table.records))
    return table


def _take_rows(table: FolderTable, source: Table) -> FolderTable:
    for title, column in zip(source.titles, source.columns, strict=True):
        if column:
            table.columns.setdefault(title, column)
    for column in {column for row in source.rows for column in row.cells}:
        if column not in table.columns.values():
            table.columns[column] = column
    table.records = [
        {column: _as_text(cell) for column, cell in row.cells.items()} for row in source.rows
    ]
    return table


def _as_text(cell: object) -> str:
    """A cell of a workbook as a person would type it into a CSV."""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time):
        return f"{cell:%H.%M}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def by_key(records: Iterable[Record], key: Callable[[Record], K]) -> Mapping[K, Record]:
    """Records of a table by what identifies them; of equal ones the first."""
    found: dict[K, Record] = {}
    for record in records:
        found.setdefault(key(record), record)
    return found
