"""Charts of scenarios."""

from dataclasses import replace
from itertools import combinations
from math import dist

from planner.render.comparison_charts import DOT, scatter_chart
from planner.whatif.scenario_plans import make_case
from tests.builders.horizons import horizon, result


def test_cases_of_equal_values_have_one_mark_with_all_their_numbers() -> None:
    """The plan without changes and the first two scenarios; a third, with nobody, stands alone."""
    given = horizon()
    same = make_case(given, result())
    fewer = make_case(given, replace(result(), plan=replace(result().plan, routes=())))
    dots = scatter_chart([same, same, same, fewer], given.district.office.words)["dots"]
    assert [(dot["label"], dot["has_base"]) for dot in dots] == [("0,1,2", True), ("3", False)]
    assert tuple(dots[0]["mark"]) == dots[0]["spot"]


def test_a_mark_of_many_cases_has_the_first_of_their_numbers() -> None:
    """Six that are equal."""
    given = horizon()
    cases = [make_case(given, result())] * 6
    (dot,) = scatter_chart(cases, given.district.office.words)["dots"]
    assert dot["label"] == "0,1,2…"


def test_marks_of_a_chart_lie_apart_and_near_their_spots() -> None:
    """Five cases of nearly the same hours and people: marks lie around their spots."""
    given = horizon()
    cases = [make_case(given, replace(result(), people=87 + more)) for more in range(5)]
    dots = scatter_chart(cases, given.district.office.words)["dots"]
    assert len(dots) == 5
    assert all(dist(one["mark"], other["mark"]) >= 2 * DOT for one, other in combinations(dots, 2))
    assert all(dist(dot["spot"], dot["mark"]) <= 4 * DOT for dot in dots)
