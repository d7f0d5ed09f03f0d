"""What runs in a worker: one district, with every failure as a result."""

import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from pkgutil import resolve_name

import psutil

from planner.batch.basis import current_versions, read_basis
from planner.batch.job import Answer, Job
from planner.batch.job_outcome import OUR_BUG, JobOutcome, State, make_outcome
from planner.batch.marker import Marker
from planner.batch.workspace import local_folder
from planner.errors import PlannerError
from planner.i18n.messages import Message, say

MAX_KILLED = 3
"""A district whose own process was killed so often is given up."""

MIB = 1 << 20
LOOK_S = 0.1
"""Between two looks at the memory of a process."""


def run_job(job: Job) -> JobOutcome:
    """What becomes of a district; nothing is raised, whatever happens to it."""
    begin_s = time.monotonic()
    if current_versions() != job.versions:
        what = say("this worker has other versions of the planner or of Python than the command")
        return make_outcome(job, State.LOST, OUR_BUG, [what])
    try:
        marker = Marker(job.district.url, job.run_id)
        marker.begin()
        basis = read_basis(job.district.url, job.request.options())
        with local_folder(job.district.url) as folder:
            outcome = _run_apart(job, folder, marker) if marker.is_suspect else call(job, folder)
        marker.end()
    except OSError as error:  # Where districts are kept may be out of reach.
        return make_outcome(job, State.FAILED, 2, [say("{problem}", problem=error)])
    spent = {"run_s": round(time.monotonic() - begin_s, 2), "memory_mib": _memory_mib()}
    return outcome.model_copy(update={"basis": basis, **spent})


def call(job: Job, folder: Path) -> JobOutcome:
    """What a use case comes to, in this process."""
    try:
        answer: Answer = resolve_name(job.function)(folder, job.request)
    except PlannerError as error:
        return make_outcome(job, State.FAILED, error.exit_code, error.messages)
    except Exception as error:
        what = say(
            "this is a bug in the planner, not in your files ({kind}: {problem})",
            kind=type(error).__name__,
            problem=error,
        )
        return make_outcome(job, State.FAILED, OUR_BUG, [what])
    outcome = make_outcome(job, State.DONE, answer.exit_code, answer.messages)
    return outcome.model_copy(update={"figures": answer.figures})


def _run_apart(job: Job, folder: Path, marker: Marker) -> JobOutcome:
    """What a use case comes to in a process of its own, which this worker outlives."""
    reason = say("unknown")
    while marker.num_killed < MAX_KILLED:
        with tempfile.TemporaryDirectory(prefix="planner-") as room:
            given, answer = Path(room) / "job", Path(room) / "outcome.json"
            given.write_bytes(pickle.dumps((job, folder)))
            reason = _watch([sys.executable, "-m", __name__, given, answer], job.memory_mib)
            if answer.exists():
                return JobOutcome.model_validate_json(answer.read_bytes())
        marker.count_killed()
    what = say(
        "its process was killed {count} times ({reason}); give its worker more memory, or see what"
        " is unusual in its tables",
        count=marker.num_killed,
        reason=reason,
    )
    return make_outcome(job, State.GIVEN_UP, OUR_BUG, [what])


def _watch(command: Sequence[object], memory_mib: int) -> Message:
    """Why a process ended; one that needs too much memory is killed."""
    child = psutil.Popen([*map(str, command)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        while child.poll() is None:
            used_mib = _memory_mib(child)
            if memory_mib and used_mib > memory_mib:
                return say("it needs more than {size} MiB of memory", size=memory_mib)
            time.sleep(LOOK_S)
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()
    return say("exit code {code}", code=child.returncode)


def _memory_mib(process: psutil.Process | None = None) -> int:
    """Memory of a process; 0 where it has ended."""
    try:
        return int((process or psutil.Process()).memory_info().rss // MIB)
    except psutil.NoSuchProcess:
        return 0


def _main(given: str, answer: str) -> None:
    """Run the job of a file in this process."""
    job, folder = pickle.loads(Path(given).read_bytes())
    outcome = call(job, folder)
    part = Path(answer).with_suffix(".part")
    part.write_text(outcome.model_dump_json(), encoding="utf-8")
    part.replace(answer)


if __name__ == "__main__":
    _main(*sys.argv[1:])
