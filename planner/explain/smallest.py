"""The smallest change that brings a place into the plan, found by solving, never by formula.

A step of a lever brings a place in if a plan with a stop there is then worth more than the best one
known without. All levers but the shift change the place alone, so that plans without a stop there
stay worth what they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from planner.check import score
from planner.explain.forcing import SLACK, Ground, shut, site_of, visits, with_site
from planner.explain.possible import least_true
from planner.model import Instance
from planner.plan import Plan
from planner.solvers import Study
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
    Pull(lever=Lever.SHIFT, step=15 * MINUTE_S, most=16),
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


def smallest(
    ground: Ground, site_id: str, pull: Pull, *, known: float, forced: Study, width: int = 1
) -> Smallest | None:
    """The fewest steps that bring a site in, or None where none up to the most does.

    Parameters
    ----------
    known
        Worth of the best plan known without a stop at the site.
    forced
        Study of the instance as it is with the site required; its plan is worth no more.
    width
        Steps tried at the same time.
    """
    search = _Search(ground, site_id, pull, known)
    search.note(0, forced, known, ground.base.result.bound)
    low, high = 0, search.quick()
    if high is None:
        low, high = search.narrowed([pull.most], low, pull.most + 1)
        if high > pull.most:
            return None
    while high - low > 1:
        low, high = search.narrowed(_between(low, high, width), low, high)
    return search.found(high)


def _between(low: int, high: int, width: int) -> list[int]:
    """Numbers of steps between two, evenly spread; the last too, as a guess is mostly right."""
    count = min(max(1, width - 1), high - low - 1)
    spread = (low + (high - low) * number // (count + 1) for number in range(1, count + 1))
    return sorted({*spread, high - 1})


class _Search:
    """What came of each number of steps tried."""

    def __init__(self, ground: Ground, site_id: str, pull: Pull, known: float) -> None:
        self.ground, self.site_id, self.pull, self.known = ground, site_id, pull, known
        self.plans: list[Plan] = []
        self.gains: dict[int, float] = {}
        self.certain: set[int] = set()
        self.refuted: set[int] = set()

    def quick(self) -> int | None:
        """Steps that bring the site in without any solve, by putting it into the plan; or None."""
        if self.pull.lever is Lever.SHIFT:
            # What a longer shift is worth without the site is known only after a solve.
            return None
        return least_true(self._put_in, self.pull.most)

    def _put_in(self, steps: int) -> bool:
        instance = self.pull.applied(self.ground.instance, self.site_id, steps)
        plan = self.ground.start(instance, self.site_id, self.plans)
        if plan is None:
            return False
        self.plans.append(plan)
        gain = score(instance, plan).objective - self.known
        self.gains[steps] = gain
        bound = self.ground.base.result.bound
        if bound is not None and gain > bound - self.known + SLACK:
            self.certain.add(steps)
        return gain > SLACK

    def narrowed(self, batch: Sequence[int], low: int, high: int) -> tuple[int, int]:
        """The range after trying steps inside it; the first that brings the site in ends it."""
        self._try(batch)
        for steps in batch:
            if self.gains[steps] > SLACK:
                return low, steps
            low = steps
        return low, high

    def _try(self, batch: Sequence[int]) -> None:
        instance, site_id = self.ground.instance, self.site_id
        changed = [self.pull.applied(instance, site_id, steps) for steps in batch]
        asked: list[tuple[Instance, str | None]] = [(each, site_id) for each in changed]
        if self.pull.lever is Lever.SHIFT:
            asked += [(shut(each, site_id), None) for each in changed]
        found = self.ground.solved(asked, self.plans)
        for number, steps in enumerate(batch):
            known, bound = self.known, self.ground.base.result.bound
            if self.pull.lever is Lever.SHIFT:
                without = found[len(batch) + number].result
                known, bound = max(known, without.objective), without.bound
            self.note(steps, found[number], known, bound)

    def note(self, steps: int, forced: Study, known: float, bound: float | None) -> None:
        """Keep what a study with the site required says, the best and the bound without it."""
        result = forced.result
        self.plans.append(result.plan)
        if not visits(result.plan, self.site_id):
            self.gains[steps] = float("-inf")
            if forced.most_required == 0:
                self.refuted.add(steps)
            return
        self.gains[steps] = result.objective - known
        if bound is not None and result.objective > bound + SLACK:
            self.certain.add(steps)
        if result.bound is not None and result.bound <= known + SLACK:
            self.refuted.add(steps)

    def found(self, steps: int) -> Smallest:
        """The change of so many steps, which brings the site in."""
        return Smallest(
            pull=self.pull,
            steps=steps,
            instance=self.pull.applied(self.ground.instance, self.site_id, steps),
            gain=self.gains[steps],
            certain=steps in self.certain,
            proven=steps - 1 in self.refuted,
        )
