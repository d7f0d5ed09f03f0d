"""Many solves at the same time answer as each would alone."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from planner.formats import plan_bytes
from planner.plan import Plan, Status
from planner.solvers import Limits, Progress, num_cores, solve_with_duals
from planner.solvers.parallel import SolveTask, share_plans, solve_pool, solve_tasks
from tests.builders.districts import SATURDAY
from tests.builders.instances import instance, site
from tests.builders.random_instances import random_instance

pytestmark = pytest.mark.process

ROUNDS = Limits(iterations=3)


@pytest.fixture(scope="module")
def tasks() -> tuple[SolveTask, ...]:
    """Four small weekends."""
    return tuple(
        SolveTask(instance=random_instance(seed), limits=ROUNDS, seed=seed)
        for seed in (3, 5, 8, 13)
    )


@pytest.mark.slow
def test_one_process_and_two_give_the_same_bytes(tasks: tuple[SolveTask, ...]) -> None:
    """Plans and bounds, in the order of the tasks."""
    alone = [plan_bytes(found.result) for found in solve_tasks(tasks, processes=1)]
    heard: list[int] = []
    two = [
        plan_bytes(found.result)
        for found in solve_tasks(tasks, processes=2, on_progress=heard.append)
    ]
    assert alone == two
    assert heard[-1] == len(tasks)
    assert alone[0] == plan_bytes(solve_with_duals(tasks[0].instance, limits=ROUNDS, seed=3).result)


def test_a_plan_is_taken_wherever_it_is_sound_and_better() -> None:
    """A van that may stay out longer helps nobody who must be home; the other way round it does."""
    short = instance(site(1), site(2))
    (van,) = short.vans
    long = replace(short, vans=(replace(van, shifts={SATURDAY: (0, 5000)}),))
    poor, rich = (solve_with_duals(each, limits=ROUNDS).result for each in (short, long))
    nothing = replace(rich, plan=Plan(), people=0, objective=0.0)
    assert share_plans([short, long], [poor, nothing])[1].plan == poor.plan
    tight = replace(short, vans=(replace(van, shifts={SATURDAY: (0, 150)}),))
    assert share_plans([tight, long], [nothing, rich])[0].plan == Plan()


def test_no_tasks_need_no_processes() -> None:
    """Nothing is started for nothing."""
    assert solve_tasks((), processes=2) == ()
    assert num_cores() >= 1


@pytest.mark.slow
def test_the_wish_to_stop_reaches_the_other_processes() -> None:
    """Asked from the beginning, solves without any limit end at once."""
    endless = [SolveTask(instance=random_instance(seed), limits=Limits()) for seed in (3, 5, 8)]
    found = solve_tasks(endless, processes=2, stop=lambda: True)
    assert len(found) == 3


def test_a_solve_that_only_settles_a_question_ends_with_the_answer() -> None:
    """Without any limit: once a plan is worth more, or once none is proven to be."""
    given = random_instance(3)
    best = solve_with_duals(given, limits=ROUNDS).result
    for settles in (best.objective - 1.0, best.objective):
        (found,) = solve_tasks([SolveTask(instance=given, limits=Limits(), settles=settles)])
        assert found.result.status in {Status.INTERRUPTED, Status.OPTIMAL}
        if settles < best.objective:
            assert found.result.objective > settles
        else:
            assert found.result.bound is not None
            assert found.result.bound <= settles + 1e-6


def test_a_plan_without_the_stop_asked_for_settles_nothing() -> None:
    """It is worth more, but misses the site that is required."""
    task = SolveTask(
        instance=instance(site(1)),
        limits=ROUNDS,
        start=Plan(),
        required=frozenset({"site-1"}),
        settles=1.0,
    )
    assert not task.is_settled(Progress(elapsed_s=0.0, people=9, objective=9.0, bound=9.0))
    free = replace(task, required=frozenset())
    assert free.is_settled(Progress(elapsed_s=0.0, people=9, objective=9.0))
    assert free.is_settled(Progress(elapsed_s=0.0, people=0, objective=0.0, bound=1.0))
    assert not free.is_settled(Progress(elapsed_s=0.0, people=0, objective=0.0, bound=2.0))


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
def test_jobs_answer_when_they_are_waited_for(processes: int) -> None:
    """In any order, and what nobody waits for keeps nobody."""
    with solve_pool(processes, {"greedy"}) as pool:
        first, second = pool.submit(partial(_plus_one, 1)), pool.submit(partial(_plus_one, 2))
        pool.submit(_endless)
        assert (second(), first()) == (3, 2)


def _plus_one(number: int, stop: Callable[[], bool]) -> int:
    assert not stop()
    return number + 1


def _endless(stop: Callable[[], bool]) -> None:
    while not stop():
        time.sleep(0.01)
