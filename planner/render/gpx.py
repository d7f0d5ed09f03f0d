"""The drives of a van-day as GPX, for the phone of the driver."""

from itertools import chain, groupby
from typing import Any

import gpxpy.gpx

from planner.analysis.itinerary import Itinerary, StopAt
from planner.district import DepotSite
from planner.i18n.words import Words
from planner.plan import Route
from planner.render.escape import to_line
from planner.render.geojson import DIGITS
from planner.render.ical import PROGRAM
from planner.store.file_names import file_names

NAME_LENGTH = 30
"""Of a waypoint, as receivers of Garmin show it; shorter screens still show how it begins."""


def build_tracks(itinerary: Itinerary) -> dict[str, bytes]:
    """``route-DATE-VAN.gpx`` for each van-day, in the order driven.

    Depots and stops are waypoints, and a route for devices that find their own way between them;
    the way itself is a track of one piece.
    """
    words = itinerary.horizon.district.office.words
    names = file_names(f"route-{route.date}-{route.van_id}" for route in itinerary.routes)
    return {
        f"{name}.gpx": _track(itinerary, route, words).encode()
        for name, route in zip(names, itinerary.routes, strict=True)
    }


def _track(itinerary: Itinerary, route: Route, words: Words) -> str:
    gpx = gpxpy.gpx.GPX()
    gpx.creator = PROGRAM
    gpx.name = to_line(f"{route.van_id} {words.long_date(route.date)}")
    gpx.description = itinerary.version_line
    vehicle = itinerary.vehicles[route.van_id]
    depots = {depot.id: _depot(depot) for depot in itinerary.horizon.district.depots}
    stops = [_stop(at, words) for at in itinerary.stops(route)]
    places = [depots[vehicle.start], *stops, depots[vehicle.end]]
    is_round = vehicle.start == vehicle.end
    gpx.waypoints = [gpxpy.gpx.GPXWaypoint(**place) for place in places[: -1 if is_round else None]]
    journey = gpxpy.gpx.GPXRoute(name=gpx.name)
    journey.points = [gpxpy.gpx.GPXRoutePoint(**place) for place in places]
    gpx.routes.append(journey)
    way = gpxpy.gpx.GPXTrack(name=gpx.name)
    # Each drive ends where the next begins, and phones follow one piece at a time.
    line = [point for point, _ in groupby(chain.from_iterable(itinerary.lines(route)))]
    points = [gpxpy.gpx.GPXTrackPoint(round(lat, DIGITS), round(lon, DIGITS)) for lat, lon in line]
    way.segments.append(gpxpy.gpx.GPXTrackSegment(points))
    gpx.tracks.append(way)
    return str(gpx.to_xml(version="1.1"))


def _depot(depot: DepotSite) -> dict[str, Any]:
    return {
        "latitude": round(depot.lat, DIGITS),
        "longitude": round(depot.lon, DIGITS),
        "name": to_line(depot.name, NAME_LENGTH),
        "comment": to_line(depot.name),
    }


def _stop(at: StopAt, words: Words) -> dict[str, Any]:
    """The order comes first, as small screens show no more than how a name begins."""
    return {
        "latitude": round(at.venue.lat, DIGITS),
        "longitude": round(at.venue.lon, DIGITS),
        "name": to_line(f"{at.order} {at.venue.name}", NAME_LENGTH),
        "comment": to_line(", ".join(filter(None, (at.venue.name, at.venue.address)))),
        "description": words.hours(at.stop.arrive_s, at.stop.depart_s),
    }
