"""Many solves at the same time, one per core; each answers as it would alone."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing.synchronize import Event

from planner.check import score, violations
from planner.model import Instance
from planner.plan import Plan, Result, Route
from planner.solvers import DEFAULT, ROUNDING, Limits, Study, prepare, study

LISTEN_S = 0.2
"""So often somebody's wish to stop is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The arguments of one `planner.solvers.study`."""

    instance: Instance
    limits: Limits
    solver: str = DEFAULT
    seed: int = 0
    start: Plan | None = None
    required: frozenset[str] = frozenset()
    routes: tuple[Route, ...] = field(default=(), repr=False)


Work = Callable[[Sequence[Task], Callable[[int], None]], tuple[Study, ...]]
"""Does tasks, and says to the second argument how many are done."""


def num_cores() -> int:
    """Cores that this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def studies(
    tasks: Sequence[Task],
    *,
    processes: int | None = None,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[int], None] = lambda done: None,
) -> tuple[Study, ...]:
    """What comes of each task, in their order.

    Limits of time are of each task; where they are iterations, the answers do not depend on
    the number of processes.

    Parameters
    ----------
    processes
        Solves at the same time; None = one per core, 1 = in this process.
    stop
        Answers whether the user wants to stop; all solves then end with what they have.
    tell
        Hears how many are done.
    """
    count = min(len(tasks), processes or num_cores())
    with workers(count, {task.solver for task in tasks}, stop) as work:
        return work(tasks, tell)


@contextmanager
def workers(
    processes: int, solvers: Collection[str], stop: Callable[[], bool] = lambda: False
) -> Iterator[Work]:
    """A function that does tasks as `studies` does, as often as it is called."""
    if processes <= 1:
        yield lambda tasks, tell: tuple(_one_by_one(tasks, stop, tell))
        return
    # A process that is forked would inherit locks of the solver's threads.
    context = multiprocessing.get_context("spawn")
    asked = context.Event()

    def work(tasks: Sequence[Task], tell: Callable[[int], None]) -> tuple[Study, ...]:
        futures = [executor.submit(_solve, task) for task in tasks]
        _listen(futures, asked, stop, tell)
        return tuple(future.result() for future in futures)

    with ProcessPoolExecutor(
        processes, mp_context=context, initializer=_begin, initargs=(asked, tuple(solvers))
    ) as executor:
        yield work


def shared(instances: Sequence[Instance], results: Sequence[Result]) -> tuple[Result, ...]:
    """Each result, or a better plan of another one that keeps the rules of its instance too.

    Bounds stay as they are. Plans made for similar instances are often sound in each other.
    """
    plans = list({id(result.plan): result.plan for result in results}.values())
    return tuple(
        _best_of(instance, result, plans)
        for instance, result in zip(instances, results, strict=True)
    )


def _best_of(instance: Instance, result: Result, plans: Sequence[Plan]) -> Result:
    best = result
    for plan in plans:
        if not (
            all(route.van_id in instance.van_index for route in plan.routes)
            and all(stop.site_id in instance.site_index for _, stop in plan.stops())
        ):
            continue
        worth = score(instance, plan)
        if worth.objective > best.objective + ROUNDING and not violations(instance, plan):
            best = replace(best, plan=plan, people=worth.people, objective=worth.objective)
    return best


def _one_by_one(
    tasks: Sequence[Task], stop: Callable[[], bool], tell: Callable[[int], None]
) -> list[Study]:
    found = []
    for task in tasks:
        found.append(_study(task, stop))
        tell(len(found))
    return found


def _listen(
    futures: Sequence[Future[Study]],
    asked: Event,
    stop: Callable[[], bool],
    tell: Callable[[int], None],
) -> None:
    waiting = set(futures)
    while waiting:
        done, waiting = wait(waiting, timeout=LISTEN_S, return_when=FIRST_COMPLETED)
        if done:
            tell(len(futures) - len(waiting))
        if stop():
            asked.set()


_asked: Event | None = None
"""In a process of its own: set when the user wants to stop."""


def _begin(asked: Event, solvers: Sequence[str]) -> None:
    global _asked  # noqa: PLW0603 - the only way to hand an event to a process of a pool
    _asked = asked
    # Ctrl-C reaches every process of a terminal; the first one decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for solver in solvers:
        prepare(solver)


def _solve(task: Task) -> Study:
    asked = _asked
    return _study(task, (lambda: False) if asked is None else asked.is_set)


def _study(task: Task, stop: Callable[[], bool]) -> Study:
    return study(
        task.instance,
        solver=task.solver,
        seed=task.seed,
        limits=task.limits,
        start=task.start,
        required=task.required,
        routes=task.routes,
        stop=stop,
    )
