"""The drives of a van-day as GPX, for the phone of the driver."""

import gpxpy.gpx

from planner.analysis.itinerary import Itinerary
from planner.i18n.words import Words
from planner.plan import Route
from planner.render.escape import to_line
from planner.render.ical import PROGRAM
from planner.render.letterhead import version_line
from planner.store.file_names import file_names


def build_tracks(itinerary: Itinerary) -> dict[str, bytes]:
    """``route-DATE-VAN.gpx`` for each van-day: the way as a track, depots and stops as points."""
    words = itinerary.horizon.district.office.words
    names = file_names(f"route-{route.date}-{route.van_id}" for route in itinerary.routes)
    return {
        f"{name}.gpx": _track(itinerary, route, words).encode()
        for name, route in zip(names, itinerary.routes, strict=True)
    }


def _track(itinerary: Itinerary, route: Route, words: Words) -> str:
    track = gpxpy.gpx.GPX()
    track.creator = PROGRAM
    track.name = to_line(f"{route.van_id} {words.long_date(route.date)}")
    track.description = version_line(itinerary)
    vehicle = itinerary.vehicles[route.van_id]
    track.waypoints = [
        gpxpy.gpx.GPXWaypoint(depot.lat, depot.lon, name=to_line(depot.name))
        for depot in itinerary.horizon.district.depots
        if depot.id in {vehicle.start, vehicle.end}
    ] + [
        gpxpy.gpx.GPXWaypoint(
            at.venue.lat,
            at.venue.lon,
            name=to_line(f"{at.order} {at.venue.name}"),
            description=words.hours(at.stop.arrive_s, at.stop.depart_s),
        )
        for at in itinerary.stops(route)
    ]
    way = gpxpy.gpx.GPXTrack(name=track.name)
    for line in itinerary.lines(route):
        points = [gpxpy.gpx.GPXTrackPoint(round(lat, 6), round(lon, 6)) for lat, lon in line]
        way.segments.append(gpxpy.gpx.GPXTrackSegment(points))
    track.tracks.append(way)
    return str(track.to_xml(version="1.1"))
