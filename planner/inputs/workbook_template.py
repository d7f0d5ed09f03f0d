"""A workbook of all tables and settings that explains itself, with lists to choose from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from planner.district import HOURS_EAST, Decay, Permission
from planner.i18n.language import SETTINGS_SHEETS
from planner.i18n.messages import say
from planner.inputs.cell_values import (
    FIRST_YEAR,
    LAST_YEAR,
    NPSN_LENGTH,
    Classes,
    Coordinate,
    Count,
    Day,
    Kits,
    Minutes,
    NotNegative,
    Npsn,
    People,
    PermissionState,
    Rupiah,
    Share,
    VanClass,
    Worth,
    YesNo,
)
from planner.inputs.rows import TableRow, column_name, column_title
from planner.inputs.settings import SECTIONS
from planner.inputs.settings_sheet import HEADS
from planner.inputs.table_files import TITLES
from planner.inputs.templates import EXAMPLE, OPTIONAL, TABLES, UNREAD, as_toml, sentence
from planner.model import MAX_COUNT, MAX_KITS

LAST_ROW = 50_000
"""Rows up to it have lists and rules."""

_FIRST_ROW = 4
"""Index of the first empty row, below a sentence, the header, explanations and an example."""

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_CREATED = date(2026, 1, 1)
_LONGEST = 255
"""Of what a spreadsheet shows beside a cell that is chosen."""

Rule = Mapping[str, object]
Translate = Callable[[str], str]

_WARNING = {"error_type": "warning"}
_NUMBERS: Mapping[Any, Rule] = {
    People: {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": MAX_COUNT},
    Count: {"validate": "integer", "criteria": ">=", "value": 0},
    Kits: {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": MAX_KITS},
    Share: {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
    Minutes: {"validate": "decimal", "criteria": ">", "value": 0},
    Worth: {"validate": "decimal", "criteria": ">=", "value": 0},
    NotNegative: {"validate": "decimal", "criteria": ">=", "value": 0},
    Rupiah: {"validate": "decimal", "criteria": ">=", "value": 0},
    Coordinate: {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -180,
        "maximum": 180,
        **_WARNING,
    },
    Day: {
        "validate": "date",
        "criteria": "between",
        "minimum": date(FIRST_YEAR, 1, 1),
        "maximum": date(LAST_YEAR, 12, 31),
        **_WARNING,
    },
    Npsn: {"validate": "length", "criteria": "==", "value": NPSN_LENGTH},
}
"""What a column takes, by its type; cells of all others are texts."""

_LISTS: Mapping[Any, Mapping[str, Sequence[str]]] = {
    YesNo: {"id": ("ya", "tidak"), "en": ("yes", "no")},
    VanClass: {"id": ("kecil", "besar"), "en": ("small", "large")},
    Classes: {"id": ("kecil", "besar", "kecil besar"), "en": ("small", "large", "small large")},
    PermissionState: dict.fromkeys(("id", "en"), tuple(Permission)),
}
_OPEN_LISTS = (VanClass, Classes)
"""Lists that only suggest: an office may have classes of its own."""

_CHOICES = {
    "office.timezone": tuple(HOURS_EAST),
    "office.language": tuple(dict.fromkeys(SETTINGS_SHEETS.values())),
    "rates.decay": tuple(Decay),
    "roads.ferries": ("true", "false"),
}


def build_workbook_template(stem: str, translate: Translate, language: str) -> bytes:
    """A sheet for each table, and one of settings in front.

    Parameters
    ----------
    stem
        Name of the workbook without its ending, and of the folder for all other files.
    translate
        A message in the language of the workbook.
    language
        ``id`` or ``en``.
    """
    import xlsxwriter  # noqa: PLC0415 - reading a district needs none of it

    target = BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_properties({"created": _CREATED})
        formats = {name: book.add_format(look) for name, look in _LOOKS.items()}
        _add_settings(book, formats, stem, translate, language)
        for name, model in TABLES.items():
            _TableSheet(book, formats, name, model, translate, language).write()
    return target.getvalue()


_LOOKS: Mapping[str, dict[str, object]] = {
    "about": {"italic": True, "font_color": "#404040"},
    "required": {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1},
    "optional": {"bold": True, "bg_color": "#DDEBF7", "border": 1},
    "note": {"text_wrap": True, "valign": "top", "font_size": 9, "font_color": "#404040"},
    "example": {"italic": True, "font_color": "#7F7F7F", "num_format": "@", "bottom": 1},
    "text": {"num_format": "@"},
    "number": {},
    "date": {"num_format": "dd/mm/yyyy"},
    "value": {"num_format": "@", "bg_color": "#FFF9E5", "border": 1, "valign": "top"},
    "key": {"valign": "top"},
}


class _TableSheet:
    """The sheet of a table: what it is for, header, explanations, an example, and empty rows."""

    def __init__(
        self,
        book: Any,
        formats: Mapping[str, Any],
        name: str,
        model: type[TableRow],
        translate: Translate,
        language: str,
    ) -> None:
        self._sheet = book.add_worksheet(sheet_title(name, language))
        self._formats, self._model = formats, model
        self._translate, self._language = translate, language

    def write(self) -> None:
        """Write all of it."""
        about = f"# {self._translate(sentence(self._model))} {self._translate(UNREAD)}"
        self._sheet.write_string(0, 0, about, self._formats["about"])
        self._sheet.set_row(2, 96)
        self._sheet.freeze_panes(_FIRST_ROW, 0)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(1)
        for position, (name, kind) in enumerate(column_types(self._model)):
            self._write_column(position, name, kind)

    def _write_column(self, position: int, name: str, kind: Any) -> None:
        field = self._model.model_fields[name]
        title = column_title(self._model, column_name(self._model, name), self._language)
        description = self._translate(str(field.description))
        need = "" if field.is_required() else f" ({self._translate(OPTIONAL)})"
        example = (field.examples or [""])[0]
        mark = "" if position else "# "
        look = "date" if kind is Day else "number" if _is_number(kind) else "text"
        prefix = f"# {self._translate(EXAMPLE)}: " if mark else ""
        width = max(12, min(40, 2 + max(len(title), len(prefix + example))))
        self._sheet.set_column(position, position, width, self._formats[look])
        head = "required" if field.is_required() else "optional"
        self._sheet.write_string(1, position, title, self._formats[head])
        self._sheet.write_string(2, position, f"{mark}{description}{need}", self._formats["note"])
        self._sheet.write_string(3, position, prefix + example, self._formats["example"])
        rule = {
            "ignore_blank": True,
            "input_title": title[:32],
            "input_message": f"{description}{need}"[:_LONGEST],
            **self._rule(name, kind),
        }
        self._sheet.data_validation(_FIRST_ROW, position, LAST_ROW - 1, position, rule)

    def _rule(self, name: str, kind: Any) -> Rule:
        if name in {"start", "end"}:
            depots = sheet_title("depots", self._language)
            source = f"='{depots}'!$A${_FIRST_ROW + 1}:$A$200"
            return {"validate": "list", "source": source, **_WARNING}
        if kind in _LISTS:
            is_open = kind in _OPEN_LISTS
            error = {"error_type": "information"} if is_open else {}
            return {"validate": "list", "source": [*_LISTS[kind][self._language]], **error}
        return _NUMBERS.get(kind, {"validate": "any"})


def _is_number(kind: Any) -> bool:
    return kind in _NUMBERS and kind not in {Npsn, Day}


def number_columns(model: type[TableRow]) -> frozenset[str]:
    """Columns of a table that hold numbers."""
    kinds = column_types(model)
    return frozenset(column_name(model, name) for name, kind in kinds if _is_number(kind))


def sheet_title(table: str, language: str) -> str:
    """What a new workbook calls the sheet of a table."""
    return TITLES.get(table, table) if language == "id" else table


def column_types(model: type[TableRow]) -> Iterator[tuple[str, Any]]:
    """Fields of a table and the type of each, whether it may be blank or not."""
    hints = get_type_hints(model, include_extras=True)
    for name in model.model_fields:
        parts = get_args(hints[name])
        is_optional = type(None) in parts
        yield (
            name,
            next(part for part in parts if part is not type(None))
            if is_optional
            else (hints[name]),
        )


def _add_settings(
    book: Any, formats: Mapping[str, Any], stem: str, translate: Translate, language: str
) -> None:
    title = next(name for name, spoken in SETTINGS_SHEETS.items() if spoken == language)
    sheet = book.add_worksheet(title)
    beside = say(
        "Road file, borders (areas.geojson), logo and plans lie in the folder {folder}.",
        folder=stem,
    )
    about = f"# {translate(UNREAD)} {translate(beside)}"
    sheet.write_string(0, 0, about, formats["about"])
    for column, (head, width) in enumerate(zip(HEADS.values(), (34, 40, 34, 90), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, translate(head), formats["required"])
    row = 2
    for name, section in SECTIONS.items():
        about = f"# {translate(sentence(section))}"
        sheet.write_string(row, 0, about, formats["about"])
        row += 1
        for key, default, description in _settings(section):
            whole = f"{name}.{key}"
            sheet.write_string(row, 0, whole, formats["key"])
            sheet.write_blank(row, 1, None, formats["value"])
            meaning = translate(description)
            sheet.set_row(row, 13 * (1 + max(len(meaning) // 110, len(default) // 40)))
            shown = language if whole == "office.language" else default
            sheet.write_string(row, 2, shown, formats["note"])
            sheet.write_string(row, 3, meaning, formats["note"])
            if whole in _CHOICES:
                rule = {"validate": "list", "source": [*_CHOICES[whole]]}
                sheet.data_validation(row, 1, row, 1, rule)
            row += 1
    sheet.freeze_panes(2, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _settings(section: type[BaseModel]) -> Iterator[tuple[str, str, str]]:
    """Name, default and meaning of each; one that differs by kind of place is a row for each."""
    for key, field in section.model_fields.items():
        default, description = field.get_default(), str(field.description)
        if isinstance(default, BaseModel):
            for part, value in default.model_dump().items():
                yield f"{key}.{part}", as_toml(value), description
        elif isinstance(default, str):
            yield key, default, description
        elif key not in {"params", "bands"}:
            yield key, "" if field.is_required() else as_toml(default), description
