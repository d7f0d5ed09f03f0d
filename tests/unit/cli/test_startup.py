"""A command loads what it needs, and starts soon: looked at in a program of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from planner import formats
from planner.cli.app import load_command
from planner.cli.commands import COMMANDS
from planner.cli.help_pages import help_parts
from tests.builders.folders import sound_folder
from tests.builders.instances import instance, site

pytestmark = pytest.mark.process

PROGRAM = """
import sys
from planner.cli import main
try:
    main()
finally:
    print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""

FOR_DISTRICTS = {"folium", "geopandas", "holidays", "openpyxl", "pandas", "pyogrio", "scipy"}
"""What districts are read with and drawn with; a bare instance needs none of it."""

FOR_LEDGER = {"alembic", "pg8000", "sqlalchemy"}
"""What happened is read by those who have a ledger."""

FOR_BATCHES = {"dask", "distributed", "fsspec"}
"""A cluster is for many districts."""

FOR_PAPER = {"fontTools", "gpxpy", "icalendar", "segno", "typst", "xlsxwriter"}


def packages(*words: object) -> set[str]:
    """Every package that was loaded when a command ended."""
    typed = [sys.executable, "-c", PROGRAM, *map(str, words)]
    done = subprocess.run(typed, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {*done.stdout.splitlines()[-1].split()}


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A bare instance of two sites."""
    for name, content in formats.instance_files(instance(site(1), site(2))).items():
        (tmp_path / name).write_bytes(content)
    return tmp_path / "instance.json"


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("--lang", "id", "--help")])
def test_what_is_said_of_the_program_needs_next_to_nothing(words: tuple[str, ...]) -> None:
    """No solver, no tables, no map."""
    assert not packages(*words) & {*FOR_DISTRICTS, *FOR_PAPER, "ortools", "numba"}


@pytest.mark.slow
def test_a_bare_instance_is_solved_without_what_districts_need(given: Path) -> None:
    """By the solver that nobody has to name, whose numba loads scipy wherever it is installed.

    A plan is verified without any solver.
    """
    plan = given.with_name("plan.json")
    solving = packages("solve", given, "-o", plan, "--iterations", 1)
    assert not solving & {*FOR_DISTRICTS, *FOR_PAPER} - {"scipy"}
    assert "ortools" in solving
    assert not packages("verify", given, plan) & {*FOR_DISTRICTS, *FOR_PAPER, "ortools", "numba"}


def test_a_solver_loads_no_library_of_another(given: Path) -> None:
    """The greedy one has none at all, and nothing that districts need."""
    words = ("solve", given, "-o", given.with_name("plan.json"), "--solver", "greedy")
    assert not packages(*words, "--iterations", 1) & {*FOR_DISTRICTS, "ortools", "numba"}


@pytest.mark.slow
def test_planning_a_district_draws_no_map_and_no_paper() -> None:
    """Its page is enough to see what the command would load."""
    assert not packages("plan", "--help") & {"folium", *FOR_PAPER}


def test_what_answers_why_in_other_processes_loads_no_tables() -> None:
    """They get instances and plans; pandas alone would cost each half a second."""
    program = "import sys, planner.explain.minimal_change; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    loaded = {*done.stdout.split()}
    assert not loaded & {*FOR_DISTRICTS, "planner.inputs", "planner.district"} - {"scipy"}


@pytest.mark.slow
@pytest.mark.parametrize("command", ["plan", "batch"])
def test_no_page_of_a_command_loads_the_distributed_engine(command: str) -> None:
    """Not even that of the command that needs it: the page is there where the engine is not."""
    assert not packages(command, "--help") & FOR_BATCHES


def test_a_district_without_a_ledger_is_read_without_databases(tmp_path: Path) -> None:
    """Its versions are listed; there are none."""
    sound_folder(tmp_path)
    assert not packages("versions", tmp_path) & FOR_LEDGER


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    """The list is there without loading any, so that it has words of its own."""
    assert help_parts(load_command(name).help)[0] == COMMANDS[name][1]
