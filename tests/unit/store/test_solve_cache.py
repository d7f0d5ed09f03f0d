"""What was learnt of a plan is read as it was written, and found again only for the same plan."""

from dataclasses import replace
from pathlib import Path

from planner.plan import Plan
from planner.solvers import Limits, solve_with_duals
from planner.store.solve_cache import (
    keep_report,
    parse_report,
    read_report,
    report_bytes,
    report_key,
    solver_sources,
)
from tests.builders.random_instances import random_instance


def test_a_study_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Plan, routes, prices and bounds."""
    path = tmp_path / "study.json"
    for seed in range(8):
        found = solve_with_duals(random_instance(seed), limits=Limits(iterations=4))
        path.write_bytes(report_bytes(found))
        assert parse_report(path) == found


def test_what_cannot_be_read_is_not_known(tmp_path: Path) -> None:
    """No file; a file of something else."""
    assert parse_report(tmp_path / "study.json") is None
    (tmp_path / "study.json").write_text('{"result": 1}')
    assert parse_report(tmp_path / "study.json") is None


def test_another_instance_or_plan_has_another_key() -> None:
    """So does everything else that a report follows from."""
    given = random_instance(3)
    plan = solve_with_duals(given, limits=Limits(iterations=1)).result.plan
    site = replace(given.sites[0], expected=given.sites[0].expected + 1)
    other = replace(given, sites=(site, *given.sites[1:]))
    keys = {report_key(given, plan), report_key(other, plan), report_key(given, Plan())}
    assert len(keys) == 3
    assert report_key(random_instance(3), plan) == report_key(given, plan)


def test_a_report_is_kept_for_its_plan(tmp_path: Path) -> None:
    """Of another plan nothing is known; what took less than a second is not worth keeping."""
    given = random_instance(3)
    report = solve_with_duals(given, limits=Limits(iterations=4))
    plan = report.result.plan
    keep_report(given, plan, report, tmp_path, worth_s=1e9)
    assert read_report(given, plan, tmp_path) is None
    keep_report(given, plan, report, tmp_path, worth_s=0.0)
    assert read_report(given, plan, tmp_path) == report
    assert read_report(given, Plan(), tmp_path) is None


def test_reading_takes_away_what_a_killed_run_left(tmp_path: Path) -> None:
    """Hidden beside the reports."""
    (tmp_path / "studies" / ".writing-x").mkdir(parents=True)
    assert read_report(random_instance(3), Plan(), tmp_path) is None
    assert [*(tmp_path / "studies").iterdir()] == []


def test_a_sound_file_of_another_instance_is_not_known(tmp_path: Path) -> None:
    """Put there by hand: other sites, and a plan that breaks rules of this one."""
    given, other = random_instance(3), random_instance(4)
    reports = [solve_with_duals(each, limits=Limits(iterations=4)) for each in (given, other)]
    plan = reports[0].result.plan
    keep_report(given, plan, reports[0], tmp_path, worth_s=0.0)
    (path,) = (tmp_path / "studies").iterdir()
    path.write_bytes(report_bytes(reports[1]))
    assert read_report(given, plan, tmp_path) is None


def test_the_key_depends_on_the_code_of_every_solver() -> None:
    """A report of an older solver is not taken for one of today's."""
    names = {path.name for path in solver_sources()}
    assert {"greedy.py", "pricing.py"} <= names
