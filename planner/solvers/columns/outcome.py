"""The best plan and the best bounds so far, and what a solve reports of them."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planner.plan import Result, Status, gap
from planner.solvers.base import Progress, ProgressListener, SolveReport
from planner.solvers.columns.dual_information import ROUNDED, dual_information
from planner.solvers.columns.generation import ColumnGenerator, Proof
from planner.solvers.columns.incumbent import SAME, Incumbent, max_driving
from planner.solvers.columns.routes import Column
from planner.solvers.stopping import StoppingCriterion

OPTIMAL = 1e-6
"""A gap that counts as none."""

LAST_PLACES = 1e-9
"""A bound exceeds what plans can be worth by this share, as sums may."""

FEW_UNITS, UNIT_PARTS = 4, 16
"""Where so few units of what plans differ by are tolerated, such a part of one is: rounding takes
it away."""


class Outcome:
    """The best plan, and bounds on all plans.

    Attributes
    ----------
    bound
        On the objective less the penalties of required sites missed; None while not proven.
    people_bound
        On the people of all plans.
    proof
        Of the lowest bound of the root; None before.
    is_cut_short
        Whether the search left something for want of its share of the limits.
    """

    def __init__(
        self, best: Incumbent, stopping: StoppingCriterion, on_progress: ProgressListener
    ) -> None:
        self.best, self.stopping, self._on_progress = best, stopping, on_progress
        self.bound: float | None = None if best.day_classes else best.value
        self.people_bound = _people_in_reach(best)
        self._worth_of_all = _worth_in_reach(best)
        sites = best.instance.sites
        self._least_weight = min((sites[i].weight for i in _sites_in_reach(best)), default=0.0)
        self.proof: Proof | None = None
        self.is_cut_short = False

    def accept(self, columns: Sequence[Column]) -> bool:
        """Take routes, amounts fitted to the people there are, as the plan if it is better."""
        return self.accept_resolved(self.best.resolve(columns, self.best.remaining(())))

    def accept_resolved(self, columns: Sequence[Column]) -> bool:
        """Take routes that together record no one twice as the plan if it is better."""
        accepted = self.best.accept_columns(columns)
        if accepted:
            self.report_progress()
        return accepted

    def left_to_prove(self) -> float:
        """What the bound is above the plan."""
        return 0.0 if self.bound is None else max(0.0, self.bound - self.best.value)

    def tolerance(self, share: float, left_to_prove: float | None = None) -> float:
        """What a bound may be too high: a share of what is left to prove, or a part of a unit."""
        left = share * (self.left_to_prove() if left_to_prove is None else left_to_prove)
        unit = self.best.unit
        if unit is None or left > FEW_UNITS * unit:
            return left
        return min(left, unit / UNIT_PARTS)

    def is_settled(self, bound: float) -> bool:
        """Whether no plan within a bound is better than the best one."""
        return self._round_down(bound) <= self.best.value + SAME * max(1.0, abs(self.best.value))

    def are_people_settled(self, bound: float) -> bool:
        """Whether no plan within a bound on people records more than the best one."""
        return _whole_people(bound) <= self.best.score.people

    def take_proof(self, proof: Proof | None) -> None:
        """Keep a proof that lowers the bound."""
        if proof is not None and self.lower(proof.bound):
            self.proof = proof

    def lower(self, bound: float) -> bool:
        """Whether a bound is lower than the one so far; it is then the one."""
        bound = min(self._round_down(bound), self._worth_of_all)
        is_lower = self.bound is None or bound < self.bound
        if is_lower:
            self.bound = max(bound, self.best.value)
            self._lower_people_by_worth(self.bound + self.best.penalty * self.best.missed)
            self.report_progress()
        return is_lower

    def lower_people(self, bound: float) -> None:
        """Take a bound on people if it is lower."""
        people = max(self.best.score.people, _whole_people(bound))
        self.people_bound = min(self.people_bound, people)

    def _lower_people_by_worth(self, bound: float) -> None:
        """Bound people by the objective: each is worth the least weight, all vans drive all day."""
        if self._least_weight > 0.0:
            self.lower_people((bound + max_driving(self.best.instance)) / self._least_weight)

    def is_done(self) -> bool:
        """Whether the gap asked for is reached, or nothing may be begun any more."""
        now, wanted = self._gap(), self.stopping.limits.gap
        return self.stopping.should_stop() or (
            now is not None and now <= (OPTIMAL if wanted is None else max(wanted, OPTIMAL))
        )

    def _round_down(self, bound: float) -> float:
        """A bound a little higher, then down to the next worth that a plan can have."""
        bound += ROUNDED * max(1.0, abs(bound))
        unit = self.best.unit
        if unit is not None:
            # The worth of the plan is what the check adds up to; other sums may be off from it in
            # the last places of doubles.
            bound = math.floor(bound / unit) * unit
            if abs(bound - self.best.value) < unit / 2:
                return self.best.value
            bound += LAST_PLACES * max(1.0, abs(bound))
        return bound

    def _true_bound(self) -> float | None:
        """On plans that miss no more required sites than the best one so far."""
        if self.bound is None:
            return None
        return max(self.bound + self.best.penalty * self.best.missed, self.best.score.objective)

    def _gap(self) -> float | None:
        return gap(self._true_bound(), self.best.score.objective)

    def report_progress(self) -> None:
        """Say where the solve is."""
        score = self.best.score
        self._on_progress(
            Progress(
                elapsed_s=self.stopping.elapsed_s(),
                people=score.people,
                objective=score.objective,
                bound=self._true_bound(),
                people_bound=self.people_bound,
            )
        )

    def report(self, seed: int, generator: ColumnGenerator | None) -> SolveReport:
        """The plan with its bounds; given a generator, the dual information of its proof, too."""
        best = self.best
        result = Result(
            plan=best.plan,
            people=best.score.people,
            objective=best.score.objective,
            bound=self._true_bound(),
            people_bound=self.people_bound,
            status=self._status(),
            seed=seed,
            solver="columns",
            solve_s=self.stopping.solve_s(),
        )
        report = SolveReport(result=result, max_required=self._max_required())
        if generator is None or self.proof is None:
            return replace(report, routes=best.plan.routes)
        return dual_information(report, best, generator, self.proof)

    def _max_required(self) -> int | None:
        """Required sites that a plan can visit: one more would be worth more than the bound."""
        best = self.best
        least = best.value - best.score.objective + best.penalty - max_driving(best.instance)
        proven = best.missed == 0 or (self.bound is not None and self.bound < least)
        return len(best.required) - best.missed if proven else None

    def _status(self) -> Status:
        now, wanted = self._gap(), self.stopping.limits.gap
        if now is not None and now <= OPTIMAL:
            return Status.OPTIMAL
        if now is not None and wanted is not None and now <= wanted:
            return Status.GAP_REACHED
        status = self.stopping.status()
        is_cut_short = status is Status.SEARCH_ENDED and self.is_cut_short
        return Status.TIME_LIMIT if is_cut_short else status


def _whole_people(bound: float) -> int:
    return math.floor(bound + ROUNDED * max(1.0, bound))


def _people_in_reach(best: Incumbent) -> int:
    """People at sites where some van can make a stop."""
    return best.remaining(()).shared_limit(_sites_in_reach(best))


def _worth_in_reach(best: Incumbent) -> float:
    """What these people are worth if all are recorded, each where that is worth most."""
    weights = np.zeros(len(best.instance.sites))
    for site in _sites_in_reach(best):
        weights[site] = best.instance.sites[site].weight
    return best.remaining(()).worth(weights)


def _sites_in_reach(best: Incumbent) -> set[int]:
    return {int(site) for day_class in best.day_classes for site in day_class.sites}
