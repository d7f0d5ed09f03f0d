"""The example district is what its script makes, and what its story needs."""

import csv
import json
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import openpyxl
import osmium
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree
from shapely.geometry import shape

from planner.arrays import Float64s

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDER = EXAMPLES / "kota-contoh"
TABLES = ("rt", "offices", "points", "depots", "vans", "calendar")
LAST_BITS_DEGREES = 2e-6
"""Two decimetres: what floating point on another machine may move."""

M_PER_DEGREE = 111_195.0

Row = dict[str, str]


class Way(NamedTuple):
    id: int
    tags: dict[str, str]
    nodes: list[int]


class Roads(NamedTuple):
    places: Float64s
    barriers: dict[int, str]
    ways: list[Way]
    restrictions: list[tuple[dict[str, str], list[tuple[str, int, str]]]]


def read_table(path: Path) -> list[Row]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    return list(csv.DictReader(lines, delimiter=";" if ";" in lines[0] else ","))


def read_schools(folder: Path) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(folder / "schools.xlsx").active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def read_areas(folder: Path) -> list[tuple[str, str | None, Float64s]]:
    features = json.loads((folder / "areas.geojson").read_text(encoding="utf-8"))["features"]
    return [
        (f["properties"]["code"], f["properties"]["rw"], np.array(f["geometry"]["coordinates"][0]))
        for f in features
    ]


def read_roads(folder: Path) -> Roads:
    roads = Roads(places=np.empty((0, 2)), barriers={}, ways=[], restrictions=[])
    places = []
    thing: Any
    for thing in osmium.FileProcessor(str(folder / "roads.osm.pbf")):
        tags = {tag.k: tag.v for tag in thing.tags}
        if thing.is_node():
            places.append((thing.location.lat, thing.location.lon))
            assert thing.id == len(places)
            if "barrier" in tags:
                roads.barriers[thing.id - 1] = tags["barrier"]
        elif thing.is_way():
            roads.ways.append(Way(thing.id, tags, [node.ref - 1 for node in thing.nodes]))
        else:
            members = [(member.type, member.ref, member.role) for member in thing.members]
            roads.restrictions.append((tags, members))
    return roads._replace(places=np.array(places))


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kota-contoh")
    subprocess.run([sys.executable, EXAMPLES / "make_kota_contoh.py", folder], check=True)
    return folder


@pytest.fixture(scope="module")
def roads() -> Roads:
    return read_roads(FOLDER)


def streets(roads: Roads) -> list[Way]:
    return [way for way in roads.ways if "highway" in way.tags]


def reach(roads: Roads, banned: tuple[str, ...]) -> set[int]:
    """Nodes of the largest part in which a van gets from everywhere to everywhere."""
    legs = [
        leg
        for way in streets(roads)
        if "access" not in way.tags and way.tags.get("maxwidth") not in banned
        for a, b in pairwise(way.nodes)
        for leg in ([(a, b)] if way.tags.get("oneway") == "yes" else [(a, b), (b, a)])
    ]
    tails, heads = np.array(legs).T
    size = len(roads.places)
    graph = coo_array((np.ones(len(legs)), (tails, heads)), shape=(size, size))
    _, part = connected_components(graph, connection="strong")
    return set(np.flatnonzero(part == np.bincount(part).argmax()).tolist())


def metres_off(roads: Roads, nodes: set[int], row: Row) -> float:
    """Metres from a place to the nearest of the nodes."""
    scale = np.array([1.0, np.cos(np.radians(5.4))]) * M_PER_DEGREE
    place = np.array([float(row["lat"]), float(row["lon"])])
    return float(KDTree(roads.places[sorted(nodes)] * scale).query(place * scale)[0])


@pytest.mark.slow
def test_tables_are_what_the_script_makes(rebuilt: Path) -> None:
    """`python examples/make_kota_contoh.py` into an empty folder gives the committed tables."""
    for name in TABLES:
        made, kept = (read_table(folder / f"{name}.csv") for folder in (rebuilt, FOLDER))
        assert [row.keys() for row in made] == [row.keys() for row in kept]
        for row, kept_row in zip(made, kept, strict=True):
            for column, value in row.items():
                if column in ("lat", "lon") and value:
                    degrees = [float(v.replace(",", ".")) for v in (value, kept_row[column])]
                    assert degrees[0] == pytest.approx(degrees[1], abs=LAST_BITS_DEGREES)
                else:
                    assert value == kept_row[column]
    assert read_schools(rebuilt) == read_schools(FOLDER)
    assert (rebuilt / "planner.toml").read_text() == (FOLDER / "planner.toml").read_text()


def test_maps_are_what_the_script_makes(rebuilt: Path) -> None:
    """The same borders, corners, ways and restrictions, whichever library packed the bytes."""
    for (code, rw, ring), (kept_code, kept_rw, kept_ring) in zip(
        read_areas(rebuilt), read_areas(FOLDER), strict=True
    ):
        assert (code, rw) == (kept_code, kept_rw)
        assert ring == pytest.approx(kept_ring, abs=LAST_BITS_DEGREES)
    made, kept = read_roads(rebuilt), read_roads(FOLDER)
    assert made.places == pytest.approx(kept.places, abs=LAST_BITS_DEGREES)
    assert made._replace(places=kept.places) == kept


def test_counts_fit_a_town_at_its_last_percent() -> None:
    """45 RW have about 30 unrecorded each, some have more than 100."""
    per_rw: Counter[tuple[str, str]] = Counter()
    for row in read_table(FOLDER / "rt.csv"):
        per_rw[row["code"], row["rw"]] += int(row["unrecorded"])
        assert int(row["unreachable"]) <= int(row["unrecorded"])
        assert bool(row["reason"]) == (row["unreachable"] != "0")
    assert len(per_rw) == 45
    assert 1350 <= sum(per_rw.values()) <= 1800
    assert sum(count > 100 for count in per_rw.values()) >= 2
    assert sorted(per_rw.values())[22] in range(20, 36)


def test_rw_tile_their_kelurahan() -> None:
    """The areas of the RW of Pasarlama add up to Pasarlama, and none overlap."""
    features = json.loads((FOLDER / "areas.geojson").read_text(encoding="utf-8"))["features"]
    whole: dict[str, float] = {}
    parts: dict[str, float] = defaultdict(float)
    for feature in features:
        code, area = feature["properties"]["code"], shape(feature["geometry"]).area
        if feature["properties"]["rw"] is None:
            whole[code] = area
        else:
            parts[code] += area
    assert len(whole) == 5
    for code, area in whole.items():
        assert parts[code] == pytest.approx(area, rel=1e-4)


def test_sizes_and_kinds_are_those_of_the_story() -> None:
    """12 schools, 14 offices, 60 points, 2 depots, 4 vans of two classes."""
    offices, points = read_table(FOLDER / "offices.csv"), read_table(FOLDER / "points.csv")
    schools, vans = read_schools(FOLDER), read_table(FOLDER / "vans.csv")
    assert (len(schools) - 1, len(offices), len(points)) == (12, 14, 60)
    assert {row["kind"] for row in offices} == {
        "government",
        "private",
        "bank",
        "hospital",
        "prison",
    }
    assert {row["permission"] for row in points} == {
        "disetujui",
        "surat dikirim",
        "belum dihubungi",
        "ditolak",
    }
    assert Counter(row["class"] for row in vans) == {"large": 2, "small": 2}
    assert {row["kits"] for row in vans} == {"2", "3"}
    assert len(read_table(FOLDER / "depots.csv")) == 2


def test_exactly_two_bridges_cross_the_river(roads: Roads) -> None:
    """Jalan Pahlawan and Jalan Lingkar Timur; every other street ends at the bank."""
    river = next(way for way in roads.ways if way.tags.get("waterway") == "river")
    bank = next(way for way in roads.ways if way.tags.get("natural") == "water")
    assert river.tags["name"] == bank.tags["name"]
    water = shape({"type": "Polygon", "coordinates": [roads.places[bank.nodes].tolist()]})
    over = [
        way
        for way in streets(roads)
        if shape({"type": "LineString", "coordinates": roads.places[way.nodes].tolist()}).crosses(
            water
        )
    ]
    assert sorted(way.tags["name"] for way in over) == ["Jalan Lingkar Timur", "Jalan Pahlawan"]
    assert all(way.tags["bridge"] == "yes" for way in over)
    assert sum("bridge" in way.tags for way in roads.ways) == 2


def test_the_street_network_has_what_travel_must_master(roads: Roads) -> None:
    """Toll, links, one-way pairs, alleys, restrictions: each at least once."""
    classes = {way.tags["highway"] for way in streets(roads)}
    assert classes == {
        "motorway",
        "motorway_link",
        "trunk",
        "primary",
        "secondary",
        "tertiary",
        "residential",
        "living_street",
        "service",
    }
    assert 2500 <= len({node for way in streets(roads) for node in way.nodes}) <= 5000
    tags = [way.tags for way in streets(roads)]
    assert all(t.get("toll") == "yes" for t in tags if t["highway"].startswith("motorway"))
    assert any(t["highway"] == "residential" and "oneway" in t for t in tags)
    assert any(t.get("service") == "alley" and t["maxwidth"] == "1.8" for t in tags)
    ids = {way.id: way for way in roads.ways}
    assert len(roads.restrictions) >= 4
    for restriction, members in roads.restrictions:
        assert restriction == {"type": "restriction", "restriction": "no_right_turn"}
        (_, before, _), (_, via, _), (_, after, _) = members
        assert via - 1 in {ids[before].nodes[0], ids[before].nodes[-1]}
        assert via - 1 in {ids[after].nodes[0], ids[after].nodes[-1]}


def test_vans_reach_all_venues_but_the_gated_one(roads: Roads) -> None:
    """Balai Warga Klaster Permata lies 300 m from every public street; all else is at one."""
    large, small = reach(roads, ("1.8",)), reach(roads, ())
    for name in ("points", "offices", "depots"):
        for row in read_table(FOLDER / f"{name}.csv"):
            nodes = small if row.get("classes") == "small" else large
            gated = row["id"] == "klaster-permata"
            assert (metres_off(roads, nodes, row) > 300) == gated, row["id"]
            assert gated or metres_off(roads, nodes, row) < 15, row["id"]
    assert list(roads.barriers.values()) == ["gate"]
