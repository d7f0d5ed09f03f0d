"""A campaign as a table: lines to read, and CSV."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO

from planner.analysis.campaign import Campaign, CampaignWeek, DoneWeek
from planner.analysis.ways import WayWorth, value_ways
from planner.district import District
from planner.i18n.words import Words
from planner.render.campaign_summary import build_summary, kelurahan_title
from planner.render.escape import to_line
from planner.render.progress_tables import OPTIONS, Cell, Table, write_sheet
from planner.render.text_table import Row, align_columns, to_csv, to_numbers, to_texts


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
    import xlsxwriter  # noqa: PLC0415

    words, target = district.office.words, BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as workbook:
        first = date.fromisoformat(f"{campaign.weekends[0]}-1")
        created = datetime.combine(first, time())
        workbook.set_properties({"title": words("Campaign"), "created": created})
        write_sheet(
            workbook, words("Weekends"), _columns(campaign_rows(campaign, words)), False, words
        )
        ways = _columns(way_rows(district, campaign, words))
        write_sheet(workbook, words("Other ways"), ways, False, words)
        beyond = _beyond_columns(campaign, words)
        write_sheet(workbook, words("No van"), beyond, True, words)
        write_sheet(workbook, words("Stops"), _stop_columns(district, campaign, words), True, words)
        write_sheet(
            workbook, words("Kelurahan"), _area_columns(district, campaign, words), True, words
        )
    return target.getvalue()


def _columns(rows: Sequence[Row]) -> Table:
    """Rows with cells as a workbook has them."""

    def cell(value: object) -> Cell:
        if isinstance(value, float):
            return Decimal(str(value))
        return value if value != "" and isinstance(value, str | int) else None

    return [(name, [cell(row[name][1]) for row in rows]) for name in rows[0]]


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

    def number(value: float | None) -> tuple[str, object]:
        return ("", "") if week is None or value is None else (words.number(value), round(value))

    name = words.translate(way.name)
    return {
        words("Instead of a van"): (name, name),
        words("Rp per recording"): (words.number(way.cost), round(way.cost)),
        words("People a week"): (words.number(way.capacity), way.capacity),
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
    blank, left, least = ("", ""), week.left, week.least_after
    return {
        words("Week"): (words("{week}, done", week=_name(week.week)), week.week),
        words("No."): (str(number), number),
        words("Recorded"): (words.number(week.recorded), week.recorded),
        words("Left"): blank if left is None else (words.number(left), left),
        words("New"): blank,
        words("Van-days"): blank,
        words("People per van-hour"): blank,
        words("Gap in %"): blank,
        words("At least weekends"): blank if least is None else (str(least), least),
    }


def _row(planned: CampaignWeek, number: int, words: Words) -> Row:
    gap, least = planned.gap, planned.least_weekends
    return {
        words("Week"): (_name(planned.week), planned.week),
        words("No."): (str(number), number),
        words("Recorded"): (words.number(planned.people), planned.people),
        words("Left"): (words.number(planned.left), planned.left),
        words("New"): (words.number(planned.inflow), planned.inflow),
        words("Van-days"): (str(planned.van_days), planned.van_days),
        words("People per van-hour"): (
            words.number(planned.people_per_h, 1),
            round(planned.people_per_h, 2),
        ),
        words("Gap in %"): (
            ("", "") if gap is None else (words.number(100 * gap, 1), round(100 * gap, 2))
        ),
        words("At least weekends"): ("", "") if least is None else (str(least), least),
    }
