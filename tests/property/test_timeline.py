"""A stop and its break, against every second at which each phase and the break might begin."""

from collections.abc import Iterator
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model import Break, Site, Van
from planner.solvers.timeline import ANY_TIME_S, Label, StopTask, extend_labels, work_s

DAY = date(2026, 11, 28)
LAST_S = 10


@st.composite
def stop_tasks(draw: st.DrawFn) -> StopTask:
    """Set-up, service, pack-up and break of a few seconds; half of them with promised hours."""
    window = draw(st.integers(0, 4)), draw(st.integers(4, LAST_S))
    earliest_s = draw(st.integers(0, LAST_S))
    crew_break = Break(
        earliest_s=earliest_s,
        latest_s=draw(st.integers(earliest_s, LAST_S)),
        length_s=draw(st.integers(1, 3)),
    )
    site = Site(
        id="hall",
        place=0,
        expected=9,
        seconds_per_person=1,
        setup_s=draw(st.integers(0, 2)),
        packup_s=draw(st.integers(0, 2)),
        classes=("small",),
        windows={DAY: (window,)},
    )
    van = Van(
        id="A", van_class="small", kits=1, start="o", end="o", shifts={}, crew_break=crew_break
    )
    people = draw(st.integers(1, 3))
    if draw(st.booleans()):
        return StopTask.build(site, van, DAY, people)
    from_s = draw(st.integers(2, LAST_S))
    until_s = draw(st.integers(from_s, LAST_S))
    return StopTask.build(site, van, DAY, people, from_s=from_s, until_s=until_s)


def departures(task: StopTask, there_s: int, break_start_s: int | None) -> Iterator[int]:
    """Every second at which the van may leave, its break begun at a second or not taken there.

    Service does not begin in the midst of the break.
    """
    site, rest = task.site, task.crew_break
    for opening_s, closing_s in task.windows:
        seconds = range(max(there_s, opening_s), closing_s + 1)
        for setup_s, serve_s, packup_s, depart_s in product(seconds, repeat=4):
            worked = (
                setup_s <= serve_s <= packup_s <= depart_s
                and work_s(setup_s, serve_s, rest, break_start_s) == site.setup_s
                and work_s(serve_s, packup_s, rest, break_start_s) >= task.service_s
                and work_s(packup_s, depart_s, rest, break_start_s) == site.packup_s
            )
            rested = rest is None or break_start_s is None
            if rest is not None and break_start_s is not None:
                end_s = break_start_s + rest.length_s
                rested = end_s <= depart_s and not break_start_s < serve_s < end_s
            if worked and rested and serve_s <= task.from_s and task.until_s <= packup_s:
                yield depart_s


@settings(max_examples=300, deadline=None)
@given(stop_tasks(), st.integers(0, 6))
def test_no_stop_departs_earlier_than_its_labels(task: StopTask, there_s: int) -> None:
    """Neither before the break nor after it."""
    rest = task.crew_break
    assert rest is not None
    starts = range(max(there_s, rest.earliest_s), rest.latest_s + 1)
    unrested = min(departures(task, there_s, None), default=None)
    rested = min(
        (s for start_s in starts for s in departures(task, there_s, start_s)), default=None
    )
    labels = {
        label.break_start_s is not None: label
        for label in extend_labels([Label(0, there_s)], 0, task)
    }
    assert unrested == (labels[False].ready_s if False in labels else None)
    assert rested == (labels[True].ready_s if True in labels else None)


@settings(max_examples=300, deadline=None)
@given(stop_tasks(), st.integers(0, 6))
def test_times_of_a_stop_keep_every_rule(task: StopTask, there_s: int) -> None:
    """Work takes its time without the break, in the window and through the hours."""
    for label in extend_labels([Label(0, there_s)], 0, task):
        (stop,) = label.stops
        rest, start_s = task.crew_break, label.break_start_s
        assert work_s(stop.setup_s, stop.serve_s, rest, start_s) == task.site.setup_s
        assert work_s(stop.serve_s, stop.packup_s, rest, start_s) >= task.service_s
        assert work_s(stop.packup_s, stop.depart_s, rest, start_s) == task.site.packup_s
        opening_s, closing_s = task.windows[0]
        assert max(there_s, opening_s) <= stop.setup_s <= stop.depart_s <= closing_s
        assert task.until_s <= stop.packup_s
        assert stop.serve_s <= task.from_s or task.from_s == ANY_TIME_S
