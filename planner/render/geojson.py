"""The plan for geographic programs."""

import json
from datetime import date, datetime, time, timedelta
from itertools import chain, groupby
from typing import Any

from planner.analysis.itinerary import Itinerary, StopAt
from planner.horizon import LeftOut
from planner.plan import Route

DIGITS = 6
"""Of a degree; about 0.1 m."""

Feature = dict[str, Any]


def build_geojson(itinerary: Itinerary) -> str:
    """The features of a plan; texts are as the office wrote them, all else as programs read it."""
    collection = {
        "type": "FeatureCollection",
        "attribution": itinerary.horizon.travel.attribution,
        "features": plan_features(itinerary),
    }
    return json.dumps(collection, indent=1, ensure_ascii=False) + "\n"


def plan_features(itinerary: Itinerary) -> list[Feature]:
    """Routes as lines; depots, stops and places left out as points; property ``kind`` says which.

    Times are local, ``2026-11-28T08:00:00``.
    """
    return [
        *(_route(itinerary, route) for route in itinerary.routes),
        *(_stop(stop) for stop in itinerary.all_stops()),
        *(
            _point(depot.lat, depot.lon, kind="depot", depot=depot.id, name=depot.name)
            for depot in itinerary.horizon.district.depots
        ),
        *(_left_out(item) for item in itinerary.left_out),
    ]


def _route(itinerary: Itinerary, route: Route) -> Feature:
    legs = itinerary.legs(route)
    # Each leg ends where the next begins.
    line = [point for point, _ in groupby(chain.from_iterable(itinerary.lines(route)))]
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": [_position(*point) for point in line]},
        "properties": {
            "kind": "route",
            "van": route.van_id,
            "date": route.date.isoformat(),
            "leave": _moment(route.date, route.leave_s),
            "return": _moment(route.date, route.return_s),
            "stops": len(route.stops),
            "people": sum(stop.people for stop in route.stops),
            "drive_m": sum(leg.drive_m for leg in legs),
            "drive_s": sum(leg.drive_s for leg in legs),
            "straight_line_estimate": itinerary.horizon.travel.straight,
        },
    }


def _stop(at: StopAt) -> Feature:
    day, stop = at.route.date, at.stop
    return _point(
        at.venue.lat,
        at.venue.lon,
        kind="stop",
        van=at.route.van_id,
        date=day.isoformat(),
        order=at.order,
        label=at.label(len(at.route.van_id)),
        site=at.venue.id,
        name=at.venue.name,
        address=at.venue.address,
        contact=at.venue.contact,
        arrive=_moment(day, stop.arrive_s),
        setup=_moment(day, stop.setup_s),
        serve=_moment(day, stop.serve_s),
        packup=_moment(day, stop.packup_s),
        depart=_moment(day, stop.depart_s),
        break_start=_moment(day, at.crew_break[0]) if at.crew_break else None,
        break_end=_moment(day, at.crew_break[1]) if at.crew_break else None,
        people=stop.people,
        permission=at.venue.permission.value,
        draft=at.draft,
    )


def _left_out(item: LeftOut) -> Feature:
    venue = item.venue
    return _point(
        venue.lat,
        venue.lon,
        kind="left out",
        site=venue.id,
        name=venue.name,
        reason=item.reason.value,
        detail=item.detail,
        expected=item.expected,
    )


def _point(lat: float, lon: float, **properties: object) -> Feature:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": _position(lat, lon)},
        "properties": properties,
    }


def _position(lat: float, lon: float) -> list[float]:
    return [round(lon, DIGITS), round(lat, DIGITS)]


def _moment(day: date, time_s: int) -> str:
    return (datetime.combine(day, time()) + timedelta(seconds=time_s)).isoformat()
