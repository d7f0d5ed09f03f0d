"""Who becomes 16 and 17 while nobody counts."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from planner.backlog import estimate_inflow, turning_17
from planner.district import District, RegisterCount, Turning17
from planner.errors import InputError
from planner.horizon.as_of_dates import as_of_dates
from planner.inputs import read_district
from tests.builders.folders import sound_folder

CODE, SCHOOL = "99.71.01.1001", "99710001"
NEW_YEAR = date(2026, 12, 31)


@pytest.fixture
def district(tmp_path: Path) -> District:
    """Two rows of rt in one kelurahan, and a school half of whose pupils stand in rt, too."""
    return read_district(sound_folder(tmp_path).path)


def of_kelurahan(district: District, after: date, last: date) -> int:
    """All who turn 17 there."""
    inflow = estimate_inflow(district)
    return sum(inflow(home.id, after, last) for home in district.neighbourhoods)


def test_a_fifth_of_the_band_turns_17_in_a_year(district: District) -> None:
    """3,580 aged 15 to 19 are 716 a year; parts of a year add up to it."""
    count = RegisterCount(code=CODE, kelurahan="Melati", aged_15_19=3580)
    district = replace(district, register=(count,))
    days = [NEW_YEAR + timedelta(days=n) for n in (0, 1, 40, 41, 200, 365)]
    parts = [of_kelurahan(district, *days) for days in pairwise(days)]
    assert sum(parts) == of_kelurahan(district, days[0], days[-1])
    assert abs(sum(parts) - 716) <= 1
    assert min(parts) >= 0


def test_a_row_of_the_whole_kelurahan_is_not_added_to_its_parts(district: District) -> None:
    """The kelurahan has 500, its RW 300 and 200."""
    rows = [
        RegisterCount(code=CODE, kelurahan="Melati", rw=rw, aged_15_19=people)
        for rw, people in (("", 500), ("001", 300), ("002", 200))
    ]
    whole, parts = (replace(district, register=tuple(part)) for part in (rows, rows[1:]))
    year = NEW_YEAR, date(2027, 12, 31)
    assert of_kelurahan(whole, *year) == of_kelurahan(parts, *year)
    assert abs(of_kelurahan(whole, *year) - 100) <= 1


def test_numbers_of_the_office_come_first(district: District) -> None:
    """31 in January, one each day; the band does not count beside them."""
    count = RegisterCount(code=CODE, kelurahan="Melati", aged_15_19=3580)
    own = Turning17(place=CODE, month=date(2027, 1, 1), people=31)
    district = replace(district, register=(count,), turning_17=(own,))
    assert of_kelurahan(district, NEW_YEAR, date(2027, 1, 10)) == 10
    assert of_kelurahan(district, NEW_YEAR, date(2027, 12, 31)) == 31


def test_those_who_come_are_shared_by_who_must_hold_a_card(district: District) -> None:
    """Three quarters live in the first row."""
    homes = tuple(
        replace(home, eligible=eligible)
        for home, eligible in zip(district.neighbourhoods, (300, 100), strict=True)
    )
    own = Turning17(place=CODE, month=date(2027, 1, 1), people=400)
    district = replace(district, neighbourhoods=homes, turning_17=(own,))
    inflow = estimate_inflow(district)
    first, second = (inflow(home.id, NEW_YEAR, date(2027, 1, 31)) for home in homes)
    assert first + second == 400
    assert abs(first - 300) <= 2


def test_pupils_count_from_16(district: District) -> None:
    """20 who turn 17 in February 2028 turn 16 a year before; half of them stand in rt later."""
    own = Turning17(place=SCHOOL, month=date(2028, 2, 1), people=20)
    inflow = estimate_inflow(replace(district, turning_17=(own,)))
    assert inflow(SCHOOL, NEW_YEAR, date(2027, 1, 31)) == 0
    assert inflow(SCHOOL, NEW_YEAR, date(2027, 2, 28)) == 10
    assert inflow("K1", NEW_YEAR, date(2028, 12, 31)) == 0


def test_a_plan_counts_those_who_came_since_the_count(district: District) -> None:
    """Of 31 in January those of the first nine days, for a plan of the tenth; none unasked."""
    own = Turning17(place=CODE, month=date(2027, 1, 1), people=31)
    district = replace(district, turning_17=(own,))
    dates = [date(2027, 1, 10)]
    assert as_of_dates(district, dates) == district
    counted = replace(district, counted_on=NEW_YEAR)
    more = [
        new.unrecorded - old.unrecorded
        for new, old in zip(
            as_of_dates(counted, dates).neighbourhoods, district.neighbourhoods, strict=True
        )
    ]
    assert sum(more) == 9


def test_months_are_written_in_several_ways(tmp_path: Path) -> None:
    """A year alone is January, as schools count those who turn 17 in it."""
    folder = sound_folder(tmp_path)
    rows = [f"{SCHOOL};2027-02;12", f"{SCHOOL};03/2027;3", f"{CODE};2028;9"]
    folder.write("turning-17.csv", "\n".join(["place;month;people", *rows]))
    district = read_district(folder.path)
    months = [date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)]
    assert turning_17(district, SCHOOL, months) == {months[1]: 12, months[2]: 3}
    assert turning_17(district, CODE, [date(2028, 1, 1)]) == {date(2028, 1, 1): 9}


def test_a_place_that_is_none_is_told(tmp_path: Path) -> None:
    """And what is no month."""
    folder = sound_folder(tmp_path)
    folder.write("turning-17.csv", "place;month;people\n99710009;2027-02;12\n99710001;2027-13;1\n")
    with pytest.raises(InputError, match="turning-17") as caught:
        read_district(folder.path)
    assert [str(problem) for problem in caught.value.problems] == [
        "turning-17.csv:2 place: '99710009' is no school, and no kelurahan of rt;"
        " did you mean '99710001'?",
        "turning-17.csv:3 month: '2027-13' is not a month; write 2027-02, or 2027 for January",
    ]
