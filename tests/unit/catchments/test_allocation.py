"""Who is recorded: shares of groups are as even as they can be, and whole people add up."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations
from random import Random

import numpy as np
import pytest

from planner.catchments import PERSON, Catchments
from planner.catchments.allocation import most_even, round_by_largest_remainder
from tests.builders.catchments import catchments, random_catchments

Draws = Mapping[int, Mapping[int, int]]


def shares(people: Mapping[int, int], draws: Draws) -> dict[int, Fraction]:
    """Of each group, the share of its largest draw that is taken."""
    sizes = sizes_of(draws)
    taken: Counter[int] = Counter()
    for amounts in most_even(people, draws, sizes).values():
        taken.update(amounts)
    return {group: Fraction(taken[group], 1) / size for group, size in sizes.items()}


def sizes_of(draws: Draws) -> dict[int, int]:
    groups = {group for site in draws.values() for group in site}
    return {group: max(site.get(group, 0) for site in draws.values()) for group in groups}


def test_two_groups_give_the_same_share() -> None:
    """Nine of the eighteen who would come: half of each."""
    assert shares({0: 9}, {0: {1: 12, 2: 6}}) == {1: Fraction(1, 2), 2: Fraction(1, 2)}


def test_who_can_go_elsewhere_leaves_room_for_those_who_cannot() -> None:
    """Site 1 needs four of the ten of group 2; group 1 gives more at site 0 to even that out."""
    found = shares({0: 6, 1: 4}, {0: {1: 10, 2: 10}, 1: {2: 10}})
    assert found == {1: Fraction(1, 2), 2: Fraction(1, 2)}


def test_shares_that_must_be_greater_are_greater() -> None:
    """Site 1 needs nine of the ten of group 2, so that site 0 takes all of its six of group 1."""
    found = shares({0: 6, 1: 9}, {0: {1: 10, 2: 10}, 1: {2: 10}})
    assert found == {1: Fraction(6, 10), 2: Fraction(9, 10)}


def test_no_more_come_far_than_would() -> None:
    """Two of ten come as far as site 1, so that eight of its ten are of group 2."""
    found = shares({1: 10}, {0: {1: 10}, 1: {1: 2, 2: 40}})
    assert found == {1: Fraction(2, 10), 2: Fraction(8, 40)}


def test_people_who_would_be_recorded_twice_are_refused() -> None:
    """Ten come to both sites, and eleven would be recorded; or nobody comes to a site at all."""
    with pytest.raises(ValueError, match="recorded twice"):
        shares({0: 6, 1: 5}, {0: {1: 10}, 1: {1: 10}})
    with pytest.raises(ValueError, match="recorded twice"):
        most_even({0: 1}, {0: {}}, {})


def test_remainders_are_rounded_up_from_the_largest() -> None:
    """1.5, 2.25 and 1.25 people are five; of equal remainders that of the lower name goes up."""
    amounts = {"a": Fraction(3, 2), "b": Fraction(9, 4), "c": Fraction(5, 4)}
    assert round_by_largest_remainder(amounts) == {"a": 2, "b": 2, "c": 1}
    even = {"b": Fraction(3, 2), "a": Fraction(1, 2), "c": Fraction(1)}
    assert round_by_largest_remainder(even) == {"a": 1, "b": 1, "c": 1}


def test_whole_people_are_those_of_the_plan() -> None:
    """Ten at two halls: half of each group and of the near hall's own; 2.5 is rounded by name."""
    given = catchments({"rt-2": 5, "rt-1": 5}, {"rt-1": 4}, expected=(10, 0))
    found = given.allocate(np.array([8, 2]))
    assert dict(found.groups) == {"rt-1": 3, "rt-2": 2}
    assert found.own == (5, 0)
    assert [sum(site.values()) for site in found.at_sites] == [3, 2]


def by_all_sets(people: Mapping[int, int], draws: Draws) -> dict[int, Fraction]:
    """The same shares by their definition: the greatest that any groups must give, then the next.

    Groups X must give at least what sites cannot get of the others.
    """
    sizes = sizes_of(draws)

    def need(groups: frozenset[int]) -> int:
        others = {
            sites: sum(people[site] for site in sites)
            - sum(
                max((draws[site].get(group, 0) for site in sites), default=0)
                for group in sizes
                if group not in groups
            )
            for sites in subsets(people)
        }
        return max(others.values())

    found: dict[int, Fraction] = {}
    settled: frozenset[int] = frozenset()
    while len(settled) < len(sizes):
        further = {
            groups: Fraction(
                need(settled | groups) - need(settled), sum(sizes[group] for group in groups)
            )
            for groups in map(frozenset, subsets([g for g in sizes if g not in settled]))
            if groups
        }
        share = max(further.values())
        largest = max((groups for groups in further if further[groups] == share), key=len)
        found |= dict.fromkeys(largest, share)
        settled |= largest
    return found


def subsets(items: Mapping[int, int] | list[int]) -> list[tuple[int, ...]]:
    return list(chain.from_iterable(combinations(items, size) for size in range(len(items) + 1)))


@pytest.mark.parametrize("number", [60, pytest.param(2000, marks=pytest.mark.gate)])
def test_shares_are_those_that_all_sets_give(number: int) -> None:
    """On random sites whose people can all be different persons."""
    rng, tried = Random(number), 0
    while tried < number:
        given = random_catchments(rng, max_sites=4)
        given = replace(given, recorded=[0] * len(given.draws))
        whole = np.array([rng.randint(0, 3) for _ in given.draws])
        if given.broken_set(whole):
            continue
        draws = {site: _numbered(given, site) for site in range(len(whole))}
        people = {site: PERSON * int(amount) for site, amount in enumerate(whole) if amount}
        amounts = most_even(people, draws, sizes_of(draws))
        assert {site: sum(by_group.values()) for site, by_group in amounts.items()} == people
        assert shares(people, draws) == by_all_sets(people, draws)
        allocation = given.allocate(whole)
        assert sum(allocation.groups.values()) + sum(allocation.own) == whole.sum()
        tried += 1


def _numbered(given: Catchments, site: int) -> dict[int, int]:
    """Draws by number of the group; a site's own people are one more."""
    draws = {int(group.removeprefix("rt-")): draw for group, draw in given.draws[site].items()}
    expected = given.expected[site]
    return draws | ({10 + site: PERSON * expected} if expected else {})
