"""The demonstration."""

from pathlib import Path

import pytest

from planner.cli.example_week import DEMO_ITERATIONS, DEMO_WEEK
from planner.formats import plan_bytes
from planner.office.district_folder import copy_example, read_district
from planner.office.plan import plan_week
from planner.office.search import Search

README = Path(__file__).parents[3] / "README.md"


@pytest.mark.slow
def test_everybody_sees_the_same_plan(tmp_path: Path) -> None:
    """Byte for byte, on one core and on two; README.md says how many people it records."""
    district = read_district(copy_example(tmp_path / "kota-contoh"))
    first, second = (
        plan_week(
            district, DEMO_WEEK, search=Search(iterations=DEMO_ITERATIONS, cores=cores)
        ).result
        for cores in (1, 2)
    )
    assert plan_bytes(first) == plan_bytes(second)
    assert f"{first.people} people" in README.read_text(encoding="utf-8")
