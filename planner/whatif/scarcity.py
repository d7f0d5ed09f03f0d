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
from pathlib import Path

from planner.analysis.scarcity import NOTHING, Worth, ranked, worth_of
from planner.check import score
from planner.horizon import Horizon
from planner.i18n.messages import Message, say
from planner.model import Instance, Van
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
from planner.solvers.fixing import merge_plans, residual_instance
from planner.solvers.insertion import adapt_plan, cut_back, insert_site
from planner.solvers.parallel import SolvePool, SolveTask, share_plans
from planner.units import DAY_S, HOUR_S
from planner.whatif.applying import Reader, build_horizons
from planner.whatif.candidate_changes import candidate_changes
from planner.whatif.scenario import option_flag

CARDS = 10
"""More cards on board, as one alone hardly shows."""

MAX_SOLVED, SOLVE_S = 14, 1.5
"""So many things that promise most are each planned with for so many seconds more."""

ROUNDS = 8
"""Of planning anew the few van-days that something changes."""

NEW_STOPS = 3
"""Where no more places than this are open that were not, a stop there is tried at once."""


@dataclass(frozen=True, kw_only=True)
class MarginalQuestion:
    """One thing more, or one that is feared for.

    Attributes
    ----------
    what
        In words.
    instance
        With it; where `is_loss`, without it.
    options
        Of `planner whatif`, empty where none make this instance.
    bound
        A bound that is known without solving it, or None.
    same
        Whether nothing changes by it, so that nothing can be gained.
    """

    what: Message
    instance: Instance
    options: str = ""
    bound: float | None = None
    is_loss: bool = False
    same: bool = False

    def worth(self, base: Result, found: Result) -> Worth:
        """What it is worth, of the plan that there is and the one for `instance`."""
        if self.same:
            base = found = replace(base, bound=base.objective, people_bound=base.people)
        without, having = (found, base) if self.is_loss else (base, found)
        return worth_of(self.what, without, having, options=self.options, bound=self.bound)


def marginal_questions(
    horizon: Horizon,
    base: SolveReport,
    *,
    read: Reader | None = None,
    cache: Path | None = None,
) -> tuple[MarginalQuestion, ...]:
    """One more van-day, kit, hour and pack of cards of each kind, windows and permissions."""
    return (
        *van_day_questions(horizon.instance, base),
        *shift_questions(horizon.instance),
        *card_questions(horizon.instance),
        *_district_questions(horizon, base, read, cache),
    )


def solve_questions(
    asked: Sequence[MarginalQuestion],
    base: SolveReport,
    instance: Instance,
    pool: SolvePool,
    *,
    solver: str = DEFAULT,
    seed: int,
    limits: Limits | None = None,
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
    """
    priors = _prior_bounds(asked, base, instance, pool)
    order = sorted(range(len(asked)), key=lambda number: -priors[number].promise)
    solved = [number for number in order if not asked[number].same]
    if limits is None:
        solved = [number for number in solved[:MAX_SOLVED] if priors[number].promise > NOTHING]
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
    found = dict(zip(solved, pool.solve(tasks, lambda done: tell(before + done)), strict=True))
    return tuple(
        prior.report(question, base.result, found.get(number))
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
        self, question: MarginalQuestion, base: Result, found: SolveReport | None
    ) -> SolveReport:
        """What a solve found, if there was one, with the better bounds of both."""
        if found is None:
            worth = score(question.instance, self.start)
            result = replace(
                base,
                plan=self.start,
                people=worth.people,
                objective=worth.objective,
                bound=None,
                people_bound=None,
            )
            found = SolveReport(result=result)
        result = found.result
        bounds = [number for number in (self.bound, result.bound) if number is not None]
        most = [n for n in (self.people_bound, result.people_bound) if n is not None]
        return replace(
            found,
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
        plans.append(merge_plans(held, anew.plan))
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


def rank_worths(
    instance: Instance,
    base: SolveReport,
    asked: Sequence[MarginalQuestion],
    found: Sequence[SolveReport],
) -> list[Worth]:
    """What each thing is worth, most people first.

    A plan found for one question is taken for every other one in which it is sound.
    """
    instances = [instance, *(question.instance for question in asked)]
    results = [base.result, *(report.result for report in found)]
    now, *others = share_plans(instances, results)
    pairs = zip(asked, others, strict=True)
    return ranked([question.worth(now, result) for question, result in pairs])


def van_day_questions(instance: Instance, base: SolveReport) -> Iterator[MarginalQuestion]:
    """One more van-day of each kind."""
    for van, day in _distinct_van_days(instance):
        yield MarginalQuestion(
            what=say("van-day like {van} on {day}", van=van.id, day=day.isoformat()),
            instance=with_van_day(instance, van, day),
            bound=base.van_day_bounds.get((van.id, day)),
        )


def with_van_day(instance: Instance, van: Van, day: date) -> Instance:
    """The instance with one more van like one of its vans, that drives on one date only."""
    van_id = f"{van.id}+"
    while van_id in instance.van_index:
        van_id += "+"
    more = replace(van, id=van_id, shifts={day: van.shifts[day]})
    return replace(instance, vans=(*instance.vans, more))


def shift_questions(instance: Instance) -> Iterator[MarginalQuestion]:
    """A shift that begins an hour earlier, or ends an hour later, on all dates of a van."""
    for van in _distinct_vans(instance):
        shifts = van.shifts.items()
        earlier = {day: (max(0, opens_s - HOUR_S), closes_s) for day, (opens_s, closes_s) in shifts}
        later = {
            day: (opens_s, min(DAY_S, closes_s + HOUR_S)) for day, (opens_s, closes_s) in shifts
        }
        yield MarginalQuestion(
            what=say("hour of {van} in the morning", van=van.id),
            instance=_with_van(instance, replace(van, shifts=earlier)),
        )
        yield MarginalQuestion(
            what=say("hour of {van} in the evening", van=van.id),
            instance=_with_van(instance, replace(van, shifts=later)),
        )


def card_questions(instance: Instance) -> Iterator[MarginalQuestion]:
    """More cards on board of the vans that have a limit."""
    for van in _distinct_vans(instance):
        if van.max_people is not None:
            yield MarginalQuestion(
                what=say("pack of {count} cards for {van}", count=CARDS, van=van.id),
                instance=_with_van(instance, replace(van, max_people=van.max_people + CARDS)),
                options=f"{option_flag('cards')} {van.id}=+{CARDS}",
            )


def _district_questions(
    horizon: Horizon, base: SolveReport, read: Reader | None, cache: Path | None
) -> Iterator[MarginalQuestion]:
    """What changes the district, and so the weekend: kits, windows, permissions."""
    wanted = candidate_changes(
        horizon, base.result.plan, tuple(_distinct_vans(horizon.instance)), cache
    )
    changed = build_horizons(
        horizon.district, horizon.week, [w.scenario for w in wanted], read=read, cache=cache
    )
    for candidate, other in zip(wanted, changed, strict=True):
        yield MarginalQuestion(
            what=candidate.what,
            instance=other.instance,
            options=str(candidate.scenario.changes[0]),
            is_loss=candidate.is_loss,
            same=candidate.same,
        )


def _with_van(instance: Instance, van: Van) -> Instance:
    vans = tuple(van if other.id == van.id else other for other in instance.vans)
    return replace(instance, vans=vans)


def _distinct_van_days(instance: Instance) -> Iterator[tuple[Van, date]]:
    """The first of all van-days that are alike, by date, then by van."""
    seen: list[tuple[date, Van]] = []
    for index, day in instance.van_days:
        van = instance.vans[index]
        alike = (day, replace(van, id="", shifts={day: van.shifts[day]}))
        if alike not in seen:
            seen.append(alike)
            yield van, day


def _distinct_vans(instance: Instance) -> Iterator[Van]:
    """The first of all vans that are alike and drive at all."""
    seen: list[Van] = []
    for van in instance.vans:
        alike = replace(van, id="")
        if van.shifts and alike not in seen:
            seen.append(alike)
            yield van
