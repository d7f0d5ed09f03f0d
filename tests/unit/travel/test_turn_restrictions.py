"""Turn restrictions become sequences of links."""

import pytest

from planner.travel.osm import TurnRestriction
from planner.travel.turn_restrictions import Link, banned_sequences

WEST, EAST, NORTH, SOUTH = 1, 2, 3, 4
"""Ways that meet at junction 0, each to a junction of its own number."""

TOWARDS = {way: Link(number=2 * way + 1, tail=way, head=0) for way in (WEST, EAST, NORTH, SOUTH)}
AWAY = {way: Link(number=2 * way, tail=0, head=way) for way in (WEST, EAST, NORTH, SOUTH)}
BY_WAY = {way: [AWAY[way], TOWARDS[way]] for way in AWAY}
LEAVING = {0: list(AWAY.values())}
NODE = 77


def banned(
    *, only: bool, from_way: int = WEST, to_way: int = NORTH, via: int | None = NODE
) -> list[tuple[int, ...]]:
    """Sequences of one restriction at the junction."""
    turn = TurnRestriction(only=only, from_way=from_way, to_way=to_way, via_node=via, via_ways=())
    return sorted(banned_sequences([turn, turn], BY_WAY, LEAVING, {NODE: 0}))


def test_a_no_turn_forbids_one_sequence() -> None:
    """From the west one may not turn north; said twice, forbidden once."""
    assert banned(only=False) == [(TOWARDS[WEST].number, AWAY[NORTH].number)]


def test_an_only_turn_forbids_all_others() -> None:
    """From the west one may only turn north: not east, south, or back."""
    others = sorted(AWAY[way].number for way in (WEST, EAST, SOUTH))
    assert banned(only=True) == [(TOWARDS[WEST].number, other) for other in others]


@pytest.mark.parametrize("changes", [{"from_way": 9}, {"to_way": 9}, {"via": 78}])
def test_a_restriction_on_what_is_not_there_forbids_nothing(changes: dict[str, int]) -> None:
    """A way or node outside the extract."""
    assert banned(only=False, **changes) == []


def test_a_restriction_over_a_way_forbids_the_whole_sequence() -> None:
    """West to south over a median of two links, 0 to 5 to 6; nothing shorter is forbidden."""
    median = [Link(number=10, tail=0, head=5), Link(number=12, tail=5, head=6)]
    south = Link(number=20, tail=6, head=SOUTH)
    turn = TurnRestriction(only=False, from_way=WEST, to_way=8, via_node=None, via_ways=(7,))
    by_way = {WEST: BY_WAY[WEST], 7: median, 8: [south]}
    found = list(banned_sequences([turn], by_way, {}, {}))
    assert found == [(TOWARDS[WEST].number, 10, 12, 20)]
