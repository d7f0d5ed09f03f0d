"""What if: scenarios solved side by side, and what is scarce."""

from planner.whatif.marginal_questions import marginal_questions
from planner.whatif.scarcity import solve_questions, value_questions
from planner.whatif.scenario_plans import (
    make_case,
    seconds_per_scenario,
    solve_base,
    solve_scenarios,
)

__all__ = [
    "make_case",
    "marginal_questions",
    "seconds_per_scenario",
    "solve_base",
    "solve_questions",
    "solve_scenarios",
    "value_questions",
]
