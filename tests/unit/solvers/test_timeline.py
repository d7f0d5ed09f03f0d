"""Times of one stop with and without the break: a hall open from 1,000 to 1,300 s."""

from dataclasses import replace
from datetime import date

import pytest

from planner.model import NO_ROAD, Break, Site, Van
from planner.plan import Route, Stop
from planner.solvers.timeline import (
    Label,
    Phases,
    StopTask,
    best_return,
    busy_from_s,
    depart_late,
    depot_labels,
    extend_labels,
    is_break_within,
    list_phases,
    window_end_s,
    work_s,
)

DAY = date(2026, 11, 28)
HALL = Site(
    id="hall",
    place=1,
    expected=50,
    seconds_per_person=10,
    setup_s=20,
    packup_s=10,
    classes=("small",),
    windows={DAY: ((1000, 1300),)},
)
BREAK = Break(earliest_s=1100, latest_s=1200, length_s=60)
VAN = Van(
    id="A",
    van_class="small",
    kits=1,
    start="office",
    end="office",
    shifts={DAY: (500, 2000)},
    crew_break=BREAK,
)
STOP = Stop(
    site_id="hall",
    arrive_s=900,
    setup_s=1000,
    serve_s=1020,
    packup_s=1120,
    depart_s=1130,
    people=10,
)


def task(people: int = 10, *, crew_break: Break | None = BREAK, **hours: int) -> StopTask:
    """So many people at the hall, for 10 s each."""
    return StopTask.build(HALL, replace(VAN, crew_break=crew_break), DAY, people, **hours)


def resting(work: StopTask, there_s: int) -> Phases:
    """The way through that departs first of those with the break."""
    ways = [phases for phases in list_phases(work, there_s, False) if phases.break_start_s]
    return min(ways, key=lambda phases: phases.depart_s)


def test_a_stop_without_hours_ends_with_its_last_person() -> None:
    """There at 900 s: set-up from 1,000, service from 1,020 to 1,120, gone at 1,130."""
    assert list_phases(task(), 900, True) == [Phases(1000, 1020, 1120, 1130)]


def test_a_stop_fits_its_window_to_the_second() -> None:
    """Twenty-seven people need until 1,300 s; twenty-eight do not fit."""
    assert list_phases(task(27), 900, True)[0].depart_s == 1300
    assert list_phases(task(28), 900, True) == []


def test_promised_hours_are_served_through() -> None:
    """From 1,100 to 1,250 s for ten people: begun on time, and open until the end."""
    assert list_phases(task(from_s=1100, until_s=1250), 900, True) == [
        Phases(1080, 1100, 1250, 1260)
    ]


@pytest.mark.parametrize(("there_s", "kept"), [(1080, True), (1081, False)])
def test_promised_hours_begin_on_time(there_s: int, kept: bool) -> None:
    """Twenty seconds of set-up before 1,100 s."""
    assert bool(list_phases(task(from_s=1100, until_s=1250), there_s, True)) == kept


def test_hours_too_short_for_their_people_begin_earlier() -> None:
    """Ten people need 100 s of the 80 promised: service begins 20 s before."""
    assert list_phases(task(from_s=1100, until_s=1180), 900, True)[0].serve_s == 1080


@pytest.mark.parametrize(
    ("earliest_s", "phases"),
    [
        (900, Phases(1000, 1020, 1120, 1130, 900)),
        (980, Phases(1040, 1060, 1160, 1170, 980)),
        (1010, Phases(1000, 1080, 1180, 1190, 1010)),
        (1050, Phases(1000, 1020, 1180, 1190, 1050)),
        (1125, Phases(1000, 1020, 1120, 1190, 1125)),
        (1140, Phases(1010, 1030, 1130, 1200, 1140)),
    ],
)
def test_a_break_puts_off_what_comes_after_it(earliest_s: int, phases: Phases) -> None:
    """While waiting, before and in set-up, in service, in pack-up; or all work is put off."""
    crew_break = Break(earliest_s=earliest_s, latest_s=earliest_s + 10, length_s=60)
    assert resting(task(crew_break=crew_break), 900) == phases


def test_a_break_cannot_start_late() -> None:
    """There at 1,201 s, one second after the last start."""
    assert resting(task(1), 1200).break_start_s == 1200
    assert all(phases.break_start_s is None for phases in list_phases(task(1), 1201, False))


def test_a_van_may_rest_at_its_depot_before_it_leaves() -> None:
    """Its shift opens at 500 s; with the break it leaves at 1,160."""
    assert depot_labels(500, BREAK) == [Label(500, 500), Label(1160, 1160, (), 1100)]
    assert depot_labels(500, None) == [Label(500, 500)]


def test_of_each_kind_only_the_earliest_departure_stays() -> None:
    """Without the break at 1,130 s, with it in the service at 1,190."""
    labels = extend_labels(depot_labels(500, BREAK), 400, task())
    assert [(label.ready_s, label.break_start_s) for label in labels] == [
        (1130, None),
        (1190, 1100),
    ]
    assert [label.stops[0].arrive_s for label in labels] == [900, 900]


def test_of_equal_departures_that_counts_which_left_its_depot_later() -> None:
    """Two labels, ready alike."""
    labels = extend_labels([Label(500, 900), Label(600, 900)], 0, task(crew_break=None))
    assert [label.leave_s for label in labels] == [600]


def test_a_plan_may_say_another_arrival() -> None:
    """The van is there to work at 900 s, as the plan has it at 700."""
    labels = extend_labels([Label(500, 500)], 400, task(), arrive_s=700)
    assert labels[0].stops[0].arrive_s == 700


def test_a_van_is_home_in_its_shift_and_not_too_late_for_its_break() -> None:
    """Home at 1,230 s unrested, at 1,290 s rested; the break may start until 1,200."""
    labels = [Label(500, 1130), Label(500, 1190, (), 1100)]
    assert best_return(labels, 70, 2000, BREAK) is labels[0]
    assert best_return(labels, 71, 2000, BREAK) is labels[1]
    assert best_return(labels, 71, 1260, BREAK) is None
    assert best_return(labels, NO_ROAD, 2000, BREAK) is None


def test_a_route_leaves_when_its_first_stop_needs_it() -> None:
    """It leaves 100 s later than it could; a break at the hall begins where it waits."""
    route = Route(van_id="A", date=DAY, leave_s=500, return_s=1530, stops=(STOP,))
    assert depart_late(route).leave_s == 600
    assert depart_late(route).stops[0].arrive_s == 1000
    assert depart_late(replace(route, break_start_s=950)).leave_s == 550
    assert depart_late(replace(route, stops=())).leave_s == 500


def test_a_van_is_busy_from_set_up_or_from_its_break() -> None:
    """Set-up at 1,000 s; a break before the arrival counts at another place."""
    assert [busy_from_s(STOP, start_s) for start_s in (None, 899, 950, 1050)] == [
        1000,
        1000,
        950,
        1000,
    ]


def test_a_break_is_no_work() -> None:
    """Of 1,090 to 1,190 s the break from 1,100 takes 60; of 1,130 to 1,140 all."""
    assert work_s(1090, 1190, BREAK, 1100) == 40
    assert work_s(1130, 1140, BREAK, 1100) == 0
    assert work_s(1090, 1190, BREAK, None) == 100


def test_a_break_meets_a_span_it_shares_a_second_with() -> None:
    """From 1,100 to 1,160 s; one of no seconds inside a span meets it too."""
    assert is_break_within(1159, 1200, BREAK, 1100)
    assert not is_break_within(1160, 1200, BREAK, 1100)
    assert not is_break_within(1050, 1100, BREAK, 1100)
    assert is_break_within(1050, 1150, replace(BREAK, length_s=0), 1100)
    assert not is_break_within(1050, 1150, None, 1100)


def test_a_stop_ends_with_its_window() -> None:
    """The window it lies in, or its own departure where it lies in none."""
    assert window_end_s(HALL, DAY, STOP) == 1300
    assert window_end_s(HALL, DAY, replace(STOP, setup_s=999)) == 1130
