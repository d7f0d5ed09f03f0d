"""Puts places, vans and borders into their tables; proposes places of OpenStreetMap."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from planner.errors import Mistake
from planner.i18n.messages import say
from planner.intake.areas import FILE as AREAS
from planner.intake.areas import Feature, folder_shapes, merge_borders, read_borders, valid_border
from planner.intake.depots import complete_vans
from planner.intake.folder_table import FolderTable
from planner.intake.grid import Fate, Severity, Sheet
from planner.intake.header import Header
from planner.intake.import_counts import heading_rows, row_ranges
from planner.intake.place_rows import MODELS, PlaceTable, remarks
from planner.intake.place_tables import update_places
from planner.intake.prepare import ImportOptions, PreparedImport, Understanding
from planner.intake.read_source import CLOSE_IT, UNOPENED
from planner.intake.reasons import Reason
from planner.intake.row_findings import tell_alike, tell_rejected
from planner.intake.rt_table import Changes
from planner.intake.sheet_tables import SheetTables

_REMARKS = {
    "swapped": say("rows whose latitude and longitude are swapped, and are turned round"),
    "angles": say("rows whose coordinates are in degrees, minutes and seconds"),
    "link": say("rows whose coordinates are those of a map link"),
    "pair": say("rows whose coordinates stand in one cell"),
    "kind": say("schools whose kind is the first word of their name"),
}


def propose_places(
    extracts: Sequence[Path],
    tables: Sequence[SheetTables],
    prepared: PreparedImport,
    options: ImportOptions,
) -> Iterator[SheetTables]:
    """Places of extracts inside the borders of the folder and of the files."""
    if not extracts:
        return
    # Loaded here, as no other import needs it.
    from planner.intake.osm_places import read_extract_places  # noqa: PLC0415

    within = _borders_of(prepared.folder, [table.sheet for table in tables])
    for path in extracts:
        try:
            places = read_extract_places(path, path.name, within, options.language)
        except (Mistake, OSError) as error:
            told = error if isinstance(error, Mistake) else Mistake(UNOPENED, CLOSE_IT)
            prepared.add("unreadable", path.name, told.what, told.remedy)
            continue
        prepared.add(
            "proposed-places",
            path.name,
            say("places of OpenStreetMap are proposals: {count}", count=len(places.rows)),
            say("confirm each; for driving times: planner roads FOLDER --cut {file}", file=path),
            Severity.NOTE,
        )
        yield SheetTables(sheet=places.sheet, places=places)


def _borders_of(folder: Path, sheets: Sequence[Sheet]) -> list[BaseGeometry]:
    """Borders that the folder has, and those of files."""
    shapes = [shape for sheet in sheets for shape in sheet.shapes if shape is not None]
    return [valid_border(shape) for shape in (*folder_shapes(folder), *shapes) if shape.area > 0]


def import_places(
    places: Sequence[PlaceTable],
    borders: Sequence[Sheet],
    prepared: PreparedImport,
    options: ImportOptions,
) -> None:
    """Put places and vans into their tables."""
    if not places:
        return
    wanted = {table.name for table in places}
    if "vans" in wanted:
        wanted.add("depots")
    folder_tables: dict[str, FolderTable] = {}
    for name, model in MODELS.items():
        # A table that stays as it is may be kept in another format.
        with nullcontext() if name in wanted else suppress(Mistake):
            folder_tables[name] = prepared.read_table(name, model)
    taken = {
        record[key]
        for table in folder_tables.values()
        for record in table.records
        for key in ("id", "npsn")
        if key in record
    }
    written = []
    for name, folder_table in folder_tables.items():
        sources = [table for table in places if table.name == name]
        if not sources:
            continue
        prepared.changes[name] = update_places(folder_table, sources, taken)
        if any(row.fate is Fate.IMPORTED for table in sources for row in table.rows):
            written.append(name)
    if "vans" in written:
        shapes = _borders_of(prepared.folder, borders)
        vans, depots = folder_tables["vans"], folder_tables["depots"]
        changes, findings = complete_vans(vans, depots, places, shapes, options.language)
        prepared.findings += findings
        if changes.new:
            prepared.changes.setdefault("depots", Changes()).new += changes.new
            written.append("depots")
    for name in dict.fromkeys(written):
        prepared.put_table(folder_tables[name], options.language)
    for table in places:
        _tell_places(table, prepared)


def _tell_places(table: PlaceTable, prepared: PreparedImport) -> None:
    """Count the rows of a table of places, and say what was recognised in them."""
    heading = heading_rows(table.sheet, table.header)
    prepared.sort_rows(table.sheet, row_ranges(table, heading))
    prepared.tally.add(Fate.HEADER, rows=len(heading))
    for row in table.rows:
        assert row.fate is not None
        prepared.tally.add(row.fate, row.unrecorded)
        if row.fate is Fate.REJECTED and row.reason is not None:
            prepared.findings.append(tell_rejected(table.sheet, row.index, row.reason))
    for code, rows in remarks(table):
        name = f"coordinates-{code}" if code != "kind" else "kind-by-name"
        indices = [row.index for row in rows]
        prepared.findings.append(tell_alike(name, table.sheet, indices, _REMARKS[code]))
    titles = table.header.titles
    prepared.tell_unread(table.sheet, [t for n, t in enumerate(titles) if n not in table.columns])
    imported = [row for row in table.rows if row.fate is Fate.IMPORTED]
    prepared.understood.append(
        Understanding(
            label=table.sheet.label,
            kind=say("table {name}", name=table.name),
            columns={titles[position]: column for position, column in table.columns.items()},
            num_rows=len(imported),
            people=sum(row.unrecorded for row in imported),
        )
    )


def import_borders(borders: Sequence[tuple[Sheet, Header, bool]], prepared: PreparedImport) -> None:
    """Add borders to those of the folder; features of a table of counts are counted there."""
    features: list[Feature] = []
    for sheet, header, is_counted in borders:
        before = len(features)
        for index, border in read_borders(sheet, header):
            is_rejected = isinstance(border, Reason)
            if isinstance(border, Reason):
                if not is_counted:
                    prepared.findings.append(tell_rejected(sheet, index, border))
            else:
                features.append(border)
            if not is_counted:
                prepared.tally.add(Fate.REJECTED if is_rejected else Fate.IMPORTED)
        prepared.understood.append(
            Understanding(
                label=sheet.label,
                kind=say("borders of kelurahan and RW"),
                num_rows=len(features) - before,
            )
        )
    if features:
        content, added, replaced = merge_borders(prepared.folder, features)
        prepared.files[AREAS] = content
        if replaced is not None:
            prepared.put_aside(replaced.name, AREAS)
        if added < len(features):
            prepared.add(
                "borders-kept",
                AREAS,
                say(
                    "borders that the folder has already stay: {count}", count=len(features) - added
                ),
                say("delete the file first to replace them"),
                Severity.NOTE,
            )
