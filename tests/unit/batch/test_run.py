"""Jobs on a cluster of this computer and on a scheduler started apart."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from distributed import Client, Future

from planner.batch import run
from planner.batch.cluster import open_cluster
from planner.batch.job_outcome import State
from planner.batch.run import ClusterLostError, run_jobs
from planner.batch.worker import MAX_KILLED, run_job
from planner.errors import InputError
from planner.solvers.stopping import never
from tests.builders.batch_cases import make_jobs

pytestmark = [pytest.mark.process, pytest.mark.slow]


@contextmanager
def scheduler_apart(workers: int) -> Iterator[tuple[str, list[psutil.Popen]]]:
    """Address of a scheduler on loopback with workers, and their processes, it first."""
    port = random.SystemRandom().randrange(20000, 60000)
    address = f"tcp://127.0.0.1:{port}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m", "dask"]
    command = [*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    started = [psutil.Popen(command, **quiet)]
    command = [*dask, "worker", address, "--nthreads", "1", "--no-dashboard"]
    started += [psutil.Popen(command, **quiet) for _ in range(workers)]
    try:
        yield address, started
    finally:
        for process in started:
            for each in (*process.children(recursive=True), process):
                if each.is_running():
                    each.kill()
            process.wait()


def test_a_local_cluster_runs_every_job_once(tmp_path: Path) -> None:
    """Two workers, five districts."""
    with open_cluster(workers=2) as client:
        outcomes = list(run_jobs(client, make_jobs(tmp_path, 5, "write_name"), never))
    assert sorted(each.figures["name"] for each in outcomes) == [f"d{n:03}" for n in range(5)]
    assert {each.state for each in outcomes} == {State.DONE}


def test_a_bug_in_each_district_stops_none(tmp_path: Path) -> None:
    """Each has a result that says so."""
    outcomes = [run_job(job) for job in make_jobs(tmp_path, 2, "fail")]
    assert [each.exit_code for each in outcomes] == [70, 70]
    assert "LookupError" in outcomes[0].messages[0]


def test_a_district_that_kills_its_worker_is_given_up_and_named(tmp_path: Path) -> None:
    """The others have their results, though a worker was lost."""
    with open_cluster(workers=2) as client:
        outcomes = list(run_jobs(client, make_jobs(tmp_path, 4, "die"), never))
    states = {each.district: each.state for each in outcomes}
    assert states.pop("d000") is State.GIVEN_UP
    assert {*states.values()} == {State.DONE}
    told = next(each.messages[0] for each in outcomes if each.district == "d000")
    assert f"killed {MAX_KILLED} times (exit code 9)" in told


def test_a_job_that_the_scheduler_forgets_runs_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first of two is cancelled while the scheduler answers: both have their results."""
    with open_cluster(workers=1) as client:
        submit, submitted = client.submit, list[object]()

        def noted(*args: Any, **named: Any) -> object:
            submitted.append(submit(*args, **named))
            if len(submitted) == 1:
                client.cancel(submitted)
            return submitted[-1]

        monkeypatch.setattr(client, "submit", noted)
        outcomes = list(run_jobs(client, make_jobs(tmp_path, 2, "write_name"), never))
    assert sorted(each.district for each in outcomes) == ["d000", "d001"]
    assert {each.state for each in outcomes} == {State.DONE}
    assert len(submitted) == 3


@pytest.mark.parametrize("error", [asyncio.CancelledError, CancelledError, TimeoutError])
def test_a_result_lost_before_it_is_fetched_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    """The first is said to be ready, and does not come, or is cancelled as it is asked for."""
    result, asked = Future.result, list[object]()

    def lost(future: Any, timeout: float) -> object:
        asked.append(future)
        if len(asked) == 1:
            raise error
        return result(future, timeout)

    monkeypatch.setattr(Future, "result", lost)
    with open_cluster(workers=1) as client:
        outcomes = list(run_jobs(client, make_jobs(tmp_path, 2, "write_name"), never))
    assert sorted(each.district for each in outcomes) == ["d000", "d001"]
    assert len(asked) == 3


def test_a_cluster_left_by_all_workers_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The only worker leaves, and none comes: the jobs do not wait for ever."""
    monkeypatch.setattr(run, "WORKERLESS_S", 1)
    with open_cluster(workers=1) as client:
        assert client.cluster is not None
        client.cluster.scale(0)
        with pytest.raises(ClusterLostError, match=r"none has come in 1 s.* --resume"):
            list(run_jobs(client, make_jobs(tmp_path, 2, "write_name"), never))


@pytest.mark.gate
def test_a_district_that_needs_too_much_memory_is_given_up(tmp_path: Path) -> None:
    """Its process may use 300 MiB."""
    with open_cluster(workers=1, memory_mib=300) as client:
        outcomes = list(run_jobs(client, make_jobs(tmp_path, 2, "eat_memory", 300), never))
    told = {each.district: each for each in outcomes}
    assert told["d000"].state is State.GIVEN_UP
    assert "more than 300 MiB" in told["d000"].messages[0]
    assert told["d001"].state is State.DONE


@pytest.mark.gate
def test_workers_killed_at_random_lose_no_district(tmp_path: Path) -> None:
    """100 districts, a worker that has begun killed every two seconds: each once, none blamed."""
    chance, is_over = random.Random(1), threading.Event()

    def kill(client: Client) -> None:
        before: set[int] = set()
        while not is_over.wait(2.0):
            workers = set(client.run(os.getpid).values())
            # What starts a worker gives it up for good where it dies before it has fully begun.
            if begun := sorted(workers & before):
                os.kill(chance.choice(begun), signal.SIGKILL)
            before = workers

    with open_cluster(workers=2) as client:
        thread = threading.Thread(target=kill, args=[client], daemon=True)
        thread.start()
        outcomes = list(run_jobs(client, make_jobs(tmp_path, 100, "write_name"), never))
        is_over.set()
        thread.join()
    counts = Counter(each.district for each in outcomes)
    assert counts == {f"d{number:03}": 1 for number in range(100)}
    assert {each.state for each in outcomes} == {State.DONE}


@pytest.mark.gate
def test_a_scheduler_started_apart_and_killed_leaves_results_to_go_on_from(tmp_path: Path) -> None:
    """What had come in is kept; the rest runs on the next scheduler."""
    jobs, outcomes = make_jobs(tmp_path, 12, "write_name"), []

    def run_until_killed(address: str, scheduler: psutil.Popen) -> None:
        with open_cluster(address) as client:
            for outcome in run_jobs(client, jobs, never):
                outcomes.append(outcome)
                if len(outcomes) == 4:
                    scheduler.kill()

    with (
        scheduler_apart(workers=2) as (address, (scheduler, *_)),
        pytest.raises(ClusterLostError, match="go on with --resume"),
    ):
        run_until_killed(address, scheduler)
    known = {each.district for each in outcomes}
    assert 4 <= len(known) < 12
    with scheduler_apart(workers=2) as (address, _), open_cluster(address) as client:
        rest = [job for job in jobs if job.district.name not in known]
        outcomes += run_jobs(client, rest, never)
    assert sorted(each.district for each in outcomes) == [f"d{n:03}" for n in range(12)]


def test_a_scheduler_that_is_not_there_is_told() -> None:
    """Nothing listens on port 1."""
    with (
        pytest.raises(InputError, match=r"tcp://127\.0\.0\.1:1: no scheduler answers"),
        open_cluster("tcp://127.0.0.1:1"),
    ):
        raise AssertionError("nobody is there")
