"""How a plan is searched for, and the solver made ready for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from planner import solvers
from planner.district import District
from planner.i18n.language import SETTINGS
from planner.i18n.messages import say
from planner.office.listener import Listener
from planner.solvers import (
    DEFAULT,
    SOLVERS,
    Limits,
    SearchArguments,
    SolverParams,
    preparing_beside,
)
from planner.solvers.params import DEFAULT_PARAMS
from planner.solvers.params_file import parse_params

__all__ = [
    "DEFAULT",
    "KEEP_MODES",
    "ROUTES",
    "SOLVERS",
    "Search",
    "prepare_solver",
    "preparing_beside",
]

ROUTES, PROMISES, NOTHING = KEEP_MODES = ("routes", "promises", "nothing")
"""What stays of another plan: its routes, its places and hours, or nothing: it is a start only."""

LONG_S = 1.0
"""A solver that took longer to prepare was compiled, not only loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How a plan is searched for; None = what is usual where it is searched.

    Attributes
    ----------
    solver
        A key of `SOLVERS`.
    seed
        The same seed and iterations give the same plan.
    time_limit_s
        Seconds of the search.
    gap
        Proven share by which a better plan is at most better, at which the search ends.
    iterations
        Rounds after which the search ends; without a time limit, the clock then plays no part.
    processes
        Searches at the same time, where there are several; None or 0 = one per core.
    cores
        That one search uses; None = all of the machine. The plan does not depend on it.
    params
        What tunes the solver; None = as the settings of the district have it.
    """

    solver: str = DEFAULT
    seed: int | None = None
    time_limit_s: float | None = None
    gap: float | None = None
    iterations: int | None = None
    processes: int | None = None
    cores: int | None = None
    params: SolverParams | None = None

    @property
    def is_usual(self) -> bool:
        """Whether nothing is asked for that a kept answer may not have."""
        return replace(self, processes=None, cores=None) == Search()

    def limits(self, usual_s: float) -> Limits:
        """When the search ends; the usual seconds where neither time nor iterations are given."""
        time_limit_s = self.time_limit_s
        if time_limit_s is None and self.iterations is None:
            time_limit_s = usual_s
        return Limits(time_limit_s=time_limit_s, gap=self.gap, iterations=self.iterations)

    def seed_or(self, usual: int) -> int:
        """The seed; where none is given, the usual one."""
        return usual if self.seed is None else self.seed

    def params_or(self, district: District | None) -> SolverParams:
        """What tunes the solver; where nothing is given, as the settings of the district say."""
        if self.params is not None or district is None:
            return self.params or DEFAULT_PARAMS
        return parse_params(district.solver_params, f"{SETTINGS} [solver.params]")

    def arguments(
        self, usual_s: float, listener: Listener, district: District | None = None
    ) -> SearchArguments:
        """How `planner.solvers.solve` and its like are called.

        Raises
        ------
        InputError
            Where the settings of the district have parameters that there are not.
        """
        return {
            "solver": self.solver,
            "seed": self.seed_or(0 if district is None else district.seed),
            "limits": self.limits(usual_s),
            "params": self.params_or(district),
            "cores": self.cores,
            "stop": listener.stop,
            "on_progress": listener.progress,
        }


def prepare_solver(
    solver: str,
    listener: Listener,
    *,
    is_prepared: Callable[[str], bool] = solvers.is_prepared,
    prepare: Callable[[str], float] = solvers.prepare,
) -> None:
    """Compile a solver before its time begins; say so, and how long it took, if it takes long.

    Parameters
    ----------
    is_prepared
        Whether what the solver needs was compiled at an earlier run.
    prepare
        Seconds it took to compile or load what the solver needs.
    """
    stage = say("preparing the solver, this first time only: some ten seconds …")
    is_first = not is_prepared(solver)
    if is_first:
        listener.stage(stage, 0.0)
    spent_s = prepare(solver)
    if is_first:
        listener.stage(stage, 1.0)
    if spent_s > LONG_S:
        listener.notice(
            say("prepared in {spent_s:.0f} s; the time limit begins now", spent_s=spent_s)
        )
