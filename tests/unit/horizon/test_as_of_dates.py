"""A plan for some dates is made of those who are left by then, and of what hosts agreed to."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.district import (
    Agreement,
    District,
    Estimate,
    KindRates,
    LearnedRates,
    Outcome,
    Permission,
)
from planner.horizon.as_of_dates import as_of_dates, learned_before
from tests.builders.districts import KELURAHAN, SATURDAY, SUNDAY, district

RT = f"{KELURAHAN} RW 001 RT 001"
FRIDAY = SATURDAY - timedelta(days=1)


def unrecorded(given: District, *dates: date) -> list[int]:
    return [home.unrecorded for home in as_of_dates(given, dates).neighbourhoods]


@pytest.mark.parametrize(("day", "left"), [(FRIDAY, 60), (SATURDAY, 70)])
def test_what_happened_before_the_first_date_counts(day: date, left: int) -> None:
    """Ten of seventy, the evening before and on the date itself."""
    given = district(outcomes=(Outcome(day=day, unit=RT, people=10),))
    assert unrecorded(given, SATURDAY, SUNDAY) == [left, 30]


def test_nobody_is_taken_off_twice() -> None:
    """A weekend made of the district of another for the same dates is the same."""
    given = as_of_dates(district(outcomes=(Outcome(day=FRIDAY, unit=RT, people=10),)), [SATURDAY])
    assert unrecorded(given, SATURDAY) == [60, 30]


def test_no_more_go_than_were_counted() -> None:
    """Eighty of seventy, of whom five are unreachable in any case."""
    given = district(outcomes=(Outcome(day=FRIDAY, unit=RT, people=80),))
    home = replace(given.neighbourhoods[0], unreachable=5)
    left = as_of_dates(replace(given, neighbourhoods=(home,)), [SATURDAY]).neighbourhoods[0]
    assert (left.unrecorded, left.backlog) == (5, 0)


def test_a_pupil_is_taken_off_at_school_and_at_home() -> None:
    """Fifty pupils, twenty of them counted in an RT: five of these are recorded."""
    given = district(outcomes=(Outcome(day=FRIDAY, unit=RT, people=5, school="S1"),))
    after = as_of_dates(given, [SATURDAY])
    school = after.venues[1]
    assert (school.backlog, school.counted_in_rt) == (45, 15)
    assert after.neighbourhoods[0].unrecorded == 65


def test_staff_are_taken_off_at_their_office() -> None:
    """Three of ten."""
    given = district(outcomes=(Outcome(day=FRIDAY, unit="O1", people=3),))
    assert as_of_dates(given, [SATURDAY]).venues[2].backlog == 7


def draft_point(*agreements: Agreement) -> District:
    """The point without a permission, but for some dates."""
    given = district(agreements=agreements)
    point = replace(given.venues[0], permission=Permission.SENT)
    return replace(given, venues=(point, *given.venues[1:]))


def test_an_agreement_for_a_date_closes_the_other_dates_of_its_week() -> None:
    """Agreed for the Saturday, in the usual hours."""
    after = as_of_dates(draft_point(Agreement(place="P1", day=SATURDAY)), [SATURDAY, SUNDAY])
    assert after.venues[0].is_confirmed
    hours = {entry.date: entry.hours for entry in after.calendar if entry.scope == "P1"}
    assert hours == {SATURDAY: ((28800, 43200),), SUNDAY: ()}


def test_an_agreement_says_nothing_of_other_weeks() -> None:
    """A week later the letter still is without an answer."""
    later = [SATURDAY + timedelta(weeks=1)]
    given = draft_point(Agreement(place="P1", day=SATURDAY))
    assert as_of_dates(given, later) == given


def test_a_place_that_is_open_to_us_in_any_case_stays_so() -> None:
    """Agreed hours on the Saturday change nothing of the Sunday."""
    hours = ((32400, 36000),)
    given = district(agreements=(Agreement(place="P1", day=SATURDAY, hours=hours),))
    after = as_of_dates(given, [SATURDAY, SUNDAY])
    assert {entry.date: entry.hours for entry in after.calendar} == {SATURDAY: hours}


def rate(value: float) -> Estimate:
    return Estimate(value=value, low=value, high=value, visits=12)


def with_rates(given: District, day: date) -> District:
    """Half as many come to points as is assumed, in twice the time; one in ten recordings fails."""
    point = given.venues[0].type
    learned = LearnedRates(
        day=day,
        kinds={
            "point": KindRates(
                turnout=rate(point.turnout / 2),
                failure=rate(0.1),
                seconds_per_person=rate(2 * point.seconds_per_person),
                setup_s=rate(2400),
            )
        },
        places={},
        assumed={"point": (point.turnout, point.seconds_per_person)},
        assumed_setup_s=given.rates.setup_s,
    )
    return replace(given, learned=(learned,))


def test_a_plan_goes_by_what_was_learned_before_it() -> None:
    """Of those who come a tenth fails; a plan for the very day knows nothing of it."""
    point = replace(district().venues[0], turnout=0.5, seconds_per_person=360)
    given = replace(district(), venues=(point,))
    for day, turnout, seconds, setup_s in (
        (FRIDAY, 0.225, 720, 2400),
        (SATURDAY, 0.5, 360, None),
    ):
        (venue,) = as_of_dates(with_rates(given, day), [SATURDAY]).venues
        assert venue.turnout == pytest.approx(turnout)
        assert (venue.seconds_per_person, venue.setup_s) == (seconds, setup_s)
        assert (learned_before(with_rates(given, day), SATURDAY) is None) == (setup_s is None)


def test_what_somebody_says_of_a_place_or_all_of_them_stays() -> None:
    """A row with a turnout of its own, and set-up that a scenario changes."""
    point = replace(district().venues[0], turnout=0.9, seconds_per_person=360)
    given = with_rates(replace(district(), venues=(point,)), FRIDAY)
    changed = replace(given, rates=replace(given.rates, setup_s=600))
    (venue,) = as_of_dates(changed, [SATURDAY]).venues
    assert (venue.turnout, venue.seconds_per_person, venue.setup_s) == (0.9, 720, None)


def test_rates_of_a_place_come_before_those_of_its_kind() -> None:
    """It was visited; others of its kind say what is left open."""
    point = replace(district().venues[0], turnout=0.5, seconds_per_person=360)
    given = with_rates(replace(district(), venues=(point,)), FRIDAY)
    own = replace(given.learned[0], places={point.id: KindRates(turnout=rate(0.4))})
    (venue,) = as_of_dates(replace(given, learned=(own,)), [SATURDAY]).venues
    assert venue.turnout == pytest.approx(0.36)
    assert venue.seconds_per_person == 720
