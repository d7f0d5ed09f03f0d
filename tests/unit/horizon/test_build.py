"""A district becomes an instance; what is not in it is named with its reason."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.district import Decay, DepotSite, SpeedBand, Speeds
from planner.errors import InputError
from planner.horizon import (
    LeftOutReason,
    build_horizon,
    unvisited_venues,
    usual_speeds,
)
from planner.plan import Plan
from planner.venues import POINT
from tests.builders.districts import SUNDAY, WEEK, closure, district, venue
from tests.builders.town import STEP, STREETS, write_extract


def test_each_person_is_expected_once() -> None:
    """20 of 100 residents are pupils: 80 x 0.5 at home, 50 x 0.8 at school; 10 x 0.7 staff.

    The pupils may come to the point too, 20 x 0.5, which makes 50 there, but not 97 in all.
    """
    horizon = build_horizon(district(), WEEK)
    assert [site.expected for site in horizon.instance.sites] == [0, 24, 7]
    assert [site.max_people for site in horizon.instance.sites] == [50, 40, 7]
    assert horizon.instance.catchments.capacity(range(3)) == 40 + 40 + 7
    assert horizon.backlog == 100 + 30 + 10


def test_pupils_of_a_closed_school_are_expected_at_home() -> None:
    """Without the school all 100 residents come to the point or nowhere."""
    given = district(calendar=(closure("S1", "ujian"), closure("S1", "ujian", SUNDAY)))
    horizon = build_horizon(given, WEEK)
    assert [site.max_people for site in horizon.instance.sites] == [50, 7]


def test_people_beyond_walking_distance_are_counted() -> None:
    """800 m to walk are 615 m of straight line; 0.01 degrees are 1,112 m."""
    homes = district().neighbourhoods
    given = district(neighbourhoods=(homes[0], replace(homes[1], lat=-6.99)))
    assert build_horizon(given, WEEK).uncovered == 30


def test_people_may_come_to_any_point_in_reach() -> None:
    """Those 111 m from P1 and 222 m from P2 are 50 at either and no more at both."""
    points = (venue("P1", POINT, -7.0), venue("P2", POINT, -7.003))
    instance = build_horizon(district(venues=points), WEEK).instance
    assert [site.max_people for site in instance.sites] == [50, 50]
    assert instance.catchments.capacity([0, 1]) == 50


def test_fewer_come_from_farther_away() -> None:
    """With odds 0.84 times as high per 100 m: 145 m to P1 and 289 m to P2."""
    points = (venue("P1", POINT, -7.0), venue("P2", POINT, -7.003))
    given = district(venues=points)
    given = replace(given, rates=replace(given.rates, decay=Decay.ODDS))
    assert [site.max_people for site in build_horizon(given, WEEK).instance.sites] == [43, 37]


def test_hours_of_the_day_count_as_far_as_vans_are_out_in_them() -> None:
    """Saturdays until 10.00, which is 2.5 of the 13 hours of both shifts, take twice as long."""
    early = SpeedBand(hours={5: ((0, 36000),)}, factor=2.0)
    slow = build_horizon(district(speeds=Speeds(bands=(early,))), WEEK).instance
    usual = build_horizon(district(), WEEK).instance
    expected = usual.drive_s * (1 + 2.5 / 13)
    assert slow.drive_s == pytest.approx(expected, abs=1)
    assert (slow.drive_s > usual.drive_s).any()


def test_a_week_without_shifts_has_the_usual_speeds() -> None:
    """Nobody drives; roads are measured all the same."""
    early = SpeedBand(hours={0: ((0, 36000),)}, factor=2.0)
    given = district(speeds=Speeds(bands=(early,)))
    assert (
        build_horizon(given, WEEK).instance.drive_s
        == build_horizon(district(), WEEK).instance.drive_s
    ).all()
    assert usual_speeds(given) == Speeds()


def test_sites_without_a_stop_are_outweighed() -> None:
    """An empty plan leaves out every site."""
    found = unvisited_venues(build_horizon(district(), WEEK), Plan())
    assert [(item.venue.id, item.reason) for item in found] == [
        ("P1", LeftOutReason.OUTWEIGHED),
        ("S1", LeftOutReason.OUTWEIGHED),
        ("O1", LeftOutReason.OUTWEIGHED),
    ]


def degrees(north: float, east: float) -> dict[str, Any]:
    """Coordinates so many hundred metres north and east of the corner A of the town."""
    return {"lat": north * STEP / 1e7, "lon": east * STEP / 1e7}


def test_a_depot_beyond_the_road_file_is_told_with_all_that_lies_there(tmp_path: Path) -> None:
    """The file has roads around A; depot, two of three places and one of two rows are 5 km off."""
    given = district()
    near, far = degrees(0, 1), degrees(50, 1)
    given = replace(
        given,
        roads=write_extract(tmp_path / "roads.osm.pbf"),
        depots=(DepotSite(id="K", name="Kantor", **far),),
        venues=tuple(map(lambda v, at: replace(v, **at), given.venues, (near, far, far))),
        neighbourhoods=tuple(
            map(lambda h, at: replace(h, **at), given.neighbourhoods, (near, far))
        ),
    )
    told = (
        r"roads\.osm\.pbf: covers only a part of the district: Kantor, 2 of 3 places and 1 of 2 RT"
        r" rows lie where it has no roads; cut it anew out of a larger extract, with .* --cut$"
    )
    with pytest.raises(InputError, match=told):
        build_horizon(given, WEEK)


def test_a_depot_that_no_van_can_leave_is_told_once_for_all_classes(tmp_path: Path) -> None:
    """On a footway far from all streets, with a small and a large van."""
    given = district()
    streets = {**STREETS, "ST": {"highway": "footway"}}
    (van,) = given.vehicles
    given = replace(
        given,
        roads=write_extract(tmp_path / "roads.osm.pbf", streets),
        depots=(DepotSite(id="K", name="Kantor", **degrees(0, 20)),),
        venues=tuple(replace(v, **degrees(0, 1)) for v in given.venues),
        neighbourhoods=tuple(replace(h, **degrees(0, 1)) for h in given.neighbourhoods),
        vehicles=(van, replace(van, id="B", van_class="large")),
    )
    with pytest.raises(InputError, match=r"^depots Kantor: vans of class 'large', 'small' cannot"):
        build_horizon(given, WEEK)
