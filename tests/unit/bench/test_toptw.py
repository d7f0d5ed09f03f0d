from pathlib import Path

import pytest

from bench import toptw
from planner.errors import InputError

ROWS = """4 2 2 1
0 200
 0 0.00 0.00 0.00 0.00 0 0 0 100
 1 3.00 4.00 2.50 20.00 1 1 1 10 30
 2 1.00 1.00 0.00 10.00 1 1 1 0 50
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.txt"
    path.write_text(ROWS, encoding="ascii")
    return path


def test_distances_are_cut_to_one_decimal(path: Path) -> None:
    """From (0, 0) to (3, 4) it is 5.0, to (1, 1) 1.4 of 1.414."""
    assert toptw.read(path, 1).drive_s[0].tolist() == [0, 50, 14]


def test_a_window_ends_when_the_last_service_does(path: Path) -> None:
    """Service of 2.5 that starts at 30 at the latest ends at 32.5."""
    site = toptw.read(path, 1).sites[0]
    assert site.windows[toptw.DAY] == ((100, 325),)
    assert (site.setup_s, site.weight, site.expected) == (25, 20.0, 1)


def test_vans_are_as_many_as_asked_and_return_by_the_closing(path: Path) -> None:
    """The first line's count of vehicles, 4, is not used."""
    vans = toptw.read(path, 2).vans
    assert [van.shifts[toptw.DAY] for van in vans] == [(0, 1000), (0, 1000)]


def test_a_short_row_is_an_error(path: Path) -> None:
    """A row cut after the profit."""
    path.write_text(ROWS + " 3 1.0 1.0 0.0 5.0\n", encoding="ascii")
    with pytest.raises(InputError, match=r"tiny\.txt:6: has 5 numbers; give at least 7"):
        toptw.read(path, 1)


def test_a_file_without_vertices_is_an_error(path: Path) -> None:
    """Only the two lines of the head."""
    path.write_text("4 2 2 1\n0 200\n", encoding="ascii")
    with pytest.raises(InputError, match="has no vertices"):
        toptw.read(path, 1)


def test_best_known_values_are_read_in_order(tmp_path: Path) -> None:
    """One row of the table."""
    (tmp_path / "best_known.csv").write_text(
        "instance,vehicles,best_known,proven_upper_bound,proven_optimal\nr101,2,349,350,no\n",
        encoding="ascii",
    )
    assert toptw.known(tmp_path) == (toptw.Known(name="r101", num_vans=2, best=349, bound=350),)


def test_a_folder_without_best_known_values_is_an_error(tmp_path: Path) -> None:
    """An empty folder."""
    with pytest.raises(InputError, match=r"has no best_known\.csv; give the instances' folder"):
        toptw.known(tmp_path)
