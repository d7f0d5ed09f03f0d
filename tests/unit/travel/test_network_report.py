"""What a road file holds, and what drives on it look like."""

from dataclasses import replace
from pathlib import Path

import pytest

from planner.travel.factory import make_travel, prepare_roads
from planner.travel.network_report import TravelStatistics, travel_statistics
from tests.builders.town import SPEEDS, at, corner


def test_a_survey_counts_roads_and_what_hangs_together(town: Path) -> None:
    """2.4 km; 0.2 less for large vans; of all, 0.7 to R, S-T and P-Q do not hang together."""
    found = prepare_roads(town, SPEEDS, 3)
    assert found.forbidden_turns == 1
    assert found.road_km == pytest.approx({"small": 2.4, "large": 2.2}, abs=0.001)
    assert found.connected["small"] == pytest.approx(1.7 / 2.4, abs=0.001)


def test_typical_drives_are_medians_of_the_far_ones() -> None:
    """The estimate drives 1.2 km at 18 km/h with a detour of 1.8."""
    places = [at(-6, 0), at(6, 0)]
    found = travel_statistics(make_travel(places, None, SPEEDS))
    assert found is not None
    assert found.speed_kmh == pytest.approx(18, rel=0.01)
    assert found.detour == pytest.approx(1.8, rel=0.01)


def test_near_places_say_nothing(town: Path) -> None:
    """300 m are too near; so is a single place, and none."""
    for places in ([corner("A"), corner("D")], [corner("A")]):
        assert travel_statistics(make_travel(places, town, SPEEDS)) is None
    assert travel_statistics(make_travel([], None, SPEEDS)) is None


def test_of_many_places_some_say_enough() -> None:
    """Of four places every second one: those 1.2 km apart."""
    places = [at(-6, 0), at(0, 0), at(6, 0), at(90, 0)]
    found = travel_statistics(make_travel(places, None, SPEEDS), sample=2)
    assert found is not None
    assert found.detour == pytest.approx(1.8, rel=0.01)


def test_unusual_drives_are_known() -> None:
    """10 to 30 km/h, 1.2 to 2.1 metres driven per metre of straight line."""
    usual = TravelStatistics(speed_kmh=18, detour=1.45)
    assert usual.is_usual
    assert not replace(usual, speed_kmh=45).is_usual
    assert not replace(usual, detour=2.2).is_usual
