"""What an extract says of roads."""

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.travel.osm import TurnRestriction, read_extract
from planner.travel.profile import PROFILES, VANS, WALK
from tests.builders.town import CORNERS, extract_of, write_extract

STREET = {"highway": "residential"}
ID = {name: number for number, name in enumerate(CORNERS, start=1)}


def test_ways_keep_their_nodes_in_order(town: Path) -> None:
    """A-B-C-D is the first way, with four points."""
    found = extract_of(town)
    assert found.starts[:2] == [0, 4]
    assert found.columns()[:4, 0].tolist() == [ID[name] for name in "ABCD"]


def test_a_one_way_street_is_walked_both_ways(town: Path) -> None:
    """B-F: vans drive along its nodes, people walk against them too."""
    way = next(way for way in extract_of(town).ways if way.name == "Jalan Mawar")
    assert way.forward & VANS
    assert way.backward == WALK


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
    expected = TurnRestriction(only=only, from_way=1, to_way=2, via_node=ID["B"], via_ways=())
    assert extract_of(path).restrictions == [expected]


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
