"""A district that is kept elsewhere, as a folder of this computer."""

from pathlib import Path

import fsspec
import pytest

from planner.batch.marker import Marker
from planner.batch.workspace import local_folder


def test_a_folder_of_this_computer_is_itself(tmp_path: Path) -> None:
    """No copy is made."""
    with local_folder(str(tmp_path)) as folder:
        assert folder == tmp_path


def test_changes_go_back_at_the_end() -> None:
    """A new file, a changed one, one taken away; the others stay."""
    files = fsspec.filesystem("memory")
    for name in ("same", "changed", "gone"):
        files.pipe_file(f"/land/x/{name}", b"old")
    with local_folder("memory://land/x") as folder:
        (folder / "changed").write_bytes(b"new")
        (folder / "gone").unlink()
        (folder / "plans").mkdir()
        (folder / "plans" / "plan.json").write_bytes(b"{}")
    found = {path: files.cat_file(path) for path in files.find("/land/x")}
    assert found == {
        "/land/x/same": b"old",
        "/land/x/changed": b"new",
        "/land/x/plans/plan.json": b"{}",
    }


def test_nothing_goes_back_where_it_fails() -> None:
    """What is half done stays away."""
    files = fsspec.filesystem("memory")
    files.pipe_file("/land/y/rt.csv", b"old")

    def change_and_fail() -> None:
        with local_folder("memory://land/y") as folder:
            (folder / "rt.csv").write_bytes(b"new")
            raise LookupError("stopped")

    with pytest.raises(LookupError, match="stopped"):
        change_and_fail()
    assert files.cat_file("/land/y/rt.csv") == b"old"


def test_a_lost_worker_makes_a_district_suspect_and_blames_it_of_nothing(tmp_path: Path) -> None:
    """Begun twice, killed never; another batch begins anew; the end leaves no file."""
    Marker(str(tmp_path), "one").begin()
    again = Marker(str(tmp_path), "one")
    again.begin()
    assert again.is_suspect
    assert again.num_killed == 0
    other = Marker(str(tmp_path), "two")
    other.begin()
    assert not other.is_suspect
    other.end()
    assert list(tmp_path.iterdir()) == []
