"""A plan joined with its district."""

from dataclasses import replace

import pytest

from planner.analysis.itinerary import Itinerary
from planner.errors import InputError
from tests.builders.horizons import horizon, result


def test_each_drive_ends_where_the_next_stop_is() -> None:
    """From the depot to the point to the school and home; 10 min each."""
    given = Itinerary(horizon(), result().plan)
    legs = given.legs(result().plan.routes[0])
    assert [(leg.origin, leg.destination) for leg in legs] == [(0, 1), (1, 2), (2, 0)]
    assert [(leg.leave_s, leg.arrive_s) for leg in legs] == [
        (27600, 28200),
        (35400, 36000),
        (43200, 43800),
    ]


def test_a_drive_without_a_road_between_is_a_line_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As between two places on one spot of a road: from place to place."""
    given = Itinerary(horizon(), result().plan)
    monkeypatch.setattr(type(given.horizon.travel), "line", lambda *places: ())
    first, *_ = given.lines(result().plan.routes[0])
    depot, venue = given.horizon.district.depots[0], given.stops(result().plan.routes[0])[0].venue
    assert first == ((depot.lat, depot.lon), (venue.lat, venue.lon))


def test_a_break_at_the_first_depot_comes_before_the_drive() -> None:
    """Leaving at 07.40 with 20 min of break and 10 of driving, it arrives at 08.10."""
    saturday = result().plan.routes[0]
    late = replace(saturday, stops=(replace(saturday.stops[0], arrive_s=29400),))
    leg = Itinerary(horizon(), result().plan).legs(late)[0]
    assert (leg.leave_s, leg.arrive_s) == (28800, 29400)


def test_a_plan_of_another_district_is_refused() -> None:
    """The point was taken out of its table, and the van got another name."""
    given = horizon()
    changed = replace(
        given,
        instance=replace(
            given.instance,
            sites=given.instance.sites[1:],
            vans=(replace(given.instance.vans[0], id="B"),),
        ),
    )
    expected = (
        "plan of 2026-W48: place 'P1' is not in the district folder any more; plan again\n"
        "plan of 2026-W48: van 'A' is not in the district folder any more; plan again"
    )
    with pytest.raises(InputError, match=expected):
        Itinerary(changed, result().plan)


@pytest.mark.parametrize(("van", "label"), [("A", "A1"), ("JB-1", "JB-1·1"), ("12", "12·1")])
def test_the_name_of_a_stop_parts_digits(van: str, label: str) -> None:
    """Stop 1 of van JB-1 is not JB-11."""
    (at, *_) = Itinerary(horizon(), result().plan).all_stops()
    assert replace(at, route=replace(at.route, van_id=van)).label(8) == label
