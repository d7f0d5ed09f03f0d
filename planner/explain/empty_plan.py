"""Why a plan without a stop is the best: nowhere can a van stop, or no stop is worth the drive."""

from collections import Counter
from dataclasses import dataclass
from math import floor

from planner.analysis.gain import SLACK
from planner.check import score
from planner.explain.feasibility import Obstacle, site_feasibility
from planner.model import Instance, Van
from planner.plan import Plan
from planner.solvers.amounts import min_stop_people
from planner.solvers.insertion import insert_site
from planner.units import MINUTE_S


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneVisit:
    """The best plan with a stop at one site and no other.

    Attributes
    ----------
    objective
        Weighted people less driving.
    weight
        Of one person there.
    """

    site_id: str
    van_id: str
    people: int
    drive_s: int
    objective: float
    weight: float
    worth_s: float | None

    @property
    def is_worth_it(self) -> bool:
        """Whether it is better than to stay at the depot."""
        return self.objective > SLACK

    @property
    def enough_people(self) -> int | None:
        """The fewest people of that weight who are worth the drive; None = no number is."""
        if self.worth_s is None or not self.weight:
            return None
        return floor(self.drive_s / self.worth_s / self.weight) + 1

    @property
    def enough_worth_min(self) -> int | None:
        """Minutes of driving that one recording must be worth; None = no number of them is."""
        if not self.weight * self.people:
            return None
        return floor(self.drive_s / (self.weight * self.people) / MINUTE_S) + 1


def lone_visits(instance: Instance) -> tuple[LoneVisit, ...]:
    """The best visit to each site that a van can stop at, the best of them first."""
    plans = {site.id: insert_site(instance, Plan(), site.id) for site in instance.sites}
    visits = [_describe(instance, site_id, plan) for site_id, plan in plans.items() if plan]
    return tuple(sorted(visits, key=lambda visit: (-visit.objective, visit.site_id)))


def _describe(instance: Instance, site_id: str, plan: Plan) -> LoneVisit:
    ((route, stop),) = plan.stops()
    value = score(instance, plan)
    return LoneVisit(
        site_id=site_id,
        van_id=route.van_id,
        people=stop.people,
        drive_s=value.drive_s,
        objective=value.objective,
        weight=instance.site(site_id).weight,
        worth_s=instance.worth_s,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LackOfCards:
    """A van with fewer cards than any visit that it could make needs."""

    van: Van
    needed: int


def lack_of_cards(instance: Instance) -> tuple[LackOfCards, ...]:
    """Vans with fewer cards than the smallest visit needs, of all sites that take their class."""
    lacking = []
    for van in instance.vans:
        needed = min(
            (min_stop_people(site) for site in instance.sites if van.van_class in site.classes),
            default=0,
        )
        if van.shifts and van.max_people is not None and van.max_people < needed:
            lacking.append(LackOfCards(van=van, needed=needed))
    return tuple(lacking)


def commonest_obstacle(instance: Instance) -> tuple[Obstacle, int]:
    """What keeps the nearest van away from most sites, and from how many."""
    nearest = (site_feasibility(instance, site.id).nearest_obstacle for site in instance.sites)
    ((obstacle, count),) = Counter(nearest).most_common(1)
    return obstacle, count
