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


def restriction(
    kind: str,
    from_way: int = WEST,
    to_way: int = NORTH,
    via: int | None = None,
    via_ways: tuple[int, ...] = (),
    profiles: int = 3,
) -> TurnRestriction:
    """A restriction, of the left turn where nothing else is said."""
    return TurnRestriction(
        kind=kind,
        profiles=profiles,
        from_way=from_way,
        to_way=to_way,
        via_node=via,
        via_ways=via_ways,
    )


def banned(
    *, only: bool, from_way: int = WEST, to_way: int = NORTH, via: int | None = NODE
) -> list[tuple[int, ...]]:
    """Sequences of one restriction at the junction."""
    turn = restriction("only_left_turn" if only else "no_left_turn", from_way, to_way, via)
    found = banned_sequences([turn, turn], BY_WAY, LEAVING, {NODE: 0})
    return sorted(banned.links for banned in found)


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
    turn = restriction("no_left_turn", to_way=8, via_ways=(7,))
    by_way = {WEST: BY_WAY[WEST], 7: median, 8: [south]}
    (found,) = banned_sequences([turn], by_way, {}, {})
    assert found.links == (TOWARDS[WEST].number, 10, 12, 20)


@pytest.mark.parametrize("via_ways", [(7, 9), (9, 7)])
def test_via_ways_have_no_order(via_ways: tuple[int, int]) -> None:
    """West over 0 to 5, then 5 to 6, then south, in whatever order the two are listed."""
    by_way = {
        WEST: BY_WAY[WEST],
        7: [Link(number=10, tail=0, head=5)],
        9: [Link(number=12, tail=5, head=6)],
        8: [Link(number=20, tail=6, head=SOUTH)],
    }
    turn = restriction("no_left_turn", to_way=8, via_ways=via_ways)
    (found,) = banned_sequences([turn], by_way, {}, {})
    assert found.links == (TOWARDS[WEST].number, 10, 12, 20)


def test_a_sequence_is_meant_for_all_whom_some_restriction_means() -> None:
    """No left turn for small vans, no turn round for large ones: one sequence, a left turn."""
    turns = [
        restriction("no_left_turn", via=NODE, profiles=1),
        restriction("no_u_turn", via=NODE, profiles=2),
    ]
    (found,) = banned_sequences(turns, BY_WAY, LEAVING, {NODE: 0})
    assert (found.profiles, found.is_u_turn) == (3, False)
