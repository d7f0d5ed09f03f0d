"""What is scarce: the plan is made again with one more of each thing, and compared.

What a plan cannot lose by having more is proven on one side already: the second plan begins with
the first. How much more is at most to be gained is proven by bounds, first those that follow from
the prices of the plan that there is: they take no search, and tell what is worth one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from math import floor, inf

from planner.analysis.scarcity import NOTHING, Worth, rank_worths
from planner.check import score, with_plan
from planner.model import Instance
from planner.plan import Plan, Result
from planner.solvers import (
    DEFAULT,
    LagrangianBound,
    Limits,
    Prices,
    SolveReport,
    lagrangian_bound,
    solve,
)
from planner.solvers.fixing import residual_instance
from planner.solvers.insertion import adapt_plan, cut_back, insert_site
from planner.solvers.parallel import SolvePool, SolveTask, share_plans
from planner.whatif.marginal_questions import MarginalQuestion

MAX_SOLVED, SOLVE_S = 14, 1.5
"""So many things that promise most are each planned with for so many seconds more."""

ROUNDS = 8
"""Of planning anew the few van-days that something changes."""

NEW_STOPS = 3
"""Where no more places than this are open that were not, a stop there is tried at once."""


def solve_questions(
    asked: Sequence[MarginalQuestion],
    base: SolveReport,
    instance: Instance,
    pool: SolvePool,
    *,
    solver: str = DEFAULT,
    seed: int,
    limits: Limits | None = None,
    max_solved: int = MAX_SOLVED,
    tell: Callable[[int], None] = lambda done: None,
) -> tuple[SolveReport, ...]:
    """The plan for each question, with bounds; the same whatever the number of processes.

    Parameters
    ----------
    instance
        Of the plan that there is.
    limits
        Of each solve; None = only what promises most by the prices is solved, the rest is planned
        quickly.
    max_solved
        So many things promise most.
    """
    priors = _prior_bounds(asked, base, instance, pool)
    order = sorted(range(len(asked)), key=lambda number: -priors[number].promise)
    solved = [number for number in order if not asked[number].without_effect]
    if limits is None:
        solved = [number for number in solved[:max_solved] if priors[number].promise > NOTHING]
    tasks = [
        SolveTask(
            instance=asked[number].instance,
            solver=solver,
            seed=seed,
            limits=limits or Limits(time_limit_s=SOLVE_S),
            start=priors[number].start,
            routes=(*base.result.plan.routes, *base.routes),
        )
        for number in solved
    ]
    before = len(asked) - len(tasks)
    reports = dict(zip(solved, pool.solve(tasks, lambda done: tell(before + done)), strict=True))
    return tuple(
        prior.report(question, base.result, reports.get(number))
        for number, (question, prior) in enumerate(zip(asked, priors, strict=True))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorBound:
    """What is known of a question before it is solved.

    Attributes
    ----------
    start
        A plan to begin with.
    bound, people_bound
        By the prices, what no plan exceeds; None = not known.
    promise
        How far the bound is from that of the plan that there is by the same prices; infinite where
        there are none.
    """

    start: Plan
    bound: float | None = None
    people_bound: int | None = None
    promise: float = inf

    def report(
        self, question: MarginalQuestion, base: Result, solved: SolveReport | None
    ) -> SolveReport:
        """What a solve reports, if there was one, with the better bounds of both."""
        if solved is None:
            result = with_plan(question.instance, base, self.start)
            solved = SolveReport(result=replace(result, bound=None, people_bound=None))
        result = solved.result
        bounds = [number for number in (self.bound, result.bound) if number is not None]
        most = [n for n in (self.people_bound, result.people_bound) if n is not None]
        return replace(
            solved,
            result=replace(
                result,
                bound=max(result.objective, min(bounds)) if bounds else None,
                people_bound=max(result.people, min(most)) if most else None,
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _PricedPlan:
    """The plan that there is, its prices, and what they tell of it."""

    instance: Instance
    plan: Plan
    prices: Prices | None
    worth: LagrangianBound | None = None
    people: LagrangianBound | None = None


def _prior_bounds(
    asked: Sequence[MarginalQuestion], base: SolveReport, instance: Instance, pool: SolvePool
) -> list[PriorBound]:
    priced = _PricedPlan(instance=instance, plan=base.result.plan, prices=base.prices)
    if base.prices is not None:
        priced = replace(
            priced,
            worth=lagrangian_bound(instance, base.prices),
            people=lagrangian_bound(people_instance(instance), base.prices),
        )
    begun = [pool.submit(partial(_prior_bound, priced, question.instance)) for question in asked]
    return [wait_for() for wait_for in begun]


def _prior_bound(priced: _PricedPlan, instance: Instance, stop: Callable[[], bool]) -> PriorBound:
    start = _start_plan(priced, instance)
    if priced.prices is None or priced.worth is None:
        return PriorBound(start=start)
    told = lagrangian_bound(instance, priced.prices, like=priced.worth, should_stop=stop)
    people = lagrangian_bound(
        people_instance(instance), priced.prices, like=priced.people, should_stop=stop
    )
    return PriorBound(
        start=start,
        bound=told.bound,
        people_bound=floor(people.bound),
        promise=abs(told.bound - priced.worth.bound),
    )


def people_instance(instance: Instance) -> Instance:
    """The instance in which a plan is worth the people it records."""
    sites = tuple(replace(site, weight=1.0) for site in instance.sites)
    return replace(instance, worth_s=None, sites=sites)


def _start_plan(priced: _PricedPlan, instance: Instance) -> Plan:
    """The best of plans that are made quickly of the one that there is.

    What can stay of it; stays made longer; a stop where there was none; and van-days planned anew
    that are new, are different, or lose a stop, around the others.
    """
    known = adapt_plan(instance, priced.plan)
    before = priced.instance.site_index
    new = [
        site.id
        for site in instance.sites
        if site.id not in before or site.windows != priced.instance.sites[before[site.id]].windows
    ]
    plans = [known, cut_back(instance, priced.plan)]
    if len(new) <= NEW_STOPS:
        plans += [plan for name in new if (plan := insert_site(instance, known, name)) is not None]
    free = _van_days_to_replan(priced, instance, known)
    if free:
        held = Plan(routes=tuple(r for r in known.routes if (r.van_id, r.date) not in free))
        anew = solve(residual_instance(instance, held), limits=Limits(iterations=ROUNDS))
        plans.append(instance.make_plan((*held.routes, *anew.plan.routes)))
    return max(plans, key=lambda plan: score(instance, plan).objective)


def _van_days_to_replan(
    priced: _PricedPlan, instance: Instance, known: Plan
) -> set[tuple[str, date]]:
    """Van-days that are worth planning anew, by van and date."""
    vans = {van.id: van for van in priced.instance.vans}
    routes = {(route.van_id, route.date): route for route in priced.plan.routes}
    kept = {(route.van_id, route.date): route for route in known.routes}
    return {
        (van.id, day)
        for van, day in ((instance.vans[index], day) for index, day in instance.van_days)
        if van != vans.get(van.id) or kept.get((van.id, day)) != routes.get((van.id, day))
    }


def value_questions(
    instance: Instance,
    base: SolveReport,
    asked: Sequence[MarginalQuestion],
    reports: Sequence[SolveReport],
) -> list[Worth]:
    """What each thing is worth, most people first.

    A plan found for one question is taken for every other one in which it is sound.
    """
    instances = [instance, *(question.instance for question in asked)]
    results = [base.result, *(report.result for report in reports)]
    now, *others = share_plans(instances, results)
    pairs = zip(asked, others, strict=True)
    return rank_worths([question.worth(now, result) for question, result in pairs])
