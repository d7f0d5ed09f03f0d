"""The smallest change that brings a place into the plan, found by solving, never by formula.

A step of a parameter brings a place in if a plan with a stop there is then worth more than the best
one known without. All parameters but the shift change the place alone, so that plans without a stop
there stay worth what they are.

Steps that suffice are first looked for without a solve, in the best plan found with a stop there
and by putting the place into plans that are known. Then solves try fewer, the next ones down first,
as that mostly is the answer already. Each ends as soon as it has a plan that is worth more, or the
proof that there is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from math import ceil, floor, inf

from planner.analysis.gain import SLACK
from planner.check import score
from planner.explain.changed_instances import with_closed_site
from planner.explain.context import Counterfactual, ExplainContext
from planner.explain.feasibility import Feasibility, site_feasibility
from planner.explain.parameters import Parameter, Step
from planner.model import Instance, Van
from planner.plan import Plan
from planner.solvers import SolveReport
from planner.solvers.amounts import min_stop_people

LEAST_SOLVES = 1
"""Of each parameter, whatever the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimalChange:
    """A change that brings a place in, while one step less does not.

    Attributes
    ----------
    count
        Steps.
    is_certain
        Whether it is proven to exceed all plans without a stop there.
    at_least
        Proven: fewer steps do not bring it in; 0 where nothing is.
    """

    step: Step
    count: int
    is_certain: bool
    at_least: int

    @property
    def is_proven(self) -> bool:
        """Whether one step less is proven not to bring it in; else no plan was found."""
        return self.at_least == self.count

    @property
    def amount(self) -> float:
        """People, weight or seconds more."""
        return self.count * self.step.size


def find_minimal_change(
    context: ExplainContext,
    site_id: str,
    step: Step,
    *,
    worth_without: float,
    forced: SolveReport | None = None,
) -> MinimalChange | None:
    """The fewest steps that bring a site in, or None where none up to the most does.

    Parameters
    ----------
    worth_without
        Worth of the best plan known without a stop at the site; no step brings it in yet.
    forced
        What is known of plans with a stop there; None = nothing was looked for.
    """
    search = _StepSearch(context, site_id, step, worth_without)
    search.learn(forced)
    if context.stop():
        return None
    low, high = search.bracket()
    if high is None:
        return None
    next_down = True
    while high - low > 1 and search.may_solve():
        tried = high - 1 if next_down else (low + high) // 2
        if not search.suffices(tried):
            low = tried
        else:
            high = tried if search.helps_others else search.reduce_by_insertion(low, tried)
        next_down = not next_down
    return search.minimal_change(high)


@dataclass(slots=True)
class _StepSearch:
    """What came of each number of steps tried.

    Attributes
    ----------
    plans, starts
        With a stop at the site, found for some number of steps; the best one known by steps.
    best
        By steps, the plan that brings the site in, and by how much it is worth more.
    num_solves
        So many were made.
    certain, refuted
        Steps proven to bring it in, and not to.
    bound
        Without a step, what no plan with a stop there is worth more than; None = not known.
    """

    context: ExplainContext
    site_id: str
    step: Step
    worth_without: float
    plans: list[Plan] = field(default_factory=list)
    starts: dict[int, Plan | None] = field(default_factory=dict)
    best: dict[int, tuple[Plan, float]] = field(default_factory=dict)
    bound: float | None = None
    num_solves: int = 0
    certain: set[int] = field(default_factory=set)
    refuted: set[int] = field(default_factory=set)

    @property
    def helps_others(self) -> bool:
        """Whether the parameter betters plans without a stop at the site too."""
        return self.step.parameter is Parameter.SHIFT

    def instance_after(self, steps: int) -> Instance:
        """The instance after so many steps."""
        return self.step.apply(self.context.instance, self.site_id, steps)

    def learn(self, forced: SolveReport | None) -> None:
        """Begin with what is known of plans with a stop at the site."""
        bounds = [self.context.base.site_bounds.get(self.site_id)]
        if forced is not None and self.site_id in forced.result.plan.served():
            self.plans.append(forced.result.plan)
            bounds += [forced.result.bound, forced.site_bounds.get(self.site_id)]
        self.bound = min((bound for bound in bounds if bound is not None), default=None)

    def count_proven_insufficient(self) -> int:
        """Steps that are proven not to bring the site in, by what a stop there is at most worth."""
        if self.bound is None or self.bound > self.worth_without + SLACK:
            return 0
        per_step, steps = self._most_gain_per_step(), 0
        if per_step:
            missing = self.worth_without - self.bound
            steps = min(self.step.max_count - 1, floor(missing / per_step))
        self.refuted.add(steps)
        return steps

    def _most_gain_per_step(self) -> float | None:
        """By how much a step raises the worth of a plan at most; None = not known.

        A weight raises it by the people there. One person more raises it by a weight, as stays can
        be shortened again while all stops there keep their fewest people.
        """
        site = self.context.instance.site(self.site_id)
        if self.step.parameter is Parameter.WEIGHT:
            return self.step.size * site.max_people
        visits = sum(
            van.van_class in site.classes and day in site.windows for van, day in self._van_days()
        )
        if self.step.parameter is Parameter.PEOPLE:
            enough = site.max_people >= visits * min_stop_people(site)
            return self.step.size * site.weight if enough else None
        return None

    def _van_days(self) -> Iterator[tuple[Van, date]]:
        instance = self.context.instance
        return ((instance.vans[index], day) for index, day in instance.van_days)

    def bracket(self) -> tuple[int, int | None]:
        """Steps that do not bring the site in, and more that do, or None where none do."""
        low, max_count = self.count_proven_insufficient(), self.step.max_count
        high = max_count
        if self._suffices_by_insertion(max_count):
            high = self.reduce_by_insertion(low, max_count)
            if not self.helps_others:
                return low, high
        elif not self._raises_worth():
            return low, None
        # Where plans without a stop there get better too, so many may be too few.
        while not self.suffices(high):
            if high == max_count:
                return low, None
            low, high = high, max_count
        return low, high

    # Without a solve.

    def reduce_by_insertion(self, low: int, high: int) -> int:
        """The fewest steps that bring the site in by putting it into plans that are known."""
        while high - low > 1 and not self.context.stop():
            guess = max(low + 1, min(high - 1, self._interpolate(low, high)))
            if self._suffices_by_insertion(guess):
                high = guess
            else:
                low = guess
        return high

    def _interpolate(self, low: int, high: int) -> int:
        """Steps after which the plan found for more of them is still worth it, about."""
        parameter, size = self.step.parameter, self.step.size
        site = self.context.instance.site(self.site_id)
        if parameter not in {Parameter.PEOPLE, Parameter.WEIGHT} or not site.weight:
            return (low + high) // 2
        plan, gain = self.best[high]
        people = plan.served()[self.site_id]
        if parameter is Parameter.PEOPLE:
            return ceil((people - site.max_people - gain / site.weight) / size)
        return high - floor(gain / (max(1, people) * size))

    def _suffices_by_insertion(self, steps: int) -> bool:
        plan = self._start_plan(steps)
        if plan is None:
            return False
        if self.helps_others:
            instance = self.instance_after(steps)
            other = self.context.best_start(with_closed_site(instance, self.site_id), None)
            others = self.worth_without if other is None else score(instance, other).objective
            return score(instance, plan).objective > max(self.worth_without, others) + SLACK
        return self._record(steps, plan, self.worth_without, self.context.base.result.bound)

    def _raises_worth(self) -> bool:
        """Whether all steps make a plan with a stop at the site better at all, if not enough."""
        return self._start_worth(self.step.max_count) > self._start_worth(0) + SLACK

    def _start_worth(self, steps: int) -> float:
        plan = self._start_plan(steps)
        return -inf if plan is None else score(self.instance_after(steps), plan).objective

    def _start_plan(self, steps: int) -> Plan | None:
        """A plan with a stop at the site, made of those that are known."""
        if steps not in self.starts:
            instance = self.instance_after(steps)
            self.starts[steps] = self.context.best_start(instance, self.site_id, self.plans)
        return self.starts[steps]

    # By a solve.

    def may_solve(self) -> bool:
        """Whether there is time for a further solve, or too few were made."""
        is_over = self.num_solves >= LEAST_SOLVES and self.context.is_over()
        return not (is_over or self.context.stop())

    def suffices(self, steps: int) -> bool:
        """Whether a solve finds a plan with a stop at the site that beats those without."""
        instance = self.instance_after(steps)
        if site_feasibility(instance, self.site_id).verdict is Feasibility.IMPOSSIBLE:
            self.refuted.add(steps)
            return False
        worth_without, bound = self.worth_without, self.context.base.result.bound
        self.num_solves += 1
        forced = self.context.solve(
            Counterfactual(
                instance=instance,
                site_id=self.site_id,
                start=self._start_plan(steps),
                settles=None if self.helps_others else worth_without,
            )
        )
        if self.site_id not in forced.result.plan.served():
            if forced.max_required == 0:
                self.refuted.add(steps)
            return False
        worth = forced.result.objective
        if self.helps_others and worth > worth_without + SLACK:
            without = Counterfactual(
                instance=with_closed_site(instance, self.site_id), settles=worth
            )
            free = self.context.solve(without).result
            worth_without, bound = max(worth_without, free.objective), free.bound
        bounds = (forced.result.bound, forced.site_bounds.get(self.site_id))
        if any(number is not None and number <= worth_without + SLACK for number in bounds):
            self.refuted.add(steps)
        return self._record(steps, forced.result.plan, worth_without, bound)

    def _record(self, steps: int, plan: Plan, worth_without: float, bound: float | None) -> bool:
        """Keep a plan with a stop at the site; whether it beats the best one known without.

        Parameters
        ----------
        worth_without, bound
            The best plan without a stop there is worth at least and at most this.
        """
        self.plans.append(plan)
        worth = score(self.instance_after(steps), plan).objective
        if worth <= worth_without + SLACK:
            return False
        self.best[steps] = plan, worth - worth_without
        if bound is not None and worth > bound + SLACK:
            self.certain.add(steps)
        return True

    def minimal_change(self, count: int) -> MinimalChange:
        """The change of so many steps, which brings the site in."""
        return MinimalChange(
            step=self.step,
            count=count,
            is_certain=count in self.certain,
            at_least=max((steps + 1 for steps in self.refuted if steps < count), default=0),
        )
