"""Which stop of one plan is which of another."""

from datetime import date, timedelta
from random import Random

from planner.difference import ChangeKind, StopChange, compare_stops
from planner.plan import Plan, Route, Stop
from tests.builders.districts import SATURDAY, SUNDAY


def stop(site_id: str, serve_s: int = 30000, packup_s: int = 36000) -> Stop:
    return Stop(
        site_id=site_id,
        arrive_s=serve_s - 1800,
        setup_s=serve_s - 1800,
        serve_s=serve_s,
        packup_s=packup_s,
        depart_s=packup_s + 1200,
        people=10,
    )


def plan(*stops: tuple[str, date, Stop]) -> Plan:
    return Plan(
        routes=tuple(
            Route(van_id=van, date=day, leave_s=27000, return_s=45000, stops=(each,))
            for van, day, each in stops
        )
    )


def kinds(before: Plan, after: Plan) -> list[tuple[str, ChangeKind]]:
    return [(change.site_id, change.kind) for change in compare_stops(before, after)]


def only(before: Plan, after: Plan) -> StopChange:
    (found,) = compare_stops(before, after)
    return found


def test_nothing_changed() -> None:
    """Every stop is kept, and nobody need be told."""
    same = plan(("A", SATURDAY, stop("P1")))
    assert kinds(same, same) == [("P1", ChangeKind.KEPT)]
    assert only(same, same).crews == ()
    assert not only(same, same).concerns_host


def test_another_van_keeps_the_hours_and_is_told() -> None:
    """To both crews, and to the host, who opens the gate for it."""
    found = only(plan(("A", SATURDAY, stop("P1"))), plan(("B", SATURDAY, stop("P1"))))
    assert (found.kind, found.other_van, found.concerns_host) == (ChangeKind.KEPT, True, True)
    assert found.crews == ("A", "B")


def test_hours_published_to_the_minute_move_by_a_minute() -> None:
    """An hour from 08.02 on, now from 08.03 on: told where no less than an hour is published."""
    before, after = (
        plan(("A", SATURDAY, stop("P1", from_s, from_s + 3600))) for from_s in (28920, 28980)
    )
    kept, moved = (compare_stops(before, after, least_s)[0].kind for least_s in (1800, 3600))
    assert (kept, moved) == (ChangeKind.KEPT, ChangeKind.MOVED)


def test_other_hours_are_other_hours_both_ways_round() -> None:
    """From 08:20 to 10:00 before, from 08:20 to 10:30 now: the host's hall is open for longer."""
    before, after = (
        plan(("A", SATURDAY, stop("P1"))),
        plan(("A", SATURDAY, stop("P1", packup_s=37800))),
    )
    assert kinds(before, after) == kinds(after, before) == [("P1", ChangeKind.MOVED)]


def test_a_stop_on_another_day_is_moved() -> None:
    """Saturday's stop is made on Sunday."""
    before, after = plan(("A", SATURDAY, stop("P1"))), plan(("A", SUNDAY, stop("P1")))
    found = only(before, after)
    assert (found.kind, found.concerns_host, found.van_stop.date) == (
        ChangeKind.MOVED,
        True,
        SUNDAY,
    )


def test_gone_and_new() -> None:
    """Another place is visited instead."""
    before, after = plan(("A", SATURDAY, stop("P1"))), plan(("A", SATURDAY, stop("P2")))
    assert kinds(before, after) == [("P1", ChangeKind.CANCELLED), ("P2", ChangeKind.NEW)]


def test_of_two_stops_at_a_place_the_one_that_still_stands_is_kept() -> None:
    """Vans A and B were to come one after the other; B's hours remain."""
    late = stop("P1", 37000, 40000)
    before = plan(("A", SATURDAY, stop("P1")), ("B", SATURDAY, late))
    after = plan(("B", SATURDAY, late))
    assert kinds(before, after) == [("P1", ChangeKind.CANCELLED), ("P1", ChangeKind.KEPT)]


def test_one_stop_is_one_promise() -> None:
    """A stays through its own hours and through those of B, who does not come."""
    before = plan(("A", SATURDAY, stop("P1")), ("B", SATURDAY, stop("P1", 33000, 39000)))
    after = plan(("A", SATURDAY, stop("P1", 30000, 39000)))
    assert kinds(before, after) == [("P1", ChangeKind.MOVED), ("P1", ChangeKind.CANCELLED)]


def test_weeks_are_compared_by_weekday() -> None:
    """The same Saturday morning a week later is kept; Sunday instead is a move."""
    week = timedelta(days=7)
    before = plan(("A", SATURDAY, stop("P1")), ("A", SUNDAY, stop("P2")))
    after = plan(("A", SATURDAY + week, stop("P1")), ("A", SATURDAY + week, stop("P2")))
    assert kinds(before, after) == [("P1", ChangeKind.KEPT), ("P2", ChangeKind.MOVED)]


def test_hours_that_stand_are_paired_before_those_of_the_same_van() -> None:
    """C and D at one place; D's hours are C's now, and C is not there any more: D's are gone."""
    before = plan(("C", SATURDAY, stop("P1")), ("D", SATURDAY, stop("P1", 33000, 39000)))
    after = plan(("D", SATURDAY, stop("P1")))
    (kept, gone) = compare_stops(before, after)
    assert (kept.kind, kept.crews) == (ChangeKind.KEPT, ("C", "D"))
    assert (gone.kind, gone.before and gone.before.van_id) == (ChangeKind.CANCELLED, "D")


def test_the_other_way_round_is_the_mirror_image() -> None:
    """300 random pairs of plans with up to four stops at each of two places."""
    mirrored = {ChangeKind.NEW: ChangeKind.CANCELLED, ChangeKind.CANCELLED: ChangeKind.NEW}
    for seed in range(300):
        rng = Random(seed)
        before, after = (random_plan(rng) for _ in range(2))
        there, back = compare_stops(before, after), compare_stops(after, before)
        turned = [(mirrored.get(c.kind, c.kind), c.after, c.before) for c in back]
        assert sorted(map(repr, turned)) == sorted(
            repr((c.kind, c.before, c.after)) for c in there
        ), seed
        befores = [c.before for c in there if c.before]
        assert len(befores) == sum(1 for _ in before.stops()), seed


def random_plan(rng: Random) -> Plan:
    return plan(
        *(
            (
                rng.choice("ABC"),
                rng.choice((SATURDAY, SUNDAY)),
                stop(rng.choice(("P1", "P2")), from_s, from_s + rng.randrange(900, 9000, 77)),
            )
            for from_s in rng.sample(range(29000, 40000, 111), rng.randint(0, 4))
        )
    )
