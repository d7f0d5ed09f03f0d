"""Many solves at the same time answer as each would alone."""

from dataclasses import replace

import pytest

from planner.formats import plan_bytes
from planner.plan import Plan
from planner.solvers import Limits, study
from planner.solvers.side_by_side import Task, num_cores, shared, studies
from tests.property.instances import random_instance
from tests.unit.solvers.weekends import SATURDAY, instance, site

ROUNDS = Limits(iterations=3)


@pytest.fixture(scope="module")
def tasks() -> tuple[Task, ...]:
    """Four small weekends."""
    return tuple(
        Task(instance=random_instance(seed), limits=ROUNDS, seed=seed) for seed in (3, 5, 8, 13)
    )


def test_one_process_and_two_give_the_same_bytes(tasks: tuple[Task, ...]) -> None:
    """Plans and bounds, in the order of the tasks."""
    alone = [plan_bytes(found.result) for found in studies(tasks, processes=1)]
    heard: list[int] = []
    two = [plan_bytes(found.result) for found in studies(tasks, processes=2, tell=heard.append)]
    assert alone == two
    assert heard[-1] == len(tasks)
    assert alone[0] == plan_bytes(study(tasks[0].instance, limits=ROUNDS, seed=3).result)


def test_a_plan_is_taken_wherever_it_is_sound_and_better() -> None:
    """A van that may stay out longer helps nobody who must be home; the other way round it does."""
    short = instance(site(1), site(2))
    (van,) = short.vans
    long = replace(short, vans=(replace(van, shifts={SATURDAY: (0, 5000)}),))
    poor, rich = (study(each, limits=ROUNDS).result for each in (short, long))
    nothing = replace(rich, plan=Plan(), people=0, objective=0.0)
    assert shared([short, long], [poor, nothing])[1].plan == poor.plan
    tight = replace(short, vans=(replace(van, shifts={SATURDAY: (0, 150)}),))
    assert shared([tight, long], [nothing, rich])[0].plan == Plan()


def test_no_tasks_need_no_processes() -> None:
    """Nothing is started for nothing."""
    assert studies((), processes=2) == ()
    assert num_cores() >= 1


def test_the_wish_to_stop_reaches_the_other_processes() -> None:
    """Asked from the beginning, solves without any limit end at once."""
    endless = [Task(instance=random_instance(seed), limits=Limits()) for seed in (3, 5, 8)]
    found = studies(endless, processes=2, stop=lambda: True)
    assert len(found) == 3
