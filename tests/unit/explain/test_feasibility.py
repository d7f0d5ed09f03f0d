"""Whether a van can stop at a site: each obstacle at its limit, and one second beyond."""

from dataclasses import replace

import numpy as np
import pytest

from planner.explain.feasibility import (
    Feasibility,
    Obstacle,
    SiteFeasibility,
    first_true,
    site_feasibility,
)
from planner.model import NO_ROAD, Break, Instance, Site, Van
from tests.builders.districts import SATURDAY, SUNDAY
from tests.builders.instances import VAN, instance, site

# 50 s there, 20 s set-up, 5 people of 10 s, 10 s pack-up, 50 s back.
ONE = site(1)
STOP_S, ROUND_S = 80, 180


def tried(given: Site = ONE, van: Van = VAN) -> SiteFeasibility:
    return site_feasibility(instance(given, vans=(van,)), given.id)


def shift(closing_s: int, **changes: object) -> Van:
    return replace(VAN, shifts={SATURDAY: (0, closing_s)}, **changes)  # type: ignore[arg-type]


def test_a_shift_that_is_just_long_enough_has_a_route() -> None:
    """Home at second 180, not at 179."""
    assert tried(van=shift(ROUND_S)).verdict is Feasibility.POSSIBLE
    found = tried(van=shift(ROUND_S - 1))
    assert found.verdict is Feasibility.IMPOSSIBLE
    assert found.nearest is not None
    assert (found.nearest.obstacle, found.nearest.shortfall) == (Obstacle.SHIFT, 1)


def test_a_window_that_is_just_long_enough_has_a_route() -> None:
    """Eighty seconds, not 79."""
    assert tried(replace(ONE, windows={SATURDAY: ((100, 180),)})).verdict is Feasibility.POSSIBLE
    found = tried(replace(ONE, windows={SATURDAY: ((100, 179),)}))
    assert found.nearest is not None
    assert (found.nearest.obstacle, found.nearest.shortfall) == (Obstacle.WINDOW, 1)


def test_a_break_may_leave_no_room() -> None:
    """It must begin by second 100 and lasts 60: 20 seconds are missing at 220."""
    rest = Break(earliest_s=0, latest_s=100, length_s=60)
    assert tried(van=shift(240, crew_break=rest)).verdict is Feasibility.POSSIBLE
    found = tried(van=shift(220, crew_break=rest))
    assert found.nearest is not None
    assert (found.nearest.obstacle, found.nearest.shortfall) == (Obstacle.BREAK, 20)


@pytest.mark.parametrize(
    ("given", "van", "obstacle", "shortfall"),
    [
        (replace(ONE, classes=("large",)), VAN, Obstacle.NO_VAN, 0),
        (replace(ONE, windows={SUNDAY: ((0, 1000),)}), VAN, Obstacle.NO_DATE, 0),
        (ONE, replace(VAN, max_stops=0), Obstacle.STOPS, 0),
        (ONE, replace(VAN, max_people=3), Obstacle.CARDS, 2),
    ],
)
def test_what_no_drive_could_change(
    given: Site, van: Van, obstacle: Obstacle, shortfall: int
) -> None:
    """Class, date, stops, cards."""
    found = tried(given, van)
    assert found.verdict is Feasibility.IMPOSSIBLE
    assert found.nearest is not None
    assert (found.nearest.obstacle, found.nearest.shortfall) == (obstacle, shortfall)


def roads(*legs: tuple[int, int, int], num_sites: int = 2) -> Instance:
    """Sites that take no time, with only these roads."""
    given = instance(
        *(site(n, seconds_per_person=0, setup_s=0, packup_s=0) for n in range(1, num_sites + 1))
    )
    drive_s = np.full((num_sites + 1, num_sites + 1), NO_ROAD)
    np.fill_diagonal(drive_s, 0)
    for origin, destination, seconds in legs:
        drive_s[origin, destination] = seconds
    return replace(given, drive_s=drive_s)


def test_a_way_over_another_stop_is_left_open() -> None:
    """No road leads to site 1 but over site 2; without that one it is impossible."""
    over = roads((0, 2, 10), (2, 1, 10), (1, 0, 10))
    assert site_feasibility(over, "site-1").verdict is Feasibility.OPEN
    (van,) = over.vans
    single = replace(over, vans=(replace(van, max_stops=1),))
    found = site_feasibility(single, "site-1")
    assert found.verdict is Feasibility.IMPOSSIBLE
    assert found.nearest is not None
    assert found.nearest.obstacle is Obstacle.ROAD
    assert (
        site_feasibility(roads((0, 2, 10), (2, 1, 10)), "site-1").verdict is Feasibility.IMPOSSIBLE
    )


def test_the_quickest_way_over_others_counts() -> None:
    """Straight 900 seconds, over the other 20; home by 1000 at the latest."""
    long = roads((0, 1, 900), (1, 0, 200), (0, 2, 10), (2, 1, 10), (2, 0, 10))
    assert site_feasibility(long, "site-1").verdict is Feasibility.OPEN
    longer = roads((0, 1, 900), (1, 0, 200), (0, 2, 500), (2, 1, 400), (2, 0, 10))
    assert site_feasibility(longer, "site-1").verdict is Feasibility.IMPOSSIBLE


def test_the_van_that_lacks_least_is_named() -> None:
    """A lacks 30 seconds, B ten, C does not fit."""
    vans = (
        shift(ROUND_S - 30),
        replace(shift(ROUND_S - 10), id="B"),
        replace(VAN, id="C", van_class="large"),
    )
    found = site_feasibility(instance(ONE, vans=vans), "site-1").nearest
    assert found is not None
    assert (found.van_id, found.shortfall) == ("B", 10)


def test_the_least_number_is_found() -> None:
    """Seven of ten; none where not even ten will do."""
    assert first_true(lambda n: n >= 7, 10) == 7
    assert first_true(lambda n: n >= 1, 10) == 1
    assert first_true(lambda n: n >= 11, 10) is None
    assert first_true(lambda n: True, 0) is None
