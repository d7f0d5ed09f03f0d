"""Plans that are made to go somewhere, and what that costs."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from planner.check import score
from planner.model import Instance, Site
from planner.plan import Plan, Result
from planner.solvers import DEFAULT, Limits, SolveReport
from planner.solvers.insertion import adapt_plan, cut_back, insert_site
from planner.solvers.parallel import Answer, InlinePool, SolvePool, SolveTask

SLACK = 1e-6
"""A plan worth no more than this beyond another is worth as much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterfactual:
    """A plan that is looked for.

    Attributes
    ----------
    site_id
        It stops there, if it can; None = it need not stop anywhere.
    start
        A sound plan of the kind to begin with; None = one is looked for among the known ones.
    settles
        Whether there is a plan worth more than this is all that is asked; None = what is the best.
    """

    instance: Instance
    site_id: str | None = None
    start: Plan | None = None
    settles: float | None = None


@dataclass(frozen=True, kw_only=True)
class ExplainContext:
    """What every explanation of one plan stands on.

    Attributes
    ----------
    instance
        The plan keeps its rules.
    plan
        To be explained.
    base
        A report on the instance that begins with the plan.
    limits
        Of each solve.
    work
        Does solves side by side.
    """

    instance: Instance
    plan: Plan
    base: SolveReport
    limits: Limits
    pool: SolvePool = field(default_factory=InlinePool, repr=False)
    seed: int = 0
    solver: str = DEFAULT

    @property
    def result(self) -> Result:
        """The plan that is explained, with the bounds on all plans."""
        worth = score(self.instance, self.plan)
        return replace(
            self.base.result, plan=self.plan, people=worth.people, objective=worth.objective
        )

    def begin(self, ask: Callable[["ExplainContext"], Answer]) -> Callable[[], Answer]:
        """Begin to find the answer to a question; the function returned waits for it."""
        return self.pool.submit(partial(_answer, replace(self, pool=InlinePool()), ask))

    def solve_all(self, *counterfactual: Counterfactual) -> tuple[SolveReport, ...]:
        """The best plans found of each kind, and what is proven of them."""
        begun = [self.begin(partial(_solve, counterfactual=each)) for each in counterfactual]
        return tuple(wait_for() for wait_for in begun)

    def task(self, counterfactual: Counterfactual) -> SolveTask:
        """A solve that looks for such a plan."""
        site_id = counterfactual.site_id
        return SolveTask(
            instance=counterfactual.instance,
            limits=self.limits,
            solver=self.solver,
            seed=self.seed,
            start=counterfactual.start or self.start(counterfactual.instance, site_id),
            required=frozenset() if site_id is None else frozenset({site_id}),
            routes=(*self.plan.routes, *self.base.routes),
            settles=counterfactual.settles,
        )

    def start(
        self, instance: Instance, site_id: str | None, plans: Sequence[Plan] = ()
    ) -> Plan | None:
        """The best sound plan that is known, or made of one by putting the site in."""
        first, *others = dict.fromkeys((self.plan, self.base.result.plan))
        # Where vans have more time, stays may be longer.
        longer = () if instance.vans == self.instance.vans else (cut_back(instance, first),)
        own = [*(adapt_plan(instance, plan) for plan in (first, *others)), *longer]
        sound = [*own, *(adapt_plan(instance, plan) for plan in plans)]
        if site_id is None:
            candidates = sound
        else:
            inserted = (insert_site(instance, plan, site_id) for plan in own)
            candidates = [plan for plan in sound if has_stop_at(plan, site_id)]
            candidates += [plan for plan in inserted if plan is not None]
        return max(candidates, key=lambda plan: score(instance, plan).objective, default=None)


def _answer(
    context: ExplainContext, ask: Callable[[ExplainContext], Answer], stop: Callable[[], bool]
) -> Answer:
    return ask(replace(context, pool=InlinePool(stop)))


def _solve(context: ExplainContext, counterfactual: Counterfactual) -> SolveReport:
    (found,) = context.pool.solve([context.task(counterfactual)], lambda done: None)
    return found


def has_stop_at(plan: Plan, site_id: str) -> bool:
    """Whether a plan has a stop at a site."""
    return any(stop.site_id == site_id for _, stop in plan.stops())


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What it costs to do something, compared with the plan that does not.

    The best plans of either kind differ by a number between `least` and `most`: each lies between
    what was found and its bound.

    Attributes
    ----------
    people, worth
        Found: people, and weighted people less driving, that are lost.
    least, most
        Proven limits of the loss in worth; None = not known.
    """

    people: int
    worth: float
    least: float | None
    most: float | None

    @property
    def proven(self) -> bool:
        """Whether it is proven that something is lost."""
        return self.least is not None and self.least > SLACK


def cost(
    free: Result, bound: float | None, other: Result, other_bound: float | None = None
) -> Cost:
    """What a plan that must do something loses against one that is free.

    Parameters
    ----------
    bound
        No plan of the free kind is worth more; None = not known.
    other_bound
        A further bound on plans of the other kind, besides the plan's own.
    """
    bounds = [number for number in (other.bound, other_bound) if number is not None]
    return Cost(
        people=free.people - other.people,
        worth=free.objective - other.objective,
        least=max(0.0, free.objective - min(bounds)) if bounds else None,
        most=None if bound is None else max(0.0, bound - other.objective),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """People that one plan records at a site and another does not; `after` is less."""

    site_id: str
    before: int
    after: int


def losses(before: Plan, after: Plan) -> tuple[Loss, ...]:
    """Sites at which the second plan records fewer, those that lose most first."""
    old, new = _people(before), _people(after)
    found = [
        Loss(site_id=site_id, before=people, after=new[site_id])
        for site_id, people in old.items()
        if new[site_id] < people
    ]
    return tuple(sorted(found, key=lambda loss: (loss.after - loss.before, loss.site_id)))


def _people(plan: Plan) -> Counter[str]:
    people: Counter[str] = Counter()
    for _, stop in plan.stops():
        people[stop.site_id] += stop.people
    return people


# Changed instances.


def with_site(instance: Instance, site: Site) -> Instance:
    """The instance with a site in place of the one with its id."""
    index = instance.site_index[site.id]
    return replace(instance, sites=(*instance.sites[:index], site, *instance.sites[index + 1 :]))


def site_of(instance: Instance, site_id: str) -> Site:
    """The site with an id."""
    return instance.sites[instance.site_index[site_id]]


def with_closed_site(instance: Instance, site_id: str) -> Instance:
    """The instance with a site that is never open."""
    return with_site(instance, replace(site_of(instance, site_id), windows={}))


def restrict_to_van_day(instance: Instance, site_id: str, van_id: str, day: date) -> Instance:
    """The instance in which a site may be visited by one van on one date only.

    The van gets a class of its own, which every site takes that takes its class now.
    """
    van = instance.vans[instance.van_index[van_id]]
    own = f"{van.van_class} {van.id}"
    while any(own in site.classes for site in instance.sites):
        own += "+"
    vans = tuple(
        replace(van, van_class=own) if other.id == van_id else other for other in instance.vans
    )
    sites = tuple(
        _restrict_site(site, van.van_class, own, day if site.id == site_id else None)
        for site in instance.sites
    )
    return replace(instance, vans=vans, sites=sites)


def _restrict_site(site: Site, van_class: str, own: str, only: date | None) -> Site:
    """A site that takes a van's own class where it takes its class.

    Where a date is given, it takes nothing else, and only then.
    """
    if van_class not in site.classes:
        return replace(site, windows={}) if only else site
    if only is None:
        return replace(site, classes=(*site.classes, own))
    windows = {day: hours for day, hours in site.windows.items() if day == only}
    return replace(site, classes=(own,), windows=windows)
