"""What ``replan`` writes and says on the day itself."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner import formats, inputs
from planner.cli.app import app
from planner.errors import InputError
from planner.office.district_folder import example_folder
from planner.office.week_plan import now_at

WEEK = "2026-W48"
AT = ("--week", WEEK, "--at", "2026-11-28T10:15", "--iterations", 1)
ANEW = ("--week", WEEK, "--iterations", 1, "--discard-changes")
runner = CliRunner()


def run(*words: object) -> Result:
    return runner.invoke(app, ["--lang", "en", *map(str, words)])


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example district with a plan of one round."""
    path = tmp_path_factory.mktemp("planned") / "kota"
    shutil.copytree(example_folder(), path)
    assert run("plan", path, "--week", WEEK, "--iterations", 1).exit_code == 0
    return path


@pytest.fixture
def folder(planned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(planned, tmp_path / "kota"))


@pytest.mark.slow
def test_a_new_version_of_the_plan_is_written(folder: Path) -> None:
    """The old plan is plan-1.json; the manifest says which holds, and the new one is feasible."""
    plans = folder / "plans" / WEEK
    before = (plans / "plan.json").read_bytes()
    found = run("replan", folder, *AT, "--without-van", "B", "--reason", "mogok *total*")
    assert found.exit_code == 0, found.exception
    assert "published hours kept: " in found.stdout
    assert (plans / "plan-1.json").read_bytes() == before
    manifest = json.loads((plans / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["version"], manifest["current"]) == (2, "plan.json")
    assert manifest["earlier"][0]["file"] == "plan-1.json"
    assert run("verify", plans / "instance.json", plans / "plan.json").exit_code == 0


def test_hosts_are_told_and_crews_get_their_sheets(folder: Path) -> None:
    """A message for each host whose hours changed, and sheets of changed routes alone."""
    told = json.loads(run("replan", folder, *AT, "--without-van", "B", "--json").stdout)
    concerned = {row["name"] for row in told["changes"] if row["tell_host"]}
    changes = folder / "changes" / WEEK
    messages = list(changes.glob("message-*.txt"))
    assert len(messages) == len(concerned) > 0
    assert "Perubahan 2026-W48" in (changes / "changes.html").read_text(encoding="utf-8")
    sheets = {path.name for path in (folder / "prints" / WEEK).glob("*.pdf")}
    vans = {van for row in told["changes"] for van in row["tell_vans"]}
    assert all(name == "sheets-changed.pdf" or name[-5] in vans for name in sheets)


@pytest.mark.slow
def test_what_has_changed_holds_for_the_next_command(folder: Path) -> None:
    """A locked hall stays locked, a broken van broken; both versions are kept."""
    plans = folder / "plans" / WEEK
    plan = formats.read_result(plans / "plan.json")[0].plan
    later = next((stop.site_id for route, stop in plan.stops() if route.date.day == 29), None)
    assert run("replan", folder, *AT, "--close", later).exit_code == 0
    assert run("replan", folder, *AT, "--without-van", "C=2026-11-29").exit_code == 0
    assert (plans / "plan-2.json").exists()
    now = formats.read_result(plans / "plan.json")[0].plan
    assert later not in {stop.site_id for route, stop in now.stops() if route.date.day == 29}
    assert run("print", folder, "--week", WEEK).exit_code == 0
    assert isinstance(run("plan", folder, "--week", WEEK).exception, InputError)
    assert run("plan", folder, *ANEW).exit_code == 0
    assert not (plans / "changed.json").exists()


@pytest.mark.slow
def test_sheets_of_what_is_not_driven_any_more_are_taken_away(folder: Path) -> None:
    """Van B has a sheet for Sunday, until it breaks down for good."""
    assert run("print", folder, "--week", WEEK).exit_code == 0
    prints = folder / "prints" / WEEK
    assert (prints / "sheet-2026-11-29-B.pdf").exists()
    assert run("replan", folder, *AT, "--without-van", "B").exit_code == 0
    assert not (prints / "sheet-2026-11-29-B.pdf").exists()
    assert not (prints / "sheets.pdf").exists()
    assert run("print", folder, "--week", WEEK).exit_code == 0
    assert (prints / "sheets.pdf").exists()


@pytest.mark.slow
def test_a_place_is_named_by_id_or_name(folder: Path) -> None:
    """As in every other command; upper or lower case is the same."""
    venues = {venue.id: venue.name for venue in inputs.read_district(folder).venues}
    plan = formats.read_result(folder / "plans" / WEEK / "plan.json")[0].plan
    site = next(stop.site_id for route, stop in plan.stops() if route.date.day == 29)
    told = [
        run("replan", folder, *AT, "--close", name, "--late", van, "--dry-run").stdout
        for name, van in ((site, "A=30"), (venues[site].upper(), "a=30"))
    ]
    assert told[0] == told[1]
    assert "cancelled: " in told[0]


def test_now_is_by_the_clocks_of_the_office(folder: Path) -> None:
    """A computer in another time zone would freeze other stops."""
    office = inputs.read_district(folder).office
    assert now_at(office).utcoffset() == timedelta(hours=7)
    assert now_at(replace(office, timezone="WIT")).utcoffset() == timedelta(hours=9)


@pytest.mark.slow
def test_a_dry_run_writes_nothing(folder: Path) -> None:
    """It says the same."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found = run("replan", folder, *AT, "--late", "A=40", "--dry-run")
    assert found.exit_code == 0
    assert "published hours kept: " in found.stdout
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--without-van", "Bb"), "'Bb' is not a van; did you mean 'B'?"),
        (("--close", "rptra-kicaw"), "'RPTRA Kicau'"),
        (("--late", "A"), "--late: 'A' has no whole number; write it as NAME=40"),
        (("--people", "x=-3"), "'x=-3' has no whole number"),
        (("--without-van", "B=besok"), "'B=besok' has no date"),
        (("--late", "A=1441"), "--late: '1441' is above 1440; use 0 to 1440"),
        (
            ("--late", "A=40", "--late", "a=20"),
            "--late: 'A=40' and 'a=20' set the same thing; keep one of them",
        ),
        (
            ("--people", "rptra-kicau=12", "--people", "RPTRA-KICAU=13"),
            "--people: 'rptra-kicau=12' and 'RPTRA-KICAU=13' set the same thing",
        ),
        (("--without-van", "B", "--without-van", "B=2026-11-29"), "--without-van: 'B' and 'B=2026"),
        (("--late", "A", "--without-van", "B=besok"), "A' has no whole number"),
        (("--at", "kemarin"), "'kemarin' is not a date and time such as 2026-11-28T10:15"),
    ],
)
def test_what_is_typed_wrong_is_said(folder: Path, words: tuple[str, ...], problem: str) -> None:
    """With what it should be."""
    found = run("replan", folder, *AT, *words)
    assert isinstance(found.exception, InputError)
    assert problem in str(found.exception)
