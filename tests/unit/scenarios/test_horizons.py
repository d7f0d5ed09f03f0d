"""Changes make the weekend of a scenario; what cannot be is named."""

import pytest

from planner.errors import InputError
from planner.horizon import build_horizon
from planner.scenarios import scenarios_from_options
from tests.builders.districts import WEEK, district
from tests.builders.scenarios import build_horizons
from tests.unit.scenarios.weekends import horizon_with


def test_nothing_changes_without_changes() -> None:
    """A weight of 1 is what it was."""
    one, other = build_horizon(district(), WEEK), horizon_with(district(), weight=["1"])
    assert one.instance.sites == other.instance.sites
    assert one.instance.vans == other.instance.vans


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("vans", "0", "--vans: '0' is below 1"),
        ("vans", "A=-1", "--vans: '0' is below 1"),
        ("vans", "+x", "'\\+x' is not a number"),
        ("without_van", "Z", "--without-van: 'Z' is not a van; use one of: A"),
        ("without_van", "A", "'A' is the only van; keep one or more"),
        ("shift", "tutup", "'tutup' is not a shift"),
        ("kits", "A=0", "--kits: '0' is below 1"),
        ("kits", "1.5", "'1.5' is not a whole number"),
        ("kits", "A=1000000000", "--kits: '1000000000' is above 100; use 1 to 100"),
        ("vans", "+1e30", "--vans: '1e30' is too large"),
        ("vans", "+1e6", "--vans: '1000001' is above 1000; use 1 to 1000"),
        ("cards", "2000000", "--cards: '2000000' is above 1000000; use 0 to 1000000"),
        ("weight", "x1e9", "--weight: .* is above 1000000"),
        ("close", "P2", "--close: 'P2' is not a place; did you mean 'P1'?"),
        ("open", "P1", "'P1' names no hours; write for example 'P1=08.00-12.00'"),
        ("permit", "SMAN", "'SMAN' is not a place"),
        ("turnout", "1.5", "--turnout: '1.5' is above 1"),
        ("turnout", "schol=0.5", "'schol' is not a place; did you mean 'school'?"),
        ("minutes_per_person", "0", "'0' is not above 0"),
        ("weight", "P1=-3", "--weight: '-2' is negative"),
        ("day", "+2026-11-28", "--day: 2026-11-28 is already planned for; name another date"),
        ("day", "-2026-11-21", "2026-11-21 is not planned for; use one of: 2026-11-28"),
        (
            "close",
            "P1@2026-12-05",
            "--close: 2026-12-05 is not planned for; use one of:",
        ),
        ("open", "P1@2026-12-05=08.00-10.00", "2026-12-05 is not planned for"),
        ("day", "besok", "'besok' is not a date"),
        ("set", "walk=3", "--set: 'walk' is not a setting; did you mean 'walk_m'?"),
    ],
)
def test_what_cannot_be_is_named(kind: str, text: str, told: str) -> None:
    """Where, what, and what to do."""
    with pytest.raises(InputError, match=told):
        horizon_with(district(), **{kind: [text]})


@pytest.mark.parametrize(
    ("share", "told"), [("abc", "'abc' is not a number"), ("1.5", "'1.5' is above 1")]
)
def test_what_concerns_no_place_is_checked_too(share: str, told: str) -> None:
    """A turnout of schools, of which the district has none."""
    places = tuple(venue for venue in district().venues if venue.type.key != "school")
    with pytest.raises(InputError, match=f"--turnout: {told}"):
        horizon_with(district(venues=places), turnout=[f"school={share}"])


def test_all_problems_of_all_scenarios_are_told_at_once() -> None:
    """Two scenarios, two mistakes."""
    asked = scenarios_from_options({"without_van": ["Z"], "close": ["Q"]}, apart=True)
    with pytest.raises(InputError, match=r"'Z' is not a van(?s:.)*'Q' is not a place"):
        build_horizons(district(), WEEK, asked)
