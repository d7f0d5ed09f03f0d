"""Real extracts, where they are at hand: beside the project, or where PLANNER_SHARED says."""

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
import pytest

from planner.district import Speeds
from planner.travel.dataset_cache import DatasetCache
from planner.travel.factory import make_travel
from planner.travel.interface import Place, UnreachedCause
from planner.travel.profile import PROFILES
from planner.travel.roads import RoadTravel
from planner.travel.routing_dataset import RoutingDataset
from tests.builders.town import BOTH

SHARED = Path(os.environ.get("PLANNER_SHARED", Path(__file__).parents[4] / "shared")) / "data"
NUM_PLACES = 150


BOXES = {
    "porto_alegre_r5r": (-30.10, -30.00, -51.26, -51.14),
    "bayfront_singapore_valhalla": (1.275, 1.299, 103.844, 103.867),
}
"""South, north, west and east."""


def silent(what: str, share: float) -> None:
    """Tells nobody."""


@pytest.fixture(scope="module", params=BOXES)
def travel(request: pytest.FixtureRequest) -> RoadTravel:
    """Travel between random places of an extract."""
    path = SHARED / f"{request.param}.osm.pbf"
    if not path.exists():
        pytest.skip(
            f"needs {path.name}: set PLANNER_SHARED to the folder that has data/{path.name}"
        )
    south, north, west, east = BOXES[request.param]
    rng = Random(4)
    places = [
        Place(
            name=str(i),
            lat=rng.uniform(south, north),
            lon=rng.uniform(west, east),
            classes=BOTH if i % 3 else ("small",),
        )
        for i in range(NUM_PLACES)
    ]
    found = make_travel(places, path, Speeds())
    assert isinstance(found, RoadTravel)
    return found


def test_every_place_is_reached_or_named(travel: RoadTravel) -> None:
    """A place has a way to every other that its class reaches, or a cause and a distance."""
    reached = np.array([i for i in range(NUM_PLACES) if i not in travel.unreached])
    assert len(reached) > 2
    assert (travel.drive_s[np.ix_(reached, reached)] >= 0).all()
    for reasons in travel.unreached.values():
        for reason in reasons.values():
            assert reason.distance_m > (300 if reason.cause is UnreachedCause.TOO_FAR else 100)


def test_speeds_and_detours_are_those_of_a_city(travel: RoadTravel) -> None:
    """Medians of 10 to 40 km/h; no drive is faster than the fastest road."""
    driven = travel.drive_s > 60
    kmh = travel.drive_m[driven] / travel.drive_s[driven] * 3.6
    assert 10 < np.median(kmh) < 40
    assert kmh.max() < 62


def test_directions_add_up(travel: RoadTravel) -> None:
    """On 500 random pairs to the tenth of a second."""
    for i, j in _pairs(travel, 500):
        told_s = sum(step.drive_s for step in travel.directions(i, j))
        assert told_s == pytest.approx(travel.unrounded_s(i, j), rel=0, abs=0.1)
        assert travel.drive_s[i, j] == round(travel.unrounded_s(i, j))


def test_no_large_van_drives_where_it_may_not(travel: RoadTravel) -> None:
    """Every piece of their drives among 1,500 is open to them."""
    network = travel.dataset.network
    open_to = np.column_stack([network.forward, network.backward]).ravel() & PROFILES[1].usable
    large = [
        "large" in place.classes and "large" not in travel.unreached.get(i, {})
        for i, place in enumerate(travel.places)
    ]
    driven = [pair for pair in _pairs(travel, 1500) if large[pair[0]] and large[pair[1]]]
    assert len(driven) > 100
    for i, j in driven:
        assert all(open_to[segment.link] for segment in travel.segments(i, j))


def test_the_contracted_graph_finds_what_scipy_finds(
    travel: RoadTravel,
) -> None:
    """To the last second and metre, on any number of places."""
    other = RoutingDataset(
        travel.dataset.path, Speeds(), DatasetCache(None, silent), silent, small_work=0
    )
    contracted = RoadTravel(other, travel.places)
    assert np.array_equal(contracted.drive_s, travel.drive_s)
    assert np.array_equal(contracted.drive_m, travel.drive_m)


def _pairs(travel: RoadTravel, count: int) -> Iterator[tuple[int, int]]:
    """Random pairs of places with a drive between them."""
    rng = Random(5)
    while count:
        i, j = rng.randrange(NUM_PLACES), rng.randrange(NUM_PLACES)
        if travel.drive_s[i, j] > 0:
            count -= 1
            yield i, j
