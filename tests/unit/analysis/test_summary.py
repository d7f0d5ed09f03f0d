"""What a plan comes to, in numbers."""

from dataclasses import replace

from planner.analysis.summary import summarise_plan
from planner.plan import Plan
from tests.builders.horizons import horizon, result


def test_the_summary_counts_the_plan() -> None:
    """Five drives of 10 min and 5 km; vans are away 4.5 h and 2 h 20 min."""
    figures = summarise_plan(horizon(), result())
    assert (figures.people, figures.left, figures.stops, figures.routes) == (70, 70, 3, 2)
    assert (figures.km, figures.drive_h, figures.van_h) == (25.0, 0.83, 6.83)
    assert round(figures.recordings_per_van_h, 1) == 10.2
    assert figures.drafts == ("Nama S1",)
    assert figures.left_out == {"permission refused": 1}
    assert figures.gap is None


def test_a_plan_without_stops_has_a_rate_of_nothing() -> None:
    """No route, no division by zero."""
    figures = summarise_plan(horizon(), replace(result(people=0), plan=Plan()))
    assert (figures.stops, figures.recordings_per_van_h, figures.left) == (0, 0.0, 140)
