"""What an instance accepts, and what it says of what it does not."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from planner.errors import InputError
from planner.model import NO_ROAD, Break, Depot, Instance, Site, Van
from planner.plan import Plan, Route, Stop

SATURDAY = date(2026, 11, 28)
SUNDAY = date(2026, 11, 29)

HALL = Site(
    id="hall",
    place=1,
    expected=10,
    seconds_per_person=360,
    setup_s=1800,
    packup_s=1200,
    classes=("small",),
    windows={SATURDAY: ((28800, 43200),)},
)
VAN = Van(
    id="A",
    van_class="small",
    kits=2,
    start="office",
    end="office",
    shifts={SATURDAY: (27000, 50400)},
)
INSTANCE = Instance(
    drive_s=np.array([[0, 600], [600, 0]]),
    depots=(Depot(id="office", place=0),),
    sites=(HALL,),
    vans=(VAN,),
    worth_s=900,
)


def refuse(text: str, make: Callable[[], object]) -> None:
    """Making it fails with a problem that has this text."""
    with pytest.raises(InputError, match=re.escape(text)):
        make()


def test_matrices_cannot_be_written() -> None:
    """Neither the instance's matrix nor, through it, the one it was made from."""
    given = np.array([[0, 600], [600, 0]])
    instance = replace(INSTANCE, drive_s=given)
    with pytest.raises(ValueError, match="read-only"):
        instance.drive_s[0, 1] = 1
    given[0, 1] = 1
    assert instance.drive_s[0, 1] == 600


def test_a_site_records_at_least_the_fewest_or_all() -> None:
    """Five, or three where only three are expected."""
    assert HALL.least_people == 5
    assert replace(HALL, expected=3).least_people == 3


def test_a_site_may_record_all_who_would_come_to_it_or_to_others() -> None:
    """Ten, 1.5 and 2.499 are thirteen whole people; of these four are recorded already."""
    hall = replace(HALL, draws={"rt-1": 1500, "rt-2": 2499})
    assert hall.max_people == 13
    assert replace(hall, recorded=4).max_people == 9
    assert replace(hall, expected=0, min_people=5).least_people == 3


@pytest.mark.parametrize("people", [0, 1, 2, 7, 13, 14, 20])
def test_as_many_come_to_a_site_as_are_said_to(people: int) -> None:
    """Of ten own people and 3.999 of groups; own ones first, and groups keep their proportion."""
    hall = replace(HALL, draws={"rt-1": 1500, "rt-2": 2499})
    told = hall.expecting(people)
    assert told.max_people == people
    if people >= 4:
        assert told.draws == hall.draws
    assert hall.expecting(2).draws == {"rt-1": 750, "rt-2": 1249}


def test_service_takes_what_the_people_need_or_its_shortest_time() -> None:
    """Five people take 900 s with two kits; nobody takes 600 s for a stop."""
    hall = replace(HALL, min_service_s=600)
    assert [hall.service_s(people, kits=2) for people in (0, 3, 5)] == [600, 600, 900]


def test_a_draw_is_above_nobody() -> None:
    """In thousandths; a group that does not come is left out."""
    refuse(
        "site hall draws rt-1: '0.0' is not above 0; use more, or leave the group out",
        lambda: replace(HALL, draws={"rt-1": 0}),
    )
    refuse("site hall draws: '2000000' is above", lambda: replace(HALL, draws={"rt-1": 2 * 10**9}))
    refuse("min_service_s: '-1' is negative", lambda: replace(HALL, min_service_s=-1))


def test_van_days_ascend_by_date_then_van() -> None:
    """Van B is out on both days, A on Saturday only."""
    both = replace(VAN, id="B", shifts={SUNDAY: (0, 1), SATURDAY: (0, 1)})
    instance = replace(INSTANCE, vans=(VAN, both))
    assert instance.dates == (SATURDAY, SUNDAY)
    assert instance.van_days == ((0, SATURDAY), (1, SATURDAY), (1, SUNDAY))


def test_one_site_or_van_is_exchanged_by_its_id() -> None:
    """A smaller hall and a van with three kits; what is not there cannot be exchanged."""
    smaller, faster = replace(HALL, expected=3), replace(VAN, kits=3)
    changed = INSTANCE.with_site(smaller).with_van(faster)
    assert (changed.site("hall"), changed.van("A")) == (smaller, faster)
    assert (INSTANCE.site("hall"), INSTANCE.van("A")) == (HALL, VAN)
    with pytest.raises(KeyError, match="school"):
        INSTANCE.with_site(replace(HALL, id="school"))
    with pytest.raises(KeyError, match="B"):
        INSTANCE.with_van(replace(VAN, id="B"))


def route(van_id: str, day: date, people: int = 1) -> Route:
    times = {"arrive_s": 0, "setup_s": 0, "serve_s": 0, "packup_s": 0, "depart_s": 0}
    stop = Stop(site_id="hall", people=people, **times)
    return Route(van_id=van_id, date=day, leave_s=0, return_s=0, stops=(stop,))


def test_people_left_are_those_no_stop_records() -> None:
    """Ten are expected, two routes record three and four; without a plan all ten are left."""
    plan = Plan(routes=(route("A", SATURDAY, 3), route("A", SUNDAY, 4)))
    assert INSTANCE.left(plan) == {"hall": 3}
    assert INSTANCE.left(Plan()) == {"hall": 10}


def test_routes_stand_by_date_then_by_the_place_of_the_van_in_the_instance() -> None:
    """Van Z comes before van A, because the office lists it first."""
    instance = replace(INSTANCE, vans=(replace(VAN, id="Z"), VAN))
    plan = instance.make_plan([route("A", SUNDAY), route("A", SATURDAY), route("Z", SATURDAY)])
    assert [(each.van_id, each.date) for each in plan.routes] == [
        ("Z", SATURDAY),
        ("A", SATURDAY),
        ("A", SUNDAY),
    ]


@pytest.mark.parametrize(
    ("changes", "holds", "breaks", "text"),
    [
        ("expected", 0, -1, "site hall expected: '-1' is negative"),
        ("seconds_per_person", 0, -1, "site hall seconds_per_person: '-1' is negative"),
        ("setup_s", 0, -1, "site hall setup_s: '-1' is negative"),
        ("packup_s", 0, -1, "site hall packup_s: '-1' is negative"),
        ("min_people", 0, -1, "site hall min_people: '-1' is negative"),
        ("expected", 10**6, 10**6 + 1, "expected: '1000001' is above 1000000; use 1000000 or less"),
        ("weight", 1e6, 1e300, "site hall weight: '1e+300' is above 1000000"),
        ("weight", 0.0, -0.1, "site hall weight: '-0.1' is not 0 or more"),
        ("weight", 0.0, float("nan"), "site hall weight: 'nan' is not 0 or more"),
        ("windows", {SATURDAY: ((5, 5),)}, {SATURDAY: ((5, 4),)}, "ends at 4, before it starts"),
        ("windows", {SATURDAY: ((0, 5),)}, {SATURDAY: ((-1, 5),)}, "'-1' is negative"),
    ],
)
def test_a_site_is_sound(changes: str, holds: Any, breaks: Any, text: str) -> None:
    """Each value at its limit, and one beyond."""
    replace(HALL, **{changes: holds})
    refuse(text, lambda: replace(HALL, **{changes: breaks}))


@pytest.mark.parametrize(
    ("changes", "holds", "breaks", "text"),
    [
        ("kits", 1, 0, "van A kits: '0' is below 1"),
        ("max_people", 0, -1, "van A max_people: '-1' is negative"),
        ("max_stops", 0, -1, "van A max_stops: '-1' is negative"),
        ("kits", 100, 101, "van A kits: '101' is above 100; use 100 or less"),
        ("max_people", 10**6, 10**6 + 1, "van A max_people: '1000001' is above 1000000"),
        ("max_stops", 10**6, 10**6 + 1, "van A max_stops: '1000001' is above 1000000"),
        ("shifts", {SATURDAY: (9, 9)}, {SATURDAY: (9, 8)}, "van A shifts 2026-11-28: ends at 8"),
    ],
)
def test_a_van_is_sound(changes: str, holds: Any, breaks: Any, text: str) -> None:
    """Each value at its limit, and one beyond."""
    replace(VAN, **{changes: holds})
    refuse(text, lambda: replace(VAN, **{changes: breaks}))


@pytest.mark.parametrize(
    ("changes", "breaks", "text"),
    [
        ("latest_s", 8, "break: ends at 8, before it starts at 9; swap them"),
        ("earliest_s", -1, "break: '-1' is negative; use seconds after midnight"),
        ("length_s", -1, "break length_s: '-1' is negative; use 0 or more"),
    ],
)
def test_a_break_is_sound(changes: str, breaks: int, text: str) -> None:
    """It may start at one second only and take no time; not end before it starts."""
    crew_break = Break(earliest_s=9, latest_s=9, length_s=0)
    refuse(text, lambda: replace(crew_break, **{changes: breaks}))


def test_all_problems_of_an_object_come_at_once() -> None:
    """Fewer people than none, and a set-up that ends before it starts."""
    with pytest.raises(InputError, match="setup_s") as caught:
        replace(HALL, expected=-3, setup_s=-1)
    assert [problem.where for problem in caught.value.problems] == [
        "site hall expected",
        "site hall setup_s",
    ]


@pytest.mark.parametrize("place", [-1, 2])
def test_a_place_is_a_row_of_the_matrices(place: int) -> None:
    """Of two rows there is none before the first and none after the second."""
    INSTANCE.with_site(replace(HALL, place=0))
    text = f"site hall place: '{place}' is not a row of drive_s; use 0 to 1"
    refuse(text, lambda: INSTANCE.with_site(replace(HALL, place=place)))
    refuse("depot office place", lambda: replace(INSTANCE, depots=(Depot(id="office", place=9),)))


@pytest.mark.parametrize("end", ["start", "end"])
def test_a_van_starts_and_ends_at_a_depot(end: str) -> None:
    """There is an office, but no moon."""
    moved = replace(VAN, start="moon") if end == "start" else replace(VAN, end="moon")
    refuse(f"van A {end}: 'moon' is not a depot", lambda: INSTANCE.with_van(moved))


@pytest.mark.parametrize(
    ("drive_s", "text"),
    [
        ([[0, 600]], "is not square"),
        ([[0, NO_ROAD - 1], [600, 0]], "drive_s[0][1]: '-2' is negative"),
    ],
)
def test_a_matrix_is_sound(drive_s: list[list[int]], text: str) -> None:
    """A row too few, and a drive of less than no time; no road at all is allowed."""
    replace(INSTANCE, drive_s=np.array([[0, NO_ROAD], [NO_ROAD, 0]]))
    refuse(text, lambda: replace(INSTANCE, drive_s=np.array(drive_s)))


def test_metres_are_of_the_same_places() -> None:
    """Metres between three places, seconds between two."""
    refuse(
        "another shape than drive_s", lambda: replace(INSTANCE, drive_m=np.zeros((3, 3), np.int32))
    )


@pytest.mark.parametrize("worth_s", [0, -1, float("nan"), float("inf")])
def test_a_person_is_worth_some_time(worth_s: float) -> None:
    """More than no seconds, and not endless ones."""
    refuse("is not above 0", lambda: replace(INSTANCE, worth_s=worth_s))


def test_ids_are_unique() -> None:
    """Two halls, two vans A and two offices: all three are told at once."""
    with pytest.raises(InputError, match="Duplicate id 'hall'; ids must be unique") as caught:
        replace(INSTANCE, sites=(HALL, HALL), vans=(VAN, VAN), depots=INSTANCE.depots * 2)
    places = [problem.where for problem in caught.value.problems]
    assert places == ["depots id", "sites id", "vans id"]
