"""What if: scenarios solved side by side, and what is scarce."""

from planner.whatif.applying import KINDS, build_horizons
from planner.whatif.comparing import make_case, seconds_per_scenario, solve_base, solve_scenarios
from planner.whatif.scarcity import marginal_questions, rank_worths, solve_questions
from planner.whatif.scenario import Scenario, option_flag, scenarios_from_options
from planner.whatif.scenario_file import scenarios_from_file

__all__ = [
    "KINDS",
    "Scenario",
    "build_horizons",
    "make_case",
    "marginal_questions",
    "option_flag",
    "rank_worths",
    "scenarios_from_file",
    "scenarios_from_options",
    "seconds_per_scenario",
    "solve_base",
    "solve_questions",
    "solve_scenarios",
]
