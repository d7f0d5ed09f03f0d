"""Chooses among the columns found: at once, or at length beside other work."""

from collections.abc import Callable, Sequence
from math import inf

from planner.solvers.columns.background_choice import BackgroundChoice
from planner.solvers.columns.generation import ColumnGenerator
from planner.solvers.columns.master_rows import BranchRow, CutRow
from planner.solvers.columns.outcome import Outcome
from planner.solvers.columns.restricted_master import RestrictedMaster
from planner.solvers.columns.routes import Column
from planner.solvers.stopping import Limits, StoppingCriterion

LOOK_S = 0.2
"""Between two looks at whether the user wants to stop."""


class ColumnChooser:
    """Betters the plan by the best choice among columns that lose little.

    Parameters
    ----------
    generator
        Its master has the columns.
    background
        Where a long choice goes on; without one, or a time limit, there are only short ones.
    on_better
        Told where a long choice has bettered the plan.
    """

    def __init__(
        self,
        outcome: Outcome,
        generator: ColumnGenerator,
        stopping: StoppingCriterion,
        background: BackgroundChoice | None,
        seed: int,
        *,
        on_better: Callable[[], None],
    ) -> None:
        self._outcome, self._generator, self._stopping = outcome, generator, stopping
        self._seed, self._best, self._on_better = seed, outcome.best, on_better
        self._params = outcome.best.params.search
        # What is found in a number of rounds does not depend on the number of cores.
        has_time_limit = stopping.limits.time_limit_s is not None and not stopping.counts_rounds
        self._background = background if has_time_limit else None
        self._num_considered = 0

    @property
    def is_choosing(self) -> bool:
        """Whether a long choice goes on."""
        return self._background is not None and self._background.is_running

    def choose(self, most_s: float = inf) -> None:
        """Take the best choice among good columns, found in a share of the time left or sooner."""
        if not self._outcome.is_done() and most_s > 0:
            choice = self._restricted_master(self._good_columns()).choose(
                start=self._best.columns,
                max_nodes=self._best.params.master.choice_nodes,
                time_limit_s=self._short_s(most_s),
                seed=self._seed,
            )
            self._outcome.accept(choice.columns)

    def choose_at_length(self) -> None:
        """As `choose`; but where it needs longer it goes on beside what follows."""
        background, params, stopping = self._background, self._params, self._stopping
        self._num_considered = len(self._generator.master.columns)
        if background is None:
            self.choose()
        elif not self._outcome.is_done():
            columns = self._good_columns(self._near_columns(), params.long_choice_columns)
            if self._outcome.is_done():
                return
            wait_s = self._short_s() or 0.0
            background.begin(
                self._restricted_master(columns, finds_cuts=True),
                start=self._best.columns,
                max_nodes=self._best.params.master.choice_nodes,
                time_limit_s=stopping.step_limit_s(params.long_choice_share, params.long_choice_s),
                seed=self._seed,
            )
            self.take(wait_s)

    def choose_again(self) -> None:
        """Choose at length where many columns are new since that began the last time.

        One that still goes on is not given up for it.
        """
        self.take()
        most = self._params.choice_growth * self._num_considered
        if len(self._generator.master.columns) > most and not self.is_choosing:
            self.choose_at_length()

    def take(self, wait_s: float = 0.0) -> None:
        """Take the long choice, if it ends within so many seconds."""
        if self._background is None:
            return
        waiting = StoppingCriterion(Limits(time_limit_s=wait_s), self._stopping.is_interrupted)
        choice = self._background.take()
        while choice is None and self.is_choosing and not waiting.is_interrupted():
            choice = self._background.take(min(LOOK_S, wait_s))
        if choice is not None and self._outcome.accept(choice.columns):
            self._on_better()

    def _short_s(self, most_s: float = inf) -> float | None:
        """Seconds for a short choice; None where rounds are counted."""
        params = self._params
        return self._stopping.step_limit_s(params.choice_share, min(most_s, params.choice_s))

    def _restricted_master(
        self, columns: Sequence[Column], *, finds_cuts: bool = False
    ) -> RestrictedMaster:
        """The choice among columns and those of the plan.

        Parameters
        ----------
        finds_cuts
            It needs no cut rows, and has time to find cuts of its own, which hold only where
            routes together have no more people than there are.
        """
        best, rows = self._best, self._generator.master.rows
        everybody = best.remaining(())
        left_out = (BranchRow, CutRow) if finds_cuts or everybody.are_shared else BranchRow
        return RestrictedMaster(
            list(dict.fromkeys([*columns, *best.columns])),
            best.day_classes,
            self._generator.master.counts,
            everybody,
            rows=[row for row in rows if not isinstance(row, left_out)],
            allow_overcoverage=not finds_cuts
            and (everybody.are_shared or not any(isinstance(row, CutRow) for row in rows)),
        )

    def _good_columns(self, near: Sequence[Column] = (), most: int | None = None) -> list[Column]:
        """Columns that lose little at the prices of the proof; all of the master without one.

        Parameters
        ----------
        near
            Of these too.
        most
            Only so many, those that lose least first.
        """
        master, proof = self._generator.master, self._outcome.proof
        if proof is None:
            return master.columns
        profits = {
            column: master.reduced_profit(column, proof.duals)
            for column in (*master.columns, *near)
        }
        least = -self._most_loss()
        good = [column for column, profit in profits.items() if profit >= least]
        return good if most is None else sorted(good, key=lambda column: -profits[column])[:most]

    def _most_loss(self) -> float:
        """What a good column may lose."""
        params = self._params
        num_routes = sum(self._generator.master.counts)
        share = max(params.choice_loss, params.choice_mean_losses / num_routes)
        return min(1.0, share) * self._outcome.left_to_prove()

    def _near_columns(self) -> list[Column]:
        """Good columns that nothing has asked for yet; the LP solution does without them."""
        proof = self._outcome.proof
        if proof is None:
            return []
        searching = StoppingCriterion(
            Limits(time_limit_s=self._short_s()), self._stopping.is_interrupted
        )
        return self._generator.near_columns(
            proof.duals, self._most_loss(), searching.is_interrupted
        )
