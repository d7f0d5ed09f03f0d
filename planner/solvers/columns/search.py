"""From nothing to a plan with its bound: start, generate routes, choose among them, improve."""

from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from math import inf

import numpy as np

from planner.check import violations
from planner.model import Instance
from planner.solvers.base import ProgressListener, SolveOptions, SolveReport, num_cores
from planner.solvers.columns.background_choice import BackgroundChoice
from planner.solvers.columns.column_chooser import ColumnChooser
from planner.solvers.columns.dive import dive
from planner.solvers.columns.enumeration import all_columns
from planner.solvers.columns.generation import ColumnGenerator
from planner.solvers.columns.incumbent import Incumbent
from planner.solvers.columns.large_neighbourhood import LargeNeighbourhoodSearch
from planner.solvers.columns.master_rows import VisitRow
from planner.solvers.columns.outcome import Outcome
from planner.solvers.columns.people_bound import bound_people
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.restricted_master import RestrictedMaster
from planner.solvers.columns.routes import Column, make_column
from planner.solvers.columns.tree import Tree
from planner.solvers.columns.van_day_classes import group_van_days
from planner.solvers.greedy import greedy_plan
from planner.solvers.stopping import Limits, StoppingCriterion

PRICING_BYTES = 2 * 2**30
"""Memory for the labels of all searches for routes that run at the same time."""


def search(
    instance: Instance,
    *,
    seed: int,
    stopping: StoppingCriterion,
    options: SolveOptions,
    on_progress: ProgressListener,
) -> SolveReport:
    """The best plan found by generating routes, and bounds on every plan there is."""
    day_classes = group_van_days(instance)
    required = frozenset(instance.site_index[site] for site in options.required)
    best = Incumbent(instance, day_classes, required, options.params)
    outcome = Outcome(best, stopping, on_progress)
    for plan in (greedy_plan(instance, options.params.greedy), options.start):
        if plan is not None and not violations(instance, plan):
            best.accept(plan)
    # Asked before anybody is told of a plan: from here on a wish to stop returns it.
    stopping.is_interrupted()
    outcome.report_progress()
    if not day_classes:
        return outcome.report(seed, None)
    # What is found does not depend on the number of threads; each may need all cells of pricing.
    num_fitting = PRICING_BYTES // (4 * max(1, options.params.pricing.max_cells))
    cores = options.cores or num_cores()
    with (
        ThreadPoolExecutor(max(1, min(cores, num_fitting))) as executor,
        BackgroundChoice() as background,
    ):
        start_columns = tuple(best.cut_back(options.routes))
        steps = _Steps(
            outcome, start_columns, stopping, executor, background if cores > 1 else None, seed
        )
        steps.run()
    return outcome.report(seed, steps.generator if options.with_duals else None)


class _Steps:
    """The steps that better the plan and its bounds."""

    def __init__(
        self,
        outcome: Outcome,
        start_columns: Sequence[Column],
        stopping: StoppingCriterion,
        executor: Executor,
        background: BackgroundChoice | None,
        seed: int,
    ) -> None:
        self.outcome, self.best, self.stopping, self.seed = outcome, outcome.best, stopping, seed
        best = outcome.best
        self.params = best.params.search
        self.counts = [day_class.count for day_class in best.day_classes]
        self.master = best.new_master(self.counts, best.remaining(()), best.required)
        self.master.add_columns(best.columns)
        self.master.add_columns(start_columns)
        pricers = [*executor.map(lambda of_class: Pricer(of_class, best.params), best.day_classes)]
        self._settling_begin_s = 0.0
        has_few_van_days = sum(self.counts) <= self.params.few_van_days
        self.are_few = has_few_van_days and len(self.counts) <= self.params.few_classes
        self.proving_share = self.params.proving_share
        self.generator = ColumnGenerator(
            master=self.master,
            pricers=pricers,
            executor=executor,
            is_over=stopping.is_interrupted,
            is_fine=has_few_van_days and len(self.counts) <= self.params.fine_classes,
        )
        self.neighbourhoods = LargeNeighbourhoodSearch(
            best, self.generator, stopping, seed, outcome.accept_resolved
        )
        self.chooser = ColumnChooser(
            outcome,
            self.generator,
            stopping,
            background,
            seed,
            on_better=self.neighbourhoods.plan_has_changed,
        )

    def run(self) -> None:
        """All steps, until the limits or the proof end them."""
        dive_rounds = self.best.params.dive.rounds
        self._best_response()
        self._settling_begin_s = self.stopping.elapsed_s()
        self.generator.converge(self._begin_early_round, proving=False)
        is_early = self._is_plan_due(self.params.due_share)
        self._dive(1 if is_early else dive_rounds)
        self._improve_early()
        if is_early:
            self._settle()
            self._dive(dive_rounds)
        self._limit_draws()
        self._tighten()
        self._dive(dive_rounds)
        self._prove_closer()
        if not self.outcome.is_done():
            self.neighbourhoods.follow(self.master)
        self.chooser.choose_at_length()
        self._enumerate()
        self._branch_and_improve()
        outcome = self.outcome
        if outcome.bound is None:
            outcome.lower(self.generator.bound_by_time())
        outcome.is_cut_short = self._is_past_proving()
        self._bound_people()
        neighbourhoods = self.neighbourhoods
        while not outcome.is_done():
            if not neighbourhoods.is_exhausted():
                if not self.stopping.begin_round():
                    break
                neighbourhoods.step()
                self.chooser.take()
            elif not self.chooser.is_choosing:
                break
            else:
                self.chooser.take(inf)

    def _best_response(self) -> None:
        """Van-day after van-day the best route for the people left.

        Two at a time are priced; the second waits for another look if the first takes its people.
        """
        best, pricers, chosen = self.best, self.generator.pricers, list[Column]()
        remaining = best.remaining(())
        missing = {row.site: row for row in self.master.rows if isinstance(row, VisitRow)}
        waiting = [index for index, count in enumerate(self.counts) for _ in range(count)]

        def price(index: int) -> list[Column]:
            day_class = pricers[index].day_class
            charges = [
                (position, missing[site], best.penalty)
                for position, site in enumerate(day_class.sites.tolist())
                if site in missing
            ]
            room = np.maximum(0, remaining.at(day_class.sites))
            profits = PricedProfits.of(day_class.weight, room, charges, shared=remaining.shared)
            fine = self.generator.is_fine
            routes = pricers[index].price_heuristically(profits, 0.0, fine=fine)
            return [make_column(index, day_class, visits) for _, visits in routes]

        while waiting and not self.stopping.should_stop():
            # Van-days of a class learn from each other.
            pair = list(dict.fromkeys(waiting))[:2]
            for number, columns in enumerate(list(self.generator.executor.map(price, pair))):
                self.master.add_columns(columns)
                is_sound = not columns or remaining.fits(columns[0])
                if number and not is_sound:
                    break
                waiting.remove(pair[number])
                for column in columns[:1] if is_sound else best.resolve(columns[:1], remaining):
                    chosen.append(column)
                    remaining.take(column)
                    for site, _ in column.visits:
                        missing.pop(site, None)
        self.outcome.accept(chosen)

    def _dive(self, rounds: int) -> None:
        if not self.outcome.is_done():
            everybody = self.best.remaining(())
            routes = dive(self.generator, self.best, everybody, self.stopping, rounds)
            self.outcome.accept(routes)

    def _improve_early(self) -> None:
        """Improve a first plan far below the LP solution, the longer the longer it took."""
        params, stopping, neighbourhoods = self.params, self.stopping, self.neighbourhoods
        if stopping.limits.time_limit_s is None or stopping.counts_rounds:
            return
        first_s, value = stopping.elapsed_s(), self.master.solve_value()
        until_s = min(
            params.early_share * stopping.limits.time_limit_s, params.early_times * first_s
        )
        good_enough = value - params.early_gap * abs(value)
        if self.best.value < good_enough:
            self.chooser.choose(min(first_s, until_s - first_s))
        while (
            not self.outcome.is_done()
            and self.best.value < good_enough
            and not neighbourhoods.is_exhausted(params.early_patience)
            and stopping.elapsed_s() < until_s
            and stopping.begin_round()
        ):
            self.master.add_columns(neighbourhoods.step())

    def _tighten(self) -> None:
        """Prove a bound, and lower it by cuts as long as that is worth it.

        The first cuts are looked for without proofs: most are broken by any good LP solution.
        """
        outcome, master, params = self.outcome, self.master, self.params
        master.solve()
        for _ in range(params.quick_cut_rounds):
            late = outcome.is_done() or self.stopping.has_used(params.quick_cut_share)
            if late or not master.separate_cuts():
                break
            self._settle()
        for _ in range(params.cut_rounds):
            before = outcome.bound
            to_prove = self._prove()
            least = (1 - params.cut_progress) * to_prove
            stalled = before is not None and outcome.left_to_prove() > least
            ends = outcome.is_done() or stalled or self._is_past_proving()
            if ends or not master.separate_cuts():
                break

    def _settle(self) -> None:
        """Search quickly for routes, as long as that brings much of what there is to prove."""
        close = self.params.close * max(0.0, self.master.solve_value() - self.best.value)
        self.generator.converge(self._begin_proving_round, proving=False, close=close)

    def _limit_draws(self) -> None:
        """Where routes share people, let stops limit who comes of each group.

        Prices settle sooner where that comes after other routes are known.
        """
        # Parts of routes for one van-day are worth no more than the best of them.
        share = self.master.remaining.are_shared and sum(self.counts) > 1
        if share and not self.outcome.is_done():
            self.master.limit_draws()
            self._settle()

    def _prove(self, share: float = 1.0) -> float:
        """Look for a bound; how much of the gap there was to close.

        Parameters
        ----------
        share
            It may be so much of what it may otherwise be above the LP solution.
        """
        outcome, master, params = self.outcome, self.master, self.params
        to_prove = outcome.left_to_prove() or max(0.0, master.solve_value() - self.best.value)
        proof = self.generator.converge(
            self._begin_proving_round,
            proving=True,
            should_stop=self._is_past_proving,
            slack=outcome.tolerance(share * params.slack, to_prove) / sum(self.counts),
            close=outcome.tolerance(share * params.close, to_prove),
        )
        outcome.take_proof(proof)
        return to_prove

    def _prove_closer(self) -> None:
        """Where a better plan leaves less to prove, lower the bound by cuts and a closer proof."""
        outcome, params = self.outcome, self.params
        if outcome.is_done() or outcome.bound is None or self._is_past_proving():
            return
        if self.master.separate_cuts():
            self._settle()
        close = outcome.tolerance(params.closer * params.close, outcome.left_to_prove())
        if outcome.bound - self.master.solve_value() > close:
            self._prove(params.closer)

    def _is_past_proving(self) -> bool:
        """Whether the time that is left is for better plans, no more for proofs."""
        if self.stopping.should_stop():
            return True
        if self.neighbourhoods.is_exhausted() and not self.stopping.counts_rounds:
            return False
        return self.stopping.has_used(self.proving_share)

    def _is_plan_due(self, share: float) -> bool:
        """Whether a good plan should not wait any longer than for this share of a time limit."""
        stopping = self.stopping
        if stopping.counts_rounds or not stopping.has_used(share):
            return False
        # A dive finds nothing better than best response among the routes of best response.
        return stopping.elapsed_s() >= 2 * self._settling_begin_s

    def _begin_early_round(self) -> bool:
        settling_share = self.params.settling_share
        return not self._is_plan_due(settling_share) and self._begin_proving_round()

    def _begin_proving_round(self) -> bool:
        return not self._is_past_proving() and self.stopping.begin_round()

    def _enumerate(self) -> None:
        """Where few routes can be part of a better plan, choose the best plan of all of them."""
        outcome, best, proof = self.outcome, self.best, self.outcome.proof
        if outcome.is_done() or proof is None:
            return
        columns = all_columns(self.generator, proof, best.value, self._is_past_proving)
        if columns is None:
            return
        visit_rows = [row for row in self.master.rows if isinstance(row, VisitRow)]
        restricted = RestrictedMaster(
            list(dict.fromkeys([*columns, *best.columns])),
            best.day_classes,
            self.counts,
            best.remaining(()),
            rows=visit_rows,
            allow_overcoverage=False,
        )
        choice = restricted.choose(
            start=best.columns,
            max_nodes=best.params.master.choice_nodes,
            time_limit_s=self.stopping.step_limit_s(1 / 2),
            seed=self.seed,
        )
        outcome.accept(choice.columns)
        if choice.is_best:
            outcome.lower(best.value)

    def _branch_and_improve(self) -> None:
        """Better plan and bound in turn, the plan for longer the more routes it has."""
        outcome, params, neighbourhoods = self.outcome, self.params, self.neighbourhoods
        if outcome.bound is None:
            return
        if self.are_few:
            self.proving_share = params.proving_share_few
        tree = Tree(
            self.generator,
            outcome.bound,
            begin_round=self.stopping.begin_round,
            should_stop=self._is_past_proving,
            left_to_prove=outcome.left_to_prove,
            tolerance=outcome.tolerance,
            is_settled=outcome.is_settled,
            propose=outcome.accept,
            dive_for_plans=self.are_few,
            params=self.best.params.branching,
        )
        are_many = len(self.counts) > params.many_classes
        spent_s = {"plan": 0.0, "bound": 0.0}
        while not outcome.is_done() and not self._is_past_proving() and not tree.is_exhausted():
            begin_s = self.stopping.elapsed_s()
            looks_best = neighbourhoods.is_exhausted(len(self.best.columns))
            share = params.plan_share_few if self.are_few or looks_best else params.plan_share_many
            is_plan_next = are_many or spent_s["plan"] <= share * spent_s["bound"]
            turn = "plan" if is_plan_next else "bound"
            if turn == "plan" and not neighbourhoods.is_exhausted() and self.stopping.begin_round():
                self.master.add_columns(neighbourhoods.step())
                self.chooser.take()
            else:
                tree.step()
                outcome.lower(tree.bound)
                self.chooser.choose_again()
            counts_rounds = self.stopping.counts_rounds
            spent_s[turn] += 1.0 if counts_rounds else self.stopping.elapsed_s() - begin_s

    def _bound_people(self) -> None:
        """Bound the people alone, in a share of the time left, or in some rounds of their own."""
        outcome, params = self.outcome, self.params
        is_proven = self.best.values_people_alike and outcome.proof is not None
        is_done = is_proven or outcome.people_bound <= self.best.score.people
        if is_done or self.stopping.is_interrupted():
            return
        counts_rounds = self.stopping.counts_rounds
        iterations = params.people_rounds if counts_rounds else None
        rounds = StoppingCriterion(Limits(iterations=iterations))
        time = StoppingCriterion(
            Limits(time_limit_s=self.stopping.step_limit_s(params.people_share)),
            self.stopping.is_interrupted,
        )
        bound = bound_people(
            self.generator,
            self.best,
            lambda: not time.has_used(1 / 2) and not time.should_stop() and rounds.begin_round(),
            should_stop=time.should_stop,
            is_settled=outcome.are_people_settled,
        )
        if bound is not None:
            outcome.lower_people(bound)
            if self.best.values_people_alike:
                outcome.lower(bound)
