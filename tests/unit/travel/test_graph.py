"""States of a drive and the arcs between them."""

from pathlib import Path

import numpy as np
import pytest

from planner.district import Speeds
from planner.travel.graph import arc_matrix, build_graph, cheapest_arcs, road_costs, road_speeds_kmh
from planner.travel.network import Network
from planner.travel.profile import PROFILES, Profile
from tests.builders.graphs import graph_of
from tests.builders.town import SPEEDS, network_of, road_between, write_extract

SMALL, LARGE = PROFILES
STREET = {"highway": "residential"}


def sequences(network: Network, length: int, profile: Profile = SMALL) -> set[tuple[int, ...]]:
    """Links that may be driven one after the other."""
    graph = build_graph(network, profile.usable, road_costs(network, SPEEDS))
    arcs = list(zip(graph.tail.tolist(), graph.head.tolist(), graph.link.tolist(), strict=True))
    # Drives begin at junctions, which come before the states that remember.
    drives: set[tuple[tuple[int, ...], int]] = {((), i) for i in range(network.num_junctions)}
    for _ in range(length):
        drives = {
            ((*links, link), head)
            for links, state in drives
            for tail, head, link in arcs
            if tail == state
        }
    return {links for links, _ in drives}


def test_of_parallel_arcs_the_cheapest_stays() -> None:
    """By tail, then by head: 0-1 for 2 (the third), 0-2, 1-0."""
    graph = graph_of(3, [(1, 0, 5), (0, 1, 4), (0, 1, 2), (0, 2, 1)])
    assert cheapest_arcs(graph.tail, graph.head, graph.cost).tolist() == [2, 3, 0]
    assert cheapest_arcs(*(np.empty(0, dtype=np.int32),) * 2, np.empty(0, dtype=np.int64)).size == 0


def test_a_matrix_has_indices_of_32_bits() -> None:
    """As SciPy 1.13 wants them, and newer ones too."""
    graph = graph_of(3, [(0, 1, 2), (1, 2, 3)])
    matrix = arc_matrix(graph.tail, graph.head, graph.cost, 3)
    assert matrix.indices.dtype == matrix.indptr.dtype == np.dtype(np.int32)
    assert matrix.toarray().tolist() == [[0, 2, 0], [0, 0, 3], [0, 0, 0]]


def test_states_that_reach_each_other_are_one_component() -> None:
    """0 and 1 both ways; 2 is only come to."""
    parts = graph_of(3, [(0, 1, 1), (1, 0, 1), (1, 2, 1)]).components()
    assert parts[0] == parts[1] != parts[2]


def test_a_signed_limit_below_the_usual_speed_counts(tmp_path: Path) -> None:
    """16 km/h on a street, 10 where a sign says so, 16 where it says 50."""
    streets = {"AB": STREET, "BC": {**STREET, "maxspeed": "10"}, "CD": {**STREET, "maxspeed": "50"}}
    network = network_of(write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={}))
    assert road_speeds_kmh(network, Speeds()).tolist() == [16, 10, 16]
    assert road_speeds_kmh(network, Speeds(by_highway_kmh={"residential": 40})).tolist() == [
        40,
        10,
        40,
    ]


def test_a_class_has_arcs_where_it_may_drive(town: Path) -> None:
    """The alley C-G is for small vans, the one-way B-F one arc, A-B two."""
    network = network_of(town)
    costs = road_costs(network, SPEEDS)
    links = {
        profile: sorted(set(build_graph(network, profile.usable, costs).link.tolist()))
        for profile in PROFILES
    }
    alley, one_way, street = (2 * road_between(network, names) for names in ("CG", "BF", "AB"))
    assert alley in links[SMALL]
    assert alley not in links[LARGE]
    assert one_way in links[LARGE]
    assert one_way + 1 not in links[LARGE]
    assert {street, street + 1} <= set(links[LARGE])


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_a_road_costs_the_same_for_all(town: Path, profile: object) -> None:
    """Speeds are those of the road, whoever drives."""
    network = network_of(town)
    costs = road_costs(network, SPEEDS)
    graph = build_graph(network, SMALL.usable, costs)
    assert np.array_equal(graph.cost, costs[graph.link // 2])


def test_a_forbidden_turn_is_never_driven(town: Path) -> None:
    """Not up B-F into F-G, while into F-E and, from F-E, into F-G are."""
    network = network_of(town)
    up, right, left = (road_between(network, names) for names in ("BF", "FG", "EF"))
    driven = sequences(network, 2)
    assert (2 * up, 2 * right) not in driven
    assert {(2 * up, 2 * left + 1), (2 * left, 2 * right)} <= driven


def test_a_forbidden_turn_is_not_got_round_by_turning_at_the_next_junction(town: Path) -> None:
    """No left turn from A-B into B-F by way of B-C and back, though C leads on elsewhere."""
    streets = {"AB": STREET, "BC": STREET, "CD": STREET, "BF": STREET}
    turns = [("no_left_turn", "AB", "B", "BF")]
    path = write_extract(town.parent / "u-turn.osm.pbf", streets, turns=turns, node_tags={})
    network = network_of(path)
    ahead, past = road_between(network, "AB"), road_between(network, "BC")
    assert (2 * ahead, 2 * past) in sequences(network, 2)
    assert (2 * ahead, 2 * past, 2 * past + 1) not in sequences(network, 3)


MEDIAN = {
    "EB": {**STREET, "oneway": "yes"},
    "BD": STREET,
    "FL": {**STREET, "oneway": "yes"},
    "BF": STREET,
    "FJ": STREET,
}
"""One carriageway to B, another from F, and a street that crosses both and ends at J."""


@pytest.mark.parametrize("kind", ["no_u_turn", "no_left_turn"])
def test_a_turn_over_a_way_is_not_got_round_by_turning_on_that_way(
    tmp_path: Path, kind: str
) -> None:
    """E-B-F-L is forbidden: so is E-B-F, back to B, and to F again; J is a dead end to turn at."""
    path = write_extract(
        tmp_path / "roads.osm.pbf", MEDIAN, turns=[(kind, "EB", "BF", "FL")], node_tags={}
    )
    network = network_of(path)
    first, via, last, ahead = (
        2 * road_between(network, names) for names in ("EB", "BF", "FL", "FJ")
    )
    assert (first, via, last) not in sequences(network, 3)
    assert (first, via, via + 1) not in sequences(network, 3)
    assert (first, via, ahead, ahead + 1) in sequences(network, 4)


@pytest.mark.parametrize(("kind", "allowed"), [("no_u_turn", True), ("no_left_turn", False)])
def test_where_only_turning_round_is_forbidden_one_may_turn_at_the_next_junction(
    tmp_path: Path, kind: str, allowed: bool
) -> None:
    """J leads on to I; who may not turn left is not meant to come back from J."""
    path = write_extract(
        tmp_path / "roads.osm.pbf",
        {**MEDIAN, "JI": STREET},
        turns=[(kind, "EB", "BF", "FL")],
        node_tags={},
    )
    network = network_of(path)
    first, via, ahead = (2 * road_between(network, names) for names in ("EB", "BF", "FJ"))
    assert ((first, via, ahead, ahead + 1) in sequences(network, 4)) == allowed


def test_a_restriction_holds_for_whom_it_is_meant(tmp_path: Path) -> None:
    """No left turn for trucks: small vans may."""
    streets = {"AB": STREET, "BC": STREET, "BF": STREET}
    turns = [("restriction:hgv=no_left_turn", "AB", "B", "BF")]
    path = write_extract(tmp_path / "roads.osm.pbf", streets, turns=turns, node_tags={})
    network = network_of(path)
    turn = 2 * road_between(network, "AB"), 2 * road_between(network, "BF")
    assert turn in sequences(network, 2)
    assert turn not in sequences(network, 2, LARGE)
