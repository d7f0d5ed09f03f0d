"""What it costs to do something that the plan does not do."""

from dataclasses import dataclass

from planner.explain.context import SLACK
from planner.plan import Plan, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What it costs to do something, compared with the plan that does not.

    The best plans of either kind differ by a worth between the two bounds: each lies between what
    was found and its own bound.

    Attributes
    ----------
    people, worth
        Found: people, and weighted people less driving, that are lost.
    lower_bound, upper_bound
        Proven, of the worth that is lost; None = not known.
    """

    people: int
    worth: float
    lower_bound: float | None
    upper_bound: float | None

    @property
    def is_proven(self) -> bool:
        """Whether it is proven that something is lost."""
        return self.lower_bound is not None and self.lower_bound > SLACK


def compute_cost(
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
        lower_bound=max(0.0, free.objective - min(bounds)) if bounds else None,
        upper_bound=None if bound is None else max(0.0, bound - other.objective),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """People that one plan records at a site and another does not; `after` is less."""

    site_id: str
    before: int
    after: int


def find_losses(before: Plan, after: Plan) -> tuple[Loss, ...]:
    """Sites at which the second plan records fewer, those that lose most first."""
    old, new = before.served(), after.served()
    lost = [
        Loss(site_id=site_id, before=people, after=new[site_id])
        for site_id, people in old.items()
        if new[site_id] < people
    ]
    return tuple(sorted(lost, key=lambda loss: (loss.after - loss.before, loss.site_id)))
