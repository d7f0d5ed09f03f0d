"""What explanations of a plan stand on, and the plans they compare it with."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from heapq import nlargest
from math import inf

from planner.check import score, with_plan
from planner.model import Instance
from planner.plan import Plan, Result
from planner.solvers import DEFAULT, Limits, SolveReport
from planner.solvers.insertion import adapt_plan, cut_back, insert_site, lengthen_stays
from planner.solvers.parallel import Answer, InlinePool, SolvePool, SolveTask
from planner.solvers.params import DEFAULT_PARAMS, SolverParams
from planner.solvers.stopping import never

HEADLINE_TIMES = 3
"""So many times longer what is told first is looked for."""

LEAST_S = 0.3
"""Seconds of a solve that is made though the time for the answer is over."""

LENGTHENED = 3
"""So many plans to begin with are made longer before the best is chosen."""


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
    is_headline
        Whether its number is told first and alone, so that it gets more time.
    """

    instance: Instance
    site_id: str | None = None
    start: Plan | None = None
    settles: float | None = None
    is_headline: bool = False


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
    pool
        Does solves side by side.
    stop
        Answers whether the user wants to stop.
    ends_s
        When the time for the whole answer is over, by the monotonic clock, which all processes
        share; None = never. What takes no solve, and a least number of solves, are done in any
        case, so that a busy machine answers later and not less.
    """

    instance: Instance
    plan: Plan
    base: SolveReport
    limits: Limits
    pool: SolvePool = field(default_factory=InlinePool, repr=False)
    stop: Callable[[], bool] = field(default=never, repr=False)
    ends_s: float | None = None
    seed: int = 0
    solver: str = DEFAULT
    params: SolverParams = DEFAULT_PARAMS

    def is_over(self) -> bool:
        """Whether the time for the whole answer is over, or the user wants to stop."""
        return self.stop() or (self.ends_s is not None and time.monotonic() >= self.ends_s)

    @property
    def result(self) -> Result:
        """The plan that is explained, with the bounds on all plans."""
        return with_plan(self.instance, self.base.result, self.plan)

    def submit(self, ask: Callable[["ExplainContext"], Answer]) -> Callable[[], Answer]:
        """Begin to answer a question; the function returned waits for the answer."""
        alone = replace(self, pool=InlinePool(), stop=never)
        return self.pool.submit(partial(_answer, alone, ask))

    def solve_all(self, *counterfactuals: Counterfactual) -> tuple[SolveReport, ...]:
        """What `solve` finds of each kind, side by side."""
        return self.pool.solve([self._task(one) for one in counterfactuals], lambda done: None)

    def solve(self, counterfactual: Counterfactual) -> SolveReport:
        """The best plan found of a kind, and what is proven of it."""
        (report,) = self.solve_all(counterfactual)
        return report

    def _task(self, counterfactual: Counterfactual) -> SolveTask:
        site_id = counterfactual.site_id
        return SolveTask(
            instance=counterfactual.instance,
            limits=self._limits_now(counterfactual),
            solver=self.solver,
            seed=self.seed,
            start=counterfactual.start or self.best_start(counterfactual.instance, site_id),
            required=frozenset() if site_id is None else frozenset({site_id}),
            routes=(*self.plan.routes, *self.base.routes),
            settles=counterfactual.settles,
            params=self.params,
        )

    def _limits_now(self, counterfactual: Counterfactual) -> Limits:
        """Limits of one solve: no longer than until the time for the answer is over."""
        limits = self.limits
        if limits.time_limit_s is None:
            return limits
        limit_s = limits.time_limit_s * (HEADLINE_TIMES if counterfactual.is_headline else 1)
        left_s = inf if self.ends_s is None else self.ends_s - time.monotonic()
        return replace(limits, time_limit_s=min(limit_s, max(LEAST_S, left_s)))

    def best_start(
        self, instance: Instance, site_id: str | None, plans: Sequence[Plan] = ()
    ) -> Plan | None:
        """The best sound plan that is known, or made of one by putting the site in."""
        both = dict.fromkeys((self.plan, self.base.result.plan))
        own = [adapt_plan(instance, plan) for plan in both]
        if instance.vans != self.instance.vans:
            # Where vans have more time, stays may be longer.
            own.append(cut_back(instance, self.plan))
        candidates = [*own, *(adapt_plan(instance, plan) for plan in plans)]
        if site_id is not None:
            inserted = (insert_site(instance, plan, site_id) for plan in own)
            candidates += (plan for plan in inserted if plan is not None)
            candidates = [plan for plan in candidates if site_id in plan.served()]

        def worth(plan: Plan) -> float:
            return score(instance, plan).objective

        promising = nlargest(LENGTHENED, dict.fromkeys(candidates), key=worth)
        return max((lengthen_stays(instance, plan) for plan in promising), key=worth, default=None)


def _answer(
    context: ExplainContext, ask: Callable[[ExplainContext], Answer], stop: Callable[[], bool]
) -> Answer:
    return ask(replace(context, pool=InlinePool(stop), stop=stop))
