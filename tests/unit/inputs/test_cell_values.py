"""Single values at the limits of what they may be."""

from datetime import date, datetime

import pytest

from planner.errors import Mistake
from planner.inputs.cell_values import (
    as_classes,
    as_date,
    as_decimal,
    as_npsn,
    as_positive,
    as_regency,
    as_region,
    as_rupiah,
    as_rw,
    as_share,
    as_text,
    as_whole,
    as_yes_no,
    rt_rw,
)


@pytest.mark.parametrize(
    ("cell", "text"), [(7.0, "7"), (" Balai\u00a0 RW ", "Balai RW"), (["a", 2.0], "a 2")]
)
def test_text_reads_as_it_was_typed(cell: object, text: str) -> None:
    """Excel makes numbers of codes; stray spaces go."""
    assert as_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "number"), [("37", 37), ("'37", 37), ("37,0", 37), (37.0, 37), ("+5", 5)]
)
def test_whole_numbers(cell: object, number: int) -> None:
    """A decimal zero is what a spreadsheet adds."""
    assert as_whole(cell) == number


@pytest.mark.parametrize("cell", ["1.250", "12,5", "dua", True, "1e3"])
def test_what_is_not_a_whole_number(cell: object) -> None:
    """A thousands dot could be a decimal point, so it is refused."""
    with pytest.raises(Mistake, match="is not a whole number; write digits only"):
        as_whole(cell)


def test_limits_of_numbers_are_allowed_themselves() -> None:
    """1 to 3; a step beyond is named with both limits."""
    assert (as_whole(1, minimum=1, maximum=3), as_whole(3, minimum=1, maximum=3)) == (1, 3)
    with pytest.raises(Mistake, match="'0' is below 1; use 1 or more"):
        as_whole(0, minimum=1, maximum=3)
    with pytest.raises(Mistake, match="'4' is above 3; use 1 to 3"):
        as_whole(4, minimum=1, maximum=3)


def test_decimals_have_a_point_or_a_comma() -> None:
    """Both are read; what a float cannot hold is refused."""
    assert as_decimal("-6,1754") == as_decimal("-6.1754") == -6.1754
    with pytest.raises(Mistake, match="is too large"):
        as_decimal("1e999")
    with pytest.raises(Mistake, match="'0' is not above 0"):
        as_positive("0")


def test_codes_are_written_with_dots() -> None:
    """A kelurahan ends in 1001 or 2001; a kabupaten or kota is neither 00 nor 70."""
    assert as_region("'3171011001") == as_region("31.71.01.1001") == "31.71.01.1001"
    assert as_regency("3171") == "31.71"
    for code in ("31.70", "31.00"):
        with pytest.raises(Mistake, match="is not the code of a kabupaten or kota"):
            as_regency(code)


def test_rt_and_rw_have_three_digits() -> None:
    """Of 001/02, RT before RW, an RW is the second number."""
    assert rt_rw("1") == ("001", None)
    assert rt_rw("1 / 02") == ("001", "002")
    assert as_rw("001/02") == "002"


@pytest.mark.parametrize(
    "text",
    [
        *("RT 01 RW 02", "RT.001/RW.02", "RT 1, RW 2.0", "RT I / RW II"),
        *("RW 02 / RT 01", "RW 2 RT 1", "'001/002", "No. 1 / 2"),
    ],
)
def test_labels_say_which_number_is_the_rw(text: str) -> None:
    """RT 1 of RW 2, in either order."""
    assert rt_rw(text) == ("001", "002")
    assert (as_rw(text), as_rw("RW IX"), as_rw("XIV")) == ("002", "009", "014")


@pytest.mark.parametrize(
    ("cell", "rupiah"),
    [
        *[("2500", 2500), ("Rp 2.500", 2500), ("2.500,00", 2500), ("Rp. 1.250.000,-", 1250000)],
        *[("40,000", 40000), ("2500.5", 2500.5), (2.567, 2.567), (0, 0)],
    ],
)
def test_a_point_of_money_parts_thousands(cell: object, rupiah: float) -> None:
    """2.500 rupiah are no two and a half; in a cell of a number the point is a decimal one."""
    assert as_rupiah(cell) == rupiah


def test_an_npsn_has_eight_letters_and_digits() -> None:
    """Seven are too few, a hyphen is neither."""
    assert as_npsn("k9970001") == "K9970001"
    for text in ("9970001", "9970-001"):
        with pytest.raises(Mistake, match="NPSN"):
            as_npsn(text)


def test_dates_begin_with_the_day() -> None:
    """As text in three shapes, or a date cell; a blank one of Excel is of 1899."""
    day = date(2026, 11, 28)
    cells = ("2026-11-28", "28/11/2026", "28-11-2026", day, datetime(2026, 11, 28, 8))  # noqa: DTZ001
    assert {as_date(cell) for cell in cells} == {day}
    with pytest.raises(Mistake, match="is not between 2020 and 2099"):
        as_date(date(1899, 12, 30))


def test_words_are_read_in_two_languages() -> None:
    """Ada is yes; classes of van come once each."""
    assert (as_yes_no("Ada"), as_yes_no("no")) == (True, False)
    assert as_classes("Small, large;small") == ("small", "large")


@pytest.mark.parametrize(
    "text",
    [
        "28 November 2026",
        "Sabtu, 28 November 2026",
        "28 Nov 2026",
        "28-Nop-2026",
        "28-Nov-26",
        "28.11.2026",
        "28/11/26",
        "2026-11-28 00:00:00",
        "46354",
        46354,
        46354.0,
    ],
)
def test_dates_are_read_as_people_and_spreadsheets_write_them(text: object) -> None:
    """In words, short, and as the number that Excel keeps."""
    assert as_date(text) == date(2026, 11, 28)


def test_months_have_their_indonesian_names() -> None:
    """Agustus, Agt; Mei and May."""
    assert [as_date(f"1 {name} 2026").month for name in ("Agustus", "Agt", "Mei", "May")] == [
        *(8, 8, 5, 5)
    ]
    with pytest.raises(Mistake, match="is not a date"):
        as_date("1 Brumaire 2026")


@pytest.mark.parametrize(
    ("text", "share"), [("80 %", 0.8), ("80%", 0.8), ("80 persen", 0.8), ("0,8", 0.8), (1, 1)]
)
def test_a_share_may_be_a_percentage(text: object, share: float) -> None:
    """80 % is 0.8."""
    assert as_share(text) == share


def test_a_percentage_is_at_most_a_hundred() -> None:
    """120 % never come."""
    with pytest.raises(Mistake, match="is above 100"):
        as_share("120 %")
