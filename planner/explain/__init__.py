"""Why: why a place is left out, what would bring it in, and why a stop is as it is."""

from planner.explain.counterfactual import ExplainContext, has_stop_at
from planner.explain.explaining import (
    Explanation,
    ForcedVisit,
    compare_visits,
    explain,
    explain_omissions,
    explain_progressively,
)
from planner.explain.reasons import Code, action
from planner.explain.restrictions import without_restriction
from planner.explain.writer import ExplanationWriter

__all__ = [
    "Code",
    "ExplainContext",
    "Explanation",
    "ExplanationWriter",
    "ForcedVisit",
    "action",
    "compare_visits",
    "explain",
    "explain_omissions",
    "explain_progressively",
    "has_stop_at",
    "without_restriction",
]
