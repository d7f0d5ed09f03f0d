"""Who is left, and what the next count of the register says of it."""

from datetime import date

import pytest

from planner.backlog import (
    Attributed,
    Counts,
    Group,
    Publication,
    Reconciled,
    SiteDemand,
    StruckOff,
    UnitCount,
    attribute_cards,
    balances,
    not_printed,
    reconcile,
)
from tests.unit.backlog.test_attribution import tally

FIRST, SATURDAY = date(2026, 11, 23), date(2026, 11, 28)
SUNDAY, MONDAY = date(2026, 11, 29), date(2026, 11, 30)
RT = "RT 1"


def count(day: date, unrecorded: int, unreachable: int = 0) -> Counts:
    return Counts(as_of=day, units={RT: UnitCount(unrecorded=unrecorded, unreachable=unreachable)})


def done(people: int, outcome: str = "recorded") -> Attributed:
    return Attributed(day=SATURDAY, unit=RT, people=people, outcome=outcome)


def test_left_is_what_was_counted_without_those_done() -> None:
    """Of 30, four unreachable: 10 recorded, 2 moved, 3 turned 17."""
    balance = balances(
        [count(FIRST, 30, 4)], [done(10), done(2, "moved")], [], SATURDAY, lambda *_: 3
    )[RT]
    assert (balance.left, balance.recorded, balance.struck_off) == (17, 10, 6)


def test_a_day_before_the_first_count_has_no_balance() -> None:
    """Nothing is known yet."""
    assert balances([count(SATURDAY, 30)], [], [], FIRST) == {}


def test_what_comes_later_is_not_known_before() -> None:
    """On the Friday before all are left."""
    friday = date(2026, 11, 27)
    assert balances([count(FIRST, 30)], [done(10)], [], friday)[RT].left == 30


def test_more_than_were_counted_are_uncounted() -> None:
    """Five in the register, seven recorded: none is left, and two came beside."""
    balance = balances([count(FIRST, 5)], [done(7)], [], SATURDAY)[RT]
    assert (balance.left, balance.uncounted, balance.recorded) == (0, 2, 7)


def test_people_struck_off_in_the_office_count_too() -> None:
    """A kelurahan sent a list."""
    struck = StruckOff(day=SATURDAY, unit=RT, people=4, reason="meninggal")
    assert balances([count(FIRST, 30)], [], [struck], SATURDAY)[RT].left == 26


@pytest.mark.parametrize(
    ("register", "struck_off", "stuck", "grown", "by_others", "left"),
    [
        (18, 0, 0, 0, 0, 18),
        (20, 2, 0, 0, 0, 18),
        (25, 2, 5, 0, 0, 18),
        (33, 2, 10, 3, 0, 21),
        (15, 0, 0, 0, 3, 15),
    ],
    ids=["all arrived", "not cleaned yet", "five are stuck", "three more", "others did three"],
)
def test_the_next_count_is_held_against_what_is_left(
    register: int, struck_off: int, stuck: int, grown: int, by_others: int, left: int
) -> None:
    """Thirty counted, ten recorded and two struck off: eighteen are left."""
    counts, attributed = [count(FIRST, 30), count(MONDAY, register)], [done(10), done(2, "moved")]
    assert reconcile(counts, attributed, [], MONDAY) == (
        Reconciled(
            unit=RT,
            as_of=MONDAY,
            expected=18,
            unrecorded=register,
            struck_off=struck_off,
            stuck=stuck,
            grown=grown,
            by_others=by_others,
        ),
    )
    assert balances(counts, attributed, [], MONDAY)[RT].left == left


def test_the_tables_own_unreachable_may_be_those_struck_off() -> None:
    """Two were struck off here, and the new table has three: three, not five."""
    counts = [count(FIRST, 30), count(MONDAY, 20, 3)]
    balance = balances(counts, [done(10), done(2, "moved")], [], MONDAY)[RT]
    assert (balance.struck_off, balance.left) == (3, 17)


def test_recorded_and_not_printed_is_a_queue_of_its_own() -> None:
    """Those below 17 get no card yet; cards for other districts take nobody off it."""
    tallies = [
        tally("P", recorded_16=5, recorded_17=20, printed=12, printed_others=4),
        tally("P+cetak", printed=3),
    ]
    group = Group(homes={"RT 1": 40})
    sites = {"P": SiteDemand(own=0, draws={"g": 9_000})}
    sites["P+cetak"] = SiteDemand(own=0, draws={"g+cetak": 9_000})
    published = Publication(
        week="2026-W48", version=1, stops=(), sites=sites, groups={"g": group, "g+cetak": group}
    )
    cards = attribute_cards([published], tallies)
    assert not_printed([], cards, SATURDAY) == {"RT 1": 5}
    assert not_printed([], cards, FIRST) == {}


def test_a_count_of_those_who_wait_takes_the_place_of_what_was_known() -> None:
    """Four were told of on Sunday; a later import that says nothing of cards changes nothing."""
    cards = attribute_cards([], [tally("P", recorded_17=20)])
    told = Counts(as_of=SUNDAY, units={"P": UnitCount(unrecorded=9, not_printed=4)})
    silent = Counts(as_of=MONDAY, units={"P": UnitCount(unrecorded=8)})
    assert not_printed([told, silent], cards, MONDAY) == {"P": 4}
    assert not_printed([told, silent], cards, SATURDAY) == {"P": 20}
