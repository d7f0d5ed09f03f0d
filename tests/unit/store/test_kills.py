"""A run killed before any of its steps leaves the week as it was or as it should be."""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.plan import Plan, Result
from planner.store.atomic import write_files
from planner.store.week_writer import settle_week, write_week
from tests.builders.horizons import horizon, result
from tests.builders.killing import kill_at_each_step, needs_fork, run_all
from tests.builders.versions import add_papers, add_version, tree, week_of

pytestmark = [pytest.mark.slow, pytest.mark.process, needs_fork]

WEEK = "2026-W48"


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run is killed, not the machine: waiting for the disk would only take time."""
    monkeypatch.setattr(os, "fsync", lambda number: None)


def other(people: int) -> Result:
    """Another plan for each number."""
    return replace(result(people=people), plan=Plan(routes=result().plan.routes[:1]))


def restore(folder: Path, number: int) -> None:
    with write_week(horizon(folder=folder).district, WEEK, f"plan --restore {number}") as writer:
        writer.restore(number)


def three_versions(folder: Path) -> None:
    """The first with sheets, the third with papers of two kinds and a file of somebody else."""
    add_version(folder, result(), {"summary.txt": b"1"}, papers={"prints": {"sheets.pdf": b"1"}})
    add_version(folder, other(2), {"summary.txt": b"2"}, because="repair", changed=b"{}")
    papers = {"maps": {"map.html": b"3"}, "public": {"text-a.txt": b"3", "text-b.txt": b"3"}}
    add_version(folder, other(3), {"summary.txt": b"3"}, planned_on=2, papers=papers)
    (folder / "public" / WEEK / "catatan.txt").write_bytes(b"x")


def old_folder(folder: Path) -> None:
    """As planners before versions left it."""
    three_versions(folder)
    shutil.rmtree(folder / "versions")


PUBLICATION = {"public": {"text-b.txt": b"4", "text-c.txt": b"4"}, "office": {"plan.gpkg": b"4"}}
NEXT = {"changes": {"changes.txt": b"4"}, "prints": {"sheets.pdf": b"4"}}

RUNS: Mapping[str, tuple[Callable[[Path], object], Callable[[Path], object]]] = {
    "first": (
        lambda folder: folder.mkdir(),
        lambda folder: add_version(folder, result(), {"summary.txt": b"1"}),
    ),
    "next": (
        three_versions,
        lambda folder: add_version(
            folder, other(4), {"summary.txt": b"4"}, because="replan", planned_on=3, papers=NEXT
        ),
    ),
    "thinning": (
        three_versions,
        lambda folder: add_version(folder, other(4), planned_on=3, keep_versions=2),
    ),
    "papers": (
        three_versions,
        lambda folder: add_papers(folder, other(3), PUBLICATION, is_published=True),
    ),
    "restore": (three_versions, lambda folder: restore(folder, 1)),
    "old folder, papers": (old_folder, lambda folder: add_papers(folder, other(3), PUBLICATION)),
    "old folder, next": (
        old_folder,
        lambda folder: add_version(folder, other(4), because="repair", planned_on=3, papers=NEXT),
    ),
}


def week_as_read(folder: Path) -> object:
    """What a reader takes for the week: plan, changes and papers in force."""
    version = week_of(folder).current
    if version is None:
        return None
    papers = {kind: version.read_papers(kind) for kind in ("maps", "prints", "public", "office")}
    papers = {kind: files for kind, files in papers.items() if files}
    for name in papers.get("public", {}):
        assert name != "catatan.txt" or version.path == week_of(folder).path
    papers.get("public", {}).pop("catatan.txt", None)
    return version.read_result(), version.read_changed(), papers


def shown_versions(folder: Path) -> set[bytes]:
    """The versions whose files the usual places show; each file of these tests says its own."""
    names = ("summary.txt", "map.html", "text-*.txt", "sheets.pdf", "changes.txt")
    return {
        path.read_bytes()
        for name in names
        for path in folder.rglob(f"{WEEK}/{name}")
        if "versions" not in path.parts
    }


@pytest.mark.gate
@pytest.mark.parametrize("name", RUNS)
def test_a_killed_run_leaves_the_old_week_or_the_new(name: str, tmp_path: Path) -> None:
    """As any reader sees it at once, and after the next run of any kind nothing else is left.

    Somebody who looks into the usual places before that never meets files of two versions.
    """
    prepare, run = RUNS[name]
    before, after, folder = tmp_path / "before", tmp_path / "after", tmp_path / "kota"
    prepare(before)
    shutil.copytree(before, after)
    run(after)
    weeks = [week_as_read(before), week_as_read(after)]
    trees = [without_lock(tree(before)), without_lock(tree(after))]

    def reset() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(before, folder)

    steps = 0
    for step in kill_at_each_step(lambda: run(folder), folder, reset):
        steps += 1
        week = week_as_read(folder)
        assert week in weeks, step
        assert len(shown_versions(folder)) <= 1 or name in {"papers", "old folder, papers"}, step
        assert len(shown_versions(folder / "public")) <= 1, step
        settle_week(horizon(folder=folder).district, WEEK)
        assert week_as_read(folder) == week, step
        # Taking over what an older planner left is a step of its own, before the run's.
        if not name.startswith("old folder") or week_of(folder).read_index() is None:
            assert without_lock(tree(folder)) == trees[weeks.index(week)], step
        run(folder)
        assert without_lock(tree(folder)) == trees[1], step
    assert steps > 20


def without_lock(files: dict[str, bytes]) -> dict[str, bytes]:
    """Files of the week; the empty file that runs lock stays, and so may a folder for it."""
    return {
        name: content
        for name, content in files.items()
        if not name.endswith("/lock") and (content != b"/" or "/." in f"/{name}")
    }


def test_files_written_together_never_lie_beside_older_ones(tmp_path: Path) -> None:
    """Of a comparison of scenarios: page and table; the next run leaves nothing hidden."""
    folder = tmp_path / "whatif"
    files = {"comparison.html": b"2", "comparison.csv": b"2"}

    def reset() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        write_files(folder, dict.fromkeys(files, b"1"))

    for step in kill_at_each_step(lambda: write_files(folder, files), folder, reset):
        shown = {path.read_bytes() for path in folder.glob("comparison.*")}
        assert len(shown) <= 1, step
        write_files(folder, files)
        assert tree(folder) == files, step


@pytest.mark.gate
def test_of_two_runs_at_once_none_is_lost(tmp_path: Path) -> None:
    """Each pair plans on the same version; both plans are whole versions after it."""
    for pair in range(100):
        folder = tmp_path / str(pair)
        add_version(folder, result())
        runs = [partial(add_version, folder, other(people), planned_on=1) for people in (2, 3)]
        codes = run_all(*runs)
        assert codes == [0, 0]
        versions = week_of(folder).versions
        assert [version.number for version in versions] == [1, 2, 3]
        assert {version.read_result().people for version in versions} == {result().people, 2, 3}
        assert {version.history.planned_on for version in versions} == {None, 1}
        files = versions[-1].files()
        assert all((week_of(folder).path / name).read_bytes() == files[name] for name in files)
        assert week_of(folder).is_settled()


def test_of_two_replans_at_once_one_is_refused(tmp_path: Path) -> None:
    """Both were made of the same version; the second would undo the first."""

    def replan(folder: Path, people: int) -> None:
        try:
            given = (result().plan, None)
            add_version(folder, other(people), because=f"replan {people}", instead_of=given)
        except InputError as error:
            raise SystemExit(2) from error

    for pair in range(20):
        folder = tmp_path / str(pair)
        add_version(folder, result())
        codes = run_all(*(partial(replan, folder, people) for people in (2, 3)))
        assert sorted(codes) == [0, 2]
        assert [version.number for version in week_of(folder).versions] == [1, 2]
