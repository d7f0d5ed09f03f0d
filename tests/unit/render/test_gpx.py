"""The drives as tracks, read by gpxpy."""

from dataclasses import replace

import gpxpy
from gpxpy.gpx import GPX

from planner.analysis.itinerary import Itinerary
from planner.render.gpx import NAME_LENGTH, build_tracks
from tests.builders.horizons import horizon, itinerary, result


def saturday(given: Itinerary) -> GPX:
    return gpxpy.parse(build_tracks(given)["route-2026-11-28-A.gpx"].decode())


def test_places_stand_in_the_order_of_the_journey() -> None:
    """Saturday: from the depot to two stops and back; the depot is a waypoint once."""
    track = saturday(itinerary())
    names = ["Kantor", "1 Nama P1", "2 Nama S1"]
    assert [point.name for point in track.waypoints] == names
    (route,) = track.routes
    assert [point.name for point in route.points] == [*names, "Kantor"]
    first, *_, last = track.tracks[0].segments[0].points
    ends = {(point.latitude, point.longitude) for point in (first, last)}
    assert ends == {(track.waypoints[0].latitude, track.waypoints[0].longitude)}
    assert track.time is None


def test_a_track_states_the_version_of_the_plan() -> None:
    """The third one of the week."""
    files = build_tracks(Itinerary(horizon(), result().plan, 3))
    descriptions = {gpxpy.parse(content.decode()).description for content in files.values()}
    assert descriptions == {"2026-W48, versi 3"}


def test_the_way_is_one_piece() -> None:
    """North; south, then east; home. Each drive ends where the next begins."""
    (way,) = saturday(itinerary()).tracks
    (segment,) = way.segments
    points = [(point.latitude, point.longitude) for point in segment.points]
    assert points == [
        *((-7.03, 110.0), (-7.0, 110.0)),
        *((-7.01, 110.0), (-7.01, 110.01)),
        *((-7.03, 110.01), (-7.03, 110.0)),
    ]


def test_a_name_is_short_and_begins_with_the_order() -> None:
    """A name of 60 characters stands whole in the comment."""
    given, long = horizon(), "Balai pertemuan " + "warga " * 8
    venues = tuple(replace(venue, name=long) for venue in given.venues)
    point = saturday(Itinerary(replace(given, venues=venues), result().plan)).waypoints[2]
    assert str(point.name).startswith("2 Balai pertemuan")
    assert len(str(point.name)) <= NAME_LENGTH
    assert str(point.comment).startswith(long.strip())


def test_a_van_that_ends_elsewhere_has_both_depots() -> None:
    """From the office to a garage."""
    given = horizon()
    depot = given.district.depots[0]
    garage = replace(depot, id="garasi", name="Garasi", lat=depot.lat - 0.01)
    vehicles = tuple(replace(vehicle, end="garasi") for vehicle in given.district.vehicles)
    district = replace(given.district, depots=(depot, garage), vehicles=vehicles)
    names = [
        point.name
        for point in saturday(Itinerary(replace(given, district=district), result().plan)).waypoints
    ]
    assert names == ["Kantor", "1 Nama P1", "2 Nama S1", "Garasi"]
