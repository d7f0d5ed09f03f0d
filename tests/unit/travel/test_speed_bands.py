"""Speeds by hour of the day, averaged over the shifts of a week."""

from pathlib import Path

import pytest

from planner.district import SpeedBand, Speeds
from planner.travel.factory import make_travel
from planner.travel.profile import SPEED_KMH
from planner.travel.speed_bands import average_speeds
from planner.units import HOUR_S
from tests.builders.town import corner

MONDAY, SATURDAY = 0, 5
MORNING = ((7 * HOUR_S, 9 * HOUR_S),)
RUSH = SpeedBand(hours={MONDAY: MORNING}, factor=2.0)


def hours(first_h: float, last_h: float) -> tuple[int, int]:
    return int(first_h * HOUR_S), int(last_h * HOUR_S)


@pytest.mark.parametrize(
    ("shifts", "factor"),
    [
        ([(SATURDAY, hours(7, 12))], 1.0),
        ([(MONDAY, hours(7, 9))], 2.0),
        ([(MONDAY, hours(7, 11))], 1.5),
        ([(MONDAY, hours(6, 10))], 1.5),
        ([(MONDAY, hours(9, 14))], 1.0),
        ([(MONDAY, hours(8, 9)), (SATURDAY, hours(8, 11))], 1.25),
        ([], 1.0),
    ],
)
def test_a_band_counts_for_the_share_of_the_shifts_in_it(
    shifts: list[tuple[int, tuple[int, int]]], factor: float
) -> None:
    """On Mondays from 7 to 9 drives take twice as long; all of it comes on top of 1.1."""
    found = average_speeds(Speeds(factor=1.1, bands=(RUSH,)), shifts)
    assert found.factor == pytest.approx(1.1 * factor)
    assert found.straight_kmh == pytest.approx(18 / factor)
    assert not found.by_highway_kmh
    assert found.bands == ()


def test_of_two_bands_that_overlap_the_first_holds() -> None:
    """From 7 to 9 twice, else from 6 to 12 three times as long: 2 h and 4 h."""
    wide = SpeedBand(hours={MONDAY: (hours(6, 12),)}, factor=3.0)
    found = average_speeds(Speeds(bands=(RUSH, wide)), [(MONDAY, hours(6, 12))])
    assert found.factor == pytest.approx((2 * 2 + 4 * 3) / 6)


def test_speeds_of_a_band_are_averaged_by_the_time_a_road_takes() -> None:
    """Half the time 10 km/h, half the time 30: a kilometre takes 4 minutes, at 15 km/h."""
    slow = SpeedBand(hours={MONDAY: MORNING}, by_highway_kmh={"primary": 10})
    given = Speeds(by_highway_kmh={"primary": 30, "residential": 12}, bands=(slow,))
    found = average_speeds(given, [(MONDAY, hours(7, 11))])
    assert found.factor == 1
    assert found.by_highway_kmh == pytest.approx({"primary": 15, "residential": 12})


def test_factor_and_speeds_of_a_band_work_together() -> None:
    """A residential road takes twice as long at half its speed for half the time: 2.5 times."""
    usual = SPEED_KMH["residential"]
    slow = SpeedBand(hours={MONDAY: MORNING}, factor=2, by_highway_kmh={"residential": usual / 2})
    found = average_speeds(Speeds(bands=(slow,)), [(MONDAY, hours(7, 11))])
    assert found.factor / found.by_highway_kmh["residential"] == pytest.approx(2.5 / usual)
    assert found.factor == 1.5


def test_drives_take_what_they_take_on_average(town: Path) -> None:
    """A to D, 300 m at 36 km/h in 30 s; half the time at 18 km/h and a factor of 1.5 in 90 s."""
    slow = SpeedBand(hours={MONDAY: MORNING}, factor=1.5, by_highway_kmh={"residential": 18})
    given = Speeds(by_highway_kmh={"residential": 36}, bands=(slow,))
    speeds = average_speeds(given, [(MONDAY, hours(7, 11))])
    found = make_travel([corner("A"), corner("D")], town, speeds)
    assert found.drive_s[0, 1] == 60
