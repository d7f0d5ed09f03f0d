"""A campaign as a table: lines to read, and CSV."""

from datetime import date

from planner.analysis.campaign import Campaign, CampaignWeek, DoneWeek
from planner.analysis.ways import WayWorth, value_ways
from planner.district import District
from planner.i18n.words import Words
from planner.render.campaign_summary import build_summary, kelurahan_title
from planner.render.escape import to_line
from planner.render.text_table import (
    Cell,
    Row,
    align_columns,
    number_cell,
    to_csv,
    to_numbers,
    to_texts,
)
from planner.render.workbooks import Table, build_workbook, to_columns


def build_campaign_lines(district: District, campaign: Campaign, words: Words) -> list[str]:
    """What a campaign comes to, weekend by weekend, what is proven, and what other ways cost."""
    if not campaign.weekends:
        return build_summary(district, campaign, words)
    return [
        *align_columns(to_texts(campaign_rows(campaign, words))),
        *build_summary(district, campaign, words),
        *align_columns(to_texts(way_rows(district, campaign, words))),
    ]


def build_campaign_csv(campaign: Campaign, words: Words) -> bytes:
    """The table for spreadsheet programs."""
    return to_csv(to_numbers(campaign_rows(campaign, words)), words)


def build_campaign_xlsx(district: District, campaign: Campaign) -> bytes:
    """A workbook: weekends, their stops, and people left by kelurahan; numbers are numbers."""
    words = district.office.words
    told = words("What it comes to")
    sheets = (
        (words("Weekends"), to_columns(campaign_rows(campaign, words)), False),
        (words("Other ways"), to_columns(way_rows(district, campaign, words)), False),
        (words("No van"), _beyond_columns(campaign, words), True),
        (words("Stops"), _stop_columns(district, campaign, words), True),
        (words("Kelurahan"), _area_columns(district, campaign, words), True),
        (told, [(told, build_summary(district, campaign, words))], True),
    )
    first = date.fromisoformat(f"{campaign.weekends[0]}-1")
    return build_workbook(words("Campaign"), first, sheets, words)


def _beyond_columns(campaign: Campaign, words: Words) -> Table:
    return [
        (words("Kelurahan"), [to_line(beyond.kelurahan, 60) for beyond in campaign.beyond]),
        (words("Place"), [to_line(beyond.name, 80) for beyond in campaign.beyond]),
        (words("Why"), [to_line(words.translate(b.reason), 200) for b in campaign.beyond]),
        (words("People"), [beyond.people for beyond in campaign.beyond]),
    ]


def _stop_columns(district: District, campaign: Campaign, words: Words) -> Table:
    stops = [
        (planned.week, route, stop)
        for planned in campaign.weeks
        for route, stop in planned.plan.stops()
    ]
    venues = district.venues_of(stop.site_id for _, _, stop in stops)
    return [
        (words("Week"), [week for week, _, _ in stops]),
        (words("Date"), [route.date for _, route, _ in stops]),
        (words("Van"), [to_line(route.van_id) for _, route, _ in stops]),
        (words("Place"), [to_line(venues[stop.site_id].name, 80) for _, _, stop in stops]),
        (words("Service"), [words.hours(stop.serve_s, stop.packup_s) for _, _, stop in stops]),
        (words("People"), [stop.people for _, _, stop in stops]),
    ]


def _area_columns(district: District, campaign: Campaign, words: Words) -> Table:
    """People left in each kelurahan after every weekend."""
    codes = sorted({code for planned in campaign.weeks for code in planned.left_by_kelurahan})
    return [
        (words("Code"), codes),
        (words("Kelurahan"), [kelurahan_title(district, code) for code in codes]),
        *(
            (planned.week, [planned.left_by_kelurahan.get(code, 0) for code in codes])
            for planned in campaign.weeks
        ),
    ]


def way_rows(district: District, campaign: Campaign, words: Words) -> list[Row]:
    """A row for each way other than vans."""
    return [_way_row(worth, words) for worth in value_ways(district, campaign)]


def _way_row(worth: WayWorth, words: Words) -> Row:
    way, week = worth.way, worth.from_week

    def number(value: float | None) -> Cell:
        return number_cell(None if week is None else value, words, blank="")

    name = words.translate(way.name)
    return {
        words("Instead of a van"): (name, name),
        words("Rp per recording"): number_cell(way.cost, words),
        words("People a week"): number_cell(way.capacity, words),
        words("Less than vans from"): (week or words("never"), week or ""),
        words("People from then on"): number(worth.people),
        words("Weeks for them"): number(worth.weeks),
        words("Saves Rp"): number(worth.saving),
    }


def campaign_rows(campaign: Campaign, words: Words) -> list[Row]:
    """A row for each weekend, what people and what programs read."""
    done = [_done_row(week, number, words) for number, week in enumerate(campaign.done, start=1)]
    first = len(done) + 1
    return [
        *done,
        *(_row(week, number, words) for number, week in enumerate(campaign.weeks, first)),
    ]


def _name(week: str) -> str:
    """With its Saturday: ``2026-W48 28/11``."""
    day = date.fromisoformat(f"{week}-6")
    return f"{week} {day.day}/{day.month}"


def _done_row(week: DoneWeek, number: int, words: Words) -> Row:
    blank = "", ""
    return {
        words("Week"): (words("{week}, done", week=_name(week.week)), week.week),
        words("No."): (str(number), number),
        words("Recorded"): number_cell(week.recorded, words),
        words("Left"): number_cell(week.left, words, blank=""),
        words("New"): blank,
        words("Van-days"): blank,
        words("People per van-hour"): blank,
        words("Gap in %"): blank,
        words("At least weekends"): number_cell(week.least_after, words, blank=""),
    }


def _row(planned: CampaignWeek, number: int, words: Words) -> Row:
    gap = None if planned.gap is None else 100 * planned.gap
    return {
        words("Week"): (_name(planned.week), planned.week),
        words("No."): (str(number), number),
        words("Recorded"): number_cell(planned.people, words),
        words("Left"): number_cell(planned.left, words),
        words("New"): number_cell(planned.inflow, words),
        words("Van-days"): number_cell(planned.van_days, words),
        words("People per van-hour"): number_cell(planned.people_per_h, words, 1),
        words("Gap in %"): number_cell(gap, words, 1, ""),
        words("At least weekends"): number_cell(planned.least_weekends, words, blank=""),
    }
