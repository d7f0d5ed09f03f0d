"""Plans that go on from another: after a disruption, around settled routes, mended by hand."""

from planner.replan.disruption import Disruption
from planner.replan.keep import check_plan_names, keep_routes
from planner.replan.replanning import ReplanResult, keep_promises, replan

__all__ = [
    "Disruption",
    "ReplanResult",
    "check_plan_names",
    "keep_promises",
    "keep_routes",
    "replan",
]
