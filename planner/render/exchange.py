"""The plan for phones: a calendar for everyone, and a track per van."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import gpxpy.gpx
from icalendar import Calendar, Event

from planner.analysis.itinerary import Itinerary
from planner.analysis.visits import Visit, public_visits
from planner.district import HOURS_EAST
from planner.i18n.words import Words
from planner.plan import Route
from planner.render.escape import to_line
from planner.render.poster import advice
from planner.store.file_names import file_names

PROGRAM = "jemput-bola-planner"


def calendar_file(itinerary: Itinerary, *, drafts: bool) -> bytes:
    """The schedule as iCalendar, an event per visit, in UTC."""
    office = itinerary.horizon.district.office
    words = office.words
    calendar = Calendar()
    calendar.add("prodid", f"-//{PROGRAM}//{words.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", to_line(office.name))
    stamp = datetime.combine(itinerary.horizon.instance.dates[0], time(), tzinfo=UTC)
    times = Counter[str]()
    for visit in public_visits(itinerary, drafts=drafts):
        # The same for a visit whose hours change, so that phones change theirs.
        name = f"{visit.date}-{to_line(visit.venue.id)}"
        times[name] += 1
        event = _event(visit, stamp, words)
        event.add("uid", f"{name}-{times[name]}@{PROGRAM}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def track_files(itinerary: Itinerary) -> dict[str, bytes]:
    """``route-DATE-VAN.gpx`` for each van-day: the way as a track, depots and stops as points."""
    words = itinerary.horizon.district.office.words
    names = file_names(f"route-{route.date}-{route.van_id}" for route in itinerary.routes)
    return {
        f"{name}.gpx": _track(itinerary, route, words).encode()
        for name, route in zip(names, itinerary.routes, strict=True)
    }


def _event(visit: Visit, stamp: datetime, words: Words) -> Event:
    opens_s, closes_s = visit.hours
    title = words("KTP-el recording") + ": " + visit.venue.name
    event = Event()
    event.add("dtstamp", stamp)
    event.add("dtstart", _moment(visit.date, opens_s, words))
    event.add("dtend", _moment(visit.date, closes_s, words))
    event.add("summary", to_line(f"{words('DRAFT')} {title}" if visit.draft else title))
    event.add("location", to_line(f"{visit.venue.name}, {visit.address}"))
    event.add("geo", (visit.venue.lat, visit.venue.lon))
    event.add("description", " ".join(advice(words)))
    event.add("status", "TENTATIVE" if visit.draft else "CONFIRMED")
    return event


def _moment(day: date, time_s: int, words: Words) -> datetime:
    local = datetime.combine(day, time(), tzinfo=UTC) + timedelta(seconds=time_s)
    return local - timedelta(hours=HOURS_EAST[words.timezone])


def _track(itinerary: Itinerary, route: Route, words: Words) -> str:
    track = gpxpy.gpx.GPX()
    track.creator = PROGRAM
    track.name = to_line(f"{route.van_id} {words.long_date(route.date)}")
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
    for leg in itinerary.legs(route):
        line = itinerary.horizon.travel.line(leg.origin, leg.destination)
        points = [gpxpy.gpx.GPXTrackPoint(round(lat, 6), round(lon, 6)) for lat, lon in line]
        way.segments.append(gpxpy.gpx.GPXTrackSegment(points))
    track.tracks.append(way)
    return str(track.to_xml(version="1.1"))
