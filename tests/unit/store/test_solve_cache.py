"""What was learnt of a plan is read as it was written, and found again only for the same plan."""

from dataclasses import replace
from pathlib import Path

from planner.plan import Plan
from planner.solvers import Limits, solve_with_duals
from planner.store.solve_cache import read_study, study_bytes, study_key
from tests.property.instances import random_instance


def test_a_study_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Plan, routes, prices and bounds."""
    path = tmp_path / "study.json"
    for seed in range(8):
        found = solve_with_duals(random_instance(seed), limits=Limits(iterations=4))
        path.write_bytes(study_bytes(found))
        assert read_study(path) == found


def test_what_cannot_be_read_is_not_known(tmp_path: Path) -> None:
    """No file; a file of something else."""
    assert read_study(tmp_path / "study.json") is None
    (tmp_path / "study.json").write_text('{"result": 1}')
    assert read_study(tmp_path / "study.json") is None


def test_another_instance_or_plan_has_another_key() -> None:
    """So does everything else that a report follows from."""
    given = random_instance(3)
    plan = solve_with_duals(given, limits=Limits(iterations=1)).result.plan
    site = replace(given.sites[0], expected=given.sites[0].expected + 1)
    other = replace(given, sites=(site, *given.sites[1:]))
    keys = {study_key(given, plan), study_key(other, plan), study_key(given, Plan())}
    assert len(keys) == 3
    assert study_key(random_instance(3), plan) == study_key(given, plan)
