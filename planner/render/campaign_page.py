"""A campaign on one page for the head of office: figures, burn-down, weekends."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from planner.analysis.campaign import Campaign, CampaignWeek
from planner.district import District
from planner.i18n.words import Words
from planner.render.burn_down import BurnDown
from planner.render.campaign_summary import build_summary, finish_range
from planner.render.campaign_table import campaign_rows, way_rows
from planner.render.letterhead import letterhead
from planner.render.text_table import to_texts
from planner.render.typesetting import Verbatim, typeset_pdf
from planner.units import HOUR_S

ROWS = 14
"""More weekends stand on the page by month."""


def typeset_campaign(district: District, campaign: Campaign) -> bytes:
    """The report of a campaign as a PDF of one page."""
    words = district.office.words
    first, last = span(campaign)
    data = {
        "language": words.language,
        "title": words("Campaign until everybody is recorded"),
        "office": letterhead(district, ""),
        "words": {
            "draft": "",
            "left": words("People left, weekend by weekend"),
            "weeks": words("Weekends"),
            "told": words("What it comes to"),
            "ways": words("Other ways"),
        },
        "day": words(
            "{first} to {last}", first=words.letter_date(first), last=words.letter_date(last)
        ),
        "figures": _figures(campaign, words),
        "chart": Verbatim(BurnDown(campaign).draw(words)),
        "weeks": _table(campaign, words),
        "ways": to_texts(way_rows(district, campaign, words)),
        "told": build_summary(district, campaign, words),
    }
    return typeset_pdf("campaign.typ", data, first)


def span(campaign: Campaign) -> tuple[date, date]:
    """Monday of the first week and Sunday of the last."""
    weeks = campaign.weekends
    return _monday(weeks[0]), _monday(weeks[-1]) + timedelta(days=6)


def _monday(week: str) -> date:
    return date.fromisoformat(f"{week}-1")


def _figures(campaign: Campaign, words: Words) -> list[list[str]]:
    least = campaign.least_weekends
    return [
        [words("Left by the register"), words.number(campaign.official)],
        [words("Can be reached"), words.number(campaign.initial)],
        [words("Reached by vans"), words.number(campaign.reachable)],
        [words("Recorded by weekends to come"), words.number(campaign.recorded)],
        [words("Left in the end"), words.number(campaign.left)],
        _weekends(campaign, words),
        [words("At least weekends"), "\N{EN DASH}" if least is None else words.number(least)],
    ]


def _weekends(campaign: Campaign, words: Words) -> list[str]:
    """How many, and between which numbers eight of ten simulated courses finish."""
    number, shares = words.number(len(campaign.weekends)), campaign.finish_shares
    if not shares:
        return [words("Weekends"), number]
    low, _, high = finish_range(shares)
    most = words.number(high) if high < len(shares) else "…"
    return [words("Weekends (8 of 10 courses)"), f"{number} ({words.number(low)}\N{EN DASH}{most})"]


def _table(campaign: Campaign, words: Words) -> list[list[str]]:
    """A row for each weekend, or for each month where they are too many."""
    if len(campaign.weekends) <= ROWS:
        return to_texts(campaign_rows(campaign, words))
    months = groupby(campaign.weeks, key=lambda week: _month(week.week))
    head = ("Month", "Weekends", "Recorded", "Left", "New", "Van-days", "People per van-hour")
    return [
        [words(name) for name in head],
        *(_month_row(words.month(month), [*weeks], words) for month, weeks in months),
    ]


def _month(week: str) -> date:
    """First day of the month of a weekend."""
    return (_monday(week) + timedelta(days=5)).replace(day=1)


def _month_row(name: str, weeks: Sequence[CampaignWeek], words: Words) -> list[str]:
    people, van_s = sum(week.people for week in weeks), sum(week.van_s for week in weeks)
    return [
        name,
        words.number(len(weeks)),
        words.number(people),
        words.number(weeks[-1].left),
        words.number(sum(week.inflow for week in weeks)),
        words.number(sum(week.van_days for week in weeks)),
        words.number(HOUR_S * people / van_s if van_s else 0.0, 1),
    ]
