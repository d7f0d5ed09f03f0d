"""Explains a place: why it has no stop in a plan, or why it has the one it has."""

from collections.abc import Iterator

from planner.district import Venue
from planner.explain.context import ExplainContext
from planner.explain.explanation import Explanation
from planner.explain.omission import (
    LiftRestriction,
    explain_excluded,
    explain_omission,
    summarise_excluded,
    summarise_omission,
)
from planner.explain.visit import explain_visit
from planner.horizon import Horizon


def explain_omissions(horizon: Horizon, context: ExplainContext) -> tuple[Explanation, ...]:
    """Every place without a stop, with its reason as far as no further solve is needed."""
    people, served = context.result.people, context.plan.served()
    return (
        *(summarise_excluded(item, people) for item in horizon.left_out),
        *(summarise_omission(context, venue) for venue in horizon.venues if venue.id not in served),
    )


def explain_progressively(
    horizon: Horizon,
    context: ExplainContext,
    venue: Venue,
    *,
    lift_restriction: LiftRestriction = lambda venue: None,
) -> Iterator[Explanation]:
    """Why a place has no stop in the plan, or why it has the one it has, as it becomes known.

    First the reason, then the same with one minimal change more each time.

    Parameters
    ----------
    venue
        Any of the district.
    lift_restriction
        The weekend in which a refused or closed place is neither, or None where there is none.
    """
    if venue.id in context.plan.served():
        yield explain_visit(context, venue)
    elif venue.id not in horizon.instance.site_index:
        yield explain_excluded(horizon, context, venue, lift_restriction)
    else:
        yield from explain_omission(context, venue)
