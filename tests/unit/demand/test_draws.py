"""Who would come where, and who is one group."""

from dataclasses import replace

import numpy as np
import pytest

from planner.demand import Demand, find_demand
from planner.district import Decay, District, Neighbourhood
from planner.geo import Walks
from planner.venues import OFFICE, POINT, SCHOOL
from tests.builders.districts import KELURAHAN, district, venue

RW = f"{KELURAHAN} RW 001"
P1, P2 = venue("P1", POINT, -7.0), venue("P2", POINT, -7.0)
S1 = venue("S1", SCHOOL, -7.0, backlog=50, counted_in_rt=20)
O1 = venue("O1", OFFICE, -7.0, backlog=13)


def homes(*unrecorded: int, rw: str = "001") -> tuple[Neighbourhood, ...]:
    """RT of one RW, at their distance from the school in their order."""
    first = district().neighbourhoods[0]
    return tuple(
        replace(first, rw=rw, rt=f"{rt:03}", lat=-7.0 - rt / 1000, unrecorded=people)
        for rt, people in enumerate(unrecorded, 1)
    )


def find(given: District, *walks: tuple[int, int, float]) -> Demand:
    """The demand where neighbourhoods walk so many metres to points."""
    home, point, walk_m = zip(*walks, strict=True) if walks else ((), (), ())
    found = Walks.of(np.array(home, int), np.array(point, int), np.array(walk_m, float))
    return find_demand(given, given.venues, found)


def draws(demand: Demand) -> dict[str, dict[str, int]]:
    return {group.id: dict(group.draws) for group in demand.groups}


def with_odds(**changes: object) -> District:
    given = district(**changes)
    return replace(given, rates=replace(given.rates, decay=Decay.ODDS))


def test_a_draw_is_backlog_times_turnout_times_decay_in_thousandths() -> None:
    """Odds 1 at the door, 0.84 at 100 m: 10 people draw 5 and 4.565."""
    given = with_odds(neighbourhoods=homes(10), venues=(P1, P2))
    demand = find(given, (0, 0, 0.0), (0, 1, 100.0))
    assert draws(demand) == {f"{RW} RT 001": {"P1": 5000, "P2": 4565}}
    assert demand.draws == {"P1": {f"{RW} RT 001": 5000}, "P2": {f"{RW} RT 001": 4565}}


def test_neighbourhoods_with_the_same_places_in_the_same_order_are_one_group() -> None:
    """RT 001, 002 and 004 prefer P1, RT 003 prefers P2; distances may differ."""
    given = with_odds(neighbourhoods=homes(10, 10, 10, 10), venues=(P1, P2))
    near, far = 100.0, 200.0
    demand = find(
        given,
        *((0, 0, near), (0, 1, far)),
        *((1, 0, near), (1, 1, far + 50)),
        *((2, 0, far), (2, 1, near)),
        *((3, 0, 0.0), (3, 1, far)),
    )
    found = draws(demand)
    assert [*found] == [f"{RW} RT 001-002, 004", f"{RW} RT 003"]
    assert found[f"{RW} RT 001-002, 004"]["P1"] == round(1000 * (2 * 10 * 0.84 / 1.84 + 5))


def test_other_places_or_another_rw_are_another_group() -> None:
    """One reaches P1 alone; one is of RW 002; one is a whole RW without RT."""
    others = (*homes(10, rw="002"), replace(homes(10)[0], rw="003", rt=None))
    given = district(neighbourhoods=(*homes(10, 10), *others), venues=(P1, P2))
    walks = ((0, 0, 1.0), (0, 1, 2.0), (1, 0, 1.0), (2, 0, 1.0), (2, 1, 2.0), (3, 0, 1.0))
    assert [*draws(find(given, *walks))] == [
        f"{RW} RT 001",
        f"{RW} RT 002",
        f"{KELURAHAN} RW 002 RT 001",
        f"{KELURAHAN} RW 003",
    ]


def test_parts_of_people_are_kept_until_the_group_is_whole() -> None:
    """Three RT with one person each, a third of whom comes: 1.0 and not 3 x 0.333."""
    third = replace(P1, turnout=1 / 3)
    given = district(neighbourhoods=homes(1, 1, 1), venues=(third,))
    found = draws(find(given, *((index, 0, 9.0) for index in range(3))))
    assert found == {f"{RW} RT 001-003": {"P1": 1000}}


def test_pupils_counted_twice_are_one_group_with_two_ways_in() -> None:
    """20 of the 25 in the RT: 0.8 of them at school or 0.5 at the point; the other 5 at the point.

    The 30 pupils who stand in no row of an RT come to the school or to none.
    """
    given = district(neighbourhoods=homes(25), venues=(P1, S1))
    demand = find(given, (0, 0, 9.0))
    assert draws(demand) == {
        f"{RW} RT 001 (S1)": {"S1": 16000, "P1": 10000},
        f"{RW} RT 001": {"P1": 2500},
    }
    assert demand.own == {"P1": 0, "S1": 24}
    assert demand.backlog == 25 + 30


def test_pupils_of_a_school_that_cannot_be_visited_are_at_home() -> None:
    """All 25 of the RT come to the point; each is counted once."""
    given = district(neighbourhoods=homes(25), venues=(P1, S1))
    walks = Walks.of(np.array([0]), np.array([0]), np.array([9.0]))
    demand = find_demand(given, (P1,), walks)
    assert draws(demand) == {f"{RW} RT 001": {"P1": 12500}}
    assert demand.backlog == 25 + 30


def test_who_has_no_place_in_reach_is_uncovered() -> None:
    """5 of the RT beside the school, whose pupils it has; all 10 of the next one."""
    given = district(neighbourhoods=homes(25, 10), venues=(P1, S1))
    demand = find(given)
    assert demand.uncovered == {0: 5, 1: 10}
    assert draws(demand) == {f"{RW} RT 001 (S1)": {"S1": 16000}}


def test_people_of_a_place_come_there_or_nowhere() -> None:
    """0.7 of 13 staff, whole."""
    assert find(district(neighbourhoods=(), venues=(O1,))).own == {"O1": 9}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_numbers_in_a_row_are_named_by_their_ends(count: int) -> None:
    """001, 001-002, 001-003."""
    given = district(neighbourhoods=homes(*[9] * count), venues=(P1,))
    (group,) = find(given, *((index, 0, 9.0) for index in range(count))).groups
    assert group.id == RW + (" RT 001" if count == 1 else f" RT 001-00{count}")
