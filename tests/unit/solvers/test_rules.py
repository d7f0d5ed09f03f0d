"""Each rule costs something: the best plan is proven, and without the rule there is a better one.

Van A drives 50 s to a site, sets up for 20 s, records one person in 10 s, packs up for 10 s and
drives back for 50 s. At a site with a hundred people that leaves 870 of 1,000 s for 87 people, and
as 100 s of driving are worth one, the best plan is worth 86. Rules of the break, of roads and of
the objective have files of their own.
"""

from dataclasses import replace

import pytest

from planner.model import Instance
from tests.builders.districts import SATURDAY, SUNDAY
from tests.builders.instances import VAN, ignore_draws, instance, proven_best, site

HUGE = site(1, expected=100)


def test_the_yardstick() -> None:
    """50 + 20 + 87 x 10 + 10 + 50 s: 87 people less one for driving."""
    assert proven_best(instance(HUGE)) == 86


@pytest.mark.parametrize("shift", [(1, 1000), (0, 999)])
def test_a_route_lies_within_its_shift(shift: tuple[int, int]) -> None:
    """A second less at either end leaves 869 s for 86 people; outside it there would be 87."""
    assert proven_best(instance(HUGE, vans=(replace(VAN, shifts={SATURDAY: shift}),))) == 85
    assert proven_best(instance(HUGE)) == 86


def test_a_van_has_one_route_a_day() -> None:
    """Five cards on board: 5 - 1. Back for five more there would be two routes of 180 s: 10 - 2."""
    van = replace(VAN, max_people=5)
    halves = (
        replace(van, id="before noon", shifts={SATURDAY: (0, 500)}),
        replace(van, id="after noon", shifts={SATURDAY: (500, 1000)}),
    )
    assert proven_best(instance(site(1), vans=(van,))) == 4
    assert proven_best(instance(site(1), vans=halves)) == 8


def test_a_route_visits_a_site_once() -> None:
    """Open until 200 for 12 people and from 500 to 700 for 17: 17 - 1. Twice would be 29 - 1."""
    hours = ((0, 200), (500, 700))
    once = site(1, expected=29, windows={SATURDAY: hours})
    twice = [
        replace(once, id=f"visit-{opening}", expected=people, windows={SATURDAY: (window,)})
        for window, people, opening in zip(hours, (12, 17), ("first", "second"), strict=True)
    ]
    assert proven_best(instance(once)) == 16
    assert proven_best(replace(instance(HUGE), sites=tuple(twice))) == 28


# A stop lies in one window of its date.


@pytest.mark.parametrize(
    ("window", "people"), [((50, 1000), 87), ((51, 1000), 86), ((0, 950), 87), ((0, 949), 86)]
)
def test_a_stop_lies_within_the_opening_hours(window: tuple[int, int], people: int) -> None:
    """The van could stand there from 50 to 950 s; a second of that closed costs a person."""
    assert proven_best(instance(replace(HUGE, windows={SATURDAY: (window,)}))) == people - 1


def test_set_up_waits_for_the_opening() -> None:
    """Open from 60: serves 80 to 940, 86 people. With set-up done before, 70 to 940, 87."""
    assert proven_best(_open(60, 1000)) == 85
    assert proven_best(_open(60 - 20, 1000)) == 86


def test_pack_up_ends_by_the_closing() -> None:
    """Open until 945: serves 70 to 935, 86 people. With pack-up after, 70 to 940, 87."""
    assert proven_best(_open(0, 945)) == 85
    assert proven_best(_open(0, 945 + 10)) == 86


def test_a_stop_lies_in_one_window() -> None:
    """Closed from 200 to 210: 12 people before, or 230 to 940, 71, after. Through it, 87."""
    assert proven_best(instance(replace(HUGE, windows={SATURDAY: ((0, 200), (210, 1000))}))) == 70
    assert proven_best(_open(0, 1000)) == 86


def test_windows_are_those_of_the_date() -> None:
    """The van comes on Saturday, the site is open on Sunday: nobody, where 87 would be."""
    assert proven_best(instance(replace(HUGE, windows={SUNDAY: ((0, 1000),)}))) == 0
    assert proven_best(_open(0, 1000)) == 86


def _open(opening_s: int, closing_s: int) -> Instance:
    return instance(replace(HUGE, windows={SATURDAY: ((opening_s, closing_s),)}))


# Set-up, service and pack-up take their time.


@pytest.mark.parametrize(
    ("ignored", "people"), [("setup_s", 89), ("packup_s", 88), ("seconds_per_person", 100)]
)
def test_every_phase_takes_its_time(ignored: str, people: int) -> None:
    """87 people; without 20 s of set-up two more, without pack-up one, without service all."""
    assert proven_best(instance(HUGE)) == 86
    assert proven_best(instance(site(1, **{"expected": 100, ignored: 0}))) == people - 1


def test_kits_record_side_by_side() -> None:
    """One kit 87 of a thousand people, two 174."""
    thousand = site(1, expected=1000)
    assert proven_best(instance(thousand)) == 86
    assert proven_best(instance(thousand, vans=(replace(VAN, kits=2),))) == 173


@pytest.mark.parametrize(("open_s", "people"), [(15, 2), (22, 2), (23, 3)])
def test_service_is_rounded_up_once_for_all_people(open_s: int, people: int) -> None:
    """Two kits, 15 s each: two people 15 s, three 22.5, so 23 s; not 2 x 15, nor 3 x 8."""
    hours = {SATURDAY: ((50, 50 + open_s),)}
    short = site(1, min_people=1, setup_s=0, packup_s=0, seconds_per_person=15, windows=hours)
    assert proven_best(instance(short, vans=(replace(VAN, kits=2),))) == people - 1


# People of a stop, and of a site.


@pytest.mark.parametrize(("open_s", "people"), [(80, 5), (79, 0)])
def test_a_stop_records_the_fewest_or_is_not_made(open_s: int, people: int) -> None:
    """30 s and 10 for each of at least five; where there is time for four, they would be 4 - 1."""
    given = site(1, windows={SATURDAY: ((50, 50 + open_s),)}, min_people=5)
    assert proven_best(instance(given)) == max(0, people - 1)
    assert proven_best(instance(replace(given, min_people=0))) == max(4, people) - 1


def test_all_that_come_are_enough() -> None:
    """Three are expected where a stop should have five: 3 - 1."""
    assert proven_best(instance(site(1, expected=3, min_people=5))) == 2


def test_no_more_are_recorded_than_are_expected() -> None:
    """There is time for 87 people; 86 are there."""
    assert proven_best(instance(replace(HUGE, expected=86))) == 85
    assert proven_best(instance(HUGE)) == 86


def test_what_is_expected_is_shared_by_all_routes() -> None:
    """Two vans and a hundred people: 100 - 2. If each van had its own hundred, 2 x 87 - 2."""
    vans = (VAN, replace(VAN, id="B", van_class="large"))
    shared = replace(HUGE, classes=("small", "large"))
    own = [replace(HUGE, id=name, classes=(name,)) for name in ("small", "large")]
    assert proven_best(instance(shared, vans=vans)) == 98
    assert proven_best(replace(instance(shared, vans=vans), sites=tuple(own))) == 172


def test_several_vans_serve_a_site_at_the_same_time() -> None:
    """Two vans are there from 50 to 950 s: 2 x 87 - 2, one after the other hardly more than 87."""
    crowd = site(1, expected=174)
    assert proven_best(instance(crowd, vans=(VAN, replace(VAN, id="B")))) == 172
    assert proven_best(instance(crowd)) == 86


# Classes and limits of a route.


def test_the_class_of_the_van_fits_the_site() -> None:
    """A small van has ten people at the small site; at the one for large vans it would have 87."""
    small = site(2)
    assert proven_best(instance(replace(HUGE, classes=("large",)), small)) == 9
    assert proven_best(instance(HUGE, small)) == 86


def test_a_route_has_no_more_people_than_cards() -> None:
    """86 cards for the 87 people there is time for; 87 are enough."""
    assert proven_best(instance(HUGE, vans=(replace(VAN, max_people=86),))) == 85
    assert proven_best(instance(HUGE, vans=(replace(VAN, max_people=87),))) == 86


def test_cards_count_over_all_stops_of_a_route() -> None:
    """15 cards at two sites of ten: 15 - 1.5; were they counted by the stop, 20 - 1.5."""
    two = (site(1), site(2))
    assert proven_best(instance(*two, vans=(replace(VAN, max_people=15),))) == 13.5
    assert proven_best(instance(*two)) == 18.5


def test_a_route_has_no_more_stops_than_allowed() -> None:
    """Three sites of ten, 130 s each, 50 s apart: two stops 20 - 1.5, three 30 - 2."""
    three = (site(1), site(2), site(3))
    assert proven_best(instance(*three, vans=(replace(VAN, max_stops=2),))) == 18.5
    assert proven_best(instance(*three, vans=(replace(VAN, max_stops=3),))) == 28


def test_nobody_is_recorded_at_two_sites() -> None:
    """Twenty come to either site, five more to the second: 25 there - 1, and not 45 - 1.5."""
    draws = {"rt-1": 20_000}
    given = instance(site(1, expected=0, draws=draws), site(2, expected=5, draws=draws))
    assert proven_best(given) == 24
    assert proven_best(ignore_draws(given)) == 43.5


def test_parts_of_people_add_up_to_whole_ones() -> None:
    """9.5 and 9.5 people of two groups are nineteen, and 9.499 and 9.5 eighteen: less 1."""
    for second, best in ((9_500, 18), (9_499, 17)):
        draws = {"rt-1": 9_500, "rt-2": second}
        assert proven_best(instance(site(1, expected=0, draws=draws))) == best


@pytest.mark.parametrize(("least_s", "best"), [(395, 18.5), (396, 9)])
def test_a_service_takes_its_shortest_time(least_s: int, best: float) -> None:
    """Two of 30 + 395 s and 150 s of driving fill the shift; a second more, and one is too many."""
    given = instance(*(site(number, min_service_s=least_s) for number in (1, 2)))
    assert proven_best(given) == best
