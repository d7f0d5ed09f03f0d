"""Versions of a week, written without any solver."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from planner import formats
from planner.horizon import Horizon
from planner.i18n.messages import Message
from planner.plan import Plan, Result
from planner.store.plan_folder import PlanFolder
from planner.store.version import CHANGED, MANIFEST, PLAN, manifest_bytes
from planner.store.week_writer import Papers, write_week
from tests.builders.districts import WEEK
from tests.builders.horizons import horizon


def week_of(district_folder: Path, week: str = WEEK) -> PlanFolder:
    """The folder of a week."""
    return PlanFolder.of_week(district_folder, week)


def version_files(
    given: Horizon, result: Result, files: Mapping[str, bytes], changed: bytes | None = None
) -> dict[str, bytes]:
    """All files of a version."""
    more = {} if changed is None else {CHANGED: changed}
    own = {PLAN: formats.plan_bytes(result), MANIFEST: manifest_bytes(given, result)}
    return {**own, **files, **more}


def add_version(
    district_folder: Path,
    result: Result,
    files: Mapping[str, bytes] | None = None,
    *,
    because: str = "plan",
    planned_on: int | None = None,
    changed: bytes | None = None,
    instead_of: tuple[Plan, bytes | None] | None = None,
    papers: Papers | None = None,
    keep_versions: int = 10,
    notice: Callable[[Message], None] = lambda message: None,
) -> None:
    """Write a version of a plan of the little weekend."""
    given = horizon(folder=district_folder, keep_versions=keep_versions)
    content = version_files(given, result, files or {}, changed)
    with write_week(given.district, WEEK, because, notice) as writer:
        writer.add_version(
            content,
            because=because,
            planned_on=planned_on,
            instead_of=instead_of,
            papers=papers,
        )


def add_papers(
    district_folder: Path, result: Result, papers: Papers, *, is_published: bool = False
) -> None:
    """Write papers of a plan of the little weekend."""
    with write_week(horizon(folder=district_folder).district, WEEK, "print") as writer:
        writer.add_papers(result.plan, papers, is_published=is_published)


def manifest(folder: PlanFolder) -> dict[str, object]:
    """The manifest in the usual place."""
    content: dict[str, object] = json.loads((folder.path / MANIFEST).read_bytes())
    return content


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder by its path, and every empty folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"/"
        for path in sorted(folder.rglob("*"))
        if path.is_file() or not any(path.iterdir())
    }
