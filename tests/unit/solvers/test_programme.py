"""Programmes small enough to solve by hand, and set packing against all subsets."""

from concurrent.futures import ThreadPoolExecutor, wait
from itertools import product

import numpy as np
import pytest

from planner.solvers.programme import Programme, solve_set_packing


@pytest.mark.parametrize("scale", [False, True])
def test_a_linear_programme_has_values_duals_and_reduced_profits(*, scale: bool) -> None:
    """Max 3x + 2y with x + y <= 4 and x <= 1: 1 and 3, worth 9; a unit of the row is worth 2."""
    programme = Programme(scale=scale)
    x, y = programme.add_variable(3.0, upper=1.0), programme.add_variable(2.0)
    row = programme.add_row([(x, 1.0), (y, 1.0)], upper=4.0)
    assert programme.maximise() == pytest.approx(9.0)
    assert programme.values([x, y]) == pytest.approx([1.0, 3.0])
    assert programme.duals([row]) == pytest.approx([2.0])
    assert programme.reduced_profits([x, y]) == pytest.approx([1.0, 0.0])


@pytest.mark.parametrize("scale", [False, True])
def test_variables_rows_and_bounds_change_between_solves(*, scale: bool) -> None:
    """After z, worth 5, takes 2 of the row, y at most 1, and x none: 5 + 2, then 2 of 3 left."""
    programme = Programme(scale=scale)
    x, y = programme.add_variable(3.0), programme.add_variable(2.0)
    row = programme.add_row([(x, 1.0), (y, 1.0)], upper=3.0)
    assert programme.maximise() == pytest.approx(9.0)
    programme.set_bounds(x, 0.0, 0.0)
    programme.set_bounds(y, 0.0, 1.0)
    z = programme.add_variable(5.0)
    programme.set_coefficient(row, z, 2.0)
    assert programme.maximise() == pytest.approx(7.5)
    programme.set_upper(row, 1.0)
    assert programme.maximise() == pytest.approx(2.5)


@pytest.mark.parametrize("separate", [False, True])
def test_an_integer_programme_rounds_nothing(*, separate: bool) -> None:
    """Max 5x + 4y with 6x + 4y <= 9: (1, 0) is worth 5, (0, 2) is worth 8; the relaxation 9."""
    programme = Programme(integer=True)
    x, y = (programme.add_variable(profit, integer=True) for profit in (5.0, 4.0))
    programme.add_row([(x, 6.0), (y, 4.0)], upper=9.0)
    assert programme.maximise(hint={x: 1.0, y: 0.0}, separate=separate) == pytest.approx(8.0)
    assert programme.is_optimal
    assert programme.values([x, y]) == pytest.approx([0.0, 2.0])


@pytest.mark.parametrize("integer", [False, True])
def test_a_programme_without_a_solution_has_no_objective(integer: bool) -> None:
    """At least 2 of what is at most 1."""
    programme = Programme(integer=integer)
    x = programme.add_variable(1.0, upper=1.0, integer=integer)
    programme.add_row([(x, 1.0)], lower=2.0)
    assert programme.maximise() is None


def test_a_set_packing_is_the_best_of_all_subsets() -> None:
    """Three pairs of a triangle are each half taken by the relaxation; one is the most."""
    rng = np.random.default_rng(0)
    cases = [(np.ones(3), [{0: 1, 1: 1}, {1: 1, 2: 1}, {0: 1, 2: 1}], [1, 1, 1])]
    for _ in range(30):
        columns = [
            {int(row): int(rng.integers(1, 4)) for row in rng.choice(4, size=2, replace=False)}
            for _ in range(8)
        ]
        cases.append((rng.integers(1, 20, 8).astype(float), columns, [3, 4, 5, 6]))
    for profits, columns, limits in cases:
        taken = np.array([[column.get(row, 0) for column in columns] for row in range(len(limits))])
        subsets = np.array(list(product([0, 1], repeat=len(columns))))
        feasible = (subsets @ taken.T <= limits).all(axis=1)
        chosen = solve_set_packing(profits, columns, dict(enumerate(limits)))
        assert profits @ chosen == pytest.approx((subsets[feasible] @ profits).max())
        assert (taken @ chosen <= limits).all()


def test_a_solve_of_another_thread_is_interrupted() -> None:
    """Markets to be split evenly: nobody proves the least that is left over soon."""
    rng = np.random.default_rng(0)
    programme = Programme(integer=True)
    shops = [programme.add_variable(upper=1.0, integer=True) for _ in range(50)]
    for demand in rng.integers(0, 100, (6, len(shops))):
        left_over = [(programme.add_variable(-1.0), sign) for sign in (1.0, -1.0)]
        half = float(demand.sum() // 2)
        terms = [*zip(shops, demand.astype(float).tolist(), strict=True), *left_over]
        programme.add_row(terms, lower=half, upper=half)
    with ThreadPoolExecutor(1) as executor:
        solve = executor.submit(programme.maximise, time_limit_s=600.0)
        while not solve.done():
            programme.interrupt()
            wait([solve], 0.05)
    assert not programme.is_optimal
