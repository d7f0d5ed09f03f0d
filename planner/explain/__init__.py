"""Why: why a place is left out, what would bring it in, and why a stop is as it is."""

from planner.explain.changed_instances import without_restriction
from planner.explain.context import ExplainContext
from planner.explain.explainer import explain_omissions, explain_progressively
from planner.explain.explanation import Explanation, ForcedVisit
from planner.explain.reasons import Code
from planner.explain.visit import compare_visits
from planner.explain.writer import ExplanationWriter

__all__ = [
    "Code",
    "ExplainContext",
    "Explanation",
    "ExplanationWriter",
    "ForcedVisit",
    "compare_visits",
    "explain_omissions",
    "explain_progressively",
    "without_restriction",
]
