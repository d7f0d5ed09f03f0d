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


def test_the_detour_of_a_diverted_van_is_driven_too() -> None:
    """Sent to its second stop on its way back to the depot: two drives of 5 km in place of one."""
    given, plan = horizon(), result()
    route = plan.plan.routes[0]
    depot = given.instance.depots[0].place
    figures = summarise_plan(given, plan, {(route.van_id, route.date, 1): depot})
    assert (figures.km, figures.drive_h) == (30.0, 1.0)
