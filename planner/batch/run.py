"""Runs the jobs of a batch on a cluster; results come in as they are ready."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from queue import Empty, SimpleQueue

from distributed import Client, Future, KilledWorker

from planner.batch.job import Job
from planner.batch.job_outcome import OUR_BUG, JobOutcome, State, make_outcome
from planner.batch.worker import run_job
from planner.errors import PlannerError
from planner.i18n.messages import say

LOOK_S = 0.5
"""Between two looks at whether to stop."""

FETCH_S = 30.0
"""A result that does not come in this time will never come."""

WORKERLESS_S = 120
"""No worker for so long: none will come."""

MAX_LOST = 20
"""So many times the scheduler may give up a district before it counts as lost."""


class ClusterLostError(PlannerError):
    """The scheduler or all workers are gone; results so far are kept."""


def run_jobs(client: Client, jobs: Sequence[Job], stop: Callable[[], bool]) -> Iterator[JobOutcome]:
    """What becomes of each job, in the order in which they end; fewer where somebody stops.

    Raises
    ------
    ClusterLostError
        Where the scheduler does not answer any more, or has no worker for a while.
    """
    ended: SimpleQueue[Future[JobOutcome]] = SimpleQueue()
    waiting: dict[str, tuple[Job, int, Future[JobOutcome]]] = {}

    def submit(job: Job, count: int) -> None:
        key = f"{job.district.name}-{job.run_id}-{count}"
        future = client.submit(run_job, job, key=key, pure=False)
        waiting[key] = job, count, future
        future.add_done_callback(ended.put)

    for job in jobs:
        submit(job, 1)
    workerless_s = 0.0
    while waiting:
        if stop():
            client.cancel([future for _, _, future in waiting.values()])
            return
        try:
            future = ended.get(timeout=LOOK_S)
        except Empty:
            workerless_s = 0.0 if _has_workers(client) else workerless_s + LOOK_S
            if workerless_s < WORKERLESS_S:
                continue
            raise ClusterLostError(
                say(
                    "no worker is left, and none has come in {limit_s} s; start workers, and go"
                    " on with --resume",
                    limit_s=WORKERLESS_S,
                )
            ) from None
        job, count, _ = waiting.pop(str(future.key))
        outcome = _outcome(client, future, job, count)
        if outcome is None:
            submit(job, count + 1)
        else:
            yield outcome


def _has_workers(client: Client) -> bool:
    """Whether there are workers, or the scheduler does not answer, which its jobs tell."""
    try:
        return client.status != "running" or bool(client.nthreads())
    except OSError:
        return True


def _outcome(client: Client, future: Future[JobOutcome], job: Job, count: int) -> JobOutcome | None:
    """What became of a job; None where it has to run again.

    Raises
    ------
    ClusterLostError
        Where the scheduler does not answer any more.
    """
    error = None
    if future.status == "finished":
        try:
            return future.result(timeout=FETCH_S)
        except (asyncio.CancelledError, CancelledError, TimeoutError):
            pass  # Its worker or the scheduler was lost before it was fetched.
    elif future.status == "error":
        error = future.exception()
    if error is None and client.status != "running":
        raise ClusterLostError(
            say("the scheduler is gone; start it again, and go on with --resume")
        )
    # A scheduler that still answers may forget a job whose worker was lost.
    if error is None or isinstance(error, KilledWorker):
        if count < MAX_LOST:
            return None
        return make_outcome(job, State.LOST, OUR_BUG, [say("workers were lost while it ran")])
    problem = say("{kind}: {problem}", kind=type(error).__name__, problem=error)
    return make_outcome(job, State.FAILED, OUR_BUG, [problem])
