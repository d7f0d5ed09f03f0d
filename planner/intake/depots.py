"""What a list of vans leaves open: their class, and where the depots are that it names."""

import re
from collections.abc import Iterator, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from planner.i18n.messages import Message, say
from planner.intake.folder_table import FolderTable, Record
from planner.intake.grid import Finding
from planner.intake.place_rows import PlaceTable
from planner.intake.place_tables import slug
from planner.intake.rt_table import Changes

_OWN_OFFICE = re.compile(r"dukcapil|kependudukan|pencatatan sipil|catatan sipil", re.IGNORECASE)
_NAMES = {"id": "Kantor Dukcapil", "en": "Dukcapil office"}
_SMALL = {"id": "kecil", "en": "small"}


def complete_vans(
    vans: FolderTable,
    depots: FolderTable,
    places: Sequence[PlaceTable],
    borders: Sequence[BaseGeometry],
    language: str,
) -> tuple[Changes, list[Finding]]:
    """Give vans a class and a depot that is in its table; each is told, and to be confirmed.

    Parameters
    ----------
    places
        Imported beside them: the office among them, or one like it, may be the depot.
    borders
        Of the district; in the middle of them is a depot of which nothing better is known.
    """
    changes, findings = Changes(), []
    bare = [record for record in vans.records if not record.get("class")]
    for record in bare:
        record["class"] = _SMALL[language]
    if bare:
        what = say("vans without a class are taken for small ones: {count}", count=len(bare))
        findings.append(_finding("class-assumed", "vans", what, say("correct it if one is large")))
    ids = {
        depot[key].casefold(): depot["id"]
        for depot in depots.records
        for key in ("name", "id")
        if {key, "id"} <= depot.keys()
    }
    for record in vans.records:
        record.setdefault("depot", depots.records[0]["id"] if depots.records else _NAMES[language])
        for column in sorted({"depot", "end_depot"} & record.keys()):
            name = record[column]
            if name.casefold() not in ids:
                depot = {"id": slug(name), "name": name}
                what = _place(depot, places, borders)
                depots.records.append(depot)
                changes.new.append((name, 0))
                remedy = say("look at its coordinates in depots")
                findings.append(_finding("depot-proposed", f"depots '{name}'", what, remedy))
                ids |= {name.casefold(): depot["id"], depot["id"].casefold(): depot["id"]}
            record[column] = ids[name.casefold()]
    return changes, findings


def _finding(code: str, where: str, what: Message, remedy: Message) -> Finding:
    return Finding(code=code, where=where, what=what, remedy=remedy)


def _place(depot: Record, places: Sequence[PlaceTable], borders: Sequence[BaseGeometry]) -> Message:
    """Give a depot coordinates as far as any are known; what was done."""
    offices = sorted(_offices(places), key=lambda cells: not _OWN_OFFICE.search(cells["name"]))
    if offices:
        depot |= {axis: offices[0][axis] for axis in ("lat", "lon")}
        return say("a depot is proposed at '{name}'", name=offices[0]["name"])
    if borders:
        middle = shapely.union_all(list(borders)).representative_point()
        depot |= {"lat": f"{middle.y:.5f}", "lon": f"{middle.x:.5f}"}
        return say("a depot is proposed in the middle of the district")
    return say("a depot is added without coordinates")


def _offices(places: Sequence[PlaceTable]) -> Iterator[Record]:
    for row in (row for table in places for row in table.rows):
        is_office = "kantor" in row.cells.get("kind", "") or _OWN_OFFICE.search(
            row.cells.get("name", "")
        )
        if is_office and row.cells.keys() >= {"name", "lat", "lon"}:
            yield row.cells
