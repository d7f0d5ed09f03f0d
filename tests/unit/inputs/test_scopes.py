"""Scopes of the calendar, however they are named."""

import pytest

from planner.errors import InputError
from planner.inputs import read_district
from tests.builders.folders import Folder, sound_folder


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The sound one."""
    return sound_folder(tmp_path_factory.mktemp("kota"))


@pytest.mark.parametrize(
    ("written", "scope"),
    [
        ("t1", "T1"),
        ("Balai RW 01", "T1"),
        ("balai  rw 01", "T1"),
        ("9971011001", "99.71.01.1001"),
        ("MELATI", "99.71.01.1001"),
        ("ZZ 1 AA", "A"),
        ("sekolah", "schools"),
        ("Mobil", "vans"),
        ("", ""),
    ],
)
def test_names_and_codes_without_dots_are_understood(
    folder: Folder, written: str, scope: str
) -> None:
    """A place, a kelurahan, a van by its plate, a table in Indonesian."""
    folder.edit("calendar.csv", ",T1,", f",{written},")
    (entry,) = read_district(folder.path).calendar
    assert entry.scope == scope


def test_a_name_of_two_places_is_not_guessed(folder: Folder) -> None:
    """Both halls are called so."""
    folder.edit("points.csv", "Balai RW 02", "Balai RW 01")
    folder.edit("calendar.csv", ",T1,", ",Balai RW 01,")
    with pytest.raises(InputError, match="has several meanings; write one of: T1, T2"):
        read_district(folder.path)


def test_an_entry_under_two_names_stands_twice(folder: Folder) -> None:
    """T1 by its id and by its name."""
    text = (folder.path / "calendar.csv").read_text(encoding="utf-8")
    folder.write("calendar.csv", text + "2026-11-28,Balai RW 01,tutup,\n")
    with pytest.raises(InputError, match=r"calendar\.csv:3 date: .* is already in calendar\.csv:2"):
        read_district(folder.path)
