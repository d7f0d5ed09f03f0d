"""The whole way of a batch: real districts, results, tables, and plans as of each alone."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from planner.analysis.campaign import Goal
from planner.batch.batch import Workers, read_known, run_batch
from planner.batch.district_list import list_districts
from planner.batch.job import ALL, CHANGED, FAILED, MISSING, Request
from planner.batch.rollup import save_rollup
from planner.batch.selection import select
from planner.i18n.words import Words
from planner.office.district_folder import read_district
from planner.office.plan import plan_week, save_plan
from planner.office.search import Search
from tests.builders.folders import sound_folder

pytestmark = [pytest.mark.process, pytest.mark.slow]

WEEK = "2026-W48"
SEARCH = Search(iterations=3, cores=1, processes=1)
REQUEST = Request(use_case="plan", week=WEEK, search=SEARCH)


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three districts, one of which is broken, planned by two workers."""
    land = tmp_path_factory.mktemp("land")
    for name in ("satu", "dua", "rusak"):
        (land / name).mkdir()
        sound_folder(land / name)
    (land / "rusak" / "vans.csv").unlink()
    selected = select(list_districts([str(land)]), {}, REQUEST, ALL)
    run_batch(selected, REQUEST, land / "out" / "plan.jsonl", workers=Workers(count=2))
    return land


def test_one_failure_stops_no_other(land: Path) -> None:
    """The broken one is named with its problem, each district has one line."""
    lines = (land / "out" / "plan.jsonl").read_text(encoding="utf-8").splitlines()
    states = {row["district"]: (row["state"], row["exit_code"]) for row in map(json.loads, lines)}
    assert states == {"satu": ("done", 0), "dua": ("done", 0), "rusak": ("failed", 2)}
    assert len(lines) == 3


def test_plans_are_the_bytes_of_each_district_alone(land: Path, tmp_path: Path) -> None:
    """Whichever worker made them."""
    alone = tmp_path / "satu"
    shutil.copytree(
        land / "satu", alone, ignore=shutil.ignore_patterns("plans", "versions", "maps")
    )
    save_plan(plan_week(read_district(alone), WEEK, search=SEARCH))
    for name in ("plan.json", "plan.geojson", "schedule.csv", "summary.txt"):
        inside = Path("plans", WEEK, name)
        assert (alone / inside).read_bytes() == (land / "satu" / inside).read_bytes()


def test_what_changed_is_what_runs_again(land: Path) -> None:
    """Nothing at first; then a district whose table is another, and why."""
    districts, known = list_districts([str(land)]), read_known(land / "out" / "plan.jsonl")
    assert select(districts, known, REQUEST, CHANGED) == ()
    assert [each.district.name for each in select(districts, known, REQUEST, FAILED)] == ["rusak"]
    table = land / "dua" / "rt.csv"
    before = table.read_bytes()
    table.write_bytes(before.replace(b",30,", b",31,"))
    (changed,) = select(districts, known, REQUEST, CHANGED)
    table.write_bytes(before)
    assert (changed.district.name, changed.reasons) == ("dua", ("input rt.csv",))


def test_a_roll_up_has_all_districts(land: Path) -> None:
    """Also the one that failed; plans of the others are in one GeoPackage."""
    results = land / "out" / "plan.jsonl"
    paths = save_rollup([*read_known(results).values()], results, Words(language="en"))
    assert [path.name for path in paths] == ["plan.csv", "plan.xlsx", "plan.html", "plans.gpkg"]
    page = paths[2].read_text(encoding="utf-8")
    assert f"../satu/maps/{WEEK}/map.html" in page
    assert (land / "out" / f"../satu/maps/{WEEK}/map.html").exists()
    assert "rusak" in page


def test_campaigns_of_many_districts_lie_in_their_folders(land: Path) -> None:
    """Where not everybody comes it ends before all are recorded; each weekend can be taken over."""
    request = Request(use_case="campaign", week=WEEK, search=SEARCH)
    selected = select(list_districts([str(land / "satu")]), {}, request, ALL)
    results = land / "out" / "campaign.jsonl"
    run_batch(selected, request, results, workers=Workers(count=1))
    (outcome,) = read_known(results).values()
    figures = outcome.figures
    assert figures["left_before"] > figures["left"]
    assert figures["finish"] is None and outcome.needs_a_person
    assert figures["least_weekends"] > figures["weekends"] > 0
    assert (land / "satu" / "campaign" / f"{WEEK}.json").exists()


def test_campaigns_of_many_districts_have_one_goal(land: Path) -> None:
    """A tenth of all whom vans reach, by the first weekend; with another goal they run again."""
    goal = Goal(target=0.1)
    request = Request(use_case="campaign", week=WEEK, search=SEARCH, goal=goal)
    assert request.options()["target"] == "0.1"
    selected = select(list_districts([str(land / "satu")]), {}, request, ALL)
    results = land / "out" / "campaign.jsonl"
    run_batch(selected, request, results, workers=Workers(count=1))
    known = read_known(results)
    (outcome,) = known.values()
    assert (outcome.figures["finish"], outcome.needs_a_person) == (WEEK, False)
    everybody = replace(request, goal=Goal())
    assert select(list_districts([str(land / "satu")]), known, everybody, MISSING)
