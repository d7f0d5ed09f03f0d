"""A use case of many districts, from the list to the results file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from planner.batch.basis import current_versions
from planner.batch.cluster import open_cluster
from planner.batch.job import ALL, USE_CASES, Job, LentVan, ListedDistrict, Request
from planner.batch.job_outcome import JobOutcome, ResultsFile
from planner.batch.lending import Lending, choose_loans, prove_gain
from planner.batch.run import run_jobs
from planner.batch.selection import Selected
from planner.i18n.messages import say
from planner.office.listener import SILENT, Listener

PROVING = "planner.batch.van_values:plan_with_loans"


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
) -> tuple[JobOutcome, ...]:
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
    ClusterLostError
        Where the scheduler or all workers are gone meanwhile.
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


def lend_vans(
    outcomes: Sequence[JobOutcome], request: Request, workers: Workers, listener: Listener = SILENT
) -> Lending:
    """The loans that gain most people in all, proven by planning their districts again.

    Parameters
    ----------
    outcomes
        Of the use case ``lend``; districts without figures take no part.
    """
    values = {each.district: each.figures for each in outcomes if each.is_done}
    districts = {
        each.district: ListedDistrict(name=each.district, url=each.url) for each in outcomes
    }
    loans = choose_loans(values)
    changes: dict[str, list[LentVan]] = {}
    for loan in loans:
        changes.setdefault(loan.lender, []).append(loan.lent)
        changes.setdefault(loan.borrower, []).append(loan.borrowed)
    jobs = [
        _job(districts[key], replace(request, loans=tuple(vans)), PROVING, uuid4().hex[:8], workers)
        for key, vans in changes.items()
    ]
    if not jobs:
        return prove_gain((), values, {})
    with open_cluster(workers.scheduler, workers.count, workers.memory_mib) as client:
        after = {each.district: each for each in run_jobs(client, jobs, listener.stop)}
    planned = {key: each.figures for key, each in after.items() if each.is_done}
    kept = [loan for loan in loans if {loan.lender, loan.borrower} <= planned.keys()]
    return prove_gain(kept, values, planned)


def read_known(results: Path) -> dict[str, JobOutcome]:
    """What became of districts before, by their address."""
    return ResultsFile(results).read()


def _jobs(selected: Sequence[Selected], request: Request, workers: Workers) -> list[Job]:
    run_id, function = uuid4().hex[:8], USE_CASES[request.use_case]
    return [_job(each.district, request, function, run_id, workers) for each in selected]


def _job(
    district: ListedDistrict, request: Request, function: str, run_id: str, workers: Workers
) -> Job:
    return Job(
        district=district,
        request=request,
        function=function,
        run_id=run_id,
        versions=current_versions(),
        memory_mib=workers.memory_mib or 0,
    )


def _show(listener: Listener, done: int, count: int) -> None:
    line = say("districts: {done} of {count}", done=done, count=count)
    listener.stage(line, done / max(1, count))
