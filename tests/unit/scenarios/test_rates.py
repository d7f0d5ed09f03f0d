"""How many come, and how long each takes."""

from dataclasses import replace

from planner.horizon import build_horizon
from tests.builders.districts import WEEK, district
from tests.unit.scenarios.weekends import horizon_with


def test_turnout_holds_for_all_for_a_kind_or_for_a_place() -> None:
    """Rows with their own follow too; a relative share ends at everybody."""
    given = district()
    own = tuple(replace(v, turnout=0.5) if v.id == "O1" else v for v in given.venues)
    given = replace(given, venues=own)

    def expected(*texts: str) -> list[int]:
        return [site.expected for site in horizon_with(given, turnout=list(texts)).instance.sites]

    assert [site.expected for site in build_horizon(given, WEEK).instance.sites] == [40, 40, 5]
    assert expected("1") == [80, 50, 10]
    assert expected("school=0.5") == [40, 25, 5]
    assert expected("O1=0.9") == [40, 40, 9]
    assert expected("x3") == [80, 50, 10]


def test_minutes_per_person_hold_likewise() -> None:
    """Five minutes everywhere; a tenth more at the school."""
    found = horizon_with(district(), minutes_per_person=["5", "S1=x1.1"])
    assert [site.seconds_per_person for site in found.instance.sites] == [300, 330, 300]
