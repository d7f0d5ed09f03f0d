"""What is scarce: the plan is made again with one more of each thing, and compared.

What a plan cannot lose by having more is proven on one side already: the second plan begins with
the first. How much more is at most to be gained is proven by bounds, first those that follow from
the prices of the plan that there is: they take no search, and tell what is worth one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from math import floor, inf

from planner.analysis.gain import SLACK, Worth, rank_worths
from planner.check import score, with_plan
from planner.model import Instance
from planner.plan import Plan, Result
from planner.solvers import (
    DEFAULT,
    LagrangianBound,
    Limits,
    Prices,
    SolveReport,
    StoppingCriterion,
    lagrangian_bound,
    solve,
)
from planner.solvers.fixing import residual_instance
from planner.solvers.insertion import adapt_plan, cut_back, insert_site
from planner.solvers.parallel import SolvePool, SolveTask, share_plans
from planner.solvers.params import DEFAULT_PARAMS, SolverParams
from planner.whatif.marginal_questions import MarginalQuestion

MAX_SOLVED, SOLVE_S = 14, 1.5
"""So many things that promise most are each planned with for so many seconds more."""

MAX_WIDE, WIDE_S = 6, 5.0
"""So many things whose worth is known least are each planned with then, for so many seconds."""

ROUNDS = 8
"""Of planning anew the few van-days that something changes."""

PRIOR_S, BASE_S = 1.0, 10.0
"""Seconds at most of a bound by prices, of each thing and of the plan that there is."""

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
    params: SolverParams = DEFAULT_PARAMS,
    limits: Limits | None = None,
    max_solved: int = MAX_SOLVED,
    on_progress: Callable[[int, int], None] = lambda done, count: None,
    on_worth: Callable[[Worth], None] = lambda worth: None,
) -> tuple[SolveReport, ...]:
    """The plan for each question, with bounds; the same whatever the number of processes.

    Parameters
    ----------
    instance
        Of the plan that there is.
    limits
        Of each solve; None = what promises most by the prices is solved, then what is known least
        of all, longer; the rest is planned quickly.
    max_solved
        So many things promise most.
    on_progress
        Hears how many steps are done, of how many.
    on_worth
        Hears what each thing is worth as soon as it is known, and again once it is known better.
    """
    usual = limits is None
    num_steps = len(asked) + (min(len(asked), max_solved) + MAX_WIDE if usual else len(asked))
    prior_s = (PRIOR_S, BASE_S) if limits is None else (limits.time_limit_s,) * 2
    priors: list[PriorBound] = []
    reports: list[SolveReport] = []
    for question, prior in zip(
        asked, _prior_bounds(asked, base, instance, pool, prior_s), strict=True
    ):
        priors.append(prior)
        reports.append(prior.report(question, base.result, None))
        on_progress(len(priors), num_steps)
        on_worth(question.worth(base.result, reports[-1].result))
    done = len(asked)

    def solve_again(numbers: Sequence[int], limits: Limits) -> None:
        nonlocal done
        tasks = [
            SolveTask(
                instance=asked[number].instance,
                solver=solver,
                seed=seed,
                params=params,
                limits=limits,
                start=reports[number].result.plan,
                routes=(*base.result.plan.routes, *base.routes),
            )
            for number in numbers
        ]
        for number, report in zip(numbers, pool.solve_each(tasks), strict=True):
            prior = priors[number].tightened(reports[number].result)
            reports[number] = prior.report(asked[number], base.result, report)
            done += 1
            on_progress(done, num_steps)
            on_worth(asked[number].worth(base.result, reports[number].result))

    promising = _numbers_to_solve(asked, priors, max_solved if usual else None)
    solve_again(promising, limits or Limits(time_limit_s=SOLVE_S))
    if usual:
        solve_again(_widest(reports, asked)[:MAX_WIDE], Limits(time_limit_s=WIDE_S))
    on_progress(num_steps, num_steps)
    return tuple(reports)


def _widest(reports: Sequence[SolveReport], asked: Sequence[MarginalQuestion]) -> list[int]:
    """Numbers of reports, those whose plan is farthest from its bound first."""

    def width(number: int) -> float:
        result = reports[number].result
        return inf if result.bound is None else result.bound - result.objective

    wide = (n for n in range(len(reports)) if width(n) > SLACK and not asked[n].without_effect)
    return sorted(wide, key=lambda n: -width(n))


def _numbers_to_solve(
    asked: Sequence[MarginalQuestion], priors: Sequence["PriorBound"], max_solved: int | None
) -> list[int]:
    """Numbers of the questions that are solved, those that promise most first; None = all."""
    numbers = [number for number, question in enumerate(asked) if not question.without_effect]
    numbers.sort(key=lambda number: -priors[number].promise)
    if max_solved is None:
        return numbers
    return [number for number in numbers[:max_solved] if priors[number].promise > SLACK]


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
    people_bound: float | None = None
    promise: float = inf

    def tightened(self, result: Result) -> "PriorBound":
        """With the bounds of a result that was found since."""
        return replace(self, bound=result.bound, people_bound=result.people_bound)

    def report(
        self, question: MarginalQuestion, base: Result, solved: SolveReport | None
    ) -> SolveReport:
        """What a solve reports, if there was one, with the better bounds of both."""
        if solved is None:
            result = with_plan(question.instance, base, self.start)
            solved = SolveReport(result=replace(result, bound=None, people_bound=None))
        result = solved.result
        result = replace(
            result,
            bound=_tighten(result.objective, self.bound, result.bound),
            people_bound=_tighten(result.people, self.people_bound, result.people_bound),
        )
        return replace(solved, result=result)


def _tighten(value: float, *bounds: float | None) -> float | None:
    """The lowest of the bounds that are known, but not below what was found."""
    proven = [bound for bound in bounds if bound is not None]
    return max(value, min(proven)) if proven else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _PricedPlan:
    """The plan that there is, its prices, and the bounds on worth and people by them."""

    instance: Instance
    plan: Plan
    prices: Prices | None
    worth: LagrangianBound | None
    people: LagrangianBound | None


def _prior_bounds(
    asked: Sequence[MarginalQuestion],
    base: SolveReport,
    instance: Instance,
    pool: SolvePool,
    limits_s: tuple[float | None, float | None],
) -> Iterator[PriorBound]:
    """What is known of each thing without a solve, in their order, as it becomes known."""
    prices = base.prices
    worth, people = (
        pool.submit(partial(_priced_bound, given, prices, None, limits_s[1]))
        for given in (instance, people_instance(instance))
    )
    priced = _PricedPlan(
        instance=instance,
        plan=base.result.plan,
        prices=prices,
        worth=worth(),
        people=people(),
    )
    begun = [
        pool.submit(partial(_prior_bound, priced, question.instance, limits_s[0]))
        for question in asked
    ]
    for wait_for in begun:
        yield wait_for()


def _priced_bound(
    instance: Instance,
    prices: Prices | None,
    like: LagrangianBound | None,
    limit_s: float | None,
    stop: Callable[[], bool],
) -> LagrangianBound | None:
    """A bound by prices, the better the longer it takes; None without prices."""
    if prices is None:
        return None
    stopping = StoppingCriterion(Limits(time_limit_s=limit_s), stop)
    return lagrangian_bound(instance, prices, like=like, should_stop=stopping.should_stop)


def _prior_bound(
    priced: _PricedPlan, instance: Instance, limit_s: float | None, stop: Callable[[], bool]
) -> PriorBound:
    start, prices = _start_plan(priced, instance, limit_s, stop), priced.prices
    worth = _priced_bound(instance, prices, priced.worth, limit_s, stop)
    people = _priced_bound(people_instance(instance), prices, priced.people, limit_s, stop)
    if worth is None or people is None or priced.worth is None:
        return PriorBound(start=start)
    return PriorBound(
        start=start,
        bound=worth.bound,
        people_bound=floor(people.bound),
        promise=abs(worth.bound - priced.worth.bound),
    )


def people_instance(instance: Instance) -> Instance:
    """The instance in which a plan is worth the people it records."""
    sites = tuple(replace(site, weight=1.0) for site in instance.sites)
    return replace(instance, worth_s=None, sites=sites)


def _start_plan(
    priced: _PricedPlan, instance: Instance, limit_s: float | None, stop: Callable[[], bool]
) -> Plan:
    """The best of plans that are made quickly of the one that there is.

    What can stay of it; stays made longer; a stop where there was none; and van-days planned anew
    that are new, are different, or lose a stop, around the others.
    """
    adapted = adapt_plan(instance, priced.plan)
    before = priced.instance.site_index
    new = [
        site.id
        for site in instance.sites
        if site.id not in before or site.windows != priced.instance.sites[before[site.id]].windows
    ]
    plans = [adapted, cut_back(instance, priced.plan)]
    if len(new) <= NEW_STOPS:
        inserted = (insert_site(instance, adapted, site_id) for site_id in new)
        plans += (plan for plan in inserted if plan is not None)
    free = _van_days_to_replan(priced, instance, adapted)
    if free:
        routes = [route for route in adapted.routes if (route.van_id, route.date) not in free]
        residual = residual_instance(instance, Plan(routes=tuple(routes)))
        anew = solve(residual, limits=Limits(iterations=ROUNDS, time_limit_s=limit_s), stop=stop)
        plans.append(instance.make_plan((*routes, *anew.plan.routes)))
    return max(plans, key=lambda plan: score(instance, plan).objective)


def _van_days_to_replan(
    priced: _PricedPlan, instance: Instance, adapted: Plan
) -> set[tuple[str, date]]:
    """Van-days that are new, are different, or lose a stop, by van and date."""
    before = {van.id: van for van in priced.instance.vans}
    changed = {*priced.plan.routes} ^ {*adapted.routes}
    return {(route.van_id, route.date) for route in changed} | {
        (van.id, day) for van in instance.vans if van != before.get(van.id) for day in van.shifts
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
