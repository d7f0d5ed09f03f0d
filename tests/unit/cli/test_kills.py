"""Every command that writes, killed: the week is the old or the new, and the next run completes it.

What the store does before each of its steps is in tests/unit/store/test_kills.py; here are the
commands themselves. What they draw is drawn once.
"""

import json
import os
import random
import shutil
import time
from collections.abc import Callable
from contextlib import chdir
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from planner.cli.app import app
from planner.ledger import FILE, Owner, open_ledger
from planner.model import Instance
from planner.office import diff, explain, paper, save_replan
from planner.plan import Plan
from planner.solvers import SolveReport
from planner.store.plan_folder import PlanFolder
from planner.store.solve_cache import keep_report, read_report
from tests.builders.folders import sound_folder
from tests.builders.killing import kill_after, kill_at_each_step, needs_fork
from tests.builders.versions import tree

pytestmark = [pytest.mark.gate, pytest.mark.process, needs_fork]

WEEK = "2026-W48"

COMMANDS = {
    "init": "init {folder}/new",
    "plan": "plan {folder} --iterations 2",
    "plan again": "plan {folder} --iterations 2",
    "restore": "plan {folder} --restore 1",
    "map": "map {folder}",
    "print": "print {folder}",
    "publish": "publish {folder}",
    "repair": "repair {folder} --plan {edited}",
    "replan": "replan {folder} --at 2026-11-27T10:00 --close T2 --iterations 1 --draft",
    "whatif": "whatif {folder} --kits A=3 --iterations 1 --processes 1",
    "explain": "explain {folder} --processes 1",
    "solve": "solve {folder}/plans/2026-W48/instance.json -o {folder}/solved.json --iterations 1",
    "diff": "diff {folder}/versions/2026-W48/1 {folder}/plans/2026-W48 --map {folder}/diff.html",
}

WITHOUT_WEEK = {"init", "solve", "diff"}

DRAWN = {
    diff: ("draw_changes",),
    explain: ("_analyse",),
    paper: ("draw_map", "typeset_sheets", "office_documents", "public_documents"),
    save_replan: ("draw_changes", "typeset_changed_sheets"),
}


def draw_once(draw: Callable[..., Any]) -> Callable[..., Any]:
    """A function that draws each plan once; a process that is forked later knows it too."""
    drawn: dict[str, Any] = {}

    def draw_or_remember(*values: Any, **options: Any) -> Any:
        plans = [(getattr(value, "plan", 0), getattr(value, "version", 0)) for value in values]
        key = repr((plans, options))
        if key not in drawn:
            drawn[key] = draw(*values, **options)
        return drawn[key]

    return draw_or_remember


@pytest.fixture(scope="module")
def patched() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        for module, names in DRAWN.items():
            for name in names:
                patch.setattr(module, name, draw_once(getattr(module, name)))
        patch.setattr(explain, "keep_report", keep_in_folder)
        patch.setattr(explain, "read_report", read_in_folder)
        patch.setattr(os, "fsync", lambda number: None)
        yield


def keep_in_folder(instance: Instance, plan: Plan, report: SolveReport, cache: Path | None) -> None:
    """Keep what took no time either, where its steps are counted."""
    keep_report(instance, plan, report, Path.cwd(), worth_s=0.0)


def read_in_folder(instance: Instance, plan: Plan, cache: Path | None) -> SolveReport | None:
    """What `keep_in_folder` kept."""
    return read_report(instance, plan, Path.cwd())


def run(line: str, folder: Path) -> None:
    """Run a command on a folder; a failure ends the process."""
    words = line.format(
        folder=folder, plan=folder.parent / "plan.json", edited=folder.parent / "edited.json"
    ).split()
    with chdir(folder if folder.exists() else folder.parent):
        week = () if words[0] in WITHOUT_WEEK else ("--week", WEEK)
        found = CliRunner().invoke(app, [*words, *week])
    is_done = "init" in words and "exists already" in str(found.exception)
    if not (found.exception is None or isinstance(found.exception, SystemExit) or is_done):
        raise SystemExit(f"{line}: {found.exception!r}")


@pytest.fixture(scope="module")
def planned(patched: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a published version and one after it."""
    folder = tmp_path_factory.mktemp("kills") / "kota"
    folder.mkdir()
    sound_folder(folder)
    run(COMMANDS["plan"], folder)
    run("publish {folder}", folder)
    plan = folder / "plans" / WEEK / "plan.json"
    shutil.copy(plan, folder.parent)
    content = json.loads(plan.read_bytes())
    content["routes"][0]["stops"][0]["people"] -= 1
    (folder.parent / "edited.json").write_text(json.dumps(content), encoding="utf-8")
    run("plan {folder} --iterations 1 --keep {plan}", folder)
    return folder


def week_in_force(folder: Path) -> object:
    """Files of the version that a reader takes for the plan in force, its papers too."""
    version = PlanFolder.of_week(folder, WEEK).current
    if version is None:
        return None
    return version.files(), {kind: version.read_papers(kind) for kind in sorted(version.papers)}


def files_of(folder: Path) -> dict[str, bytes]:
    """All files, hidden ones too, but that which runs lock; of the ledger, what it says."""
    files = {
        name: content
        for name, content in tree(folder).items()
        if not name.endswith("/lock") and (content != b"/" or "/." in f"/{name}")
    }
    if FILE in files:
        ledger = open_ledger(folder, Owner(code="99.71", name="Dinas Kota Kecil"))
        files[FILE] = repr((ledger.counts(), ledger.publications())).encode()
    return files


@pytest.mark.parametrize("name", COMMANDS)
def test_a_killed_command_is_completed_by_the_next(
    name: str, planned: Path, tmp_path: Path
) -> None:
    """Before each step; the run after it gives the bytes of an undisturbed one."""
    folder, after, line = tmp_path / "kota", tmp_path / "after", COMMANDS[name]
    for file in ("plan.json", "edited.json"):
        shutil.copy(planned.parent / file, tmp_path / file)

    def reset(folder: Path = folder) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(planned, folder)
        if name == "plan":
            shutil.rmtree(folder / "versions")
            shutil.rmtree(folder / "plans")

    reset(after)
    before = week_in_force(after)
    run(line, after)
    steps = 0
    for step in kill_at_each_step(partial(run, line, folder), folder, reset, torn=False):
        steps += 1
        assert week_in_force(folder) in (before, week_in_force(after)), step
        run(line, folder)
        assert files_of(folder) == files_of(after), step
    assert steps > 5


@pytest.mark.parametrize(("name", "moments"), [("publish", 200), ("replan", 100)])
def test_a_command_killed_at_any_moment_is_completed_by_the_next(
    name: str, moments: int, planned: Path, tmp_path: Path
) -> None:
    """Three hundred moments of both."""
    folder, after, line = tmp_path / "kota", tmp_path / "after", COMMANDS[name]
    shutil.copytree(planned, after)
    before = week_in_force(after)
    run(line, after)
    shutil.copytree(planned, folder)
    begin_s = time.monotonic()
    run(line, folder)
    needed_s = time.monotonic() - begin_s
    rng = random.Random(name)
    for _ in range(moments):
        shutil.rmtree(folder)
        shutil.copytree(planned, folder)
        kill_after(partial(run, line, folder), rng.uniform(0.0, needed_s))
        assert week_in_force(folder) in (before, week_in_force(after))
        run(line, folder)
        assert files_of(folder) == files_of(after)
