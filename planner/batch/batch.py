"""A use case of many districts, from the list to the results file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from planner.batch.basis import current_versions
from planner.batch.cluster import open_cluster
from planner.batch.job import ALL, USE_CASES, Job, Request
from planner.batch.outcome import Outcome, ResultsFile
from planner.batch.run import run_jobs
from planner.batch.selection import Selected
from planner.i18n.messages import say
from planner.office.listener import SILENT, Listener


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers:
    """Who does the work.

    Attributes
    ----------
    scheduler
        Address of one that is there; None = workers of this computer.
    count
        Processes on this computer; None = one per core.
    memory_mib
        That each of them may use; None = an equal share of what there is.
    """

    scheduler: str | None = None
    count: int | None = None
    memory_mib: int | None = None


def run_batch(
    selected: Sequence[Selected],
    request: Request,
    results: Path,
    *,
    selection: str = ALL,
    workers: Workers | None = None,
    listener: Listener = SILENT,
) -> tuple[Outcome, ...]:
    """What became of every district that the results file has by then, in their order.

    Results are added to the file as they come in, so that nothing is lost where the run ends.

    Parameters
    ----------
    selected
        Those that run now, of `select`.
    selection
        With ``all``, what the file had before is no more.

    Raises
    ------
    InputError
        Where no worker can be had.
    SchedulerLostError
        Where the scheduler is gone meanwhile.
    """
    workers = workers or Workers()
    file = ResultsFile(results)
    kept = {} if selection == ALL else file.read()
    jobs = _jobs(selected, request, workers)
    with open_cluster(workers.scheduler, workers.count, workers.memory_mib) as client:
        file.write(kept.values())
        listener.notice(say("dashboard: {url}", url=client.dashboard_link))
        done = 0
        _show(listener, done, len(jobs))
        for outcome in run_jobs(client, jobs, listener.stop):
            file.add(outcome)
            done += 1
            _show(listener, done, len(jobs))
            for message in () if outcome.is_done else outcome.messages[:1]:
                listener.notice(say("{name}: {problem}", name=outcome.district, problem=message))
    outcomes = tuple(sorted(file.read().values(), key=lambda outcome: outcome.url))
    file.write(outcomes)
    return outcomes


def read_known(results: Path) -> dict[str, Outcome]:
    """What became of districts before, by their address."""
    return ResultsFile(results).read()


def _jobs(selected: Sequence[Selected], request: Request, workers: Workers) -> list[Job]:
    run_id, versions = uuid4().hex[:8], current_versions()
    return [
        Job(
            district=each.district,
            request=request,
            function=USE_CASES[request.use_case],
            run_id=run_id,
            versions=versions,
            memory_mib=workers.memory_mib or 0,
        )
        for each in selected
    ]


def _show(listener: Listener, done: int, count: int) -> None:
    line = say("districts: {done} of {count}", done=done, count=count)
    listener.stage(line, done / max(1, count))
