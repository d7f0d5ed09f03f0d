"""Rows of tables of places and vans, by the columns that the folder has."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from planner.errors import Mistake
from planner.i18n.messages import say
from planner.inputs.cell_values import as_npsn
from planner.inputs.coordinates import read_angle, split_pair
from planner.inputs.locations import INDONESIA_LAT, INDONESIA_LON
from planner.inputs.rows import TableRow, row_models, titles_of
from planner.inputs.table import as_title
from planner.inputs.table_files import INDONESIAN
from planner.intake.cells import Invalid, as_label, parse_count, tidy
from planner.intake.count_reader import TOTALS
from planner.intake.grid import Fate, Sheet
from planner.intake.header import Header
from planner.intake.reasons import Reason, cell_reason
from planner.intake.titles import Role, meaning_of

MODELS: Mapping[str, type[TableRow]] = {
    name: model for name, model in row_models().items() if name not in {"rt", "areas", "calendar"}
}
TITLES = {name: titles_of(model) for name, model in MODELS.items()}
KNOWN = frozenset(title for titles in TITLES.values() for title in titles)
"""Titles of all tables of places and vans."""

PEOPLE = ("pupils_16", "pupils_17", "unrecorded")
"""Columns whose numbers an import replaces; others keep what a person wrote."""

_PLATES = frozenset("plate plat nomor_polisi nopol no_polisi plat_nomor".split())  # noqa: SIM905
_OF_PLACES = ("kind", "address", "lat", "contact", "hours", "permission")
_SENIOR = re.compile(r"(sma|smk|ma|man|smkn|sman|mak|paket c|pkbm|slb|smalb)\b", re.IGNORECASE)
_KINDS = {"sman": "SMA", "smkn": "SMK", "man": "MA"}
_JUNIOR = re.compile(
    r"(sd|sdn|smp|smpn|mi|min|mts|mtsn|tk|paud|kb|ra|sps|tpa|slb)\b", re.IGNORECASE
)


@dataclass(slots=True, kw_only=True)
class PlaceRow:
    """One row of a table of places.

    Attributes
    ----------
    cells
        By column of the folder's table, as that is to be written.
    said
        Codes of what was recognised in the row: coordinates swapped, of a link, and so on.
    """

    index: int
    fate: Fate | None = None
    reason: Reason | None = None
    cells: dict[str, str] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    @property
    def unrecorded(self) -> int:
        """People counted in the row."""
        return sum(int(self.cells.get(column, 0)) for column in PEOPLE)


@dataclass(slots=True, kw_only=True)
class PlaceTable:
    """A sheet of places or vans, with its rows."""

    name: str
    sheet: Sheet
    header: Header
    columns: Mapping[int, str]
    rows: list[PlaceRow]
    is_rejected_before: bool = False


def table_name(sheet: Sheet, header: Header) -> str | None:
    """The table of the folder that a sheet is like, or None."""
    keys: set[str] = {as_title(title) for title in header.titles if title}
    if "npsn" in keys:
        return "schools"
    if keys & _PLATES:
        return "vans"
    for text in (sheet.title, sheet.file.rpartition(".")[0]):
        words = re.findall(r"[^\W\d_]+", text.casefold())
        names = [INDONESIAN.get(word, word) for word in words]
        named: str | None = next((name for name in names if name in MODELS), None)
        if named and len(keys & TITLES[named].keys()) > 1:
            return named
    columns = {TITLES["points"][key] for key in keys & TITLES["points"].keys()}
    if "name" in columns and columns & {*_OF_PLACES}:
        has_people = any(meaning_of(title).role is Role.UNRECORDED for title in header.titles)
        return "offices" if has_people else "points"
    if "name" in columns and any(shape is not None and shape.area == 0 for shape in sheet.shapes):
        return "points"
    return None


def read_places(name: str, sheet: Sheet, header: Header) -> PlaceTable:
    """Every row of a sheet that is a table of places or vans."""
    columns = _columns(name, header)
    table = PlaceTable(name=name, sheet=sheet, header=header, columns=columns, rows=[])
    for index in range(header.last + 1, len(sheet.rows)):
        cells = sheet.rows[index]
        if all(tidy(cell) is None for cell in cells):
            continue
        row = PlaceRow(index=index)
        table.rows.append(row)
        _read_row(row, table, cells)
    return table


def _columns(name: str, header: Header) -> dict[int, str]:
    """The folder's column of each position; of two titles of one the better."""
    known, best = TITLES[name], dict[str, tuple[int, int]]()
    order = {title: number for number, title in enumerate(known)}
    for position, title in enumerate(header.titles):
        key = re.sub(r"^(?:jml|jlh)_", "jumlah_", as_title(title))
        meaning = meaning_of(title)
        column = known.get(key)
        if name == "schools" and column is None and meaning.role is Role.UNRECORDED:
            column = "pupils_17"
        if name == "offices" and column is None and meaning.role is Role.UNRECORDED:
            column = "unrecorded"
        rank = order.get(key, len(order))
        if column and rank < best.get(column, (len(order) + 1, 0))[0]:
            best[column] = (rank, position)
    return {position: column for column, (_, position) in best.items()}


def _read_row(row: PlaceRow, table: PlaceTable, cells: Sequence[object]) -> None:
    first = next(filter(None, map(as_label, cells)))
    if first.startswith("#") or {*filter(None, map(as_label, cells))} <= {*table.header.titles}:
        row.fate = Fate.HEADER
        return
    if TOTALS.match(first):
        row.fate = Fate.TOTAL
        return
    for position, column in table.columns.items():
        cell = tidy(cells[position]) if position < len(cells) else None
        if cell is not None:
            _read_cell(row, column, cell, position)
    if not row.cells.keys() - {"id"} and row.reason is None:
        row.fate = Fate.HEADER
        return
    shape = table.sheet.shapes[row.index] if table.sheet.shapes else None
    _set_coordinates(row, shape, table)
    _complete(row, table)
    if row.reason is not None:
        row.fate = Fate.REJECTED


def _read_cell(row: PlaceRow, column: str, cell: object, position: int) -> None:
    """One cell; of numbers of people only whole ones are taken."""
    if column in PEOPLE:
        count = parse_count(cell)
        if isinstance(count, Invalid):
            row.reason = cell_reason(count.code, as_label(cell), position)
        elif count is not None:
            row.cells[column] = str(count)
        return
    row.cells[column] = as_label(cell)
    if column == "npsn":
        try:
            row.cells[column] = as_npsn(cell)
        except Mistake as mistake:
            row.reason = Reason(
                code="not-an-npsn", what=mistake.what, remedy=mistake.remedy, column=position
            )


def _set_coordinates(row: PlaceRow, shape: BaseGeometry | None, table: PlaceTable) -> None:
    """Degrees of a row, however they are written; else the reason why they are none."""
    if shape is not None and not shape.is_empty:
        point = shape.representative_point()
        row.cells |= {"lat": f"{point.y:.7f}", "lon": f"{point.x:.7f}"}
        return
    texts = [row.cells.pop(column, "") for column in ("lat", "lon")]
    if not any(texts):
        return
    position = next(p for p, column in table.columns.items() if column in {"lat", "lon"})
    try:
        pair = next(filter(None, map(split_pair, filter(None, texts))), None)
    except Mistake as mistake:
        row.reason = Reason(
            code="no-coordinates", what=mistake.what, remedy=mistake.remedy, column=position
        )
        return
    if pair is not None:
        row.said.add("link" if any("://" in text for text in texts) else "pair")
        texts = [*pair]
    angles = [read_angle(text) for text in texts]
    if None in map(_degrees, texts):
        row.said.add("angles")
    numbers = [_degrees(text) for text in angles]
    placed = _place(numbers, row)
    if placed is None:
        what = say("'{cell}' are not coordinates in Indonesia", cell=", ".join(texts))
        remedy = say("use degrees with a decimal point or comma, such as -6.1754 and 106.8272")
        row.reason = Reason(code="no-coordinates", what=what, remedy=remedy, column=position)
        return
    row.cells |= {"lat": f"{placed[0]:.7g}", "lon": f"{placed[1]:.7g}"}


def _degrees(text: str) -> float | None:
    plain = text.strip().rstrip("°").replace(",", ".")
    return float(plain) if re.fullmatch(r"[+-]?\d+(\.\d+)?", plain) else None


def _place(numbers: Sequence[float | None], row: PlaceRow) -> tuple[float, float] | None:
    """Latitude and longitude in Indonesia, swapped where only that fits."""
    first, second = numbers
    if first is None or second is None:
        return None
    for lat, lon in ((first, second), (second, first)):
        if (
            INDONESIA_LAT[0] <= lat <= INDONESIA_LAT[1]
            and INDONESIA_LON[0] <= lon <= INDONESIA_LON[1]
        ):
            if lat is not first:
                row.said.add("swapped")
            return lat, lon
    return None


def _complete(row: PlaceRow, table: PlaceTable) -> None:
    """What a name says of a school; and the reason where a row has no name."""
    name = row.cells.get("name", "")
    if table.name == "schools":
        if "npsn" not in row.cells and row.reason is None:
            row.reason = Reason(
                code="no-npsn",
                what=say("the school has no NPSN"),
                remedy=say("write its NPSN of 8 characters"),
            )
        kind = row.cells.get("kind", "") or name
        if _JUNIOR.match(kind) and not _SENIOR.match(kind):
            row.reason = Reason(
                code="not-senior-high",
                what=say("'{kind}' is not a senior high school", kind=kind),
                remedy=say("leave it out"),
            )
        elif "kind" not in row.cells and (match := _SENIOR.match(name)):
            row.cells["kind"] = _KINDS.get(match[1].casefold(), match[1].upper())
            row.said.add("kind")
    elif table.name != "vans" and not name and "id" not in row.cells and row.reason is None:
        row.reason = Reason(
            code="no-name",
            what=say("the place has no name"),
            remedy=say("write its name"),
        )


def remarks(table: PlaceTable) -> Iterator[tuple[str, list[PlaceRow]]]:
    """Rows by what was recognised in them."""
    for code in ("swapped", "angles", "link", "pair", "kind"):
        rows = [row for row in table.rows if code in row.said and row.fate is Fate.IMPORTED]
        if rows:
            yield code, rows
