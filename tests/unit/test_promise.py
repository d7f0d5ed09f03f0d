"""What a published stop promises, and what keeps it."""

from dataclasses import replace
from typing import Any

import pytest

from planner.model import Interval
from planner.plan import Plan, Route, Stop
from planner.promise import Promise, derive_promise, kept_promises, list_promises, published_hours
from tests.builders.districts import SATURDAY, SUNDAY

STOP = Stop(
    site_id="P1",
    arrive_s=28000,
    setup_s=28000,
    serve_s=29800,
    packup_s=36100,
    depart_s=37300,
    people=20,
)


def plan(*stops: Stop, van: str = "A") -> Plan:
    route = Route(van_id=van, date=SATURDAY, leave_s=27000, return_s=40000, stops=stops)
    return Plan(routes=(route,))


def test_hours_are_promised_to_five_minutes_inwards() -> None:
    """Service from 08:16:40 to 10:01:40 is published as 08:20 to 10:00."""
    assert derive_promise(SATURDAY, STOP) == Promise(
        date=SATURDAY, site_id="P1", from_s=30000, until_s=36000
    )


@pytest.mark.parametrize(
    ("serves", "published"),
    [
        ((30010, 30250), (30010, 30250)),
        ((29999, 31800), (30000, 31800)),
        ((30001, 31800), (30001, 31800)),
        ((28860, 30660), (28860, 30660)),
    ],
    ids=["four minutes", "half an hour is left", "a second less is", "half an hour, not round"],
)
def test_rounding_publishes_no_hours_below_half_an_hour(
    serves: Interval, published: Interval
) -> None:
    """08.01 to 08.31 is published as it is, not as 25 minutes."""
    assert published_hours(*serves) == published


@pytest.mark.parametrize(
    ("until_s", "published"),
    [(32520, (28920, 32520)), (32700, (29100, 32700))],
    ids=["an hour", "three minutes more"],
)
def test_rounding_publishes_no_hours_below_the_least_stay(
    until_s: int, published: Interval
) -> None:
    """An hour at least, 08.02 to 09.02, stays as it is; to 09.05 it is told as from 08.05."""
    assert published_hours(28920, until_s, 3600) == published


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"serve_s": 30000}, True),
        ({"serve_s": 30001}, False),
        ({"packup_s": 36000}, True),
        ({"packup_s": 35999}, False),
        ({"people": 1}, True),
        ({"site_id": "P2"}, False),
    ],
)
def test_a_promise_is_kept_by_service_through_its_hours(
    changes: dict[str, Any], holds: bool
) -> None:
    """To the second; how many people come is not promised, and neither is the van."""
    promise = derive_promise(SATURDAY, STOP)
    kept = kept_promises(plan(replace(STOP, **changes), van="B"), [promise])
    assert kept == ((promise,) if holds else ())


def test_another_day_keeps_nothing() -> None:
    """The same hours on Sunday."""
    sunday = replace(derive_promise(SATURDAY, STOP), date=SUNDAY)
    assert kept_promises(plan(STOP), [sunday]) == ()


def test_two_crews_one_after_the_other_do_not_keep_a_promise() -> None:
    """The second would set up while people wait."""
    halves = replace(STOP, packup_s=33000), replace(STOP, serve_s=33000)
    assert kept_promises(plan(*halves), [derive_promise(SATURDAY, STOP)]) == ()


def test_only_what_is_published_is_promised() -> None:
    """A draft promises nothing."""
    other = replace(STOP, site_id="S1")
    assert list_promises(plan(STOP, other), {"P1"}) == (derive_promise(SATURDAY, STOP),)


def test_two_stops_at_a_place_are_two_promises() -> None:
    """With the same hours, too; the one stop that is left keeps one of them."""
    two = Plan(routes=(*plan(STOP).routes, *plan(STOP, van="B").routes))
    promises = list_promises(two, {"P1"})
    assert promises == (derive_promise(SATURDAY, STOP),) * 2
    assert kept_promises(two, promises) == promises
    assert kept_promises(plan(STOP), promises) == promises[:1]


def test_of_two_promises_a_stop_keeps_that_which_others_cannot() -> None:
    """One from 8:20 to 10:00, another from 8:20 to 9:10; a stop is long, another short."""
    short = replace(STOP, packup_s=33000, depart_s=34200)
    promises = [derive_promise(SATURDAY, short), derive_promise(SATURDAY, STOP)]
    both = Plan(routes=(*plan(STOP).routes, *plan(short, van="B").routes))
    assert len(kept_promises(both, promises)) == 2
    assert kept_promises(plan(short), promises) == (promises[0],)
