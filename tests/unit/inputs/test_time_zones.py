"""Hours of another time zone would be an hour or two wrong without anybody noticing."""

from pathlib import Path

import pytest

from planner.errors import InputError, Mistake
from planner.inputs import read_district
from planner.inputs.hours import in_zone
from planner.scenarios.place_changes import OpenPlace
from planner.scenarios.van_changes import SetShift
from tests.builders.folders import sound_folder


def problems(path: Path) -> list[str]:
    """What reading a folder shows, a line each."""
    with pytest.raises(InputError, match="time zone") as caught:
        read_district(path)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("table", "old", "new", "where"),
    [
        ("schools", "Sab 07.00-12.00", "Sab 07.00-12.00 WITA", "schools.csv:2 hours"),
        ("points", "Min 08.00-10.00", "Min 09.00-11.00WIT", "points.csv:3 hours"),
        ("vans", "Sab-Min 07.30-14.00", "Sab-Min 07.30 wita - 14.00", "vans.csv:2 shift"),
        ("calendar", "T1,tutup", "T1,08.00-09.00 WIB / 09.00-10.00 WITA", "calendar.csv:2 hours"),
    ],
)
def test_hours_of_another_zone_are_refused_by_name(
    tmp_path: Path, table: str, old: str, new: str, where: str
) -> None:
    """``WITA`` at an office in WIB, in every table."""
    folder = sound_folder(tmp_path)
    folder.edit(f"{table}.csv", old, new)
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{where}: '")
    assert problem.endswith("; write the hours in the time zone of the office")


def test_an_office_in_that_zone_may_say_so(tmp_path: Path) -> None:
    """Its clocks show just these hours."""
    folder = sound_folder(tmp_path)
    folder.edit("schools.csv", "Sab 07.00-12.00", "Sab 07.00-12.00 WITA")
    folder.edit("planner.toml", 'code = "99.71"', 'code = "99.71"\ntimezone = "WITA"')
    assert read_district(tmp_path).office.timezone == "WITA"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[hours]\nvan = "07.30-14.00 WITA"\n', "planner.toml"),
        ('[[roads.bands]]\nhours = "07.00-09.00 WIT"\nfactor = 1.5\n', "planner.toml"),
        ('[venue_types.pasar]\nlike = "point"\nhours = "05.00-09.00 WITA"\n', "planner.toml"),
    ],
)
def test_settings_are_held_to_it_too(tmp_path: Path, text: str, where: str) -> None:
    """Usual hours, hours of traffic, and those of the office's own kinds of place."""
    folder = sound_folder(tmp_path)
    settings = (tmp_path / "planner.toml").read_text()
    folder.write("planner.toml", f"{settings}\n{text}")
    (problem,) = problems(tmp_path)
    assert problem.startswith(where)


def test_options_name_no_zone() -> None:
    """They are read before the office is known."""
    for parse in (OpenPlace.parse, SetShift.parse):
        with pytest.raises(Mistake, match="is in the time zone WITA"):
            parse("T1=08.00-12.00 WITA")
    assert in_zone("08.00-12.00 WIB", "WIB") == "08.00-12.00 WIB"
