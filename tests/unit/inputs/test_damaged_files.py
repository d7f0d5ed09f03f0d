"""Files that were damaged, cut off or locked are told about; nothing escapes as a traceback."""

import csv
import random
from io import StringIO
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.inputs import read_district
from tests.builders.folders import TABLES, sound_folder

SCRAPS = (b"", b'"', b",", b"\n", b"\x00", b"\xff", b"nan", b"1e999", b"=1+1", b"[", b"}", b"-")


@pytest.mark.parametrize("seed", range(60))
def test_damage_is_told_or_harmless(tmp_path: Path, seed: int) -> None:
    """Some bytes of one file are replaced, or its end is lost."""
    rng = random.Random(seed)
    folder = sound_folder(tmp_path)
    path = rng.choice(sorted(tmp_path.iterdir()))
    data = bytearray(path.read_bytes())
    for _ in range(3):
        at = rng.randrange(len(data))
        data[at : at + rng.choice((1, 5, 40, len(data)))] = rng.choice(SCRAPS)
        data = data or bytearray(b"\n")
    path.write_bytes(data)
    try:
        read_district(folder.path)
    except InputError as error:
        assert all(problem.where and problem.remedy for problem in error.problems)


def test_locked_files_are_told_all_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows does not open what Excel holds open."""
    folder = sound_folder(tmp_path)

    def locked(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", locked)
    message = r"rt\.csv: cannot be opened \(Permission denied\); close it elsewhere and try again"
    with pytest.raises(InputError, match=message) as caught:
        read_district(folder.path)
    assert [problem.where for problem in caught.value.problems][:3] == [
        "planner.toml",
        "rt.csv",
        "points.csv",
    ]


@pytest.mark.parametrize("name", TABLES)
def test_a_cell_of_thousands_of_digits_is_a_problem_as_others(tmp_path: Path, name: str) -> None:
    """In any column: Python makes no number of them, and says so in an error of its own."""
    folder = sound_folder(tmp_path)
    header, *rows = folder.cells(name)
    for position in range(len(header)):
        cells = [*rows[0]]
        cells[position] = "9" * 5000
        lines = [header, cells, *rows[1:]]
        table = StringIO()
        csv.writer(table).writerows(lines)
        folder.write(f"{name}.csv", table.getvalue())
        try:
            read_district(tmp_path)
        except InputError as error:
            assert not any("Exceeds the limit" in str(problem) for problem in error.problems)
