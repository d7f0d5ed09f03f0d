"""Many districts in one table and on one map."""

from io import BytesIO

import openpyxl
from shapely import box

from planner.i18n.words import Words
from planner.render.country_page import (
    DistrictRow,
    build_country_csv,
    build_country_xlsx,
    draw_country,
)

WORDS = Words(language="en")


def row(code: str, left: int | None, **others: object) -> DistrictRow:
    values = {
        "key": code,
        "name": f"Dinas {code}",
        "code": code,
        "state": "done",
        "needs_a_person": False,
        "lat": -6.0 - float(code) / 100,
        "lon": 107.0,
        "left": left,
        **others,
    }
    return DistrictRow(**values)  # type: ignore[arg-type]


def test_what_is_not_known_is_blank() -> None:
    """A district that failed has no numbers, which is not 0."""
    table = build_country_csv([row("32.01", None, state="failed")], WORDS).decode("utf-8-sig")
    assert table.splitlines()[1] == "32.01,Dinas 32.01,failed,,,,,,,,,"


def test_a_province_is_the_sum_of_its_districts() -> None:
    """32.01 with 30 left and 32.02 with 12 make 42 in province 32."""
    rows = [row("32.01", 30), row("32.02", 12, needs_a_person=True), row("33.01", 5)]
    book = openpyxl.load_workbook(BytesIO(build_country_xlsx(rows, WORDS)))
    header, *provinces = book["Provinces"].iter_rows(values_only=True)
    column = header.index("Left after")
    assert [(each[0], each[column], each[-1]) for each in provinces] == [
        ("32", 42, 1),
        ("33", 5, 0),
    ]


def test_a_sum_of_what_nobody_knows_is_blank() -> None:
    """Without the ministry's layer the province has a dash under it, and the page no total."""
    page = draw_country([row("32.01", 30), row("32.02", None)], "plan", WORDS)
    assert "<td>30</td><td>–</td><td>–</td><td>0</td>" in page
    assert "<li>Ministry" not in page


def test_a_campaign_says_when_a_district_is_finished() -> None:
    """32.01 in week 2027-W05, 32.02 not by the end of its campaign."""
    rows = [row("32.01", 0, finish="2027-W05"), row("32.02", 9)]
    _, *lines = build_country_csv(rows, WORDS).decode("utf-8-sig").splitlines()
    assert [line.split(",")[-2] for line in lines] == ["2027-W05", ""]


def test_each_district_is_a_link_to_its_own_map() -> None:
    """A disc and the first cell of its row; texts of offices show as they were written."""
    rows = [row("32.01", 30, map_path="../32.01/map.html", name="<b>Dinas</b>"), row("32.02", 4)]
    page = draw_country(rows, "plan", WORDS)
    assert page.count('<a href="../32.01/map.html">') == 2
    assert page.count("<circle") == 2
    assert "<b>Dinas" not in page


def test_the_map_shows_borders_whole() -> None:
    """They may reach beyond the offices on all sides."""
    page = draw_country([row("32.01", 30, shape=box(106, -8, 108, -5))], "plan", WORDS)
    assert 'viewBox="0 0 1000.0 812.0"' in page
    assert '<path d="M528 782' in page


def test_colours_say_what_is_known() -> None:
    """Red needs a person, whatever its gap; without a plan there is no gap to be proven."""
    colours = [
        row("1", 1, gap=0.01).colour,
        row("2", 1, gap=None).colour,
        row("3", 1, gap=0.0, needs_a_person=True).colour,
    ]
    assert colours == ["proven", "plain", "person"]
