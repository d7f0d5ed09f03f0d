"""What an explanation is made of, and what it costs to do something else than the plan."""

from dataclasses import dataclass

from planner.analysis.gain import Gain, compute_gain
from planner.district import Venue
from planner.explain.context import ExplainContext
from planner.explain.feasibility import SiteFeasibility, Trial
from planner.explain.minimal_change import MinimalChange
from planner.explain.reasons import Code
from planner.horizon import LeftOut
from planner.plan import Plan, Result, Route, Stop


def compute_cost(free: Result, other: Result, other_bound: float | None = None) -> Gain:
    """What a plan that must do something loses against one that is free to do the same.

    Parameters
    ----------
    other_bound
        A further bound on plans of the other kind, besides the plan's own.
    """
    return compute_gain(other, free, without_bound=other_bound, at_least=0.0)


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


@dataclass(frozen=True, kw_only=True)
class ForcedVisit:
    """The best plan found with a stop at a place, and what it costs.

    Attributes
    ----------
    stops
        At the place, each with its route.
    losses
        Places that get fewer people than in the plan that is explained.
    """

    result: Result
    cost: Gain
    stops: tuple[tuple[Route, Stop], ...]
    losses: tuple[Loss, ...]


def describe_visit(
    context: ExplainContext, site_id: str, result: Result, other_bound: float | None = None
) -> ForcedVisit:
    """A plan with a stop at a site beside the plan that is explained.

    Parameters
    ----------
    other_bound
        A bound on plans with a stop there, besides that of the result; None = not known.
    """
    base = context.result
    return ForcedVisit(
        result=result,
        cost=compute_cost(base, result, other_bound),
        stops=tuple(entry for entry in result.plan.stops() if entry[1].site_id == site_id),
        losses=find_losses(context.plan, result.plan),
    )


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a place has no stop, or has one.

    Attributes
    ----------
    is_proven
        Whether the reason is proven; else it rests on what was found in the time there was.
    people
        Of the plan that is explained.
    expected
        People expected there; 0 where that is not known.
    cost_bound
        Proven: a plan with a stop there is worth at least so much less; 0 where nothing is.
    left_out
        Where the place is no site of the weekend.
    feasibility
        What came of every van-day, where the place is a site.
    forced
        The best plan found with a stop there, where one was made.
    changes, searched
        The minimal changes that would bring it in, and whether all parameters were tried.
    timed_out
        Whether the time was over before.
    restriction_lifted, unrestricted
        Of a place that is refused or closed: whether a plan was made as if it were not, and that
        plan if it goes there.
    others
        Of a stop that is made: other van-days, and what a stop then would cost; None = no plan with
        one was found.
    without
        Of a stop that is made: what is lost if nobody goes there.
    """

    venue: Venue
    code: Code
    is_proven: bool
    people: int
    expected: int = 0
    cost_bound: float = 0.0
    left_out: LeftOut | None = None
    feasibility: SiteFeasibility | None = None
    forced: ForcedVisit | None = None
    changes: tuple[MinimalChange, ...] = ()
    searched: bool = False
    timed_out: bool = False
    restriction_lifted: bool = False
    unrestricted: ForcedVisit | None = None
    others: tuple[tuple[Trial, Gain | None], ...] = ()
    without: Gain | None = None
