"""Roads between junctions."""

from pathlib import Path

import pytest

from planner.travel.dataset_cache import arrays_of
from planner.travel.network import degrees
from planner.travel.profile import VANS, WALK
from tests.builders.town import (
    CORNERS,
    STEP,
    extract_of,
    network_of,
    road_between,
    write_extract,
)

STREET = {"highway": "residential"}


def test_a_way_is_cut_where_another_meets_it(town: Path) -> None:
    """A-B-C-D at B and C; I-J-K-L nowhere, as nothing meets it at J and K."""
    network = network_of(town)
    for names in ("AB", "BC", "CD", "IL"):
        road_between(network, names)
    assert network.length_m[road_between(network, "IL")] == pytest.approx(400, rel=1e-4)
    assert (
        network.last[road_between(network, "IL")] - network.first[road_between(network, "IL")] == 3
    )


def test_roads_that_meet_share_a_junction(town: Path) -> None:
    """A-B ends where B-C and the one-way B-F begin."""
    network = network_of(town)
    before, after, up = (road_between(network, names) for names in ("AB", "BC", "BF"))
    assert network.head[before] == network.tail[after] == network.tail[up]


def test_a_road_that_crosses_without_a_node_does_not_meet(tmp_path: Path) -> None:
    """A-D passes over B-F nowhere: no common node, no junction."""
    streets = {"AD": STREET, "BF": STREET}
    path = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    network = network_of(path)
    assert (len(network.way), network.num_junctions) == (2, 4)


def test_a_barrier_parts_its_roads_for_those_who_may_not_pass(town: Path) -> None:
    """At the gate P both roads end on their own; a joint without length is walked, not driven."""
    network = network_of(town)
    before, after = road_between(network, "DP"), road_between(network, "PQ")
    assert network.head[before] != network.tail[after]
    joints = [road for road in range(len(network.way)) if network.length_m[road] == 0]
    assert len(joints) == 2
    usable = VANS & 3
    assert all(network.forward[road] & WALK for road in joints)
    assert not any(network.forward[road] & usable for road in joints)


def test_a_forbidden_turn_is_a_sequence_of_links(town: Path) -> None:
    """Up B-F and into F-G, both along their points."""
    network = network_of(town)
    up, right = road_between(network, "BF"), road_between(network, "FG")
    assert [sequence.links for sequence in network.sequences()] == [(2 * up, 2 * right)]


def test_arrays_give_the_network_back(town: Path) -> None:
    """As they are kept on disk."""
    network = network_of(town)
    assert type(network)(**arrays_of(network)).length_m.tolist() == network.length_m.tolist()


def test_names_and_coordinates_stay(town: Path) -> None:
    """Jalan Melati begins at A, in the origin, and ends at D, 300 m east of it."""
    network, extract = network_of(town), extract_of(town)
    road = road_between(network, "CD")
    assert network.names[network.way_name[network.way[road]]] == "Jalan Melati"
    x, _ = CORNERS["D"]
    assert degrees(network.x)[network.last[road]] == pytest.approx(x * STEP / 1e7)
    assert len(network.x) == len(extract.columns())
