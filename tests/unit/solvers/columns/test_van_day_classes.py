"""Van-days that are alike."""

from dataclasses import replace

import pytest

from planner.model import Break
from planner.solvers.columns.van_day_classes import group_van_days
from tests.builders.districts import SATURDAY, SUNDAY
from tests.builders.instances import VAN, instance, site

OTHER = replace(VAN, id="B")


def test_vans_alike_form_one_class() -> None:
    """Two vans that differ in their id only."""
    (day_class,) = group_van_days(instance(site(1), vans=(VAN, OTHER)))
    assert (day_class.van_days, day_class.count) == ((0, 1), 2)


@pytest.mark.parametrize(
    "change",
    [
        {"kits": 2},
        {"max_people": 5},
        {"max_stops": 1},
        {"shifts": {SATURDAY: (0, 999)}},
        {"crew_break": Break(earliest_s=100, latest_s=200, length_s=10)},
    ],
)
def test_vans_that_differ_form_two_classes(change: dict[str, object]) -> None:
    """In kits, cards, stops, shift or break."""
    other = replace(OTHER, **change)  # type: ignore[arg-type]
    assert len(group_van_days(instance(site(1), vans=(VAN, other)))) == 2


def test_dates_on_which_the_same_sites_are_open_alike_form_one_class() -> None:
    """Saturday and Sunday have the same hours; not where one of them is closed earlier."""
    van = replace(VAN, shifts={SATURDAY: (0, 1000), SUNDAY: (0, 1000)})
    assert len(group_van_days(instance(site(1), vans=(van,)))) == 1
    early = site(1, windows={SATURDAY: ((0, 1000),), SUNDAY: ((0, 900),)})
    assert len(group_van_days(instance(early, vans=(van,)))) == 2


def test_times_count_from_the_opening_of_the_shift() -> None:
    """A window from 0 to 1000 in a shift from 100 to 600; a break from 90 for 20 s."""
    crew_break = Break(earliest_s=90, latest_s=200, length_s=20)
    van = replace(VAN, shifts={SATURDAY: (100, 600)}, crew_break=crew_break)
    (day_class,) = group_van_days(instance(site(1), vans=(van,)))
    assert (day_class.opening_s.tolist(), day_class.closing_s.tolist()) == ([0], [500])
    assert day_class.length_s == 500
    assert day_class.crew_break == (-10, 100, 20)


def test_a_break_that_is_over_before_the_shift_is_none() -> None:
    """From 50 to 100, when the shift begins."""
    crew_break = Break(earliest_s=50, latest_s=200, length_s=50)
    van = replace(VAN, shifts={SATURDAY: (100, 600)}, crew_break=crew_break)
    (day_class,) = group_van_days(instance(site(1), vans=(van,)))
    assert day_class.crew_break is None


def test_van_days_without_a_site_are_left_out() -> None:
    """A window one second too short for five people; a class the site does not admit."""
    short = site(1, windows={SATURDAY: ((0, 79),)})
    assert group_van_days(instance(short)) == ()
    assert group_van_days(instance(site(1, classes=("large",)))) == ()


def test_routes_have_no_more_stops_than_sites_or_the_limit() -> None:
    """Of ten sites three, with a limit; of two both."""
    (day_class,) = group_van_days(instance(site(1), vans=(replace(VAN, max_stops=3),)))
    assert (day_class.max_stops(10), day_class.max_stops(2)) == (3, 2)
