"""Pictures of several plans on the same ground."""

from planner.render.comparison_map import draw_base_map, draw_plan, fit_series
from planner.render.style import COLOURS
from tests.builders.horizons import itinerary

PLAN = itinerary()
SERIES = fit_series([PLAN, PLAN])


def test_a_plan_shows_its_routes_by_day_and_its_stops_by_van() -> None:
    """Saturday's line is solid, Sunday's dashed; one van, one colour."""
    svg = draw_plan(PLAN, SERIES, gained=(), lost=())
    assert svg.count(f'stroke="{COLOURS[0]}" stroke-width="14" stroke-dasharray=""') == 1
    assert svg.count(f'stroke="{COLOURS[0]}" stroke-width="14" stroke-dasharray="60 30"') == 1
    assert [svg.count(f">{label}</text>") for label in ("A1", "A2")] == [2, 1]


def test_new_stops_have_a_ring_and_lost_ones_a_cross() -> None:
    """The point is new; another place is visited no more."""
    plain, marked = (
        draw_plan(PLAN, SERIES, gained=gained, lost=lost)
        for gained, lost in (((), ()), (("P1",), [(-7.0, 110.0)]))
    )
    assert marked.count("<circle") == plain.count("<circle") + 1
    assert marked.count("M-30-30") == 2


def test_the_ground_credits_its_roads() -> None:
    """Two roads and a depot, and whose the roads are; the border lies out of sight."""
    svg = draw_base_map(PLAN.horizon, SERIES)
    assert "© Jalan &#38; Kawan" in svg
    assert svg.count("<path") == 3
