"""What is odd about a district without being wrong."""

from dataclasses import replace

import pytest

from planner.district import Permission
from planner.inputs.warnings import district_warnings
from planner.venues import POINT
from tests.builders.districts import district, venue

NO_ROADS = "there is no road file: driving is estimated along straight lines"


def test_a_small_district_is_odd_in_one_way() -> None:
    """It has no road file."""
    assert list(district_warnings(district())) == [NO_ROADS]


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"neighbourhoods": (), "venues": ()}, "all counts are 0: nobody is left to record"),
        (
            {"venues": (venue("P1", POINT, -7.0, permission=Permission.SENT),)},
            "no permission is 'disetujui': every stop will be a draft",
        ),
        (
            {"venues": (venue("P1", POINT, -7.0), venue("P2", POINT, -7.0))},
            "P1, P2 have the same coordinates",
        ),
        (
            {"vehicles": (replace(district().vehicles[0], shifts={0: (27000, 50400)}),)},
            "van A has no shift on the service days Sab, Min",
        ),
        (
            {"vehicles": (replace(district().vehicles[0], van_class="smal"),)},
            "vans of class 'smal' are driven as large ones, which use no alleys;"
            " did you mean 'small'?",
        ),
        (
            {"vehicles": (replace(district().vehicles[0], van_class="minibus"),)},
            "vans of class 'minibus' are driven as large ones, which use no alleys;"
            " write small if they fit into alleys",
        ),
    ],
)
def test_each_oddity_is_told(changes: dict[str, object], warning: str) -> None:
    """Nobody to record, no permission, two places in one, a van that stays at home."""
    assert warning in list(district_warnings(district(**changes)))


@pytest.mark.parametrize(
    ("code", "given", "zone"),
    [("64.71", "WIB", "WITA"), ("91.03", "WITA", "WIT"), ("31.71", "WIT", "WIB")],
)
def test_the_time_zone_is_that_of_the_province(code: str, given: str, zone: str) -> None:
    """Balikpapan has WITA; codes of no province are not looked at."""
    office = replace(district().office, code=code, timezone=given)
    expected = f"planner.toml [office] timezone: '{given}', but {code} has {zone}; write {zone}"
    assert expected in [*district_warnings(district(office=office))]
    right = replace(office, timezone=zone)
    assert list(district_warnings(district(office=right))) == [NO_ROADS]
