"""A district whose vans have too little time, and what is asked of it."""

from dataclasses import replace

from planner.district import District, Venue
from planner.explain.context import ExplainContext
from planner.explain.explainer import LiftRestriction, explain_progressively
from planner.explain.explanation import Explanation
from planner.explain.writer import ExplanationWriter
from planner.horizon import Horizon, build_horizon
from planner.i18n.words import Words
from planner.plan import Plan
from planner.solvers import Limits, solve_with_duals
from tests.builders.districts import WEEK, district

ROUNDS = Limits(iterations=3)


def crowded_district(**changes: object) -> District:
    """The small district on one Saturday morning that is too short for all three places."""
    given = district()
    vans = tuple(replace(van, shifts={5: (28800, 43200)}, kits=1) for van in given.vehicles)
    return replace(replace(given, vehicles=vans), **changes)  # type: ignore[arg-type]


def context_of(horizon: Horizon, plan: Plan | None = None) -> ExplainContext:
    base = solve_with_duals(horizon.instance, limits=ROUNDS)
    return ExplainContext(
        instance=horizon.instance,
        plan=base.result.plan if plan is None else plan,
        base=base,
        limits=ROUNDS,
    )


def place(horizon: Horizon, venue_id: str) -> Venue:
    (found,) = (venue for venue in horizon.district.venues if venue.id == venue_id)
    return found


def explain_fully(
    horizon: Horizon,
    context: ExplainContext,
    venue: Venue,
    lift_restriction: LiftRestriction = lambda venue: None,
) -> Explanation:
    """What is said in the end."""
    *_, last = explain_progressively(horizon, context, venue, lift_restriction)
    return last


def told(horizon: Horizon, found: Explanation, language: str = "en") -> str:
    words = Words(language=language, timezone="WIB")
    return "\n".join(ExplanationWriter(horizon, words).sentences(found))


def crowded_context() -> tuple[Horizon, ExplainContext]:
    """The school takes the whole morning."""
    horizon = build_horizon(crowded_district(), WEEK)
    return horizon, context_of(horizon)
