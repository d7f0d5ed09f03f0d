"""Sites that share people record together no more than there are."""

from collections.abc import Iterator
from random import Random

import numpy as np
import pytest

from planner.arrays import Int64s
from planner.catchments import Catchments
from tests.builders.catchments import capacity, catchments, random_catchments, sets_of

NEAR_AND_FAR = catchments({"rt-1": 6, "rt-2": 2.5}, {"rt-1": 4, "rt-3": 1.25}, expected=(1, 0))
"""Six of RT 1 come to the near hall and four of these to the far one as well."""


def people(*amounts: float) -> Int64s:
    return np.array(amounts)


def test_sites_together_draw_the_most_of_each_group() -> None:
    """1 + 6 + 2.5 come to the near hall, 4 + 1.25 to the far one, 1 + 6 + 2.5 + 1.25 to both."""
    assert [NEAR_AND_FAR.capacity(sites) for sites in ((0,), (1,), (0, 1))] == [9, 5, 10]


def test_nobody_is_counted_twice() -> None:
    """Nine and one are ten persons; of nine and five four would be counted twice."""
    assert NEAR_AND_FAR.broken_set(people(9, 1)) is None
    broken = NEAR_AND_FAR.broken_set(people(9, 5))
    assert broken is not None
    assert (broken.sites, broken.capacity, broken.excess) == ((0, 1), 10, 4)


def test_the_willing_come_to_the_near_place_too() -> None:
    """Of six people four come far; the far place takes these, and two are left for the near one."""
    given = catchments({"rt-1": 6}, {"rt-1": 4})
    assert given.broken_set(people(2, 4)) is None
    assert given.broken_set(people(3, 4)) is not None
    assert given.broken_set(people(0, 5)) is not None


def test_a_set_is_named_without_the_sites_that_do_not_matter() -> None:
    """Two halls share ten people; a third, which shares some with them, has enough of its own."""
    given = catchments({"a": 10}, {"a": 10, "b": 1}, {"b": 9}, expected=(0, 0, 5))
    broken = given.broken_set(people(6, 6, 14))
    assert broken is not None
    assert (broken.sites, broken.excess) == ((0, 1), 1)


def test_sets_that_share_nobody_are_named_one_by_one() -> None:
    """Sites 0 and 1 are two too many, site 2 alone is one; the smallest comes first."""
    given = catchments({"a": 3}, {"a": 3}, {"b": 1}, {"b": 1})
    broken = given.broken_sets(people(3, 2, 2, 0))
    assert [(found.sites, found.excess) for found in broken] == [((2,), 1), ((0, 1), 2)]


def test_parts_of_people_count() -> None:
    """Half a person beyond the four who come is too much; a ten-thousandth is rounding."""
    given = catchments({"a": 4.25}, {"a": 4.25})
    broken = given.broken_set(people(2.5, 2.0))
    assert broken is not None
    assert (broken.capacity, broken.excess) == (4, 0.5)
    assert given.broken_set(people(2.25, 1.9999)) is None


def test_headroom_is_what_a_site_may_still_record() -> None:
    """Beside nine at the near hall one at the far one; beside five there five at the near one."""
    assert NEAR_AND_FAR.headroom(people(9, 0), 1) == 1
    assert NEAR_AND_FAR.headroom(people(0, 5), 0) == 5
    assert NEAR_AND_FAR.headrooms(people(0, 5)).tolist() == [5, 0]


def test_those_recorded_already_take_their_share() -> None:
    """Five are recorded at the far hall: as much is left for others as beside a stop there."""
    given = Catchments(expected=NEAR_AND_FAR.expected, draws=NEAR_AND_FAR.draws, recorded=(0, 5))
    assert given.headrooms(people(0, 0)).tolist() == [5, 0]
    assert given.broken_set(people(6, 0)) is not None


def test_sites_without_draws_share_nobody() -> None:
    """As in planner-instance/1; a group that comes to one site only is that site's own."""
    given = catchments({"a": 2.5}, {}, expected=(1, 4))
    assert not given.are_shared
    assert given.headrooms(people(2, 1)).tolist() == [1, 3]


def test_more_people_than_an_int32_has_thousandths() -> None:
    """Three million people in each of two places: six million thousandths are counted right."""
    given = catchments({"a": 3e6}, {"a": 3e6}, {"b": 3e6}, {"b": 3e6})
    assert given.broken_set(people(1.5e6, 1.5e6, 1.5e6, 1.5e6)) is None
    broken = given.broken_set(people(1.5e6, 1.5e6, 1.5e6, 1.5e6 + 1))
    assert broken is not None
    assert (broken.sites, broken.excess) == ((2, 3), 1)


def random_cases(number: int) -> Iterator[tuple[Catchments, Int64s]]:
    rng = Random(number)
    for _ in range(number):
        given = random_catchments(rng)
        most = [max(0, capacity(given, (site,))) for site in range(len(given.expected))]
        yield given, people(*(rng.randint(0, alone) for alone in most))


@pytest.mark.parametrize("number", [200, pytest.param(10_000, marks=pytest.mark.gate)])
def test_the_flow_finds_a_set_broken_if_and_only_if_one_is(number: int) -> None:
    """All sets are tried, on random sites with own people, parts of people and those recorded."""
    num_broken = 0
    for given, amounts in random_cases(number):
        sets = sets_of(len(amounts))
        excess = {sites: amounts[list(sites)].sum() - capacity(given, sites) for sites in sets}
        found = given.broken_sets(amounts)
        assert bool(found) == any(over > 0 for over in excess.values())
        assert all(0 < one.excess == excess[one.sites] for one in found)
        assert all(one.capacity == capacity(given, one.sites) for one in found)
        num_broken += bool(found)
        if not found:
            slack = [min(-excess[s] for s in sets if site in s) for site in range(len(amounts))]
            assert given.headrooms(amounts).tolist() == slack
    assert number / 10 < num_broken < number
