"""What is understood of a district."""

from dataclasses import replace

from planner.analysis.overview import Overview
from planner.horizon import build_horizon
from tests.builders.districts import WEEK, district


def test_people_are_summed_as_siak_does() -> None:
    """Of 5 more in a row 3 are not there any more: the sum is that of all rows less those."""
    before = Overview(build_horizon(district(), WEEK))
    official, gone, twice = before.counted
    assert official - gone - twice == before.horizon.backlog
    given = district()
    home = given.neighbourhoods[0]
    more = replace(home, unrecorded=home.unrecorded + 5, unreachable=home.unreachable + 3)
    changed = replace(given, neighbourhoods=(more, *given.neighbourhoods[1:]))
    after = Overview(build_horizon(changed, WEEK))
    assert after.counted == (official + 5, gone + 3, twice)
    assert after.horizon.backlog == before.horizon.backlog + 2
