"""A road file made ready for routing, each part when it is first needed."""

from pathlib import Path

import numpy as np
import pytest

from planner.errors import InputError
from planner.travel.ch_query import CHQuery
from planner.travel.dataset_cache import DatasetCache
from planner.travel.dijkstra import Dijkstra
from planner.travel.interface import ignore_stage
from planner.travel.od_matrix import build_od_matrix
from planner.travel.profile import PROFILES
from planner.travel.routing_dataset import RoutingDataset
from tests.builders.town import SPEEDS, corner

SMALL, _ = PROFILES
PLACES = [corner(name) for name in "ABCDEFGHIL"]


def dataset(town: Path, small_work: int = 10_000_000) -> RoutingDataset:
    """The town, nothing kept on disk."""
    cache = DatasetCache(None, ignore_stage)
    return RoutingDataset(town, SPEEDS, cache, ignore_stage, small_work=small_work)


def test_few_places_are_searched_without_a_hierarchy(town: Path) -> None:
    """20 states times 3 places are up to 60; one more place is beyond."""
    given = dataset(town, small_work=60)
    assert given.graph(SMALL).num_states == 20
    assert given.build_hierarchy_if_needed(SMALL, 3) is None
    assert given.build_hierarchy_if_needed(SMALL, 4) is not None


@pytest.mark.parametrize(("small_work", "search"), [(10**9, Dijkstra), (0, CHQuery)])
def test_both_searches_give_the_same_matrix(town: Path, small_work: int, search: type) -> None:
    """Whichever is chosen for ten corners."""
    given = dataset(town, small_work)
    snaps = build_od_matrix(given, PLACES).snaps[SMALL.index]
    assert isinstance(given.path_search(SMALL, snaps), search)
    expected = build_od_matrix(dataset(town), PLACES)
    assert np.array_equal(build_od_matrix(given, PLACES).costs, expected.costs)


def test_parts_are_made_once(town: Path) -> None:
    """The network and the graph of a class are the same objects again."""
    given = dataset(town)
    assert given.network is given.network
    assert given.graph(SMALL) is given.graph(SMALL)


def test_another_file_has_another_key(town: Path, tmp_path: Path) -> None:
    """Whatever its name and date."""
    copy = tmp_path / "copy.osm.pbf"
    copy.write_bytes(town.read_bytes())
    assert dataset(copy).key == dataset(town).key
    copy.write_bytes(town.read_bytes() + b" ")
    assert dataset(copy).key != dataset(town).key


def test_a_missing_file_is_an_error_at_once(tmp_path: Path) -> None:
    """Before anything is read."""
    with pytest.raises(InputError, match="is missing; put the road file there"):
        dataset(tmp_path / "gone.osm.pbf")
