"""A campaign on paper, in a workbook and as a chart."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from planner.analysis.campaign import Goal, OtherCourse
from planner.district import WAYS
from planner.i18n.words import Words
from planner.render.burn_down import BurnDown
from planner.render.campaign_page import typeset_campaign
from planner.render.campaign_summary import build_summary
from planner.render.campaign_table import build_campaign_xlsx
from tests.builders.campaigns import campaign
from tests.builders.horizons import horizon

ENGLISH = Words(language="en")


@pytest.mark.parametrize("number", [1, 14, 60])
def test_a_campaign_stands_on_one_page(number: int) -> None:
    """By weekend, or by month where it is long."""
    page = typeset_campaign(horizon().district, campaign(number))
    (only,) = PdfReader(BytesIO(page)).pages
    text = only.extract_text()
    assert "2026-W48" in text or "Desember 2026" in text


def test_a_workbook_has_weekends_stops_and_people_left() -> None:
    """Numbers are numbers; the stops are those of the first weekend."""
    given = campaign(3)
    book = load_workbook(BytesIO(build_campaign_xlsx(horizon().district, given)))
    weekends, ways, _, stops, areas, told = book.worksheets
    assert [row[3] for row in weekends.values][1:] == [300, 200, 100]
    assert ways.max_row == 1 + len(WAYS)
    assert stops.max_row - 2 == sum(len(week.plan.served()) for week in given.weeks)
    assert [cell.value for cell in areas[1]][2:] == [week.week for week in given.weeks]
    lines = build_summary(horizon().district, given, horizon().district.office.words)
    assert [row[0] for row in told.values][1 : 1 + len(lines)] == lines


def test_weekends_done_stand_on_the_chart_before_those_to_come() -> None:
    """One of three is over: the slider begins at the second."""
    chart = BurnDown(campaign(3, done=1))
    assert chart.last == 3
    assert chart.ends == [round(chart.x(2)), round(chart.x(3))]
    assert chart.campaign.burn_down == (400, 300, 200, 100)
    assert "by the register" in chart.draw(ENGLISH)


@pytest.mark.parametrize(
    ("goal", "why"),
    [
        (Goal(until=date(2026, 12, 13)), "it ends on 13 December 2026, as asked"),
        (Goal(stop_below=4.0), "the next weekend would record fewer than 4.0 in a van-hour"),
        (Goal(max_weekends=3), "more weekends than that are not planned"),
        (Goal(), "no weekend after them would record anybody"),
    ],
)
def test_a_campaign_says_why_it_ends_before_its_goal(goal: Goal, why: str) -> None:
    """Unless it was interrupted, or its goal is reached."""
    given = replace(campaign(3), goal=goal, is_finished=False)
    district = horizon().district
    assert why in build_summary(district, given, ENGLISH)
    for other in (replace(given, is_finished=True), replace(given, is_complete=False)):
        assert why not in build_summary(district, other, ENGLISH)


def test_shares_of_a_kelurahan_are_of_the_reachable_and_of_the_register() -> None:
    """60 recorded and 40 left; 20 more stand in the register and are not there."""
    district, given, code = horizon().district, campaign(3), "99.71.01.1001"
    home = replace(district.neighbourhoods[0], unreachable=20)
    district = replace(district, neighbourhoods=(home,))
    weeks = (
        replace(week, recorded_by_kelurahan={code: 20}, left_by_kelurahan={code: 40})
        for week in given.weeks
    )
    given = replace(given, weeks=tuple(weeks))
    assert build_summary(district, given, ENGLISH)[-3] == (
        "fewest recorded: Kecil, 60 % of those who can be reached, 50 % of all unrecorded in the"
        " register"
    )


def test_a_campaign_that_ends_before_its_first_weekend_says_why() -> None:
    """It would record too few in an hour."""
    given = replace(campaign(3), weeks=(), goal=Goal(stop_below=9.0), is_finished=False)
    told = build_summary(horizon().district, given, ENGLISH)
    assert "the next weekend would record fewer than 9.0 in a van-hour" in told


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ((0.0, 0.2, 1.0), "take 2 or fewer weekends, 8 of 10 between 1 and 2"),
        ((0.0, 0.2, 0.6), "take 2 or fewer weekends, 8 of 10 between 1 and more than 2"),
        ((0.0, 0.2, 0.4), "take more than 2 weekends, 8 of 10 between 1 and more than 2"),
        ((0.0, 0.0, 0.0), "9 of 10 simulated courses take more than 2 weekends"),
    ],
)
def test_a_range_may_be_open(shares: tuple[float, ...], told: str) -> None:
    """Where courses are not finished by the last weekend simulated, they take more."""
    given = replace(campaign(3), finish_shares=shares, official_finish_shares=shares)
    lines = build_summary(horizon().district, given, ENGLISH)
    assert [told in line for line in lines].count(True) == 2


def test_the_way_that_was_not_taken_stands_beside_the_campaign() -> None:
    """By its weekends, and the people of the first half of those of the campaign."""
    given = campaign(4)
    here = given.weeks[0].people + given.weeks[1].people
    other = OtherCourse(looks_ahead=False, is_finished=False, recorded=(9, 1, 2, 0))
    lines = build_summary(horizon().district, replace(given, other=other), ENGLISH)
    (told,) = (line for line in lines if line.startswith("for comparison"))
    assert told == (
        "for comparison, each weekend planned alone: not finished after 4 weekends; in the first 2"
        f" weekends it records 10, the campaign here {here}"
    )
