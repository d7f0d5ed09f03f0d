"""The search for numbers of persons finds what it should, and no test has others."""

import gzip
import re
import time
from pathlib import Path

from openpyxl import Workbook

from tests.builders.person_numbers import NUMBERS, files_with_numbers, note_given

TESTS = Path(__file__).parents[1]
NUMBER = NUMBERS[0]


def write_workbook(path: Path) -> None:
    """The number in a cell of a sheet, which is compressed."""
    book = Workbook()
    book.worksheets[0]["B2"] = NUMBER
    book.save(path)


def test_a_number_is_found_however_it_was_written(tmp_path: Path) -> None:
    """As text, in two bytes a character, as a float, in groups, in a workbook, compressed."""
    texts = {"a.txt": NUMBER, "b.txt": "x 1234 1234-1234.1234", "c.txt": "1.234123412341234e+15"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "d.txt").write_bytes(NUMBER.encode("utf-16"))
    (tmp_path / "e.gz").write_bytes(gzip.compress(NUMBER.encode()))
    write_workbook(tmp_path / "f.xlsx")
    (tmp_path / "g.txt").write_text("1234 and 5678", encoding="utf-8")
    names = [path.name for path in files_with_numbers(tmp_path, 0)]
    assert sorted(names) == ["a.txt", "b.txt", "c.txt", "d.txt", "e.gz", "f.xlsx"]
    assert not list(files_with_numbers(tmp_path, time.time() + 60))
    note_given(tmp_path)
    assert not list(files_with_numbers(tmp_path, 0))


def test_no_test_has_another_number_of_sixteen_digits() -> None:
    """The search knows the numbers of its list alone."""
    known = {*NUMBERS}
    for path in sorted(TESTS.rglob("*.py")):
        digits = re.findall(r"(?<![\d.])\d{16}(?![\d.])", path.read_text(encoding="utf-8"))
        assert set(digits) <= known, path
