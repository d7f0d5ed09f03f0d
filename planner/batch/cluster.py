"""Workers: of a cluster of this computer, or of a scheduler that is there already."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import dask
from distributed import Client, LocalCluster

from planner.batch.basis import current_versions
from planner.errors import InputError, Problem, input_error
from planner.i18n.messages import say
from planner.processes import deaf_to_signals
from planner.solvers import num_cores

FIRST_WORKER_S = 60
"""To wait for the first worker of a scheduler."""

CONFIG = {
    # Whose failure it was, the marker of the district says; the scheduler cannot know.
    "distributed.scheduler.allowed-failures": 1000,
    # A worker has one district, and none in store that would be lost with it.
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.scheduler.work-stealing": False,
    "distributed.worker.multiprocessing-method": "spawn",
    # Districts leave memory to the system when they end; only too much of it matters.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": 0.95,
    "distributed.nanny.pre-spawn-environ.OMP_NUM_THREADS": 1,
}


@contextmanager
def open_cluster(
    scheduler: str | None = None, workers: int | None = None, memory_mib: int | None = None
) -> Iterator[Client]:
    """A client with at least one worker, all of the versions of this command.

    Parameters
    ----------
    scheduler
        Address of one that is there, ``tcp://host:8786``; None = a cluster of this computer.
    workers
        Processes of the cluster of this computer; None = one per core.
    memory_mib
        That each of them may use; None = an equal share of what there is.

    Raises
    ------
    InputError
        Where the scheduler does not answer, has no worker, or one with other versions.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if scheduler is None:
        with dask.config.set(CONFIG), _local_cluster(workers, memory_mib) as client:
            yield client
        return
    try:
        client = Client(scheduler, set_as_default=False, timeout=10)
    except (OSError, ValueError, RuntimeError) as error:
        raise input_error(
            scheduler,
            say("no scheduler answers ({reason})", reason=str(error) or type(error).__name__),
            say("start it with dask scheduler, or see docs/scale.md"),
        ) from None
    with client:
        _check_workers(client, scheduler)
        yield client


@contextmanager
def _local_cluster(workers: int | None, memory_mib: int | None) -> Iterator[Client]:
    with deaf_to_signals():
        cluster = LocalCluster(
            n_workers=workers or num_cores(),
            threads_per_worker=1,
            processes=True,
            memory_limit=f"{memory_mib}MiB" if memory_mib else "auto",
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        )
        client = Client(cluster, set_as_default=False)
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close()
        cluster.close()


def _check_workers(client: Client, scheduler: str) -> None:
    try:
        client.wait_for_workers(1, timeout=FIRST_WORKER_S)
    except TimeoutError:
        what = say("has no worker after {limit_s} s", limit_s=FIRST_WORKER_S)
        raise input_error(scheduler, what, say("start workers with dask worker")) from None
    own = current_versions()
    answers = client.run(current_versions, on_error="return")
    problems = []
    for worker, found in sorted(answers.items()):
        if isinstance(found, Exception):
            what = say("cannot load the planner ({reason})", reason=found)
        elif found != own:
            name = min(name for name in own if found.get(name) != own[name])
            what = say(
                "has {name} {there}, this command {here}",
                name=name,
                there=found.get(name, "–"),
                here=own[name],
            )
        else:
            continue
        remedy = say("install the same versions on workers and here")
        problems.append(Problem(where=worker, what=what, remedy=remedy))
    if problems:
        raise InputError(problems)
