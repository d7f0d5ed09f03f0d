"""Linear and integer programmes: all that this package asks of a library for them."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import inf
from typing import TypeVar

import numpy as np
from ortools.linear_solver import pywraplp

from planner.arrays import Bools, Float64s

INTEGRAL = 1e-6
"""Values of a linear programme so near an integer count as integral."""

_Row = TypeVar("_Row", bound=Hashable)


class Programme:
    """Maximises a linear objective; variables and rows may be added between solves.

    GLOP solves it, from where it ended the last time; where it has integer variables, SCIP.
    Variables and rows are known by their numbers, counted from 0.

    Parameters
    ----------
    integer
        Whether it may have integer variables.
    scale
        Whether the library may simplify and scale a linear programme before it solves it. It need
        not where coefficients are of like size, and so goes on sooner from where it ended.

    Attributes
    ----------
    is_optimal
        Whether the last solution is proven to be the best.
    """

    def __init__(self, *, integer: bool = False, scale: bool = True) -> None:
        self._solver = pywraplp.Solver.CreateSolver("SCIP" if integer else "GLOP")
        if not scale:
            self._solver.SetSolverSpecificParametersAsString(
                "use_preprocessing: false\nuse_scaling: false"
            )
        self._objective = self._solver.Objective()
        self._objective.SetMaximization()
        self._variables: list[pywraplp.Variable] = []
        self._rows: list[pywraplp.Constraint] = []
        self.is_optimal = False

    def add_variable(
        self, profit: float = 0.0, *, lower: float = 0.0, upper: float = inf, integer: bool = False
    ) -> int:
        """A new variable, worth so much a unit in the objective."""
        variable = self._solver.Var(lower, upper, integer, "")
        self._objective.SetCoefficient(variable, profit)
        self._variables.append(variable)
        return len(self._variables) - 1

    def add_row(
        self,
        terms: Iterable[tuple[int, float]] = (),
        *,
        lower: float = -inf,
        upper: float = inf,
    ) -> int:
        """A new row: the sum of its terms, variables times coefficients, lies between bounds."""
        self._rows.append(self._solver.Constraint(lower, upper))
        for variable, coefficient in terms:
            self.set_coefficient(len(self._rows) - 1, variable, coefficient)
        return len(self._rows) - 1

    def set_coefficient(self, row: int, variable: int, coefficient: float) -> None:
        """Change what a variable counts in a row."""
        self._rows[row].SetCoefficient(self._variables[variable], coefficient)

    def set_bounds(self, variable: int, lower: float, upper: float) -> None:
        """Change the bounds of a variable."""
        self._variables[variable].SetBounds(lower, upper)

    def set_upper(self, row: int, upper: float) -> None:
        """Change the upper bound of a row."""
        self._rows[row].SetUb(upper)

    def maximise(
        self,
        *,
        hint: Mapping[int, float] | None = None,
        time_limit_s: float | None = None,
        node_limit: int | None = None,
        seed: int = 0,
        separate: bool = True,
    ) -> float | None:
        """The greatest objective; None where the library finds no solution.

        Of a linear programme the optimum. Of an integer programme what is found within the limits,
        the optimum where there are none.

        Parameters
        ----------
        hint
            Values of variables to begin with.
        node_limit
            Of the search tree.
        separate
            Whether the library may look for cutting planes; few variables need none.
        """
        parameters = pywraplp.MPSolverParameters()
        accepted = [pywraplp.Solver.OPTIMAL]
        if self._solver.IsMip():
            accepted.append(pywraplp.Solver.FEASIBLE)
            parameters.SetDoubleParam(parameters.RELATIVE_MIP_GAP, 0.0)
            self._solver.SetSolverSpecificParametersAsString(
                f"limits/nodes = {-1 if node_limit is None else node_limit}\n"
                f"separating/maxroundsroot = {-1 if separate else 0}\n"
                f"separating/maxrounds = {-1 if separate else 0}\n"
                f"randomization/randomseedshift = {seed}\n"
            )
            if time_limit_s is not None:
                self._solver.SetTimeLimit(max(1, round(1000 * time_limit_s)))
        if hint:
            self._solver.SetHint([self._variables[number] for number in hint], [*hint.values()])
        status = self._solver.Solve(parameters)
        self.is_optimal = status == pywraplp.Solver.OPTIMAL
        return float(self._objective.Value()) if status in accepted else None

    def interrupt(self) -> None:
        """End the solve of an integer programme that another thread makes, if it has begun."""
        self._solver.InterruptSolve()

    def values(self, variables: Sequence[int]) -> Float64s:
        """What variables are in the last solution."""
        return np.array([self._variables[number].solution_value() for number in variables])

    def duals(self, rows: Sequence[int]) -> Float64s:
        """What one more of the bound of each row would add to the optimum of a linear programme."""
        return np.array([self._rows[number].dual_value() for number in rows])

    def reduced_profits(self, variables: Sequence[int]) -> Float64s:
        """What one more of each variable would add to the optimum of a linear programme."""
        return np.array([self._variables[number].reduced_cost() for number in variables])


def solve_set_packing(
    profits: Float64s,
    columns: Sequence[Mapping[_Row, float]],
    limits: Mapping[_Row, float],
    *,
    margin: float = 0.0,
) -> Bools:
    """The columns of the most profitable choice, each taken once or not; proven.

    The linear relaxation is mostly integral already. Else an integer solution is looked for among
    the columns whose reduced profit is within a margin of none: a choice with any other column is
    worth less than the relaxation by more than that margin.

    Parameters
    ----------
    columns
        Of each column, what it takes of each row.
    limits
        What there is of each row, >= 0.
    margin
        To begin with; it grows until it suffices.
    """
    count = range(len(columns))
    relaxation, _ = _packing_programme(profits, columns, limits, count, integer=False)
    optimum = relaxation.maximise()
    if optimum is None:
        raise RuntimeError("the linear relaxation of a set packing has no optimum")
    values = relaxation.values(count)
    if (np.abs(values - np.rint(values)) < INTEGRAL).all():
        return values > 0.5
    reduced_profits = relaxation.reduced_profits(count)
    while True:
        near = np.flatnonzero(reduced_profits >= -margin)
        programme, variables = _packing_programme(profits, columns, limits, near, integer=True)
        value = programme.maximise()
        if value is None:
            raise RuntimeError("a set packing has no solution")
        if len(near) == len(columns) or optimum - value <= margin:
            break
        margin = optimum - value
    chosen = np.zeros(len(columns), dtype=np.bool_)
    chosen[near] = programme.values(variables) > 0.5
    return chosen


def _packing_programme(
    profits: Float64s,
    columns: Sequence[Mapping[_Row, float]],
    limits: Mapping[_Row, float],
    chosen: Iterable[int],
    *,
    integer: bool,
) -> tuple[Programme, list[int]]:
    programme, variables = Programme(integer=integer), []
    rows = {row: programme.add_row(upper=limit) for row, limit in limits.items()}
    for column in chosen:
        variable = programme.add_variable(float(profits[column]), upper=1.0, integer=integer)
        for row, taken in columns[column].items():
            programme.set_coefficient(rows[row], variable, taken)
        variables.append(variable)
    return programme, variables
