"""CSV files as spreadsheets, exports and people write them."""

from pathlib import Path

import pytest

from planner.errors import Mistake
from planner.inputs.csv_table import read_csv


@pytest.mark.parametrize(
    "text",
    [
        "id,name\nA,Balai\n",
        "\ufeffid;name\r\nA;Balai\r\n",
        "# catatan, dengan koma\nid\tname\nA\tBalai\n",
    ],
)
def test_separator_and_mark_make_no_difference(tmp_path: Path, text: str) -> None:
    """Commas, semicolons or tabs; a byte order mark; a comment above the header."""
    path = tmp_path / "points.csv"
    path.write_bytes(text.encode())
    table = read_csv("points", path)
    assert [row.cells for row in table.rows] == [{"id": "A", "name": "Balai"}]


def test_rows_are_numbered_as_the_lines_they_begin_on(tmp_path: Path) -> None:
    """A note of two lines, the second with a # that begins no comment."""
    path = tmp_path / "points.csv"
    path.write_text('id,note\nA,"pintu\n# 2"\nB,\n', encoding="utf-8")
    table = read_csv("points", path)
    assert [(row.number, row.cells["id"]) for row in table.rows] == [(2, "A"), (4, "B")]
    assert table.spot(4, "id").text == "points.csv:4 id"


@pytest.mark.parametrize("char", "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
def test_only_line_ends_of_csv_end_a_line(tmp_path: Path, char: str) -> None:
    """A vertical tab, as word processors leave it in a cell, ends none."""
    path = tmp_path / "points.csv"
    path.write_text(f"id,note\nA,pintu{char}2\n", encoding="utf-8")
    assert [row.cells["note"] for row in read_csv("points", path).rows] == [f"pintu{char}2"]


def test_a_text_that_looks_like_a_formula_is_that_text(tmp_path: Path) -> None:
    """As programs keep Excel from making 1 of 001; a formula stays one."""
    path = tmp_path / "rt.csv"
    path.write_text('rt,rw\n="001","=""002"""\n=1+1,\n', encoding="utf-8")
    rows = [row.cells for row in read_csv("rt", path).rows]
    assert rows == [{"rt": "001", "rw": "002"}, {"rt": "=1+1"}]


def test_what_is_no_csv_is_refused(tmp_path: Path) -> None:
    """A quote that is never closed."""
    path = tmp_path / "points.csv"
    path.write_text('id\n"A\n', encoding="utf-8")
    with pytest.raises(Mistake, match=r"is not a CSV file \(.*\); correct its quotes"):
        read_csv("points", path)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_what_excel_saves_as_plain_csv_is_read(tmp_path: Path, encoding: str) -> None:
    """In the encoding of Windows, which is told as it is a guess, and in UTF-16."""
    path = tmp_path / "points.csv"
    path.write_bytes("id;hours\r\nA;Jum\u2019at 08.00\u201311.00\r\n".encode(encoding))
    table = read_csv("points", path)
    assert table.rows[0].cells["hours"] == "Jum\u2019at 08.00\u201311.00"
    guessed = ("points.csv: is not UTF-8, and is read as text of Windows; check accents",)
    assert table.notes == (guessed if encoding == "cp1252" else ())
