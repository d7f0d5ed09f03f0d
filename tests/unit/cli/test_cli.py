"""What a person types, and what comes back: files, words, exit codes."""

import json
import shutil
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner import errors
from planner.cli import program
from planner.cli.app import app
from planner.cli.commands import COMMANDS
from planner.office.district_folder import example_folder
from tests.builders.district_workbook import filled_workbook

WEEK = "2026-W48"
runner = CliRunner()


def run(*words: object) -> Result:
    return runner.invoke(app, ["--lang", "en", *map(str, words)])


def failure(*words: object) -> errors.PlannerError:
    """What a command that cannot go on tells `planner.cli.program.run`."""
    found = run(*words).exception
    assert isinstance(found, errors.PlannerError)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example district."""
    return Path(shutil.copytree(example_folder(), tmp_path / "kota"))


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example district with a plan of one round."""
    path = tmp_path_factory.mktemp("planned") / "kota"
    shutil.copytree(example_folder(), path)
    assert run("plan", path, "--week", WEEK, "--iterations", 1).exit_code == 0
    return path


def test_every_command_says_how_it_is_used() -> None:
    """The help of each begins with an example of that command."""
    for name in COMMANDS:
        told = run(name, "--help").stdout
        assert f"planner {name}" in " ".join(told.split())


def test_check_says_what_it_understood(folder: Path) -> None:
    """People, places, vans, dates; exit code 1 as one place is behind a gate."""
    found = run("check", folder, "--week", WEEK, "--json")
    assert found.exit_code == 1
    told = json.loads(found.stdout)
    assert told["days"] == ["2026-11-28", "2026-11-29"]
    assert told["vans"] == 4
    assert any("Klaster" in warning for warning in told["warnings"])


def test_check_names_all_problems_of_all_files(folder: Path) -> None:
    """Two tables, two problems, exit code 2."""
    for table in ("points.csv", "vans.csv"):
        path = folder / table
        path.write_text(
            path.read_text(encoding="utf-8").replace("id,", "nomor,", 1), encoding="utf-8"
        )
    found = failure("check", folder)
    assert "points.csv" in str(found)
    assert "vans.csv" in str(found)
    assert found.exit_code == 2


def test_init_writes_a_folder_that_check_reads(tmp_path: Path) -> None:
    """Empty tables are told as empty, not as broken; a second init overwrites nothing."""
    assert run("init", tmp_path / "baru").exit_code == 0
    assert (tmp_path / "baru" / "planner.toml").exists()
    assert "has a header, but no rows" in str(failure("check", tmp_path / "baru"))
    assert "exist" in str(failure("init", tmp_path / "baru"))


@pytest.mark.slow
def test_a_plan_folder_is_complete_and_its_plan_keeps_the_rules(planned: Path) -> None:
    """Every form of the plan, its manifest, and an instance to verify it against."""
    plans = planned / "plans" / WEEK
    assert {path.name for path in plans.iterdir()} == {
        "plan.json",
        "plan.geojson",
        "schedule.csv",
        "summary.txt",
        "manifest.json",
        "instance.json",
        "drive_s.npy",
        "drive_m.npy",
    }
    assert run("verify", plans / "instance.json", plans / "plan.json").exit_code == 0


@pytest.mark.slow
def test_the_same_seed_and_iterations_give_the_same_bytes(planned: Path, folder: Path) -> None:
    """Every file of the plan folder but none of the clock."""
    assert run("plan", folder, "--week", WEEK, "--iterations", 1).exit_code == 0
    for path in (planned / "plans" / WEEK).iterdir():
        assert path.read_bytes() == (folder / "plans" / WEEK / path.name).read_bytes(), path.name


def test_map_is_drawn_from_the_plan(planned: Path) -> None:
    """One file; it says so if tables have changed since."""
    found = run("map", planned, "--week", WEEK)
    assert found.exit_code == 0
    assert (planned / "maps" / WEEK / "map.html").stat().st_size > 100_000
    assert "changed since" not in found.stderr


def test_map_tells_that_inputs_changed(folder: Path, planned: Path) -> None:
    """A row's people were edited after planning."""
    shutil.copytree(planned / "plans", folder / "plans")
    with (folder / "rt.csv").open("a", encoding="utf-8") as table:
        table.write("\n")
    assert "rt.csv: changed since" in run("map", folder, "--week", WEEK).stderr


def test_map_without_a_plan_says_what_to_run(folder: Path) -> None:
    """The command to run is in the message."""
    assert f"planner plan {folder}" in str(failure("map", folder, "--week", WEEK))


def test_a_run_that_fails_leaves_the_earlier_plan(folder: Path, planned: Path) -> None:
    """A table breaks after the first plan."""
    shutil.copytree(planned / "plans", folder / "plans")
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    (folder / "vans.csv").write_text("kacau\n", encoding="utf-8")
    assert failure("plan", folder, "--week", WEEK).exit_code == 2
    before[folder / "vans.csv"] = b"kacau\n"
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


def test_a_week_without_shifts_plans_nothing(folder: Path) -> None:
    """Everybody is off on both days: exit code 3, no plan folder."""
    days = "date,scope,hours,reason\n2026-11-28,,tutup,cuti\n2026-11-29,,tutup,cuti\n"
    (folder / "calendar.csv").write_text(days, encoding="utf-8")
    found = failure("plan", folder, "--week", WEEK)
    assert found.exit_code == 3
    assert "no van has a shift" in str(found)
    assert not (folder / "plans").exists()


@pytest.mark.slow
def test_solve_and_verify_the_bare_formats(planned: Path, tmp_path: Path) -> None:
    """A plan of the example's instance, from another plan on, is verified; a late one is not."""
    instance, begin = (planned / "plans" / WEEK / name for name in ("instance.json", "plan.json"))
    output = tmp_path / "plan.json"
    words = ("solve", instance, "-o", output, "--iterations", 1, "--start", begin)
    assert run(*words).exit_code == 0
    assert run("verify", instance, output).exit_code == 0
    raw = json.loads(output.read_text(encoding="utf-8"))
    raw["routes"][0]["stops"][0]["packup_s"] -= 1
    output.write_text(json.dumps(raw), encoding="utf-8")
    found = run("verify", instance, output)
    assert found.exit_code == 1
    assert "pack-up lasts 1201 s, the pack-up time of the site is 1200 s" in found.stdout


@pytest.mark.parametrize("option", ["-o", "--start", "--params"])
def test_a_plan_is_not_written_over_what_is_read(tmp_path: Path, option: str) -> None:
    """Refused before the search; the file stays as it was."""
    path = tmp_path / "instance.json"
    path.write_text("{}", encoding="utf-8")
    other = tmp_path / "other.json"
    words = ("-o", path) if option == "-o" else ("-o", other, option, other)
    other.write_text("{}", encoding="utf-8")
    found = failure("solve", path, *words)
    assert found.exit_code == 2
    assert "is read; write to another file" in str(found)
    assert path.read_text(encoding="utf-8") == other.read_text(encoding="utf-8") == "{}"


def test_verify_tells_what_a_plan_claims_wrongly(planned: Path, tmp_path: Path) -> None:
    """One person more than its stops record."""
    plans = planned / "plans" / WEEK
    raw = json.loads((plans / "plan.json").read_text(encoding="utf-8"))
    raw["people"] += 1
    (tmp_path / "plan.json").write_text(json.dumps(raw), encoding="utf-8")
    found = run("verify", plans / "instance.json", tmp_path / "plan.json")
    assert found.exit_code == 1
    assert f"says {raw['people']}" in found.stdout


def test_wrong_usage_exits_with_2() -> None:
    """An option that does not exist, a solver that does not exist."""
    assert failure("plan", "kota", "--minggu", WEEK).exit_code == 2
    found = failure("plan", "kota", "--week", WEEK, "--solver", "sulap")
    assert found.exit_code == 2
    assert "'sulap' is not one of columns" in str(found)


def test_a_bug_is_told_as_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 70, and a sentence that clears the user's files."""

    def broken(prog_name: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(program, "app", broken)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with pytest.raises(SystemExit, match="70"):
        program.run()
    assert "not in your files" in capsys.readouterr().err


def test_warnings_of_libraries_reach_no_user(
    monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    """They name files of the installation."""
    monkeypatch.setattr(program, "app", lambda prog_name: warnings.warn(prog_name, stacklevel=1))
    program.run()
    assert not recwarn.list


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a signal to a child is not Ctrl-C on Windows")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_returns_the_best_plan_so_far(
    folder: Path, number: signal.Signals, code: int
) -> None:
    """A plan that would take minutes is interrupted by Ctrl-C or SIGTERM, and written."""
    command = "from planner.cli import main; main()"
    words = ["plan", str(folder), "--week", WEEK, "--time-limit", "300", "--lang", "en"]
    with subprocess.Popen(
        [sys.executable, "-u", "-c", command, *words], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if " people of at most " in line:
                break
        time.sleep(0.2)
        process.send_signal(number)
        process.stderr.read()
        assert process.wait() == code
    plan = json.loads((folder / "plans" / WEEK / "plan.json").read_text(encoding="utf-8"))
    assert plan["status"] == "interrupted"
    assert plan["people"] > 0


def test_a_suggested_command_can_be_copied(tmp_path: Path) -> None:
    """A folder with a space stands between quotes."""
    path = tmp_path / "Kota Baru"
    assert f'planner check "{path}"' in run("init", path).stderr


@pytest.mark.slow
def test_plan_tells_what_check_warns_of(folder: Path) -> None:
    """A table whose name is off by a letter would silently lose its people."""
    (folder / "offices.csv").rename(folder / "ofices.csv")
    found = run("plan", folder, "--week", WEEK, "--solver", "greedy")
    assert "ofices.csv" in found.stderr


def test_a_folder_that_cannot_be_written_to_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file lies where the folder should be: exit code 2, no traceback."""
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["planner", "demo", str(tmp_path / "berkas" / "kota")])
    with pytest.raises(SystemExit, match="2"):
        program.run()
    told = capsys.readouterr().err
    assert "berkas" in told
    assert "Traceback" not in told


def test_a_workbook_is_taken_in_place_of_a_folder(tmp_path: Path) -> None:
    """Plans lie in the folder of its name, which the next command is told with."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    folder = path.with_suffix("")
    checked = run("check", path, "--week", WEEK)
    assert checked.exit_code == 1
    assert f"planner plan {folder} --week {WEEK}" in checked.stderr
    assert run("plan", path, "--week", WEEK, "--iterations", 1).exit_code == 0
    assert (folder / "plans" / WEEK / "plan.json").exists()
    assert run("map", path, "--week", WEEK).exit_code == 0
    assert not (tmp_path / "kota-diperiksa.xlsx").exists()


def test_init_writes_a_workbook_that_check_marks(tmp_path: Path) -> None:
    """What is blank in it is told, and coloured in a copy."""
    path = tmp_path / "kota.xlsx"
    assert run("init", "--workbook", path).stdout.split() == [str(path)]
    told = failure("check", path)
    assert "kota-checked.xlsx is a copy" in str(told.messages[-1])
    assert (tmp_path / "kota-checked.xlsx").exists()
