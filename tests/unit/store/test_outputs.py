"""Files made of a plan, and what an earlier plan left there."""

from pathlib import Path

from planner.store.outputs import write_outputs


def test_files_of_an_earlier_plan_do_not_stay(tmp_path: Path) -> None:
    """A text for a place that is no longer visited goes; the office's own file stays."""
    write_outputs(tmp_path, "public", "2026-W48", {"text-a.txt": b"a", "schedule.pdf": b"1"})
    (tmp_path / "public" / "2026-W48" / "catatan.txt").write_bytes(b"x")
    path = write_outputs(tmp_path, "public", "2026-W48", {"text-b.txt": b"b", "schedule.pdf": b"2"})
    assert sorted(file.name for file in path.iterdir()) == [
        "catatan.txt",
        "schedule.pdf",
        "text-b.txt",
    ]
