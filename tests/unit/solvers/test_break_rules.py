"""Each rule of the break costs something: without it there is a better plan.

As in `tests.unit.solvers.test_rules` a van without a break records 87 people and its plan is worth
86: it leaves at 0, stands at the site from 50 to 950 s, and is back at 1,000.
"""

from dataclasses import replace

import pytest

from planner.model import NO_ROAD, Break, Instance, Van
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, instance, place_matrix, proven_best, site

HUGE = site(1, expected=100)


def rested(earliest_s: int, latest_s: int, length_s: int) -> tuple[Van]:
    """The van with a break."""
    rest = Break(earliest_s=earliest_s, latest_s=latest_s, length_s=length_s)
    return (replace(VAN, crew_break=rest),)


@pytest.mark.parametrize(("length_s", "people"), [(0, 87), (100, 77), (101, 76)])
def test_a_break_takes_its_length(length_s: int, people: int) -> None:
    """Of 870 s for service one of 100 s leaves 77 people, a second more 76, and none 87."""
    assert proven_best(instance(HUGE, vans=rested(400, 500, length_s))) == people - 1
    assert proven_best(instance(HUGE)) == 86


@pytest.mark.parametrize(("latest_s", "people"), [(600, 47), (599, 46)])
def test_whoever_is_back_by_the_latest_needs_no_break(latest_s: int, people: int) -> None:
    """Back at 600: 470 s, 47 people; out longer with a break of 500 s only 37, without one 87."""
    assert proven_best(instance(HUGE, vans=rested(400, latest_s, 500))) == people - 1
    assert proven_best(instance(HUGE)) == 86


@pytest.mark.parametrize(("earliest_s", "people"), [(200, 62), (201, 61)])
def test_a_break_does_not_start_before_the_earliest(earliest_s: int, people: int) -> None:
    """Waiting until 300, a rest of 100 s from 200 costs nothing: serves 320 to 940, 62 people.

    From 201 on it delays set-up.
    """
    late = replace(HUGE, windows={SATURDAY: ((300, 1000),)})
    assert proven_best(instance(late, vans=rested(earliest_s, 220, 100))) == people - 1
    assert proven_best(instance(late, vans=rested(0, 220, 100))) == 61


@pytest.mark.parametrize(("latest_s", "people"), [(350, 54), (349, 53)])
def test_a_break_does_not_start_after_the_latest(latest_s: int, people: int) -> None:
    """22 people until 300, a drive until 350, rest, then 32 from 600 on: 54 - 1.5.

    To rest at 349 the van must leave the first site a second earlier, with 21.
    """
    first = site(1, expected=22, windows={SATURDAY: ((0, 300),)})
    second = site(2, expected=40, windows={SATURDAY: ((600, 1000),)})
    assert proven_best(instance(first, second, vans=rested(100, latest_s, 100))) == people - 1.5
    assert proven_best(instance(first, second, vans=rested(100, 500, 100))) == 52.5


def test_a_break_is_not_taken_while_driving() -> None:
    """300 s there and back; the break starts from 100 to 150, so at the office: 17 people, 17 - 6.

    Could it be taken on the way, as it can at a lay-by where one person is recorded in no time, it
    would be over at 200 and the van there at 400: 27 people and that one, 28 - 6.
    """
    drive_s = place_matrix((0, 300, 100), (300, 0, NO_ROAD), (NO_ROAD, 200, 0))
    layby = site(2, expected=1, seconds_per_person=0, setup_s=0, packup_s=0)
    vans = rested(100, 150, 100)
    assert proven_best(replace(instance(HUGE, vans=vans), drive_s=drive_s)) == 11
    assert proven_best(replace(instance(HUGE, layby, vans=vans), drive_s=drive_s)) == 22


def test_a_break_in_a_stop_lies_in_its_window() -> None:
    """Open from 100 to 400, the break is from 300 to 500: leave at 250 to be home, 12 people.

    Open until 500, the van serves until 290, packs up and rests: 17.
    """
    assert proven_best(_open(100, 400, vans=rested(300, 300, 200))) == 11
    assert proven_best(_open(100, 499, vans=rested(300, 300, 200))) == 11
    assert proven_best(_open(100, 500, vans=rested(300, 300, 200))) == 16


@pytest.mark.parametrize("start_s", [60, 400, 845])
def test_set_up_service_and_pack_up_pause_for_the_break(start_s: int) -> None:
    """At 60 in set-up, at 400 in service, at 845 in pack-up: 100 s, ten people fewer than 87.

    A van that could not pause so would have fewer than 77: it would begin set-up after the rest,
    or have to be back before it.
    """
    assert proven_best(instance(HUGE, vans=rested(start_s, start_s, 100))) == 76
    assert proven_best(instance(HUGE)) == 86


def test_a_break_at_the_office_before_leaving_counts() -> None:
    """It starts at 0 and nowhere else; the site opens at 250: 67 people, as without a break."""
    assert proven_best(_open(250, 1000, vans=rested(0, 0, 100))) == 66
    assert proven_best(_open(250, 1000, vans=(VAN,))) == 66


def test_driving_on_after_a_break_at_the_office_takes_until_then() -> None:
    """From 0 to 300 at the office, at the site at 350: 570 s for 57 people, without a break 87."""
    assert proven_best(instance(HUGE, vans=rested(0, 0, 300))) == 56
    assert proven_best(instance(HUGE)) == 86


def _open(opening_s: int, closing_s: int, vans: tuple[Van, ...]) -> Instance:
    return instance(replace(HUGE, windows={SATURDAY: ((opening_s, closing_s),)}), vans=vans)
