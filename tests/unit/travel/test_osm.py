"""What an extract says of roads."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import osmium
import pytest
from osmium.osm import mutable

from planner.errors import InputError
from planner.travel.osm import TurnRestriction, read_extract
from planner.travel.profile import PROFILES, VANS, WALK
from tests.builders.town import CORNERS, extract_of, write_extract

STREET = {"highway": "residential"}
SMALL, LARGE = (profile.usable | profile.passable for profile in PROFILES)
TURN = [("no_left_turn", "AB", "B", "BC")]
ID = {name: number for number, name in enumerate(CORNERS, start=1)}


def rewrite(
    path: Path,
    target: Path,
    relation_tags: Mapping[str, str] | None = None,
    *,
    sign: int = 1,
    ways_first: bool = False,
) -> Path:
    """The extract with numbers of another sign, in another order, with more tags of relations."""
    entities: list[tuple[int, Callable[[Any], None], Any]] = []
    with osmium.SimpleWriter(str(target)) as writer:
        for entity in osmium.FileProcessor(str(path)):
            tags, number = dict(entity.tags), sign * entity.id
            if isinstance(entity, osmium.osm.Node):
                node = mutable.Node(id=number, location=entity.location, tags=tags)
                entities.append((1, writer.add_node, node))
            elif isinstance(entity, osmium.osm.Way):
                nodes = [sign * node.ref for node in entity.nodes]
                entities.append((2, writer.add_way, mutable.Way(id=number, nodes=nodes, tags=tags)))
            elif isinstance(entity, osmium.osm.Relation):
                members = [(m.type, sign * m.ref, m.role) for m in entity.members]
                tags |= relation_tags or {}
                relation = mutable.Relation(id=number, members=members, tags=tags)
                entities.append((3, writer.add_relation, relation))
        order = -1 if ways_first else 1
        for _, add, entity in sorted(entities, key=lambda item: order * item[0]):
            add(entity)
    return target


def test_ways_keep_their_nodes_in_order(town: Path) -> None:
    """A-B-C-D is the first way, with four points."""
    found = extract_of(town)
    assert found.starts[:2] == [0, 4]
    assert found.columns()[:4, 0].tolist() == [ID[name] for name in "ABCD"]


def test_a_one_way_street_is_walked_both_ways(town: Path) -> None:
    """B-F: vans drive along its nodes, people walk against them too."""
    way = next(way for way in extract_of(town).ways if way.name == "Jalan Mawar")
    assert way.forward & VANS
    assert way.backward & (VANS | WALK) == WALK


def test_a_barrier_keeps_who_may_pass_it(town: Path) -> None:
    """The private gate P: no van may, any van would fit, people have keys."""
    bits = extract_of(town).barriers[ID["P"]]
    assert bits == WALK | sum(profile.passable for profile in PROFILES)


def test_what_is_no_road_is_left_out(tmp_path: Path) -> None:
    """A river; a building has no highway at all."""
    streets = {"AB": STREET, "CD": {"waterway": "river"}, "EF": {"building": "yes"}}
    path = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    assert len(extract_of(path).ways) == 1


@pytest.mark.parametrize(("kind", "only"), [("no_left_turn", False), ("only_straight_on", True)])
def test_restrictions_name_both_ways_and_the_node(tmp_path: Path, kind: str, only: bool) -> None:
    """From A-B over B to B-C."""
    streets = {"AB": STREET, "BC": STREET}
    turns = [(kind, "AB", "B", "BC")]
    path = write_extract(tmp_path / "roads.osm.pbf", streets, turns=turns, node_tags={})
    expected = TurnRestriction(
        kind=kind, profiles=VANS, from_way=1, to_way=2, via_node=ID["B"], via_ways=()
    )
    assert extract_of(path).restrictions == [expected]
    assert expected.only == only


@pytest.mark.parametrize(
    ("kind", "profiles"),
    [
        *[("restriction=no_left_turn", VANS), ("restriction:hgv=no_left_turn", LARGE)],
        *[
            ("restriction:motorcar=no_left_turn", VANS),
            ("restriction:motor_vehicle=No_Left_Turn", VANS),
        ],
        *[("restriction:bus=no_left_turn", 0), ("restriction:conditional=no_left_turn", 0)],
    ],
)
def test_a_restriction_is_meant_for_some(tmp_path: Path, kind: str, profiles: int) -> None:
    """For trucks it means large vans, for cars all: what is closed to cars is closed to both."""
    streets = {"AB": STREET, "BC": STREET}
    turns = [(kind, "AB", "B", "BC")]
    path = write_extract(tmp_path / "roads.osm.pbf", streets, turns=turns, node_tags={})
    assert [turn.profiles for turn in extract_of(path).restrictions] == [profiles] * bool(profiles)


@pytest.mark.parametrize(
    ("exempt", "profiles"), [("bus", VANS), ("hgv;psv", SMALL), ("motorcar", LARGE)]
)
def test_who_is_exempt_may_turn(tmp_path: Path, exempt: str, profiles: int) -> None:
    """Trucks exempt: it holds for small vans; cars exempt: it holds for large ones."""
    path = write_extract(tmp_path / "plain.osm.pbf", {"AB": STREET, "BC": STREET}, turns=TURN)
    roads = rewrite(path, tmp_path / "roads.osm.pbf", {"except": exempt})
    assert [turn.profiles for turn in extract_of(roads).restrictions] == [profiles]


def test_several_kinds_in_one_restriction_are_several(tmp_path: Path) -> None:
    """Neither left nor round."""
    streets = {"AB": STREET, "BC": STREET}
    turns = [("no_left_turn;no_u_turn", "AB", "B", "BC")]
    path = write_extract(tmp_path / "roads.osm.pbf", streets, turns=turns, node_tags={})
    kinds = [turn.kind for turn in extract_of(path).restrictions]
    assert kinds == ["no_left_turn", "no_u_turn"]


@pytest.mark.parametrize(
    "kind",
    [
        "sometimes",
        "restriction:conditional=no_left_turn @ (Mo 07:00)",
        "restriction:hgv:conditional=no_left_turn @ (Mo 07:00)",
    ],
)
def test_restrictions_not_understood_are_counted(tmp_path: Path, kind: str) -> None:
    """A word of its own; one with hours, for all or for trucks."""
    streets = {"AB": STREET, "BC": STREET}
    turns = [(kind, "AB", "B", "BC")]
    path = write_extract(tmp_path / "roads.osm.pbf", streets, turns=turns, node_tags={})
    assert sum(extract_of(path).unread.values()) == 1


def test_a_restriction_of_some_hours_is_counted_and_not_read(tmp_path: Path) -> None:
    """From 7 to 9, as it used to be written."""
    path = write_extract(tmp_path / "plain.osm.pbf", {"AB": STREET, "BC": STREET}, turns=TURN)
    hours = {"hour_on": "07:00", "hour_off": "09:00"}
    extract = extract_of(rewrite(path, tmp_path / "roads.osm.pbf", hours))
    assert (extract.restrictions, extract.unread) == ([], {"hour_on": 1})


def test_tags_not_understood_are_counted(tmp_path: Path) -> None:
    """Twice one word, and a list of kinds that are not all roads."""
    odd = {**STREET, "access": "locals"}
    streets = {"AB": odd, "BC": odd, "CD": {"highway": "residential;river"}}
    path = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    assert extract_of(path).unread == {"access=locals": 2, "highway=residential;river": 1}


@pytest.mark.parametrize(
    ("sign", "ways_first"), [(1, True), (-1, False), (-1, True)], ids=["order", "sign", "both"]
)
def test_neither_the_order_nor_the_sign_of_numbers_counts(
    tmp_path: Path, sign: int, ways_first: bool
) -> None:
    """Ways before nodes; numbers below 0, as editors give to what was never uploaded."""
    plain = write_extract(tmp_path / "plain.osm.pbf")
    expected = extract_of(plain)
    found = extract_of(rewrite(plain, tmp_path / "roads.osm.pbf", sign=sign, ways_first=ways_first))
    assert found.starts == expected.starts
    assert found.columns()[:, 1:].tolist() == expected.columns()[:, 1:].tolist()
    assert found.barriers == {sign * node: bits for node, bits in expected.barriers.items()}
    assert len(found.restrictions) == 1


def test_new_nodes_among_others_are_found(tmp_path: Path) -> None:
    """An editor's street from a node of the map to one of its own."""
    path = tmp_path / "roads.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        writer.add_node(mutable.Node(id=-1, location=(0.001, 0)))
        writer.add_node(mutable.Node(id=1, location=(0, 0)))
        writer.add_way(mutable.Way(id=-1, nodes=[1, -1], tags=STREET))
    assert extract_of(path).columns().tolist() == [[1, 0, 0], [-1, 10_000, 0]]


def test_a_ferry_needs_a_duration(tmp_path: Path) -> None:
    """A ferry of 20 minutes, one without."""
    ferry = {"route": "ferry", "motor_vehicle": "yes"}
    streets = {"AB": STREET, "BC": {**ferry, "duration": "00:20"}, "CD": ferry}
    path = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    assert [(way.highway, way.duration_s) for way in extract_of(path).ways] == [
        ("residential", 0),
        ("ferry", 1200),
    ]


def test_other_relations_are_passed_over(tmp_path: Path) -> None:
    """A kind that is neither no_ nor only_."""
    turns = [("hgv", "AB", "B", "BC")]
    streets = {"AB": STREET, "BC": STREET}
    path = write_extract(tmp_path / "roads.osm.pbf", streets, turns=turns, node_tags={})
    assert extract_of(path).restrictions == []


def test_an_extract_without_roads_for_vans_is_an_error(tmp_path: Path) -> None:
    """Steps alone."""
    path = write_extract(
        tmp_path / "roads.osm.pbf", {"AB": {"highway": "steps"}}, turns=(), node_tags={}
    )
    with pytest.raises(InputError, match=r"roads\.osm\.pbf: has no road that a van can use"):
        read_extract(path, lambda share: None)


@pytest.mark.parametrize("text", ["residential", "Jalan Satu", "no_u_turn", "from"])
def test_texts_that_are_not_utf_8_are_told(tmp_path: Path, text: str) -> None:
    """The value of a tag, a name, a restriction and a role, in a file of unpacked blocks."""
    path = tmp_path / "roads.osm.pbf"
    tags = {"highway": "residential", "name": "Jalan Satu"}
    turn = {"type": "restriction", "restriction": "no_u_turn"}
    with osmium.SimpleWriter(osmium.io.File(path, "pbf,pbf_compression=none")) as writer:
        for node, lon in ((1, 110.0), (2, 110.1)):
            writer.add_node(osmium.osm.mutable.Node(id=node, location=(lon, -7.0)))
        writer.add_way(osmium.osm.mutable.Way(id=1, nodes=[1, 2], tags=tags))
        members = [("w", 1, "from"), ("n", 2, "via"), ("w", 1, "to")]
        writer.add_relation(osmium.osm.mutable.Relation(id=1, members=members, tags=turn))
    assert read_extract(path, lambda _: None).ways
    path.write_bytes(path.read_bytes().replace(text.encode(), b"\xff" * len(text)))
    with pytest.raises(InputError, match="cannot be read as an OpenStreetMap extract"):
        read_extract(path, lambda _: None)
