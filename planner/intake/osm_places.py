"""Proposes places of an OpenStreetMap extract, to be confirmed by a person."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import osmium
import shapely

from planner.errors import Mistake
from planner.i18n.messages import say
from planner.intake.grid import Sheet
from planner.intake.header import Header
from planner.intake.nik import has_nik
from planner.intake.place_rows import PlaceRow, PlaceTable

TITLES = ("name", "kind", "address", "lat", "lon", "permission", "note")
_NOT_ASKED = "belum dihubungi"
_NOTE = {
    "id": "usulan dari OpenStreetMap, harap dipastikan",
    "en": "proposed from OpenStreetMap, please confirm",
}
_SENIOR = ("sma", "sman", "smk", "smkn", "ma", "man", "mak")


def read_extract_places(
    path: Path, name: str, within: Sequence[shapely.Geometry], language: str
) -> PlaceTable:
    """Halls of RW, senior high schools, offices and parks with a name, as points.

    Parameters
    ----------
    within
        Borders of the district; without any, all places of the extract.

    Raises
    ------
    Mistake
        Where the extract cannot be read.
    """
    area = shapely.union_all(within) if within else None
    if area is not None:
        shapely.prepare(area)
    proposals = []
    try:
        for tags, lat, lon in _places(path):
            kind = _kind(tags)
            label = " ".join(tags.get("name", "").split())
            if not kind or not label or has_nik(label):
                continue
            if area is None or shapely.contains_xy(area, lon, lat):
                proposals.append((label, kind, _address(tags), lat, lon))
    except RuntimeError:
        raise Mistake(
            say("is not an OpenStreetMap extract"),
            say("download it again, with a name that ends in .osm.pbf"),
        ) from None
    proposals.sort()
    rows = [
        PlaceRow(
            index=index,
            cells={
                column: cell
                for column, cell in zip(
                    TITLES,
                    (label, kind, address, f"{lat:.7g}", f"{lon:.7g}", _NOT_ASKED, _NOTE[language]),
                    strict=True,
                )
                if cell
            },
        )
        for index, (label, kind, address, lat, lon) in enumerate(proposals, start=1)
    ]
    return PlaceTable(
        name="points",
        sheet=Sheet(file=name, is_layer=True, rows=[TITLES, *([row.cells] for row in rows)]),
        header=Header(first=0, last=0, titles=TITLES),
        columns=dict(enumerate(TITLES)),
        rows=rows,
    )


def _places(path: Path) -> Iterator[tuple[Mapping[str, str], float, float]]:
    """Tags and coordinates of nodes and ways with a name; of a way those of its middle."""
    processor = osmium.FileProcessor(path).with_locations()
    for entity in processor.with_filter(osmium.filter.KeyFilter("name")):
        if isinstance(entity, osmium.osm.Node):
            yield dict(entity.tags), entity.location.lat, entity.location.lon
        elif isinstance(entity, osmium.osm.Way):
            nodes = [node.location for node in entity.nodes if node.location.valid()]
            if nodes:
                lat = sum(node.lat for node in nodes) / len(nodes)
                yield dict(entity.tags), lat, sum(node.lon for node in nodes) / len(nodes)


def _kind(tags: Mapping[str, str]) -> str:
    """What the office would call a place; blank for one where no van stands."""
    words = tags.get("name", "").casefold().replace(".", " ").split()
    amenity, leisure = tags.get("amenity"), tags.get("leisure")
    if "balai" in words and ("rw" in words or "warga" in words):
        return "balai RW"
    if amenity == "community_centre" or "rptra" in words:
        return "RPTRA" if "rptra" in words else "balai warga"
    if amenity == "school" and (
        (words[:1] and words[0] in _SENIOR) or "3" in tags.get("isced:level", "")
    ):
        return "sekolah"
    if tags.get("office") == "government" or amenity == "townhall":
        kind = next((word for word in ("kelurahan", "kecamatan", "desa") if word in words), "")
        return f"kantor {kind}".strip()
    return "taman" if leisure == "park" else ""


def _address(tags: Mapping[str, str]) -> str:
    parts = (tags.get("addr:street", ""), tags.get("addr:housenumber", ""))
    return " ".join(filter(None, parts))
