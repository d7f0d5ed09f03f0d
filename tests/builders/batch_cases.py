"""Use cases that tests have workers run: quick, and as hostile as a test asks for."""

import os
import time
from pathlib import Path

from planner.batch.basis import current_versions
from planner.batch.job import Answer, Job, ListedDistrict, Request

HERE = "tests.builders.batch_cases"


def make_jobs(folder: Path, count: int, function: str, memory_mib: int = 0) -> list[Job]:
    """Jobs of so many new districts, of which only a name in a file is known."""
    jobs = []
    for number in range(count):
        home = folder / f"d{number:03}"
        home.mkdir(parents=True)
        (home / "planner.toml").write_text(f'name = "{home.name}"\n', encoding="utf-8")
        jobs.append(
            Job(
                district=ListedDistrict(name=home.name, url=str(home)),
                request=Request(use_case="test", week="2026-W48"),
                function=f"{HERE}:{function}",
                run_id="run",
                versions=current_versions(),
                memory_mib=memory_mib,
            )
        )
    return jobs


def write_name(folder: Path, request: Request) -> Answer:
    """Its name, after a moment of work."""
    time.sleep(0.3)
    return Answer(figures={"name": folder.name})


def fail(folder: Path, request: Request) -> Answer:
    """A bug, in every district."""
    raise LookupError(folder.name)


def die(folder: Path, request: Request) -> Answer:
    """The end of the process, in the first district alone."""
    if folder.name == "d000":
        os._exit(9)
    return write_name(folder, request)


def eat_memory(folder: Path, request: Request) -> Answer:
    """More memory than there is, in the first district alone."""
    if folder.name == "d000":
        eaten = [bytearray(64 << 20) for _ in range(64)]
        time.sleep(30)
        del eaten
    return write_name(folder, request)
