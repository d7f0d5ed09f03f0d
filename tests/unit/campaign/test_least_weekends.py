"""What bounds weekends, beside calendars."""

from dataclasses import replace

import pytest

from planner.backlog import no_inflow
from planner.campaign.least_weekends import LeastWeekends, monday
from planner.campaign.register import Register
from planner.district import CalendarEntry, District
from planner.horizon import build_horizon
from planner.solvers import Limits, StoppingCriterion
from tests.builders.districts import SATURDAY, SUNDAY, WEEK, closure, district


def bounds(given: District) -> LeastWeekends:
    """Bounds of a district in which everybody who is asked comes, proven on the first day."""
    schools = {venue.id for venue in given.venues}
    register = Register(given, monday(WEEK), no_inflow, 1.0, schools)
    least = LeastWeekends(district=given, first_week=WEEK, register=register, cores=1)
    limits = StoppingCriterion(Limits(iterations=50))
    assert least.bound(WEEK, register.initial // 2, limits) is not None
    return least


@pytest.fixture
def slow() -> District:
    """Each person takes 20 minutes, so that both days of a weekend are full."""
    given = district()
    venues = (replace(v, turnout=1.0, seconds_per_person=1200) for v in given.venues)
    return replace(given, venues=tuple(venues))


def max_people(given: District) -> float:
    return bounds(given).max_people(build_horizon(given, WEEK))


def test_a_day_on_which_no_van_drives_counts_nothing(slow: District) -> None:
    """The bound of a weekend whose Sunday is a holiday is about half of that of both days."""
    closed = replace(slow, calendar=(closure("vans", "libur", SUNDAY),))
    both = max_people(slow)
    assert 0 < max_people(closed) <= 0.6 * both


def test_longer_hours_of_vans_count(slow: District) -> None:
    """On the Saturday of this week alone they drive from 5 to 20 o'clock."""
    longer = CalendarEntry(date=SATURDAY, scope="vans", hours=((18000, 72000),), reason="lembur")
    assert max_people(replace(slow, calendar=(longer,))) >= max_people(slow)


def test_what_is_proven_before_the_first_weekend_holds_for_another_way(slow: District) -> None:
    """Taken over with its prices, it is not searched for again."""
    first = bounds(slow)
    schools = {venue.id for venue in slow.venues}
    register = Register(slow, monday(WEEK), no_inflow, 1.0, schools)
    other = LeastWeekends(district=slow, first_week=WEEK, register=register, cores=1)
    other.begin_like(first)
    assert other.cover is first.cover
    horizon = build_horizon(slow, WEEK)
    assert other.max_people(horizon) == first.max_people(horizon)
