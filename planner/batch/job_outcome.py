"""What became of one district, and the file that has it of all."""

import os
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from planner.batch.basis import Basis
from planner.batch.job import Job
from planner.i18n.messages import Message, msgid
from planner.i18n.words import Words
from planner.store.atomic import write_files

OUR_BUG = 70
"""Exit code of what no person could have done better."""


class State(StrEnum):
    """What became of a district."""

    DONE = msgid("done")
    FAILED = msgid("failed")
    GIVEN_UP = msgid("given up")
    LOST = msgid("worker lost")


class JobOutcome(BaseModel, frozen=True):
    """What became of one district.

    Attributes
    ----------
    exit_code
        As the command of one district would have it.
    messages
        What a person should know, in the language asked for.
    figures
        Of the use case; empty where it came to none.
    run_s
        Seconds of a worker.
    memory_mib
        Memory of its worker when it ended.
    """

    district: str
    url: str
    use_case: str
    week: str
    state: State
    exit_code: int
    messages: tuple[str, ...] = ()
    figures: Mapping[str, Any] = {}
    basis: Basis | None = None
    run_s: float = 0.0
    memory_mib: int = 0

    @property
    def is_done(self) -> bool:
        """Whether the use case came to its end."""
        return self.state is State.DONE

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody should look at it."""
        return not self.is_done or self.exit_code != 0


def make_outcome(job: Job, state: State, exit_code: int, messages: Sequence[Message]) -> JobOutcome:
    """What became of a job, told in its language."""
    words = Words(language=job.request.language)
    return JobOutcome(
        district=job.district.name,
        url=job.district.url,
        use_case=job.request.use_case,
        week=job.request.week,
        state=state,
        exit_code=exit_code,
        messages=tuple(map(words.translate, messages)),
    )


class ResultsFile:
    """The results of a batch, a line of JSON each; a line that was not written whole is none.

    While a batch runs, lines are added; when it ends, the file is written anew, in order.

    Parameters
    ----------
    path
        Need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, JobOutcome]:
        """By address of the district, what became of it last."""
        outcomes: dict[str, JobOutcome] = {}
        lines = self.path.read_bytes().splitlines() if self.path.exists() else []
        for line in lines:
            try:
                outcome = JobOutcome.model_validate_json(line)
            except ValidationError:
                continue
            outcomes[outcome.url] = outcome
        return outcomes

    def add(self, outcome: JobOutcome) -> None:
        """Add a result that is on the disk then."""
        with self.path.open("ab") as file:
            file.write(_line(outcome))
            file.flush()
            os.fsync(file.fileno())

    def write(self, outcomes: Iterable[JobOutcome]) -> None:
        """Write all results anew, whole or not at all."""
        content = b"".join(map(_line, outcomes))
        write_files(self.path.parent, {self.path.name: content})


def _line(outcome: JobOutcome) -> bytes:
    return outcome.model_dump_json().encode() + b"\n"
