"""The road each place lies on."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from planner.travel.dataset_cache import arrays_of
from planner.travel.graph import build_graph, road_costs
from planner.travel.interface import Place, UnreachedCause
from planner.travel.profile import PROFILES, Profile
from planner.travel.snap import SnappedPlaces, snap_places
from planner.travel.snap_index import build_snap_index
from tests.builders.town import SPEEDS, at, network_of, road_between

SMALL, LARGE = PROFILES


def snapped(
    town: Path, places: Sequence[Place], profile: Profile = SMALL, snap_m: float = 300
) -> SnappedPlaces:
    """Where places lie on the roads of a class."""
    network = network_of(town)
    costs = road_costs(network, SPEEDS)
    lat, lon = (np.array([getattr(place, axis) for place in places]) for axis in ("lat", "lon"))
    return snap_places(
        build_snap_index(network, lat, lon),
        np.arange(len(places)),
        np.flatnonzero([place.is_depot for place in places]),
        profile,
        lambda profile: build_graph(network, profile.usable, costs),
        costs,
        snap_m,
    )


def test_a_place_lies_on_the_nearest_road_as_far_along_as_it_is(town: Path) -> None:
    """10 m north of the point 30 m along C-D."""
    found = snapped(town, [at(2.3, 0.1)])
    assert found.road.tolist() == [road_between(network_of(town), "CD")]
    assert found.share == pytest.approx([0.3], abs=1e-3)


def test_on_a_corner_a_street_with_both_directions_is_taken(town: Path) -> None:
    """B, where the one-way street begins."""
    one_way = road_between(network_of(town), "BF")
    assert snapped(town, [at(1, 0)]).road[0] != one_way


def test_a_large_van_stands_at_the_mouth_of_an_alley(town: Path) -> None:
    """In the middle of C-G a small van has its road, a large one 50 m away."""
    alley = road_between(network_of(town), "CG")
    assert snapped(town, [at(2, 0.5)]).road.tolist() == [alley]
    large = snapped(town, [at(2, 0.5)], LARGE)
    assert alley not in large.road
    assert large.unreached == {}


@pytest.mark.parametrize(
    ("place", "cause", "distance_m"),
    [
        (at(2, -3.5), UnreachedCause.TOO_FAR, 350),
        (at(6, 0), UnreachedCause.GATED, 200),
        (at(20, 0.5), UnreachedCause.ISLAND, 1_601),
    ],
)
def test_a_place_without_a_road_is_named_with_cause_and_distance(
    town: Path, place: Place, cause: UnreachedCause, distance_m: float
) -> None:
    """350 m south of the town; behind the gate P; on the street S-T. Two more are in the town."""
    found = snapped(town, [at(0.5, 0), at(2.5, 0), place])
    assert found.places.tolist() == [0, 1]
    assert found.unreached[2].cause is cause
    assert found.unreached[2].distance_m == pytest.approx(distance_m, rel=0.02)


def test_arrays_give_the_snapped_places_back(town: Path) -> None:
    """As they are kept on disk, the unreached ones too."""
    found = snapped(town, [at(0.5, 0), at(2, -3.5)])
    again = SnappedPlaces(**arrays_of(found))
    assert again.unreached == found.unreached
    assert again.share.tolist() == found.share.tolist()
