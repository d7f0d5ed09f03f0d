"""A small district with a plan, made by the use cases themselves."""

from pathlib import Path

import pytest

from planner.office.district_folder import read_district
from planner.office.plan import plan_week, save_plan
from planner.office.search import Search
from planner.office.week_plan import WeekPlan
from tests.builders.folders import sound_folder

WEEK = "2026-W48"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that no other test has filled."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def plan(tmp_path: Path, cache: Path) -> WeekPlan:
    """The plan of a small district, in force in its folder; the point T1 is closed on Saturday."""
    folder = tmp_path / "kota"
    folder.mkdir()
    sound_folder(folder)
    district = read_district(folder)
    plan = plan_week(district, WEEK, search=Search(iterations=2), cache=cache)
    save_plan(plan)
    return plan
