"""The smallest change that brings a place into the plan, found by solving, never by formula.

A step of a lever brings a place in if a plan with a stop there is then worth more than the best one
known without. All levers but the shift change the place alone, so that plans without a stop there
stay worth what they are.

Steps that suffice are first looked for without a solve, by putting the place into plans that are
known. Then solves try fewer, the next ones down first, as that mostly is the answer already. Each
ends as soon as it has a plan that is worth more, or the proof that there is none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil, floor

from planner.check import score
from planner.explain.counterfactual import SLACK, Ground, Wanted, shut, site_of, visits, with_site
from planner.explain.feasibility import Finding, possibility
from planner.model import Instance
from planner.plan import Plan
from planner.units import DAY_S, MINUTE_S


class Lever(StrEnum):
    """What may be different."""

    PEOPLE = "people expected"
    WEIGHT = "weight"
    HOURS = "opening hours"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """How a lever is pulled: in equal steps, up to some.

    Attributes
    ----------
    step
        People, weight, or seconds that the place closes, or the vans that fit return, later.
    most
        Steps.
    """

    lever: Lever
    step: float
    most: int

    def applied(self, instance: Instance, site_id: str, steps: int) -> Instance:
        """The instance after so many steps."""
        amount, site = steps * self.step, site_of(instance, site_id)
        if self.lever is Lever.PEOPLE:
            return with_site(instance, replace(site, expected=site.expected + round(amount)))
        if self.lever is Lever.WEIGHT:
            return with_site(instance, replace(site, weight=round(site.weight + amount, 6)))
        if self.lever is Lever.HOURS:
            windows = {
                day: tuple((opens, min(DAY_S, closes + round(amount))) for opens, closes in hours)
                for day, hours in site.windows.items()
            }
            return with_site(instance, replace(site, windows=windows))
        vans = (
            replace(
                van,
                shifts={
                    day: (opens, min(DAY_S, closes + round(amount)))
                    for day, (opens, closes) in van.shifts.items()
                },
            )
            if van.van_class in site.classes
            else van
            for van in instance.vans
        )
        return replace(instance, vans=tuple(vans))


PULLS = (
    Pull(lever=Lever.PEOPLE, step=1, most=128),
    Pull(lever=Lever.WEIGHT, step=0.1, most=128),
    Pull(lever=Lever.HOURS, step=15 * MINUTE_S, most=16),
    Pull(lever=Lever.SHIFT, step=60 * MINUTE_S, most=4),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Smallest:
    """A change that brings a place in, while one step less does not.

    Attributes
    ----------
    instance
        With the change.
    gain
        Worth by which the plan with a stop there exceeds the best known without.
    certain
        Whether it is proven to exceed all plans without a stop there.
    proven
        Whether it is proven that one step less does not bring it in; else no plan was found.
    """

    pull: Pull
    steps: int
    instance: Instance
    gain: float
    certain: bool
    proven: bool


def smallest(ground: Ground, site_id: str, pull: Pull, *, known: float) -> Smallest | None:
    """The fewest steps that bring a site in, or None where none up to the most does.

    Parameters
    ----------
    known
        Worth of the best plan known without a stop at the site; no step brings it in yet.
    """
    search = _Search(ground, site_id, pull, known)
    low, high = search.range()
    if high is None:
        return None
    for steps in _guesses():
        if high - low <= 1:
            break
        tried = steps(low, high)
        if search.brings_in(tried):
            high = search.fewer(low, tried)
        else:
            low = tried
    return search.found(high)


def _guesses() -> Iterator[Callable[[int, int], int]]:
    """Steps to try between two numbers: one less than the more, else half way."""
    while True:
        yield lambda low, high: high - 1
        yield lambda low, high: (low + high) // 2


class _Search:
    """What came of each number of steps tried.

    Attributes
    ----------
    shared
        Whether the lever betters plans without a stop at the site too.
    plans, starts
        With a stop at the site, found for some number of steps; the best one known by steps.
    best
        By steps, the plan that brings the site in.
    certain, refuted
        Steps proven to bring it in, and not to.
    """

    def __init__(self, ground: Ground, site_id: str, pull: Pull, known: float) -> None:
        self.ground, self.site_id, self.pull, self.known = ground, site_id, pull, known
        self.shared = pull.lever is Lever.SHIFT
        self.plans: list[Plan] = []
        self.starts: dict[int, Plan | None] = {}
        self.best: dict[int, Plan] = {}
        self.gains: dict[int, float] = {}
        self.certain: set[int] = set()
        self.refuted: set[int] = set()

    def changed(self, steps: int) -> Instance:
        """The instance after so many steps."""
        return self.pull.applied(self.ground.instance, self.site_id, steps)

    def too_few(self) -> int:
        """Steps that are proven not to bring the site in, by what a stop there is at most worth.

        A higher weight raises the worth of every plan by no more than its people are raised by.
        """
        bound = self.ground.base.visiting.get(self.site_id)
        if bound is None or bound > self.known + SLACK:
            return 0
        steps = 0
        if self.pull.lever is Lever.WEIGHT:
            each = self.pull.step * site_of(self.ground.instance, self.site_id).expected
            steps = min(self.pull.most - 1, floor((self.known - bound) / each))
        self.refuted.add(steps)
        return steps

    def range(self) -> tuple[int, int | None]:
        """Steps that do not bring the site in, and more that do, or None where none do."""
        low = self.too_few()
        guess = self._quick(low)
        if guess is not None and not self.shared:
            return low, guess
        if guess is None and not self._helps():
            return low, None
        steps = guess or self.pull.most
        while not self.brings_in(steps):
            if steps == self.pull.most:
                return low, None
            low, steps = steps, self.pull.most
        return low, steps

    # Without a solve.

    def _quick(self, low: int) -> int | None:
        """Steps that bring the site in, by putting it into plans that are known; or None.

        Where plans without a stop there get better too, they may be too few.
        """
        most = self.pull.most
        return self._fewer(low, most) if self._put_in(most) else None

    def fewer(self, low: int, high: int) -> int:
        """The fewest steps known to bring the site in, where a number of them does."""
        return high if self.shared else self._fewer(low, high)

    def _fewer(self, low: int, high: int) -> int:
        while high - low > 1:
            guess = max(low + 1, min(high - 1, self._enough(low, high)))
            if self._put_in(guess):
                high = guess
            else:
                low = guess
        return high

    def _enough(self, low: int, high: int) -> int:
        """Steps after which the plan found for more of them is still worth it, about."""
        lever, step = self.pull.lever, self.pull.step
        site = site_of(self.ground.instance, self.site_id)
        if lever not in {Lever.PEOPLE, Lever.WEIGHT} or not site.weight:
            return (low + high) // 2
        plan, gain = self.best[high], self.gains[high]
        people = sum(stop.people for _, stop in plan.stops() if stop.site_id == self.site_id)
        if lever is Lever.PEOPLE:
            return ceil((people - site.expected - gain / site.weight) / step)
        return high - floor(gain / (max(1, people) * step))

    def _put_in(self, steps: int) -> bool:
        plan = self._start(steps)
        if plan is None:
            return False
        if self.shared:
            instance = self.changed(steps)
            other = self.ground.start(shut(instance, self.site_id), None)
            others = self.known if other is None else score(instance, other).objective
            return score(instance, plan).objective > max(self.known, others) + SLACK
        return self._note(steps, plan, self.known, self.ground.base.result.bound)

    def _helps(self) -> bool:
        """Whether all steps make a plan with a stop at the site better at all, if not enough."""
        worth = [
            None if plan is None else score(self.changed(steps), plan).objective
            for steps in (0, self.pull.most)
            for plan in [self._start(steps)]
        ]
        none, most = worth
        return most is not None and (none is None or most > none + SLACK)

    def _start(self, steps: int) -> Plan | None:
        """A plan with a stop at the site, made of those that are known."""
        if steps not in self.starts:
            found = self.ground.start(self.changed(steps), self.site_id, self.plans)
            self.starts[steps] = found
        return self.starts[steps]

    # By a solve.

    def brings_in(self, steps: int) -> bool:
        """Whether a solve finds a plan with a stop at the site that beats those without."""
        instance = self.changed(steps)
        if possibility(instance, self.site_id).finding is Finding.IMPOSSIBLE:
            self.refuted.add(steps)
            return False
        known, bound = self.known, self.ground.base.result.bound
        (forced,) = self.ground.solved(
            Wanted(
                instance=instance,
                site_id=self.site_id,
                start=self._start(steps),
                settles=None if self.shared else known,
            )
        )
        if not visits(forced.result.plan, self.site_id):
            if forced.most_required == 0:
                self.refuted.add(steps)
            return False
        worth = forced.result.objective
        if self.shared and worth > known + SLACK:
            without = Wanted(instance=shut(instance, self.site_id), settles=worth)
            (free,) = self.ground.solved(without)
            known, bound = max(known, free.result.objective), free.result.bound
        bounds = (forced.result.bound, forced.visiting.get(self.site_id))
        if any(number is not None and number <= known + SLACK for number in bounds):
            self.refuted.add(steps)
        return self._note(steps, forced.result.plan, known, bound)

    def _note(self, steps: int, plan: Plan, known: float, bound: float | None) -> bool:
        """Keep a plan with a stop at the site; whether it beats the best one known without.

        Parameters
        ----------
        known, bound
            The best plan without a stop there is worth at least and at most this.
        """
        self.plans.append(plan)
        worth = score(self.changed(steps), plan).objective
        if worth <= known + SLACK:
            return False
        self.best[steps], self.gains[steps] = plan, worth - known
        if bound is not None and worth > bound + SLACK:
            self.certain.add(steps)
        return True

    def found(self, steps: int) -> Smallest:
        """The change of so many steps, which brings the site in."""
        return Smallest(
            pull=self.pull,
            steps=steps,
            instance=self.changed(steps),
            gain=self.gains[steps],
            certain=steps in self.certain,
            proven=steps - 1 in self.refuted,
        )
