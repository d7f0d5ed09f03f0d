"""Headers of one row and of two."""

import pytest

from planner.inputs.header import find_header, numbers_columns

KNOWN = {
    "kode": "code",
    "rt": "rt",
    "belum_rekam": "unrecorded",
    "belum_rekam_jml": "unrecorded",
    "lintang": "lat",
    "bujur": "lon",
}


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([("kode", "rt"), ("99", "1")], (0, 0, ("kode", "rt"))),
        ([("laporan", ""), ("kode", "rt"), ("99", "1")], (1, 1, ("kode", "rt"))),
        (
            [("kode", "belum_rekam", "", ""), ("", "l", "p", "jml"), ("99", "3", "4", "7")],
            (0, 1, ("kode", "belum_rekam_l", "belum_rekam_p", "belum_rekam_jml")),
        ),
        (
            [("wilayah", "", "koordinat", ""), ("kode", "rt", "lintang", "bujur")],
            (1, 1, ("kode", "rt", "lintang", "bujur")),
        ),
        (
            [("kode", "rt", "koordinat", ""), ("kode", "rt", "lintang", "bujur"), ("99", "1")],
            (1, 1, ("kode", "rt", "lintang", "bujur")),
        ),
        (
            [("kode", "rt", "koordinat", ""), ("", "", "lintang", "bujur"), ("99", "1")],
            (0, 1, ("kode", "rt", "lintang", "bujur")),
        ),
    ],
    ids=["one row", "below a title", "groups", "names below", "merged downwards", "both"],
)
def test_a_header_has_the_most_columns_that_are_known(
    rows: list[tuple[str, ...]], header: tuple[int, int, tuple[str, ...]]
) -> None:
    """A title above several columns stands in the first of them."""
    assert find_header(rows, KNOWN) == header


def test_a_row_of_data_is_no_second_row_of_a_header() -> None:
    """A place may be called as a column is; its row has numbers."""
    rows = [("kode", "", ""), ("bujur", "lintang", "12")]
    assert find_header([rows[0], rows[1]], {"kode": "code"})[:2] == (0, 0)


def test_forms_number_their_columns() -> None:
    """1 to 4, but not the rows of a table."""
    assert numbers_columns(("1", "2", "3", "4"))
    assert numbers_columns(("1", "", "2", "3"))
    assert not numbers_columns(("1", "99_71_01_1001", "3"))
    assert not numbers_columns(("1", "2"))
