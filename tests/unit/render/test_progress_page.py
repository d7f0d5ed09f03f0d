"""The page of progress stays one page."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from planner.analysis.progress import (
    OUTCOMES,
    AreaProgress,
    Missed,
    NextStop,
    NextWeekend,
    Progress,
    Stock,
    WeekProgress,
)
from planner.backlog import PublishedStop
from planner.i18n.words import Words
from planner.render.progress_page import format_share, typeset_progress
from tests.builders.districts import district

DAY = date(2026, 11, 30)
LONG = "Kelurahan Karanganyar Sindangbarang Hulu Selatan"


def city() -> Progress:
    """A city of 267 kelurahan with long names, after a year."""
    stop = PublishedStop(
        day=DAY,
        van="JB-1",
        order=1,
        place="T1",
        name=LONG * 2,
        kind="point",
        category="",
        kits=2,
        arrive_s=0,
        setup_s=0,
        serve_s=0,
        packup_s=0,
        depart_s=0,
        people=90,
        expected=100,
        turnout=0.5,
        seconds_per_person=360,
    )
    areas = tuple(
        AreaProgress(
            code=f"31.71.{number:02}.1001",
            name=f"{LONG} {number}",
            kecamatan=f"{LONG} {number % 44}",
            eligible=1_234_567,
            by_vans=123_456,
            struck_off=12_345,
            left=12_345,
            stuck=12_345,
            not_printed=123_456,
        )
        for number in range(267)
    )
    week = WeekProgress(
        week="2026-W48",
        planned=12_345,
        published=12_345,
        stops=123,
        told=123,
        recorded=12_345,
        outcomes=dict.fromkeys(OUTCOMES, 12_345),
        missed=tuple(Missed(stop=stop, done=1, note=LONG * 3) for _ in range(50)),
    )
    next_stop = NextStop(day=DAY, van="JB-1", name=LONG, serve_s=0, packup_s=0, people=90)
    return Progress(
        day=DAY,
        areas=areas,
        weeks=(week,) * 52,
        burn_down=tuple((DAY + timedelta(weeks=n), 1_234_567 - n) for n in range(26)),
        printed=1,
        stock=dict.fromkeys(
            ("cards", "ribbon", "film"), Stock(received=9_999, used=1, spoiled=1, left=1)
        ),
        spread=((0.0, 0.0), (0.5, 1.0), (1.0, 1.0)),
        next_weekend=NextWeekend(week="2026-W49", is_published=True, stops=(next_stop,) * 80),
    )


@pytest.mark.slow
def test_a_city_of_many_kelurahan_has_one_page() -> None:
    """Those with most people left are named, all others are one row."""
    pages = PdfReader(BytesIO(typeset_progress(district(), city()))).pages
    assert len(pages) == 1
    assert "lainnya" in pages[0].extract_text() or "others" in pages[0].extract_text()


def test_nothing_is_finished_before_its_time() -> None:
    """99.999 % is not 100 %."""
    words = Words(language="en")
    assert format_share(0.99999, words) == "99.99\N{NO-BREAK SPACE}%"
    assert format_share(1.0, words) == "100.00\N{NO-BREAK SPACE}%"
    assert format_share(None, words) == "\N{EN DASH}"
