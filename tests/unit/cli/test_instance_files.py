"""The command that solves bare instances, run as a program of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner import formats
from tests.builders.synthetic_weekends import synthetic_weekend

pytestmark = pytest.mark.process

PROGRAM = [sys.executable, "-u", "-c", "from planner.cli import main; main()", "--lang", "en"]


def instance_file(folder: Path, num_sites: int, num_vans: int) -> Path:
    """A synthetic weekend as a planner-instance/1 file."""
    for name, content in formats.instance_files(synthetic_weekend(num_sites, num_vans)).items():
        (folder / name).write_bytes(content)
    return folder / "instance.json"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a signal to a child is not Ctrl-C on Windows")
def test_ctrl_c_ends_a_solve_with_the_best_plan_so_far(tmp_path: Path) -> None:
    """A solve of minutes is interrupted once it has a plan, and the plan keeps all rules."""
    instance, plan = instance_file(tmp_path, 200, 5), tmp_path / "plan.json"
    words = ["solve", str(instance), "-o", str(plan), "--time-limit", "300"]
    with subprocess.Popen([*PROGRAM, *words], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if " people of at most " in line:
                break
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
        assert process.wait() == 130, told
    assert "stopping with the best plan so far" in told
    found = json.loads(plan.read_text(encoding="utf-8"))
    assert found["status"] == "interrupted"
    assert found["people"] > 0
    assert found["solve_s"] < 300
    subprocess.run([*PROGRAM, "verify", str(instance), str(plan)], check=True, capture_output=True)


@pytest.mark.slow
def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    """Seed 7 and six rounds on 40 sites, with hashes of texts that differ between the two."""
    instance = instance_file(tmp_path, 40, 3)
    plans = []
    for hashes in ("1", "2"):
        plan = tmp_path / f"plan-{hashes}.json"
        words = ["solve", str(instance), "-o", str(plan), "--seed", "7", "--iterations", "6"]
        environment = {**os.environ, "PYTHONHASHSEED": hashes}
        subprocess.run([*PROGRAM, *words], env=environment, check=True, capture_output=True)
        plans.append(plan.read_bytes())
    assert plans[0] == plans[1]


@pytest.mark.slow
def test_the_plan_does_not_depend_on_the_number_of_cores(tmp_path: Path) -> None:
    """One core and three, with cards, stops and hours of several kinds of vans."""
    instance = instance_file(tmp_path, 30, 3)
    plans = []
    for cores in ("1", "3"):
        plan = tmp_path / f"plan-{cores}.json"
        words = ["solve", str(instance), "-o", str(plan), "--iterations", "5", "--cores", cores]
        subprocess.run([*PROGRAM, *words], check=True, capture_output=True)
        plans.append(plan.read_bytes())
    assert plans[0] == plans[1]


def test_parameters_of_a_file_are_heeded_or_refused(tmp_path: Path) -> None:
    """A greedy solve that times no site plans nothing; a misspelt name has a near one."""
    instance, plan = instance_file(tmp_path, 10, 1), tmp_path / "plan.json"
    params = tmp_path / "params.toml"
    words = ["solve", str(instance), "-o", str(plan), "--solver", "greedy"]
    words += ["--params", str(params)]
    params.write_text("[greedy]\ntimed_sites = 0\n")
    subprocess.run([*PROGRAM, *words], check=True, capture_output=True)
    assert json.loads(plan.read_text(encoding="utf-8"))["people"] == 0
    params.write_text("[greedy]\ntimed_site = 0\n")
    refused = subprocess.run([*PROGRAM, *words], capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "timed_site: is not a known key; did you mean 'timed_sites'?" in refused.stderr
