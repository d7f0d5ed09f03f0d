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

PROGRAM = [sys.executable, "-u", "-c", "from planner.cli import main; main()", "--lang", "en"]


def instance_file(folder: Path, num_sites: int, num_vans: int) -> Path:
    """A synthetic weekend as a planner-instance/1 file."""
    for name, content in formats.instance_files(synthetic_weekend(num_sites, num_vans)).items():
        (folder / name).write_bytes(content)
    return folder / "instance.json"


@pytest.mark.skipif(sys.platform == "win32", reason="a signal to a child is not Ctrl-C on Windows")
def test_ctrl_c_ends_a_solve_with_the_best_plan_so_far(tmp_path: Path) -> None:
    """A solve of minutes is interrupted once it has a plan, and the plan keeps all rules."""
    instance, plan = instance_file(tmp_path, 200, 5), tmp_path / "plan.json"
    words = ["solve", str(instance), "-o", str(plan), "--time-limit", "300"]
    with subprocess.Popen([*PROGRAM, *words], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if " people, " in line:
                break
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
        assert process.wait() == 0, told
    assert "stopping with the best plan so far" in told
    found = json.loads(plan.read_text(encoding="utf-8"))
    assert found["status"] == "interrupted"
    assert found["people"] > 0
    assert found["solve_s"] < 300
    subprocess.run([*PROGRAM, "verify", str(instance), str(plan)], check=True, capture_output=True)


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
