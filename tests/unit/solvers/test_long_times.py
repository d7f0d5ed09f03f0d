"""Seconds up to the most that an int32 holds, in all solvers, and sums of them beyond it."""

import warnings
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from planner.model import MAX_S, Break, Instance, Site
from planner.plan import Plan
from planner.solvers import SOLVERS, Limits, solve
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, instance, site

pytestmark = pytest.mark.parametrize("solver", SOLVERS)


@pytest.fixture(autouse=True)
def _no_overflow() -> Iterator[None]:
    with warnings.catch_warnings(), np.errstate(over="raise"):
        warnings.simplefilter("error", RuntimeWarning)
        yield


def best(given: Instance, solver: str) -> Plan:
    return solve(given, solver=solver, limits=Limits(iterations=20)).plan


def all_day(number: int) -> Site:
    return site(number, windows={SATURDAY: ((0, MAX_S),)})


@pytest.mark.parametrize("far_s", [10**9, MAX_S])
def test_a_drive_longer_than_any_shift_is_no_road(solver: str, far_s: int) -> None:
    """To one of two sites, and back from it; the other is served."""
    given = instance(site(1), site(2))
    drive_s = given.drive_s.copy()
    drive_s[0, 1] = drive_s[2, 1] = drive_s[1, 0] = far_s
    assert best(replace(given, drive_s=drive_s), solver).served() == {"site-2": 10}


def test_a_shift_may_last_as_long_as_an_int32_counts(solver: str) -> None:
    """Both sites are served, and driving there takes no longer than on any day."""
    van = replace(VAN, shifts={SATURDAY: (0, MAX_S)})
    plan = best(instance(all_day(1), all_day(2), vans=(van,)), solver)
    assert plan.served() == {"site-1": 10, "site-2": 10}
    assert plan.routes[0].return_s == plan.routes[0].stops[-1].depart_s + 50


def test_drives_and_service_may_take_most_of_it(solver: str) -> None:
    """A billion seconds there, none back, 10^8 for each of ten people: 2.0 of 2.1 billion."""
    given = instance(
        replace(all_day(1), seconds_per_person=10**8),
        vans=(replace(VAN, shifts={SATURDAY: (0, MAX_S)}),),
    )
    far = replace(given, drive_s=np.array([[0, 10**9], [0, 0]]), worth_s=None)
    plan = best(far, solver)
    assert plan.served() == {"site-1": 10}
    assert plan.routes[0].return_s == 2_000_000_030


def test_a_sum_of_two_drives_beyond_it_fits_nowhere(solver: str) -> None:
    """There and back 1.5 billion seconds each; a break at the end of the day makes it no worse."""
    van = replace(
        VAN,
        shifts={SATURDAY: (0, MAX_S)},
        crew_break=Break(earliest_s=MAX_S, latest_s=MAX_S, length_s=MAX_S),
    )
    given = instance(all_day(1), vans=(van,), drive_s=1_500_000_000)
    assert not best(replace(given, worth_s=None), solver).routes
