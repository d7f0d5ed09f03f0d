"""How drives begin and end part-way along a road."""

from pathlib import Path

import numpy as np
import pytest

from planner.travel.access_links import AccessLinks, find_access_links
from planner.travel.cost import metres
from planner.travel.graph import build_graph, road_costs
from planner.travel.profile import PROFILES
from planner.travel.snap import SnappedPlaces
from tests.builders.town import SPEEDS, network_of, road_between


def links_of(town: Path, *spots: tuple[str, float]) -> AccessLinks:
    """Access links of places so far along some roads."""
    network = network_of(town)
    costs = road_costs(network, SPEEDS)
    snaps = SnappedPlaces(
        places=np.arange(len(spots)),
        road=np.array([road_between(network, names) for names, _ in spots]),
        share=np.array([share for _, share in spots]),
        lost=np.empty(0, dtype=np.intp),
        cause=np.empty(0, dtype=np.str_),
        distance_m=np.empty(0),
    )
    return find_access_links(build_graph(network, PROFILES[0].usable, costs), snaps, costs)


def test_a_place_on_a_street_is_left_and_reached_both_ways(town: Path) -> None:
    """30 m along C-D: 70 m to D and 30 m to C; the other way round to come."""
    links = links_of(town, ("CD", 0.3))
    assert sorted(metres(links.leaving.cost).tolist()) == pytest.approx([30, 70])
    assert sorted(metres(links.arriving.cost).tolist()) == pytest.approx([30, 70])
    assert set(links.leaving.link.tolist()) == set(links.arriving.link.tolist())


def test_a_place_on_a_one_way_street_is_left_one_way(town: Path) -> None:
    """30 m up B-F: 70 m on to F, having come 30 m from B; the end remembers the turn."""
    links = links_of(town, ("BF", 0.3))
    assert metres(links.leaving.cost).tolist() == pytest.approx([70])
    assert metres(links.arriving.cost).tolist() == pytest.approx([30])


def test_places_on_one_street_are_joined_directly(town: Path) -> None:
    """At 20 and 70 m of C-D, and each with itself, both ways."""
    direct = links_of(town, ("CD", 0.2), ("CD", 0.7)).direct
    found = {
        (origin, destination): round(length)
        for origin, destination, length in zip(
            direct.origin.tolist(), direct.destination.tolist(), metres(direct.cost), strict=True
        )
    }
    assert found == {(0, 0): 0, (1, 1): 0, (0, 1): 50, (1, 0): 50}


def test_on_a_one_way_street_only_the_place_ahead_is_joined(town: Path) -> None:
    """At 20 and 70 m of B-F."""
    direct = links_of(town, ("BF", 0.2), ("BF", 0.7)).direct
    pairs = set(zip(direct.origin.tolist(), direct.destination.tolist(), strict=True))
    assert pairs == {(0, 0), (1, 1), (0, 1)}
