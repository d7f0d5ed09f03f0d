"""Settings on a sheet of a workbook: a row for each, by its whole name."""

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from planner.errors import Mistake
from planner.i18n.language import SETTINGS, SETTINGS_SHEETS
from planner.i18n.messages import say
from planner.inputs.cell_values import as_text
from planner.inputs.findings import Findings, Spot
from planner.inputs.settings_file import GivenSettings
from planner.inputs.table import RawRow, Table
from planner.inputs.validate import explain_cell
from planner.inputs.xlsx_table import Workbook, open_workbook, read_sheet

HEADS = {
    "setting": say("setting"),
    "value": say("value"),
    "default": say("default"),
    "meaning": say("meaning"),
}
"""Columns of the sheet, with the word for each in its header."""

_TITLES = {
    **{name: name for name in HEADS},
    "pengaturan": "setting",
    "nilai": "value",
    "bawaan": "default",
    "arti": "meaning",
}


def read_settings_sheet(workbook: Workbook, findings: Findings) -> GivenSettings:
    """The settings of a workbook; what cannot be read is noted.

    A blank value is the default. The language is that in which the sheet is named, unless a row
    says otherwise.
    """
    file = workbook.path.name
    table, values = None, None
    with findings.catch(Spot(source=SETTINGS, text=file)):
        table = _table(workbook)
        language = SETTINGS_SHEETS[table.sheet.casefold()]
        values = _values(table, findings, {"office": {"language": language}})
    rows = {_name(row): row for row in table.rows} if table else {}

    def spot(name: str) -> Spot:
        if table is None:
            return Spot(source=SETTINGS, text=f"{file} {name}")
        row = rows.get(name)
        return table.spot(row.number if row else table.header, "value" if row else name)

    return GivenSettings(values=values, spot=spot)


def _table(workbook: Workbook) -> Table:
    title = next((title for title in workbook.sheets if title.casefold() in SETTINGS_SHEETS), None)
    if title is None:
        raise Mistake(say("the sheet of settings is empty"), say("fill it in"))
    return read_sheet(SETTINGS, workbook, title, _TITLES)


def fill_settings(
    workbook: Workbook, values: Mapping[str, str]
) -> tuple[str, dict[tuple[int, int], str]]:
    """Title of the sheet of settings, and its cells that take values as long as they are blank.

    Parameters
    ----------
    values
        By whole names of settings; those without a row are left out.

    Raises
    ------
    Mistake
        Where it has no such sheet.
    """
    table = _table(workbook)
    position = 1 + table.columns.index("value")
    return table.sheet, {
        (row.number, position): values[_name(row)]
        for row in table.rows
        if _name(row) in values and "value" not in row.cells
    }


def _values(table: Table, findings: Findings, values: dict[str, Any]) -> dict[str, Any]:
    for row in table.rows:
        value = row.cells.get("value")
        if value is None or not _name(row):
            continue
        mistake = explain_cell(value)
        with findings.catch(table.spot(row.number, "value")):
            if mistake is not None:
                raise mistake
            _put(values, _name(row), _as_given(value))
    return values


def _put(values: dict[str, Any], name: str, value: object) -> None:
    """Set a value by its whole name."""
    *sections, key = name.split(".")
    for section in sections:
        values = values.setdefault(section, {})
        if not isinstance(values, dict):
            raise Mistake.of(name, say("is unknown"), say("delete the row"))
    values[key] = value


def _name(row: RawRow) -> str:
    return as_text(row.cells.get("setting", ""))


def _as_given(value: object) -> object:
    """A value; one in brackets is a list or a table, as in TOML."""
    if not (isinstance(value, str) and value.lstrip().startswith(("[", "{"))):
        return value
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except (ValueError, RecursionError) as error:
        raise Mistake(
            say("is not TOML ({reason})", reason=error),
            say("put text in double quotes, and use a point in numbers"),
        ) from None


def workbook_timezone(path: Path) -> str:
    """The time zone that a workbook names, whatever is wrong there; empty where it names none."""
    with suppress(Mistake, OSError):
        values = read_settings_sheet(open_workbook(path), Findings()).values or {}
        return as_text(values.get("office", {}).get("timezone", ""))
    return ""
