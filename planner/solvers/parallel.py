"""Many solves at the same time, one per core; each answers as it would alone."""

import multiprocessing
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.synchronize import Event
from typing import Any, Protocol, TypeVar

from planner.check import violations, with_plan
from planner.model import Instance
from planner.plan import Plan, Result, Route
from planner.processes import begin_worker, deaf_to_signals, kill_workers
from planner.solvers import (
    DEFAULT,
    ROUNDING,
    Limits,
    Progress,
    SolveReport,
    prepare,
    solve_with_duals,
)
from planner.solvers.base import num_cores, num_missed
from planner.solvers.params import DEFAULT_PARAMS, SolverParams
from planner.solvers.stopping import never

LISTEN_S = 0.2
"""So often somebody's wish to stop is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveTask:
    """Arguments of `planner.solvers.solve_with_duals`, and what ends it before its limits do.

    Attributes
    ----------
    settles
        Whether a plan is worth more than this is all that is asked: the solve ends once one is, or
        none is proven to be. None = the best plan is asked for.
    """

    instance: Instance
    limits: Limits
    solver: str = DEFAULT
    seed: int = 0
    start: Plan | None = None
    required: frozenset[str] = frozenset()
    routes: tuple[Route, ...] = field(default=(), repr=False)
    settles: float | None = None
    params: SolverParams = field(default=DEFAULT_PARAMS, repr=False)

    def is_settled(self, now: Progress) -> bool:
        """Whether it is known by now if a plan that visits all required sites is worth more."""
        if self.settles is None:
            return False
        # What is missed counts in none of the numbers.
        if self.required and (self.start is None or num_missed(self.start, self.required)):
            return False
        if now.objective > self.settles + ROUNDING:
            return True
        return now.bound is not None and now.bound <= self.settles + ROUNDING


Answer = TypeVar("Answer")

Job = Callable[[Callable[[], bool]], Answer]
"""Something to be done; asks whether the user wants to stop."""


class SolvePool(Protocol):
    """Does tasks and jobs, where there are processes for it several at the same time."""

    def solve(
        self, tasks: Sequence[SolveTask], on_progress: Callable[[int], None]
    ) -> tuple[SolveReport, ...]:
        """What comes of each task; says how many are done."""
        ...

    def solve_each(self, tasks: Sequence[SolveTask]) -> Iterator[SolveReport]:
        """What comes of each task, in their order, as soon as it is known."""
        ...

    def submit(self, job: Job[Answer]) -> Callable[[], Answer]:
        """Begin a job; the function that is returned waits for what comes of it."""
        ...


def solve_tasks(
    tasks: Sequence[SolveTask],
    *,
    processes: int | None = None,
    stop: Callable[[], bool] = never,
    on_progress: Callable[[int], None] = lambda done: None,
) -> tuple[SolveReport, ...]:
    """What comes of each task, in their order.

    Limits of time are of each task; where they are iterations, the answers do not depend on
    the number of processes.

    Parameters
    ----------
    processes
        Solves at the same time; None = one per core, 1 = in this process.
    stop
        Answers whether the user wants to stop; all solves then end with what they have.
    on_progress
        Is called with how many are done.
    """
    count = min(len(tasks), processes or num_cores())
    with solve_pool(count, {task.solver for task in tasks}, stop) as pool:
        return pool.solve(tasks, on_progress)


@contextmanager
def solve_pool(
    processes: int, solvers: Collection[str], stop: Callable[[], bool] = never
) -> Iterator[SolvePool]:
    """Solves tasks as `solve_tasks` does, as often as it is asked to.

    Other processes begin at once to load what they need.
    """
    if processes <= 1:
        yield InlinePool(stop)
        return
    # A process that is forked would inherit locks of the solver's threads.
    context = multiprocessing.get_context("spawn")
    asked = context.Event()
    cores = max(1, num_cores() // processes)
    arguments = (f"{__name__}:load", asked, cores, tuple(solvers))
    with ProcessPoolExecutor(
        processes, mp_context=context, initializer=begin_worker, initargs=arguments
    ) as executor:
        try:
            with deaf_to_signals():
                for _ in range(processes):
                    executor.submit(_ready)
            yield _ProcessPool(executor, asked, stop)
        except BaseException as error:
            if not isinstance(error, Exception):  # The program ends: nobody waits for an answer.
                kill_workers()
            raise
        finally:
            # What nobody waits for any more ends with the best that it has.
            asked.set()
            executor.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class InlinePool:
    """Work done in this process, one thing after the other, jobs when they are asked for."""

    stop: Callable[[], bool] = never

    def solve(
        self, tasks: Sequence[SolveTask], on_progress: Callable[[int], None]
    ) -> tuple[SolveReport, ...]:
        """As `SolvePool.solve`."""
        reports = []
        for task in tasks:
            reports.append(_solve_task(task, self.stop))
            on_progress(len(reports))
        return tuple(reports)

    def solve_each(self, tasks: Sequence[SolveTask]) -> Iterator[SolveReport]:
        """As `SolvePool.solve_each`."""
        return (_solve_task(task, self.stop) for task in tasks)

    def submit(self, job: Job[Answer]) -> Callable[[], Answer]:
        """As `SolvePool.submit`."""
        return lambda: job(self.stop)


@dataclass(frozen=True, slots=True)
class _ProcessPool:
    """Work done by other processes."""

    executor: Executor
    asked: Event
    stop: Callable[[], bool]

    def solve(
        self, tasks: Sequence[SolveTask], on_progress: Callable[[int], None]
    ) -> tuple[SolveReport, ...]:
        futures = [self.executor.submit(_do, partial(_solve_task, task)) for task in tasks]
        self._listen(futures, on_progress)
        return tuple(future.result() for future in futures)

    def solve_each(self, tasks: Sequence[SolveTask]) -> Iterator[SolveReport]:
        for begun in [self.submit(partial(_solve_task, task)) for task in tasks]:
            yield begun()

    def submit(self, job: Job[Answer]) -> Callable[[], Answer]:
        future = self.executor.submit(_do, job)

        def wait_for() -> Answer:
            self._listen([future])
            return future.result()

        return wait_for

    def _listen(
        self, futures: Sequence[Future[Any]], on_progress: Callable[[int], None] = lambda done: None
    ) -> None:
        waiting = set(futures)
        while waiting:
            done, waiting = wait(waiting, timeout=LISTEN_S, return_when=FIRST_COMPLETED)
            if done:
                on_progress(len(futures) - len(waiting))
            if self.stop():
                self.asked.set()


def share_plans(
    instances: Sequence[Instance],
    results: Sequence[Result],
    required: Sequence[frozenset[str]] = (),
) -> tuple[Result, ...]:
    """Each result, or a better plan of another one that keeps the rules of its instance too.

    Bounds stay as they are. Plans made for similar instances are often sound in each other.

    Parameters
    ----------
    required
        Ids of sites of each instance; no plan that misses more of them is better.
    """
    plans = list({id(result.plan): result.plan for result in results}.values())
    return tuple(
        _best_of(instance, result, plans, sites)
        for instance, result, sites in zip(
            instances, results, required or [frozenset[str]()] * len(results), strict=True
        )
    )


def _best_of(
    instance: Instance, result: Result, plans: Sequence[Plan], required: frozenset[str]
) -> Result:
    best = result
    for plan in plans:
        if num_missed(plan, required) > num_missed(best.plan, required):
            continue
        vans, sites = {route.van_id for route in plan.routes}, plan.served().keys()
        if vans <= instance.van_index.keys() and sites <= instance.site_index.keys():
            other = with_plan(instance, best, plan)
            if other.objective > best.objective + ROUNDING and not violations(instance, plan):
                best = other
    return best


_stop: Callable[[], bool] = never
"""In a process of its own: whether the user wants to stop."""

_cores: int | None = None
"""In a process of its own: cores for each solve."""


def load(asked: Event, cores: int, solvers: Sequence[str]) -> None:
    """In a process of its own: load solvers, and hear from now on when to stop."""
    global _stop, _cores
    _stop, _cores = asked.is_set, cores
    for solver in solvers:
        prepare(solver)


def _ready() -> None:
    """Nothing: a process that answers has loaded its solvers."""


def _do(job: Job[Answer]) -> Answer:
    return job(_stop)


def _solve_task(task: SolveTask, stop: Callable[[], bool]) -> SolveReport:
    is_settled = False

    def hear(now: Progress) -> None:
        nonlocal is_settled
        is_settled = is_settled or task.is_settled(now)

    return solve_with_duals(
        task.instance,
        solver=task.solver,
        seed=task.seed,
        limits=task.limits,
        start=task.start,
        required=task.required,
        routes=task.routes,
        params=task.params,
        cores=_cores,
        stop=lambda: is_settled or stop(),
        on_progress=hear,
    )
