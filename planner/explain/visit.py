"""Why a stop is made by the van and on the date it is made."""

from planner.district import Venue
from planner.explain.changed_instances import restrict_to_van_day, with_closed_site
from planner.explain.context import Counterfactual, ExplainContext
from planner.explain.explanation import (
    Explanation,
    ForcedVisit,
    compute_cost,
    describe_visit,
)
from planner.explain.feasibility import Feasibility, SiteFeasibility, Trial, site_feasibility
from planner.explain.reasons import Code
from planner.model import Instance
from planner.plan import Result

MAX_OTHERS = 8
"""Other van-days that a stop is compared with: those of its date first."""


def explain_visit(context: ExplainContext, venue: Venue) -> Explanation:
    """What other vans and dates, and no stop at all, would cost."""
    base, instance, site_id = context.result, context.instance, venue.id
    visit = describe_visit(context, site_id, base)
    trials = site_feasibility(instance, site_id)
    others = _other_trials(visit, trials)
    feasible = [trial for trial in others if trial.feasibility is not Feasibility.IMPOSSIBLE]
    without, *reports = context.solve_all(
        Counterfactual(instance=with_closed_site(instance, site_id), is_headline=True),
        *(
            Counterfactual(
                instance=restrict_to_van_day(instance, site_id, trial.van_id, trial.date),
                site_id=site_id,
            )
            for trial in feasible
        ),
    )
    costs = {
        trial: compute_cost(base, report.result)
        for trial, report in zip(feasible, reports, strict=True)
        if site_id in report.result.plan.served()
    }
    return Explanation(
        venue=venue,
        code=Code.VISITED,
        is_proven=False,
        people=base.people,
        expected=instance.site(site_id).max_people,
        feasibility=trials,
        forced=visit,
        others=tuple((trial, costs.get(trial)) for trial in others),
        without=compute_cost(base, without.result),
    )


def explain_past_visit(instance: Instance, result: Result, venue: Venue) -> Explanation:
    """A stop that is over or begun, about which nothing can be decided any more."""
    stops = tuple(entry for entry in result.plan.stops() if entry[1].site_id == venue.id)
    return Explanation(
        venue=venue,
        code=Code.VISITED,
        is_proven=True,
        people=result.people,
        expected=instance.site(venue.id).max_people,
        forced=ForcedVisit(
            result=result, cost=compute_cost(result, result), stops=stops, losses=()
        ),
    )


def _other_trials(visit: ForcedVisit, trials: SiteFeasibility) -> list[Trial]:
    """Of van-days that do not stop there now, those of its dates first."""
    own = {(route.van_id, route.date) for route, _ in visit.stops}
    dates = {day for _, day in own}
    others = [trial for trial in trials.trials if (trial.van_id, trial.date) not in own]
    return sorted(others, key=lambda trial: trial.date not in dates)[:MAX_OTHERS]


def compare_visits(context: ExplainContext, here: str, there: str) -> ForcedVisit | None:
    """The best plan found that goes to one place and not to another; None where none was found."""
    closed = with_closed_site(context.instance, here)
    asked = Counterfactual(instance=closed, site_id=there, is_headline=True)
    result = context.solve(asked).result
    return describe_visit(context, there, result) if there in result.plan.served() else None
