"""Why: why a place is left out, what would bring it in, and why a stop is as it is."""

from planner.explain.counterfactual import Ground, visits
from planner.explain.explaining import Explanation, brief, explain, explaining, instead
from planner.explain.granting import granted
from planner.explain.reasons import Code, action
from planner.explain.writer import Teller

__all__ = [
    "Code",
    "Explanation",
    "Ground",
    "Teller",
    "action",
    "brief",
    "explain",
    "explaining",
    "granted",
    "instead",
    "visits",
]
