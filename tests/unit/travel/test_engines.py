"""The contracted graph and SciPy's search answer the same, and a drawn way costs what it says."""

from collections.abc import Iterator
from itertools import pairwise
from random import Random

import numpy as np
import pytest

from planner.district import Speeds
from planner.travel.access_links import find_access_links
from planner.travel.ch_query import CHQuery
from planner.travel.cost import NO_PATH
from planner.travel.dataset_cache import DatasetCache
from planner.travel.dijkstra import Dijkstra
from planner.travel.hierarchy import Hierarchy, build_hierarchy
from planner.travel.interface import Place
from planner.travel.od_matrix import build_od_matrix
from planner.travel.osm import read_extract
from planner.travel.profile import PROFILES, Profile
from planner.travel.roads import RoadTravel
from planner.travel.routing_dataset import RoutingDataset
from tests.builders.road_city import BLOCK_M, degrees, write_city
from tests.builders.town import BOTH

SIZE = 2
NUM_PLACES = 60


def silent(what: str, share: float) -> None:
    """Tells nobody."""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> RoutingDataset:
    """A synthetic city of four superblocks, in memory."""
    path = write_city(tmp_path_factory.mktemp("city") / "city.osm.pbf", size=SIZE, seed=1)
    return RoutingDataset(path, Speeds(), DatasetCache(None, silent), silent)


@pytest.fixture(scope="module")
def places() -> list[Place]:
    """Random places, some of them twice, some for small vans only."""
    rng, side = Random(2), SIZE * BLOCK_M
    spots = [degrees(rng.uniform(0, side), rng.uniform(0, side)) for _ in range(NUM_PLACES - 5)]
    return [
        Place(name=str(i), lat=lat, lon=lon, classes=BOTH if i % 3 else ("small",))
        for i, (lon, lat) in enumerate([*spots, *spots[:5]])
    ]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_both_engines_find_the_same_costs_and_ways(
    city: RoutingDataset, places: list[Place], profile: Profile
) -> None:
    """All costs are equal to the last digit; a way costs the same, whoever found it."""
    snaps = build_od_matrix(city, places).snaps[profile.index]
    graph, ends = city.graph(profile), find_access_links(city.graph(profile), snaps, city.costs)
    plain = Dijkstra(graph=graph, access_links=ends)
    made = Hierarchy.of(build_hierarchy(graph, print).arrays())
    fast = CHQuery(graph=graph, access_links=ends, hierarchy=made)
    costs = plain.matrix()
    assert np.array_equal(costs, fast.matrix())
    assert (costs < NO_PATH).all()
    for i in range(0, ends.num_places, 3):
        for j in range(ends.num_places):
            links = fast.links(i, j)
            assert links[0] // 2 == snaps.road[i]
            assert links[-1] // 2 == snaps.road[j]
            assert _inner(city, links) == _inner(city, plain.links(i, j))


def test_progress_rises_to_the_end_of_each_step(city: RoutingDataset) -> None:
    """Reading ends before the last twentieth, which is for the network; contracting is done."""
    reading: list[float] = []
    contracting: list[float] = []
    read_extract(city.path, reading.append, progress_every=100)
    build_hierarchy(city.graph(PROFILES[0]), contracting.append, progress_every=100)
    for shares in (reading, contracting):
        assert shares == sorted(shares)
        assert len(shares) > 5
    assert 0.5 < reading[-1] <= 0.95
    assert contracting[-1] == 1


def _inner(city: RoutingDataset, links: object) -> int:
    """Cost of the roads between the first and the last."""
    assert isinstance(links, list)
    return int(city.costs[[link // 2 for link in links[1:-1]]].sum())


@pytest.mark.slow
def test_a_drawn_way_takes_the_seconds_of_the_matrix(
    city: RoutingDataset, places: list[Place]
) -> None:
    """On 500 random pairs to the tenth of a second, and to half a metre."""
    found = RoadTravel(city, places)
    for i, j in _pairs(found, 500):
        steps, drive_s = found.directions(i, j), found.unrounded_s(i, j)
        assert sum(step.drive_s for step in steps) == pytest.approx(drive_s, rel=0, abs=0.1)
        assert sum(step.drive_m for step in steps) == pytest.approx(found.drive_m[i, j], abs=0.51)
        assert found.drive_s[i, j] == round(drive_s)


def test_no_van_drives_where_it_may_not(city: RoutingDataset, places: list[Place]) -> None:
    """Every link of 500 legs is open to the class on whose roads the leg is."""
    found, network = RoadTravel(city, places), city.network
    for i, j in _pairs(found, 500):
        large = all(
            "large" in places[k].classes and "large" not in found.unreached.get(k, {})
            for k in (i, j)
        )
        bit = PROFILES[1 if large else 0].usable
        for segment in found.segments(i, j):
            side = network.backward if segment.link % 2 else network.forward
            assert side[segment.link // 2] & bit


def test_no_van_takes_a_forbidden_turn(city: RoutingDataset, places: list[Place]) -> None:
    """None of the forbidden sequences is driven in 500 legs."""
    found = RoadTravel(city, places)
    banned = {sequence.links for sequence in city.network.sequences()}
    assert banned
    for i, j in _pairs(found, 500):
        assert banned.isdisjoint(pairwise(segment.link for segment in found.segments(i, j)))


def test_a_line_has_no_gap(city: RoutingDataset, places: list[Place]) -> None:
    """Every piece begins where the one before it ended; the line is as long as the matrix says."""
    found = RoadTravel(city, places)
    for i, j in _pairs(found, 100):
        line = np.radians(found.line(i, j))
        north, east = np.diff(line[:, 0]), np.diff(line[:, 1]) * np.cos(line[0, 0])
        length_m = np.hypot(north, east).sum() * 6_371_008.8
        assert length_m == pytest.approx(found.drive_m[i, j], rel=0.001, abs=2)


def _pairs(travel: RoadTravel, count: int) -> Iterator[tuple[int, int]]:
    """Random pairs of places with a drive between them."""
    rng = Random(3)
    while count:
        i, j = rng.randrange(NUM_PLACES), rng.randrange(NUM_PLACES)
        if travel.drive_s[i, j] > 0:
            count -= 1
            yield i, j
