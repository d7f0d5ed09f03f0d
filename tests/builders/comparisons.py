"""Plans to be compared."""

from planner.analysis.comparison import Case
from planner.horizon import build_horizon
from planner.plan import Plan, Result, Status
from planner.scenarios import scenarios_from_options
from planner.solvers import Limits
from planner.whatif.scenario_plans import make_case, solve_base, solve_scenarios
from tests.builders.districts import WEEK, district
from tests.builders.scenarios import build_horizons


def compare_scenarios() -> tuple[Case, list[Case]]:
    """The small district, and with its point closed, and with a van more."""
    given, limits = district(), Limits(iterations=20)
    asked = scenarios_from_options({"close": ["P1"], "vans": ["+1"]}, apart=True)
    changed = build_horizons(given, WEEK, asked)
    horizon = build_horizon(given, WEEK)
    base = solve_base(horizon, seed=0, limits=limits)
    found = solve_scenarios(changed, base, seed=0, limits=limits, processes=1)
    cases = [
        make_case(each, report.result, scenario)
        for each, report, scenario in zip(changed, found, asked, strict=True)
    ]
    return make_case(horizon, base.result), cases


def bounded_result(objective: float, bound: float | None, people: int, most: int | None) -> Result:
    """An empty plan with such a worth, such people, and bounds on both."""
    return Result(
        plan=Plan(),
        people=people,
        objective=objective,
        status=Status.TIME_LIMIT,
        seed=0,
        solver="columns",
        bound=bound,
        people_bound=most,
    )
