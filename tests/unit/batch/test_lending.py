"""Vans lent between districts."""

from pathlib import Path
from typing import Any

import pytest

from planner.batch.job import LentVan, Request
from planner.batch.lending import choose_loans, prove_gain
from planner.batch.van_values import plan_with_loans, value_vans
from planner.office.search import Search
from tests.builders.folders import sound_folder

DAY = "2026-11-28"


def district(lon: float, more: float, less: float, **others: float) -> dict[str, Any]:
    """Depots on one parallel; a shift of ten hours; driving costs a person in 15 minutes."""
    date = {
        "more": {"worth": more},
        "less": {"worth": less},
        "van": "A",
        "kits": 2,
        "shift": (25_200, 61_200),
    }
    return {"lat": 0.0, "lon": lon, "worth_s": 900.0, "dates": {DAY: date}, **others}


def test_a_van_goes_where_it_records_more() -> None:
    """From where it is worth 10 to where it is worth 80, 11 km away."""
    (loan,) = choose_loans({"a": district(0.0, 5, 10), "b": district(0.1, 80, 70)})
    assert (loan.lender, loan.borrower) == ("a", "b")
    assert loan.travel_s == pytest.approx(11.1 * 1.4 / 35 * 3600, rel=0.01)
    assert loan.promised == pytest.approx(
        80 * (1 - 2 * loan.travel_s / 36_000) - 10 - 3.56, abs=0.1
    )


def test_a_van_that_would_drive_too_long_stays() -> None:
    """111 km are more than two hours."""
    assert choose_loans({"a": district(0.0, 5, 10), "b": district(1.0, 80, 70)}) == ()


def test_a_district_lends_or_borrows_once_a_date() -> None:
    """Two want the only van of a; it goes where it brings more, and b lends nothing on."""
    values = {
        "a": district(0.0, 0, 10),
        "b": district(0.1, 80, 60),
        "c": district(0.1, 90, 85),
    }
    loans = choose_loans(values)
    assert [(loan.lender, loan.borrower) for loan in loans] == [("a", "c")]


def test_a_gain_is_proven_by_plans_and_bounds_of_both() -> None:
    """a falls from 50 to 40, b rises from 60 to 130; less 3.6 for driving."""
    before = {
        "a": district(0.0, 5, 10, people=50, objective=50.0, bound=51.0),
        "b": district(0.1, 80, 70, people=60, objective=60.0, bound=62.0),
    }
    after = {
        "a": {"people": 40, "objective": 40.0, "bound": 41.0},
        "b": {"people": 130, "objective": 130.0, "bound": 133.0},
    }
    lending = prove_gain(choose_loans(before), before, after)
    assert lending.people == 60
    assert lending.worth == pytest.approx(60 - 3.56, abs=0.1)
    assert lending.worth_least == pytest.approx(57 - 3.56, abs=0.1)
    assert lending.worth_most == pytest.approx(64 - 3.56, abs=0.1)


def test_what_is_not_proven_is_not_known() -> None:
    """A district without a bound leaves the gain without limits."""
    before = {
        "a": district(0.0, 5, 10, people=50, objective=50.0, bound=51.0),
        "b": district(0.1, 80, 70, people=60, objective=60.0, bound=62.0),
    }
    after = {key: {"people": 1, "objective": 1.0, "bound": None} for key in before}
    lending = prove_gain(choose_loans(before), before, after)
    assert lending.worth_most is None


@pytest.mark.slow
def test_a_district_is_valued_and_planned_again_with_its_loans(tmp_path: Path) -> None:
    """Without its only van on Saturday it has less by just what that was said to be worth."""
    sound_folder(tmp_path)
    request = Request(use_case="lend", week="2026-W48", search=Search(iterations=5, cores=1))
    figures = value_vans(tmp_path, request).figures
    value = figures["dates"][DAY]
    gone = LentVan(day=DAY, van=value["van"], kits=value["kits"], shift=value["shift"])
    lending = Request(use_case="lend", week="2026-W48", search=request.search, loans=(gone,))
    after = plan_with_loans(tmp_path, lending).figures
    assert figures["objective"] - after["objective"] == pytest.approx(value["less"]["worth"])
    assert not (tmp_path / "plans").exists()
