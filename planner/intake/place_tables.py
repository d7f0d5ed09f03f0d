"""Updates tables of places and vans: ids follow from names, and what a person wrote stays."""

import re
from collections.abc import Iterator, Mapping, Sequence
from unicodedata import normalize

import numpy as np

from planner.geo import great_circle_m
from planner.intake.folder_table import FolderTable, Record
from planner.intake.grid import Fate
from planner.intake.place_rows import PEOPLE, PlaceRow, PlaceTable
from planner.intake.rt_table import Changes, people_in

SAME_PLACE_M = 150
"""Places of one name that are nearer than this are the same."""

_LONGEST = 40


def update_places(table: FolderTable, sources: Sequence[PlaceTable], taken: set[str]) -> Changes:
    """Put places into a table of the folder; rows are added, and none is taken away.

    Parameters
    ----------
    taken
        Ids of places and vans in all tables, to which new ones are added.
    """
    changes = Changes()
    key = "npsn" if table.name == "schools" else "id"
    touched: dict[int, PlaceRow] = {}
    by_id = {record[key]: record for record in table.records if key in record}
    by_name: dict[str, list[Record]] = {}
    for record in table.records:
        by_name.setdefault(record.get("name", "").casefold(), []).append(record)
    for source in sources:
        for row in source.rows:
            if row.fate is not None:
                continue
            name = row.cells.get("name") or row.cells.get("plate") or row.cells.get(key, "")
            record = _same(row, key, name, by_id, by_name) or {}
            if not record:
                record = _new(row, key, name, taken)
                table.records.append(record)
                by_id[record[key]] = record
                by_name.setdefault(name.casefold(), []).append(record)
                changes.new.append((name, row.unrecorded))
                row.fate = Fate.IMPORTED
            elif id(record) in touched and not _adds(record, row):
                row.fate = Fate.DUPLICATE
            else:
                _update(record, row, name, changes)
                row.fate = Fate.IMPORTED
            touched[id(record)] = row
    return changes


def _same(
    row: PlaceRow,
    key: str,
    name: str,
    by_id: Mapping[str, Record],
    by_name: Mapping[str, Sequence[Record]],
) -> Record | None:
    if key in row.cells:
        return by_id.get(row.cells[key])
    return next(
        (record for record in by_name.get(name.casefold(), ()) if _is_near(record, row.cells)),
        None,
    )


def _is_near(record: Record, cells: Record) -> bool:
    """Whether two places of one name may be one: no coordinates, or near ones."""
    first, second = _point(record), _point(cells)
    if first is None or second is None:
        return True
    degrees = (np.array([angle]) for angle in (*first, *second))
    return bool(great_circle_m(*degrees)[0] <= SAME_PLACE_M)


def _point(cells: Record) -> tuple[float, float] | None:
    try:
        return float(cells["lat"].replace(",", ".")), float(cells["lon"].replace(",", "."))
    except (KeyError, ValueError):
        return None


def _adds(record: Record, row: PlaceRow) -> bool:
    return bool(row.cells.keys() - record.keys())


def _new(row: PlaceRow, key: str, name: str, taken: set[str]) -> Record:
    record = dict(row.cells)
    if key not in record:
        record[key] = next(name for name in _names(slug(name)) if name not in taken)
    taken.add(record[key])
    return record


def slug(name: str) -> str:
    """The id of a place by its name: ``balai-rw-04``."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST].strip("-") or "tempat"


def _names(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def _update(record: Record, row: PlaceRow, name: str, changes: Changes) -> None:
    """Counts are replaced; other cells are filled where they are blank."""
    before = people_in(record, *PEOPLE)
    for column, cell in row.cells.items():
        if column in PEOPLE:
            record[column] = cell
        else:
            record.setdefault(column, cell)
    changes.compare(name, before, people_in(record, *PEOPLE))


def update_pupils(table: FolderTable, schools: Mapping[str, Sequence[int]]) -> Changes:
    """Put numbers of pupils of 16, and of 17 and over, into the table of schools by NPSN."""
    changes = Changes()
    by_npsn = {record["npsn"]: record for record in table.records if "npsn" in record}
    for npsn, (younger, older) in schools.items():
        record = by_npsn.get(npsn)
        if record is None:
            record = {"npsn": npsn}
            table.records.append(record)
            changes.new.append((npsn, younger + older))
        cells = {"pupils_16": str(younger), "pupils_17": str(older)}
        if npsn in by_npsn:
            _update(record, PlaceRow(index=0, cells=cells), record.get("name", npsn), changes)
        record |= cells
    return changes
