"""From when on other ways cost less than vans."""

from dataclasses import replace

import pytest

from planner.analysis.campaign import Campaign, CampaignWeek
from planner.analysis.ways import cost_of_last_percent, value_ways, weeks_of_printing
from planner.district import District, Way
from planner.plan import Plan, Route
from tests.builders.campaigns import campaign
from tests.builders.districts import SATURDAY, district

DESK = Way(key="desk", name="desk", cost=10_000, capacity=30)
CLEANING = Way(key="cleaning", name="cleaning", cost=5_000, capacity=30, records=False)


def given(*ways: Way) -> District:
    """A van-hour costs Rp 200.000."""
    vehicles = tuple(replace(vehicle, cost_per_h=None) for vehicle in district().vehicles)
    return replace(district(), vehicles=vehicles, ways=ways, van_hour_cost=200_000.0)


def weekends(*people: int) -> Campaign:
    """One van for an hour on each."""
    return replace(
        campaign(len(people)),
        weeks=tuple(map(_week, campaign(len(people)).weeks, people)),
        official=1_010,
        initial=1_000,
    )


def _week(week: CampaignWeek, people: int) -> CampaignWeek:
    van = district().vehicles[0].id
    route = Route(van_id=van, date=SATURDAY, leave_s=0, return_s=3600, stops=())
    return replace(
        week, result=replace(week.result, people=people, plan=Plan(routes=(route,))), van_s=3600
    )


def test_a_way_is_cheaper_from_where_vans_cost_more_to_the_end() -> None:
    """At Rp 10.000 a person vans need 20 an hour: 30, 10, 25, 15, 5 is so from the fourth on."""
    (desk,) = value_ways(given(DESK), weekends(30, 10, 25, 15, 5))
    assert desk.from_week == campaign(5).weeks[3].week
    assert (desk.people, desk.weeks) == (20, 1)
    assert desk.saving == pytest.approx(2 * 200_000 - 20 * 10_000)


def test_a_way_as_dear_as_the_vans_is_not_cheaper() -> None:
    """20 an hour cost the same; a person more in the hour, and vans cost less."""
    (desk,) = value_ways(given(DESK), weekends(20, 20))
    assert desk.from_week is None


def test_a_weekend_in_vain_costs_more_than_any_way() -> None:
    """Nobody is recorded in the last one."""
    (desk,) = value_ways(given(DESK), weekends(30, 0))
    assert (desk.people, desk.from_week) == (0, campaign(2).weeks[1].week)


def test_cleaning_is_for_those_whom_nobody_can_record() -> None:
    """Ten of the register are not there: a week of cleaning, from the first on."""
    (cleaning,) = value_ways(given(CLEANING), weekends(30, 30))
    assert (cleaning.people, cleaning.weeks, cleaning.saving) == (10, 1, None)
    assert cleaning.from_week == campaign(2).weeks[0].week


def test_the_last_percent_takes_parts_of_weekends() -> None:
    """Of 1,000 the last ten: all five of the last weekend, and half of the ten before."""
    last = cost_of_last_percent(given(), weekends(30, 10, 5).weeks, 1_000)
    assert last is not None
    assert (last.people, last.weekends, last.from_week) == (10, 2, campaign(3).weeks[1].week)
    assert last.van_h == pytest.approx(1.5)
    assert last.cost == pytest.approx(300_000)
    assert cost_of_last_percent(given(), weekends(3).weeks, 1_000) is None


def test_cards_wait_for_their_printer() -> None:
    """30 a week: of 50 and 40 recorded, 60 wait after the second weekend; with two printers, 40."""
    weeks = weekends(50, 40).weeks
    assert [weeks_of_printing(weeks, cards) for cards in (30, 60)] == [2, 1]
