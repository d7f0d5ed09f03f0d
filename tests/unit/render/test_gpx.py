"""The drives as tracks."""

import gpxpy

from planner.analysis.itinerary import Itinerary
from planner.render.gpx import build_tracks
from tests.builders.horizons import horizon, itinerary, result


def test_a_track_has_the_way_and_its_places() -> None:
    """Saturday: depot and two stops; three drives of three points."""
    files = build_tracks(itinerary())
    track = gpxpy.parse(files["route-2026-11-28-A.gpx"].decode())
    assert [point.name for point in track.waypoints] == ["Kantor", "1 Nama P1", "2 Nama S1"]
    assert [len(segment.points) for segment in track.tracks[0].segments] == [3, 3, 3]
    assert track.time is None


def test_a_track_states_the_version_of_the_plan() -> None:
    """The third one of the week."""
    files = build_tracks(Itinerary(horizon(), result().plan, 3))
    descriptions = {gpxpy.parse(content.decode()).description for content in files.values()}
    assert descriptions == {"2026-W48, versi 3"}
