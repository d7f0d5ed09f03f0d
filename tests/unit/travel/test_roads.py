"""Drives in the hand-made town of `tests.builders.town`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import osmium
import pytest

from planner.errors import InputError
from planner.travel.factory import make_travel
from planner.travel.interface import Place, UnreachedCause
from tests.builders.town import BOTH, CORNERS, SPEEDS, STEP, at, corner, travel, write_extract

STREET, ALLEY = {"highway": "residential"}, {"highway": "service"}
GATE_AT_G = {"G": {"barrier": "gate", "access": "private"}}


def corners(line: Sequence[tuple[float, float]]) -> str:
    """Names of the corners on a line."""
    names = {
        (round(y * STEP / 1e7, 7), round(x * STEP / 1e7, 7)): n for n, (x, y) in CORNERS.items()
    }
    return "".join(names.get((round(lat, 7), round(lon, 7)), ".") for lat, lon in line)


@pytest.mark.parametrize(
    ("begin", "end", "classes", "drive_s", "way"),
    [
        ("A", "D", BOTH, 30, "ABCD"),
        ("B", "F", BOTH, 10, "BF"),
        ("F", "B", BOTH, 50, "FGHDCB"),
        ("F", "B", ("small",), 40, "FGCB"),
        ("B", "G", BOTH, 40, "BCDHG"),
        ("B", "G", ("small",), 30, "BCG"),
        ("B", "E", BOTH, 30, "BFE"),
        ("C", "G", BOTH, 30, "CDHG"),
        ("C", "G", ("small",), 20, "CG"),
        ("G", "I", BOTH, 60, "GHLKJI"),
        ("G", "I", ("small",), 40, "GFEI"),
        ("E", "G", BOTH, 30, "EFG"),
    ],
)
def test_a_drive_takes_the_fastest_allowed_way(
    town: Path, begin: str, end: str, classes: tuple[str, ...], drive_s: int, way: str
) -> None:
    """One-way B-F, no right turn at F, alley C-G, bridge E-I below 2.5 m."""
    found = travel(town, corner(begin, classes), corner(end, classes))
    assert found.drive_s[0, 1] == drive_s
    assert corners(found.line(0, 1)) == way


BY_HAND = {
    "small": """
   A  B  C  D  E  F  G  H  I  J  K  L
A  0 10 20 30 40 20 40 40 50 70 60 50
B 10  0 10 20 30 10 30 30 40 60 50 40
C 20 10  0 10 40 20 20 20 50 50 40 30
D 30 20 10  0 50 30 20 10 60 40 30 20
E 70 60 50 50  0 20 30 40 10 30 40 50
F 50 40 30 30 20  0 10 20 30 50 40 30
G 40 30 20 20 30 10  0 10 40 40 30 20
H 40 30 20 10 40 20 10  0 50 30 20 10
I 80 70 60 60 10 30 40 50  0 20 30 40
J 70 60 50 40 30 50 40 30 20  0 10 20
K 60 50 40 30 40 40 30 20 30 10  0 10
L 50 40 30 20 50 30 20 10 40 20 10  0""",
    "large": """
   A  B  C  D  E  F  G  H  I  J  K  L
A  0 10 20 30 40 20 50 40 90 70 60 50
B 10  0 10 20 30 10 40 30 80 60 50 40
C 20 10  0 10 40 20 30 20 70 50 40 30
D 30 20 10  0 50 30 20 10 60 40 30 20
E 80 70 60 50  0 20 30 40 90 70 60 50
F 60 50 40 30 20  0 10 20 70 50 40 30
G 50 40 30 20 30 10  0 10 60 40 30 20
H 40 30 20 10 40 20 10  0 50 30 20 10
I 90 80 70 60 90 70 60 50  0 20 30 40
J 70 60 50 40 70 50 40 30 20  0 10 20
K 60 50 40 30 60 40 30 20 30 10  0 10
L 50 40 30 20 50 30 20 10 40 20 10  0""",
}
"""Seconds from the corner of the row to that of the column."""


@pytest.mark.parametrize("van_class", BOTH)
def test_every_drive_takes_what_it_takes_by_hand(town: Path, van_class: str) -> None:
    """All 144 of each class; E to I is 10 s over the low bridge, 90 s round by F, G, H, L, K, J."""
    names, *rows = BY_HAND[van_class].split("\n")[1:]
    found = travel(town, *(corner(name, (van_class,)) for name in names.split()))
    assert found.drive_s.tolist() == [[*map(int, row.split()[1:])] for row in rows]


def test_metres_are_measured_along_the_fastest_way(town: Path) -> None:
    """C to G: 100 m through the alley for a small van, 300 m round it for a large one."""
    assert travel(town, corner("C"), corner("G")).drive_m[0, 1] == 300
    small = [corner(name, ("small",)) for name in "CG"]
    assert travel(town, *small).drive_m[0, 1] == 100


def test_a_leg_to_a_place_of_small_vans_only_is_on_their_roads(town: Path) -> None:
    """C to G as above, and back; between C and H, which large vans reach, as they drive."""
    found = travel(town, corner("C"), corner("G", ("small",)), corner("H"))
    assert found.drive_s.tolist() == [[0, 20, 20], [20, 0, 10], [20, 10, 0]]


def test_places_part_way_along_one_road_are_joined_by_it(town: Path) -> None:
    """40 m and 90 m along the one-way street: 5 s onward; back by F-E-F-G-H-D-C-B."""
    found = travel(town, at(1, 0.4), at(1, 0.9))
    assert found.drive_s.tolist() == [[0, 5], [1 + 40 + 50 + 4, 0]]


def test_two_places_at_the_same_spot_are_no_drive_apart(town: Path) -> None:
    """Both 30 m along A-B."""
    found = travel(town, at(0.3, 0), at(0.3, 0), corner("B"))
    assert found.drive_s.tolist() == [[0, 0, 7], [0, 0, 7], [7, 7, 0]]
    assert len(found.line(0, 1)) == 1


def test_a_place_beside_the_road_is_driven_to_from_the_nearest_point_of_it(town: Path) -> None:
    """50 m north of the middle of A-B."""
    found = travel(town, at(0.5, -0.4), corner("D"))
    assert found.drive_s[0, 1] == 25


@pytest.mark.parametrize(
    ("place", "cause", "distance_m"),
    [
        (corner("Q"), UnreachedCause.GATED, 200),
        (at(3, -3.01), UnreachedCause.TOO_FAR, 301),
        (corner("T"), UnreachedCause.ISLAND, 1603),
        (at(6.5, 2), UnreachedCause.ISLAND, 320),
    ],
)
def test_a_place_not_reached_is_named_with_cause_and_distance(
    town: Path, place: Place, cause: UnreachedCause, distance_m: float
) -> None:
    """Behind the gate P; 301 m off the road; on the island; on a one-way street without end."""
    found = travel(town, corner("A"), corner("H"), place)
    assert {*found.unreached} == {2}
    assert {*found.unreached[2]} == {*BOTH}
    for reason in found.unreached[2].values():
        assert reason.cause is cause
        assert reason.distance_m == pytest.approx(distance_m, abs=2)
    assert found.drive_s[2].tolist() == [-1, -1, -1]
    assert found.line(0, 2) == ()


def test_a_place_146_km_away_is_not_snapped_in_silence(town: Path) -> None:
    """It is named with that distance, and the others are served."""
    far = Place(name="far", lat=-1.313, lon=0, classes=BOTH)
    found = travel(town, corner("A"), corner("H"), far)
    assert found.unreached[2]["small"].cause is UnreachedCause.TOO_FAR
    assert found.unreached[2]["small"].distance_m == pytest.approx(146_000, rel=0.01)
    assert found.drive_s[:2, :2].tolist() == [[0, 40], [40, 0]]


@pytest.mark.parametrize(
    ("missing", "drive_s"), [("D", [0, 10, 20, 20]), ("B", [0, 0, 0, 10]), ("A", [0, 0, 10, 20])]
)
def test_a_street_that_leaves_the_extract_ends_at_its_edge(
    tmp_path: Path, missing: str, drive_s: list[int]
) -> None:
    """A place beyond the last node in the file is served from there; a node alone is no street."""
    whole = write_extract(tmp_path / "whole.osm.pbf", {"ABCD": STREET}, turns=(), node_tags={})
    roads = tmp_path / "roads.osm.pbf"
    left_out = [*CORNERS].index(missing) + 1
    with osmium.SimpleWriter(str(roads)) as writer:
        for entity in osmium.FileProcessor(str(whole)):
            if isinstance(entity, osmium.osm.Way) or entity.id != left_out:
                writer.add(entity)
    found = travel(roads, *(corner(name) for name in "ABCD"))
    assert found.drive_s[0].tolist() == drive_s
    assert not found.unreached


def test_a_place_at_the_limit_is_reached(town: Path) -> None:
    """299 m off the road, where 300 m are allowed."""
    assert not travel(town, corner("A"), corner("H"), at(3, -2.99)).unreached


def test_a_place_just_behind_the_gate_is_served_from_before_it(town: Path) -> None:
    """A van stands before the gate P if the place is within 100 m of there."""
    found = travel(town, corner("A"), corner("H"), at(4.9, 0))
    assert not found.unreached
    assert found.drive_s[0, 2] == 40


@pytest.mark.parametrize(
    ("node_tags", "unreached"),
    [
        ({}, {}),
        (GATE_AT_G, {"small": (UnreachedCause.GATED, 112), "large": (UnreachedCause.GATED, 200)}),
        ({"G": {"barrier": "gate", "hgv": "no"}}, {}),
    ],
)
def test_a_gate_in_an_alley_keeps_large_vans_away_too(
    tmp_path: Path,
    node_tags: Mapping[str, Mapping[str, str]],
    unreached: Mapping[str, tuple[UnreachedCause, float]],
) -> None:
    """200 m from the street A-D along alley C-G-K-L: on foot where it is open, not past a gate."""
    streets = {"ABCD": STREET, "CGKL": ALLEY}
    roads = write_extract(tmp_path / "alley.osm.pbf", streets, turns=(), node_tags=node_tags)
    found = travel(roads, corner("A"), corner("D"), at(2.5, 2)).unreached.get(2, {})
    assert {name: reason.cause for name, reason in found.items()} == {
        name: cause for name, (cause, _) in unreached.items()
    }
    for name, reason in found.items():
        assert reason.distance_m == pytest.approx(unreached[name][1], abs=1)


def test_a_large_van_stands_at_the_mouth_of_the_alley_to_a_street(tmp_path: Path) -> None:
    """G-H-L is beyond the alley C-G: 300 m on foot from C, 200 m in a straight line."""
    streets = {"ABCD": STREET, "CG": {"highway": "living_street"}, "GHL": STREET}
    roads = write_extract(tmp_path / "alley.osm.pbf", streets, turns=(), node_tags={})
    large = [corner("A", ("large",)), corner("D", ("large",)), corner("L", ("large",))]
    found = travel(roads, *large)
    assert not found.unreached
    assert found.drive_s[0, 2] == 30
    depot_there = replace(corner("L", ("large",)), is_depot=True)
    assert travel(roads, depot_there, corner("A", ("large",))).drive_s[0, 1] == 30


def test_a_street_far_from_the_mouth_of_its_alley_is_an_island_for_large_vans(
    tmp_path: Path,
) -> None:
    """200 m north of A across a river; 800 m on foot by L, H and D. Small vans drive there."""
    streets = {"ABCD": STREET, "DHL": ALLEY, "IJKL": STREET}
    roads = write_extract(tmp_path / "alley.osm.pbf", streets, turns=(), node_tags={})
    found = travel(roads, corner("A"), corner("D"), at(0, 2))
    assert found.unreached.keys() == {2}
    assert {*found.unreached[2]} == {"large"}
    assert found.unreached[2]["large"].cause is UnreachedCause.ISLAND
    assert found.unreached[2]["large"].distance_m == pytest.approx(200, abs=1)
    assert found.drive_s[0, 2] > 0


def depot(x: float, y: float, classes: tuple[str, ...] = BOTH) -> Place:
    """A depot so many hundred metres east and north of A."""
    return replace(at(x, y, classes), is_depot=True)


def test_each_depot_has_its_own_part_of_the_network(town: Path) -> None:
    """The town, and the far street S-T with a depot of its own; no road leads from one to it."""
    found = travel(town, depot(0, 0), depot(20, 0.1), corner("D"), corner("T"))
    assert not found.unreached
    assert found.drive_s.tolist() == [
        [0, -1, 30, -1],
        [-1, 0, -1, 9],
        [30, -1, 0, -1],
        [-1, 9, -1, 0],
    ]
    assert found.line(0, 1) == ()
    assert found.directions(2, 3) == ()


def test_a_part_without_a_depot_is_an_island(town: Path) -> None:
    """Three places on S-T, one in the town, where the only depot is."""
    found = travel(town, depot(0, 0), corner("D"), *(at(20, y) for y in (0, 0.5, 1)))
    assert {*found.unreached} == {2, 3, 4}


def test_a_depot_beside_a_lonely_drive_is_on_the_street(tmp_path: Path) -> None:
    """The drive X-Y, joined to nothing, is 1 m from the depot, the street A-B 19 m."""
    streets = {"ABCD": STREET, "XY": {"highway": "service"}}
    roads = write_extract(tmp_path / "drive.osm.pbf", streets, turns=(), node_tags={})
    assert travel(roads, depot(0.5, 0.19), corner("D")).drive_s[0, 1] == 25


def test_depots_of_each_class_are_their_own(town: Path) -> None:
    """Large vans in the town, small ones on S-T: D is the large ones', T the small ones'."""
    found = travel(
        town, depot(0, 0, ("large",)), depot(20, 0, ("small",)), corner("D"), corner("T")
    )
    assert {i: {*classes} for i, classes in found.unreached.items()} == {2: {"small"}, 3: {"large"}}
    assert found.drive_s[0, 2] == 30
    assert found.drive_s[1, 3] == 10


FERRY = {"route": "ferry", "motorcar": "yes", "duration": "00:10", "name": "Feri Selat"}


@pytest.mark.parametrize(("ferries", "drive_s"), [(True, 30 + 600 + 10), (False, -1)])
def test_vans_take_ferries_where_the_settings_allow_them(
    tmp_path: Path, ferries: bool, drive_s: int
) -> None:
    """From A over D, in ten minutes to S, whatever the distance, and on to T."""
    streets = {"ABCD": STREET, "DS": FERRY, "ST": STREET}
    roads = write_extract(tmp_path / "ferry.osm.pbf", streets, turns=(), node_tags={})
    speeds = replace(SPEEDS, ferries=ferries)
    small = [corner(name, ("small",)) for name in "AT"]
    found = travel(roads, replace(small[0], is_depot=True), small[1], speeds=speeds)
    assert found.drive_s[0, 1] == drive_s


EXPRESSWAYS = [
    {"highway": "motorway", "oneway": "no"},
    {"highway": "motorway", "oneway": "no", "bridge": "yes", "layer": "1"},
    {"highway": "trunk", "motorroad": "yes"},
    {"highway": "primary", "bridge": "viaduct"},
    {"highway": "primary", "tunnel": "yes"},
    {"highway": "secondary", "foot": "no"},
]


@pytest.mark.parametrize("tags", EXPRESSWAYS)
def test_a_van_stands_where_it_may(tmp_path: Path, tags: Mapping[str, str]) -> None:
    """10 m south of E-F, where one may not stand, and 90 m north of A-B, where one may."""
    streets = {"ABCD": STREET, "EFGH": tags, "DH": STREET}
    roads = write_extract(tmp_path / "express.osm.pbf", streets, turns=(), node_tags={})
    found = travel(roads, corner("D"), at(0.5, 0.9))
    assert not found.unreached
    assert found.drive_s[0, 1] == 25


def test_a_van_stands_on_the_side_of_an_expressway_where_the_place_is(tmp_path: Path) -> None:
    """60 m north of A-B beyond the motorway Y-X, which is 20 m north of it; I-J is 140 m away."""
    streets = {"ABCD": STREET, "YX": {"highway": "motorway"}, "IJKL": STREET, "DHL": STREET}
    roads = write_extract(tmp_path / "express.osm.pbf", streets, turns=(), node_tags={})
    found = travel(roads, corner("D"), at(0.5, 0.6))
    assert found.drive_s[0, 1] == 20 + 25


def test_a_class_kept_away_does_not_keep_the_other(town: Path) -> None:
    """At I, across the low bridge only small vans come where L-H is missing."""
    found = travel(town, corner("A"), corner("E"), at(0, 1.95, ("small",)))
    assert not found.unreached


def test_a_place_that_only_a_smaller_class_reaches_keeps_its_legs(tmp_path: Path) -> None:
    """Without the bridge H-L, only small vans cross the river, over the low bridge."""
    streets = {
        "AB": {"highway": "residential"},
        "BC": {"highway": "track"},
        "CD": {"highway": "track"},
    }
    roads = write_extract(tmp_path / "track.osm.pbf", streets, turns=(), node_tags={})
    found = travel(roads, corner("A"), at(2.9, 0), corner("A"))
    assert found.unreached == {}
    far = make_travel([corner("A"), corner("D")], roads, type(SPEEDS)(snap_m=150))
    assert far.unreached[1].keys() == {"large"}
    assert far.drive_s[0, 1] > 0


def test_the_factor_stretches_every_drive_but_no_length(town: Path) -> None:
    """A to D in 30 s becomes 45 s."""
    slow = type(SPEEDS)(by_highway_kmh=SPEEDS.by_highway_kmh, factor=1.5)
    found = travel(town, corner("A"), corner("D"), speeds=slow)
    assert found.drive_s[0, 1] == 45
    assert found.drive_m[0, 1] == 300


def test_large_vans_have_no_road_where_all_are_alleys(tmp_path: Path) -> None:
    """They are told apart from small ones, which drive; no distance is made up."""
    roads = write_extract(tmp_path / "alley.osm.pbf", {"ABCD": ALLEY}, turns=(), node_tags={})
    found = travel(roads, corner("A"), corner("D"))
    assert {name for reasons in found.unreached.values() for name in reasons} == {"large"}
    assert str(found.unreached[0]["large"].message) == "too far from a road its van can use"
    assert found.drive_s[0, 1] == 60


@pytest.mark.parametrize(
    ("tags", "cause"),
    [({"oneway": "yes"}, UnreachedCause.ISLAND), ({"access": "private"}, UnreachedCause.GATED)],
)
def test_places_on_roads_that_are_all_closed_are_named(
    tmp_path: Path, tags: Mapping[str, str], cause: UnreachedCause
) -> None:
    """A single street, one-way or private."""
    streets = {"ABCD": {**STREET, **tags}}
    roads = write_extract(tmp_path / "closed.osm.pbf", streets, turns=(), node_tags={})
    found = travel(roads, corner("A"), corner("D"))
    causes = {reason.cause for reasons in found.unreached.values() for reason in reasons.values()}
    assert found.unreached.keys() == {0, 1}
    assert causes == {cause}


def test_a_file_whose_only_road_is_one_way_and_far_is_told(tmp_path: Path) -> None:
    """No distance to a road that can be used is made up."""
    streets = {"ABCD": {**STREET, "oneway": "yes"}}
    roads = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    with pytest.raises(InputError, match="has no road that these vans can use in both directions"):
        travel(roads, at(50, 50))


def test_roads_elsewhere_are_told(town: Path) -> None:
    """A place 1,100 km south of the town."""
    with pytest.raises(
        InputError, match=r"town\.osm\.pbf: no place is near its roads; the nearest"
    ):
        make_travel([Place(name="x", lat=-10, lon=0, classes=BOTH)], town, SPEEDS)


@pytest.mark.parametrize("content", [b"", b"hello" * 100])
def test_a_file_that_is_no_extract_is_told(tmp_path: Path, content: bytes) -> None:
    """Empty, and text."""
    path = tmp_path / "roads.osm.pbf"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"roads\.osm\.pbf: cannot be read as an OpenStreetMap"):
        make_travel([corner("A")], path, SPEEDS)


def test_a_truncated_file_is_told(town: Path, tmp_path: Path) -> None:
    """The town's file less its last 20 bytes."""
    path = tmp_path / "roads.osm.pbf"
    path.write_bytes(town.read_bytes()[:-20])
    with pytest.raises(InputError, match=r"roads\.osm\.pbf: cannot be read as an OpenStreetMap"):
        make_travel([corner("A")], path, SPEEDS)


def test_a_file_without_roads_is_told(tmp_path: Path) -> None:
    """A town of footways."""
    path = write_extract(tmp_path / "roads.osm.pbf", {"ABCD": {"highway": "footway"}}, turns=())
    with pytest.raises(InputError, match=r"roads\.osm\.pbf: has no road that a van can use"):
        make_travel([corner("A")], path, SPEEDS)


def test_the_background_holds_the_roads_around_the_places(town: Path) -> None:
    """Around A to F: everything but the far island, streets above the alley."""
    found = travel(town, corner("A"), corner("F")).background()
    assert [road.highway for road in found] == ["service", "residential"]
    drawn = np.concatenate([np.array(line) for road in found for line in road.lines])
    assert drawn[:, 1].max() < 20 * STEP / 1e7
