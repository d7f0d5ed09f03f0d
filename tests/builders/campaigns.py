"""Campaigns made by hand, of the places and routes of `tests.builders.horizons`."""

from dataclasses import replace
from datetime import date, timedelta

from planner.analysis.campaign import Campaign, CampaignWeek, DoneWeek, Goal
from planner.plan import Plan, Result
from tests.builders.horizons import result

FIRST = date(2026, 11, 23)


def campaign(number: int = 3, done: int = 0) -> Campaign:
    """Weekends of which the first drives, each with fewer people left in both kelurahan."""
    weeks = tuple(_week(index, 100 * (number - index)) for index in range(done, number))
    initial = 100 * (number - done + 1)
    return Campaign(
        goal=Goal(),
        weeks=weeks,
        official=initial + 40,
        initial=initial,
        reachable=initial - 20,
        allowed_left=20,
        least_weekends=number - 1,
        is_finished=True,
        is_complete=True,
        finish_shares=(*(0.0 for _ in range(number)), 0.6, 1.0),
        left_bands=tuple((max(0, each - 9), each, each + 9) for each in (initial, 100, 20, 20)),
        done=tuple(
            DoneWeek(
                week=_name(index),
                promised=110,
                recorded=100,
                left=initial + 100 * (done - 1 - index),
                least_before=2,
                least_after=3,
            )
            for index in range(done)
        ),
    )


def _week(index: int, left: int) -> CampaignWeek:
    driven: Result = result() if index == 0 else replace(result(), plan=Plan(), people=0)
    return CampaignWeek(
        week=_name(index),
        result=driven,
        left=left,
        inflow=0,
        van_s=3600,
        van_days=len(driven.plan.routes),
        least_weekends=2,
        looks_ahead=False,
        left_by_kelurahan={"": 10, "99.71.01.1001": left - 10},
    )


def _name(index: int) -> str:
    year, week, _ = (FIRST + timedelta(weeks=index)).isocalendar()
    return f"{year}-W{week:02}"
