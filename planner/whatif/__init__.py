"""What if: scenarios solved side by side, and what is scarce."""

from planner.whatif.applying import KINDS, horizons
from planner.whatif.comparing import base_study, case_of, scenario_studies, seconds_each
from planner.whatif.scarcity import answers, questions, valued
from planner.whatif.scenario import Scenario, option, scenarios_of_options
from planner.whatif.scenario_file import scenarios_of_file

__all__ = [
    "KINDS",
    "Scenario",
    "answers",
    "base_study",
    "case_of",
    "horizons",
    "option",
    "questions",
    "scenario_studies",
    "scenarios_of_file",
    "scenarios_of_options",
    "seconds_each",
    "valued",
]
