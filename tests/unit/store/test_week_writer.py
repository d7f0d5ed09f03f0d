"""Versions of the plan of a week, and papers drawn from them, as they are written."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from planner.errors import InputError, MissingPlanError
from planner.i18n.messages import Message
from planner.plan import Plan, Result
from planner.store.week_writer import write_week
from tests.builders.horizons import horizon, result
from tests.builders.versions import add_papers, add_version, manifest, tree, week_of


def other(people: int) -> Result:
    """Another plan for each number, a van less than `result`."""
    return replace(result(people=people), plan=Plan(routes=result().plan.routes[:1]))


def history(folder: Path) -> list[tuple[int, str]]:
    """Number and cause of each version."""
    return [(version.number, version.history.because) for version in week_of(folder).versions]


def test_a_version_never_changes(tmp_path: Path) -> None:
    """Nor does it vanish when another takes its place; plan-1.json beside shows it."""
    add_version(tmp_path, result(), {"summary.txt": b"1"})
    first = week_of(tmp_path).versions_path / "1"
    before = tree(first)
    for number, because in enumerate(("repair", "replan --at 10:15"), 2):
        add_version(tmp_path, other(number), {"summary.txt": b"2"}, because=because)
        assert manifest(week_of(tmp_path))["version"] == number
    assert tree(first) == before
    path = week_of(tmp_path).path
    assert (path / "plan-1.json").read_bytes() == before["plan.json"]
    assert (path / "plan.json").read_bytes() == (
        tmp_path / "versions/2026-W48/3/plan.json"
    ).read_bytes()
    assert manifest(week_of(tmp_path))["earlier"] == [
        {"file": "plan-1.json", "replaced_because": "repair"},
        {"file": "plan-2.json", "replaced_because": "replan --at 10:15"},
    ]


def test_what_says_nothing_new_is_no_version(tmp_path: Path) -> None:
    """The same plan again, found in another time; the usual places show it again."""
    add_version(tmp_path, result())
    before = tree(tmp_path)
    (week_of(tmp_path).path / "plan.json").write_bytes(b"mine")
    add_version(tmp_path, replace(result(), solve_s=3.5))
    assert tree(tmp_path) == before


def test_a_plan_of_somebody_else_stays(tmp_path: Path) -> None:
    """Somebody has put a plan-1.json there, and a picture beside the map."""
    add_version(tmp_path, result(), papers={"maps": {"map.html": b"1"}})
    (week_of(tmp_path).path / "plan-1.json").write_bytes(b"mine")
    (tmp_path / "maps/2026-W48/foto.jpg").write_bytes(b"x")
    add_version(tmp_path, other(1))
    assert (week_of(tmp_path).path / "plan-1.json").read_bytes() == b"mine"
    assert [path.name for path in (tmp_path / "maps/2026-W48").iterdir()] == ["foto.jpg"]


def test_papers_of_a_replaced_version_go_from_the_usual_places(tmp_path: Path) -> None:
    """They stay in the folder of their version."""
    add_version(tmp_path, result())
    add_papers(tmp_path, result(), {"prints": {"sheets.pdf": b"1", "sheet-a.pdf": b"1"}})
    assert (tmp_path / "prints/2026-W48/sheet-a.pdf").read_bytes() == b"1"
    add_version(tmp_path, other(1), papers={"changes": {"changes.txt": b"2"}})
    assert not (tmp_path / "prints/2026-W48").exists()
    assert (tmp_path / "changes/2026-W48/changes.txt").read_bytes() == b"2"
    assert (week_of(tmp_path).versions_path / "1/prints/sheet-a.pdf").exists()


def test_papers_drawn_again_take_the_place_of_others_of_their_kind(tmp_path: Path) -> None:
    """A sheet that there is no more goes; the plan and the map are left alone."""
    add_version(tmp_path, result(), papers={"maps": {"map.html": b"1"}})
    plan = week_of(tmp_path).path / "plan.json"
    plan.write_bytes(b"mine")
    for sheets in ({"sheet-a.pdf": b"1"}, {"sheet-b.pdf": b"2"}, {"sheet-b.pdf": b"2"}):
        add_papers(tmp_path, result(), {"prints": sheets})
    assert tree(tmp_path / "prints") == {"2026-W48/sheet-b.pdf": b"2"}
    version = week_of(tmp_path).versions_path / "1"
    assert sorted(path.name for path in version.iterdir() if path.is_dir()) == ["maps", "prints-2"]
    assert plan.read_bytes() == b"mine"


def test_papers_are_of_the_plan_in_force(tmp_path: Path) -> None:
    """Not of one that another has replaced in the meantime, nor of none."""
    with pytest.raises(MissingPlanError, match="there is no plan of 2026-W48"):
        add_papers(tmp_path, result(), {"maps": {"map.html": b"1"}})
    add_version(tmp_path, other(1), because="repair")
    with pytest.raises(InputError, match=r"version 1 \(repair\) was written in the meantime; run"):
        add_papers(tmp_path, result(), {"maps": {"map.html": b"1"}})


def test_a_plan_of_the_tables_may_follow_on_a_version_that_came_between(tmp_path: Path) -> None:
    """Both are kept, and the history names both."""
    said: list[Message] = []
    add_version(tmp_path, result())
    add_version(tmp_path, other(2), because="repair", planned_on=1)
    add_version(tmp_path, other(3), planned_on=1, notice=said.append)
    assert said == [
        "2026-W48: version 2 (repair) was written in the meantime; it is kept, and this plan"
        " takes its place"
    ]
    assert history(tmp_path) == [(1, "plan"), (2, "repair"), (3, "plan")]
    assert manifest(week_of(tmp_path))["planned_on"] == 1


def test_a_plan_of_another_plan_follows_only_on_that(tmp_path: Path) -> None:
    """A replan of what another has repaired in the meantime would undo the repair."""
    add_version(tmp_path, result())
    add_version(tmp_path, other(2), because="repair", instead_of=(result().plan, None))
    with pytest.raises(InputError, match=r"version 2 \(repair\) was written in the meantime"):
        add_version(tmp_path, other(3), because="replan", instead_of=(result().plan, None))
    assert history(tmp_path) == [(1, "plan"), (2, "repair")]


def test_changes_of_the_day_are_not_dropped_in_silence(tmp_path: Path) -> None:
    """A plan that began before them is refused; whoever began after them has said so."""
    add_version(tmp_path, result())
    add_version(tmp_path, other(2), because="replan", changed=b"{}")
    with pytest.raises(InputError, match=r"version 2 \(replan\) was written in the meantime"):
        add_version(tmp_path, other(3), planned_on=1)
    add_version(tmp_path, other(3), planned_on=2)
    assert not (week_of(tmp_path).path / "changed.json").exists()


def test_a_version_is_restored_as_a_new_one(tmp_path: Path) -> None:
    """With what had changed on the day; a second time nothing happens."""
    add_version(tmp_path, result(), {"summary.txt": b"1"}, changed=b"{}")
    add_version(tmp_path, other(2), {"summary.txt": b"2"}, planned_on=1)
    for _ in range(2):
        with write_week(horizon(folder=tmp_path).district, "2026-W48", "plan") as writer:
            writer.restore(1)
    assert history(tmp_path) == [(1, "plan"), (2, "plan"), (3, "plan --restore 1")]
    assert (week_of(tmp_path).path / "summary.txt").read_bytes() == b"1"
    assert (week_of(tmp_path).path / "changed.json").exists()
    with (
        pytest.raises(InputError, match=r"--restore 7: there is no such version .*; use 1, 2, 3"),
        write_week(horizon(folder=tmp_path).district, "2026-W48", "plan") as writer,
    ):
        writer.restore(7)


def test_old_versions_go_but_never_a_published_one(tmp_path: Path) -> None:
    """Two are kept, and the first, which was published; plan-2.json goes with its version."""
    add_version(tmp_path, result())
    add_papers(tmp_path, result(), {"public": {"schedule.ics": b"1"}}, is_published=True)
    for number in range(2, 6):
        add_version(tmp_path, other(number), keep_versions=3)
    assert [version.number for version in week_of(tmp_path).versions] == [1, 4, 5]
    assert [version.is_published for version in week_of(tmp_path).versions] == [True, False, False]
    names = {path.name for path in week_of(tmp_path).path.glob("plan*")}
    assert names == {"plan.json", "plan-1.json", "plan-4.json"}
    assert {path.name for path in week_of(tmp_path).versions_path.iterdir()} == {
        *("1", "4", "5", "index.json", "lock")
    }


def test_a_folder_of_an_older_planner_becomes_versions(tmp_path: Path) -> None:
    """Plan, earlier plan and sheets, as they lay there; a file of somebody else stays one."""
    add_version(tmp_path, result(), papers={"prints": {"sheets.pdf": b"1"}})
    add_version(tmp_path, other(2), {"summary.txt": b"2"}, because="repair")
    old = week_of(tmp_path)
    for path in sorted(old.versions_path.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    old.versions_path.rmdir()
    old.versions_path.parent.rmdir()
    (tmp_path / "prints/2026-W48").mkdir(parents=True)
    (tmp_path / "prints/2026-W48/sheets.pdf").write_bytes(b"2")
    (tmp_path / "prints/2026-W48/catatan.txt").write_bytes(b"x")
    raw = json.loads((old.path / "manifest.json").read_bytes())
    before = tree(tmp_path)
    current = old.current
    assert current is not None
    assert (current.number, current.read_result().people) == (2, 2)
    assert current.read_papers("prints")["sheets.pdf"] == b"2"
    add_papers(tmp_path, other(2), {"maps": {"map.html": b"2"}})
    assert history(tmp_path) == [(1, "plan"), (2, "repair")]
    after = tree(tmp_path)
    assert {name: after[name] for name in before} == before
    assert raw["earlier"] == manifest(old)["earlier"]
    assert after["versions/2026-W48/2/prints/sheets.pdf"] == b"2"
    assert after["versions/2026-W48/1/plan.json"] == after["plans/2026-W48/plan-1.json"]
    add_version(tmp_path, other(3))
    assert not (tmp_path / "prints/2026-W48/sheets.pdf").exists()
