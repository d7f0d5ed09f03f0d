"""Hours, shifts and breaks as offices write them."""

import pytest

from planner.errors import Mistake
from planner.inputs.hours import (
    parse_break,
    parse_hours,
    parse_intervals,
    parse_shift,
)

EIGHT, TWELVE, ONE, THREE = 28800, 43200, 46800, 54000


@pytest.mark.parametrize(
    "text",
    [
        "Sab 08.00-12.00; Min 08.00-12.00",
        "Sab, Min 08:00 - 12:00",
        "Sab-Min 8.00–12.00",
        "sabtu minggu 08.00 s/d 12.00",
        "Saturday-Sunday 08.00-12.00",
        "Sab 08.00-12.00; Mgg 08.00-12.00; Sen tutup",
    ],
)
def test_spellings_of_the_same_hours(text: str) -> None:
    """Both days of the weekend, eight to twelve."""
    assert parse_hours(text) == {5: ((EIGHT, TWELVE),), 6: ((EIGHT, TWELVE),)}


def test_a_day_has_several_windows_in_order() -> None:
    """The afternoon is written first, the morning in another entry."""
    assert parse_hours("Sab 13.00-15.00; Sab 08.00-12.00") == {5: ((EIGHT, TWELVE), (ONE, THREE))}


def test_days_wrap_around_the_week() -> None:
    """Saturday to Monday."""
    assert list(parse_hours("Sab-Sen 08.00-12.00")) == [0, 5, 6]


def test_every_day_is_seven_days() -> None:
    """Setiap hari."""
    assert list(parse_hours("setiap hari 08.00-12.00")) == list(range(7))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("hari kerja", range(5)),
        ("Setiap hari kerja", range(5)),
        ("akhir pekan", range(5, 7)),
        ("Weekend", range(5, 7)),
        ("Setiap hari Sabtu dan Minggu", range(5, 7)),
    ],
)
def test_days_have_names_together(text: str, days: range) -> None:
    """Each day from eight to twelve."""
    assert parse_hours(f"{text} 08.00-12.00") == dict.fromkeys(days, ((EIGHT, TWELVE),))


def test_hours_without_a_day_hold_on_the_days_given() -> None:
    """Defaults in the settings hold on the service days."""
    assert parse_hours("08.00-12.00", default_days=(6,)) == {6: ((EIGHT, TWELVE),)}


def test_windows_may_reach_midnight() -> None:
    """As the hours of the night guard do."""
    assert parse_intervals("12.00-24.00") == ((TWELVE, 86400),)


def test_hours_that_touch_are_one_window() -> None:
    """A hall open until 12 and from 12 on is not closed at 12; nor by two entries of a day."""
    assert parse_intervals("12.00-13.00, 08.00-12.00") == ((EIGHT, ONE),)
    assert parse_hours("Sab 08.00-12.00; Sab-Min 12.00-13.00")[5] == ((EIGHT, ONE),)
    assert parse_shift("Sab 08.00-12.00, 12.00-13.00") == {5: (EIGHT, ONE)}


def test_windows_may_not_overlap_by_a_minute() -> None:
    """The second begins at 11.59."""
    with pytest.raises(Mistake, match="has hours that overlap"):
        parse_intervals("08.00-12.00, 11.59-13.00")


def test_closed_is_no_window() -> None:
    """Tutup, in the calendar."""
    assert parse_intervals("Tutup") == ()


def test_a_shift_has_one_interval_a_day() -> None:
    """Another on Sunday is fine."""
    shifts = parse_shift("Sab 08.00-12.00; Min 13.00-15.00")
    assert shifts == {5: (EIGHT, TWELVE), 6: (ONE, THREE)}


def test_a_break_starts_between_two_times() -> None:
    """Twelve to one, half an hour."""
    rest = parse_break("12.00 - 13.00 30")
    assert (rest.earliest_s, rest.latest_s, rest.length_s) == (TWELVE, ONE, 1800)


@pytest.mark.parametrize(
    "text",
    [
        "Sabtu: 08.00 s.d. 12.00 WIB",
        "Sabtu, pukul 08.00 \u2013 12.00 WITA",
        "Sabtu pkl. 08:00 s/d 12:00",
        "Setiap Sabtu jam 8 sampai 12",
        "Sab 08.00 sampai dengan 12.00; Minggu libur",
        "sabtu (08.00 WIB-12.00 WIB)",
        "Sab 08.00-10.00 dan 10.00-12.00",
        "Saturday 8 am to 12 pm",
        "SABTU 8 pagi hingga 12 siang",
        "Setiap hari Sabtu pukul 08.00-12.00",
        "Sbt buka mulai pukul 08:00:00 s/d 12:00:00",
        "- Sabtu = 0800 ~ 1200",
    ],
)
def test_hours_are_read_as_notices_write_them(text: str) -> None:
    """Saturday from eight to noon."""
    assert parse_hours(text) == {5: ((EIGHT, TWELVE),)}


@pytest.mark.parametrize(
    "text",
    [
        "Sabtu 08.00-12.00 Minggu 13.00-15.00",
        "Sabtu 08.00-12.00, Minggu 13.00-15.00",
        "Sabtu: 08.00-12.00\nMinggu: 13.00-15.00",
        "Sabtu 08.00-12.00 & Minggu jam 1 siang - 3 sore",
        "\u2022 Sabtu 08.00-12.00\n\u2022 Minggu 13.00-15.00",
        "- Sabtu 08.00-12.00 - Minggu 13.00-15.00",
    ],
)
def test_a_day_begins_a_new_part(text: str) -> None:
    """With or without a semicolon before it."""
    assert parse_hours(text) == {5: ((EIGHT, TWELVE),), 6: ((ONE, THREE),)}


def test_a_break_of_a_place_closes_it() -> None:
    """Open from eight to three, but for an hour at noon."""
    hours = parse_hours("Senin s.d. Jumat 08.00-15.00 (istirahat 12.00-13.00)")
    assert hours == dict.fromkeys(range(5), ((EIGHT, TWELVE), (ONE, THREE)))


@pytest.mark.parametrize("text", ["Sab 08.00", "Sab 08.00-12.00 45", "Sabtu 08.00 - selesai", ""])
def test_half_of_hours_is_none(text: str) -> None:
    """Without an end nobody knows how long."""
    with pytest.raises(Mistake, match=r"cannot be read as hours; write 'Sab 08\.00-12\.00"):
        parse_hours(text)


def test_hints_can_be_read() -> None:
    """What the message proposes is right."""
    with pytest.raises(Mistake, match=r"has no day; write for example 'Sab 08\.00-12\.00'"):
        parse_hours("pukul 8 s.d. 12")
    with pytest.raises(Mistake, match=r"has a day; write for example '08\.00-12\.00'"):
        parse_intervals("Sab 08.00-12.00")
