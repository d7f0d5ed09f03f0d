"""Names of scenarios, and changes that would be lost."""

import pytest

from planner.errors import InputError
from planner.scenarios import scenarios_from_options
from tests.builders.districts import WEEK, district
from tests.builders.scenarios import build_horizons
from tests.unit.scenarios.weekends import horizon_with


@pytest.mark.parametrize(
    ("kind", "texts", "told"),
    [
        ("kits", ["A=2", "a=3"], "--kits: 'A=2' and 'a=3' set the same thing; keep one of them"),
        ("kits", ["A=3", "2"], "--kits: 'A=3' and '2' set the same thing"),
        ("turnout", ["x0.9", "0.5"], "--turnout: 'x0.9' and '0.5' set the same thing"),
        (
            "set",
            ["walk_m=500", "rates.walk_m=900"],
            "'rates.walk_m=500' and 'rates.walk_m=900' set the",
        ),
        ("open", ["P1=08.00-09.00", "P1=08.00-10.00"], "set the same thing"),
    ],
)
def test_a_value_that_another_one_would_replace_is_refused(
    kind: str, texts: list[str], told: str
) -> None:
    """The last one would hold, and nobody would learn that the first is lost."""
    with pytest.raises(InputError, match=told):
        horizon_with(district(), **{kind: texts})


def test_each_option_apart_may_be_about_the_same() -> None:
    """Two and three kits are compared."""
    asked = scenarios_from_options({"kits": ["A=2", "A=3"]}, apart=True)
    two, three = build_horizons(district(), WEEK, asked)
    assert (two.instance.vans[0].kits, three.instance.vans[0].kits) == (2, 3)


def test_two_scenarios_of_one_name_are_refused() -> None:
    """They could not be told apart in the table."""
    asked = scenarios_from_options({"vans": ["+1"]}, name="lagi")
    with pytest.raises(InputError, match="scenario 'lagi': this name is already used"):
        build_horizons(district(), WEEK, asked * 2)
