"""Costs between all places, and on the roads of which class each drive is."""

from pathlib import Path

import numpy as np
import pytest

from planner.errors import InputError
from planner.travel.cost import NO_PATH, metres, seconds
from planner.travel.dataset_cache import DatasetCache
from planner.travel.interface import Place, ignore_stage
from planner.travel.od_matrix import NO_PROFILE, ODMatrix, build_od_matrix
from planner.travel.profile import PROFILES
from planner.travel.routing_dataset import RoutingDataset
from tests.builders.town import SPEEDS, at, corner

SMALL, LARGE = (profile.index for profile in PROFILES)


def dataset(town: Path) -> RoutingDataset:
    """The town, nothing kept on disk."""
    return RoutingDataset(town, SPEEDS, DatasetCache(None, ignore_stage), ignore_stage)


def test_costs_are_of_the_fastest_paths(town: Path) -> None:
    """A to D and back, 300 m at 10 m/s."""
    found = build_od_matrix(dataset(town), [corner("A"), corner("D")])
    assert seconds(found.costs).tolist() == [[0, 30], [30, 0]]
    assert metres(found.costs) == pytest.approx(np.array([[0, 300], [300, 0]]), abs=0.1)


def test_a_drive_is_on_the_roads_of_the_largest_class_that_reaches_both_ends(town: Path) -> None:
    """G takes small vans only: drives to it are theirs; those of A and D are the large ones'."""
    found = build_od_matrix(dataset(town), [corner("A"), corner("D"), corner("G", ("small",))])
    assert found.profiles().tolist() == [
        [LARGE, LARGE, SMALL],
        [LARGE, LARGE, SMALL],
        [SMALL, SMALL, SMALL],
    ]


def test_a_place_that_no_class_reaches_has_no_drives(town: Path) -> None:
    """On the island S-T; each class says why."""
    places = [corner("A"), corner("D"), at(20, 0.5)]
    found = build_od_matrix(dataset(town), places)
    assert (found.costs[2] == NO_PATH).all()
    assert (found.profiles()[2] == NO_PROFILE).all()
    assert {index: {*by_class} for index, by_class in found.unreached(places).items()} == {
        2: {"small", "large"}
    }


def test_places_far_from_all_roads_are_an_error(town: Path) -> None:
    """Ten degrees south of the town."""
    with pytest.raises(InputError, match=r"no place is near its roads; the nearest road is \d+"):
        build_od_matrix(dataset(town), [Place(name="x", lat=-10, lon=0, classes=("small",))])


def test_arrays_give_the_matrix_back(town: Path) -> None:
    """As they are kept on disk."""
    found = build_od_matrix(dataset(town), [corner("A"), corner("G", ("small",))])
    again = ODMatrix.of(found.arrays())
    assert np.array_equal(again.costs, found.costs)
    assert np.array_equal(again.profiles(), found.profiles())
