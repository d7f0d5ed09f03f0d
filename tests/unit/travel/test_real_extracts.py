"""Real extracts, where they are at hand: beside the project, or where PLANNER_SHARED says."""

import os
from pathlib import Path
from random import Random

import numpy as np
import pytest

from planner.district import Speeds
from planner.travel import Place, Travel, between
from planner.travel.table import Cause
from tests.unit.travel.town import BOTH

SHARED = Path(os.environ.get("PLANNER_SHARED", Path(__file__).parents[4] / "shared")) / "data"
NUM_PLACES = 150


BOXES = {
    "porto_alegre_r5r": (-30.10, -30.00, -51.26, -51.14),
    "bayfront_singapore_valhalla": (1.275, 1.299, 103.844, 103.867),
}
"""South, north, west and east."""


@pytest.fixture(scope="module", params=BOXES)
def travel(request: pytest.FixtureRequest) -> Travel:
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
    return between(places, path, Speeds())


def test_every_place_is_reached_or_named(travel: Travel) -> None:
    """A place has a way to every other that its class reaches, or a cause and a distance."""
    reached = np.array([i for i in range(NUM_PLACES) if i not in travel.unreached])
    assert len(reached) > 2
    assert (travel.drive_s[np.ix_(reached, reached)] >= 0).all()
    for reasons in travel.unreached.values():
        for reason in reasons.values():
            assert reason.distance_m > (300 if reason.cause is Cause.TOO_FAR else 100)


def test_speeds_and_detours_are_those_of_a_city(travel: Travel) -> None:
    """Medians of 10 to 40 km/h; no drive is faster than the fastest road."""
    driven = travel.drive_s > 60
    kmh = travel.drive_m[driven] / travel.drive_s[driven] * 3.6
    assert 10 < np.median(kmh) < 40
    assert kmh.max() < 62


def test_directions_add_up(travel: Travel) -> None:
    """Seconds and metres of 100 drives."""
    rng = Random(5)
    for _ in range(100):
        i, j = rng.randrange(NUM_PLACES), rng.randrange(NUM_PLACES)
        if travel.drive_s[i, j] > 0:
            steps = travel.directions(i, j)
            assert sum(step.drive_s for step in steps) == pytest.approx(
                travel.drive_s[i, j], abs=0.51
            )
