"""What rows of several tables agree on; test_bad_input.py has a case of each fault."""

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.inputs import read_district
from tests.builders.folders import Folder, sound_folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The sound folder."""
    return sound_folder(tmp_path)


def test_a_place_may_take_a_standard_class_the_office_has_not(folder: Folder) -> None:
    """A point says which vans fit, not which there are."""
    folder.edit("schools.csv", ",small\n", ",small large\n")
    assert read_district(folder.path).venues[2].classes == ("small", "large")


@pytest.mark.parametrize("scope", ["", "vans", "offices", "99.71.01.1001", "99710001", "A"])
def test_the_calendar_closes_what_is_there(folder: Folder, scope: str) -> None:
    """Everything, a table, a kelurahan, a place or a van."""
    folder.edit("calendar.csv", ",T1,", f",{scope},")
    assert read_district(folder.path).calendar[0].scope == scope


def test_what_hangs_on_a_table_that_was_not_read_is_not_told(folder: Folder) -> None:
    """Without depots no van is said to start from an unknown one."""
    folder.write("depots.csv", b"\x81")
    with pytest.raises(InputError, match=r"depots\.csv: is not UTF-8 text") as caught:
        read_district(folder.path)
    assert len(caught.value.problems) == 1


def test_names_are_compared_without_signs_and_capitals(folder: Folder) -> None:
    """`MELATI ` and `Melati` are one kelurahan."""
    folder.edit("rt.csv", "Melati,001", "ME-LATI,001")
    assert len(read_district(folder.path).neighbourhoods) == 2
