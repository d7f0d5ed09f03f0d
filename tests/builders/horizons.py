"""A weekend to draw, small enough to count by eye."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from shapely import GeometryCollection
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from planner.analysis.itinerary import Itinerary
from planner.arrays import Bools, Int32s
from planner.district import Area, Permission
from planner.horizon import Horizon, build_horizon
from planner.plan import Plan, Result, Route, Status
from planner.travel.interface import LatLons, Line, Manoeuvre, Place, RoadLines, Step, Unreached
from planner.venues import OFFICE, POINT, SCHOOL
from tests.builders.districts import KELURAHAN, SATURDAY, SUNDAY, WEEK, district, venue
from tests.builders.plans import stop

HOSTILE = "<script>alert(1)</script>{{7*7}}${1}"


@dataclass
class Grid:
    """Travel on streets of a chessboard: along the meridian, then along the parallel."""

    places: Sequence[Place]
    drive_s: Int32s
    drive_m: Int32s
    unreached: Mapping[int, Mapping[str, Unreached]] = field(default_factory=dict)
    straight: bool = False
    attribution: str = "© Jalan & Kawan"

    def line(self, origin: int, destination: int) -> Line:
        begin, end = self.places[origin], self.places[destination]
        return ((begin.lat, begin.lon), (end.lat, begin.lon), (end.lat, end.lon))

    def directions(self, origin: int, destination: int) -> tuple[Step, ...]:
        begin = self.places[origin]
        leave = Step(
            manoeuvre=Manoeuvre.DEPART,
            street="Jalan Satu",
            lat=begin.lat,
            lon=begin.lon,
            heading=0,
        )
        return (replace(leave, drive_m=5000.0), replace(leave, manoeuvre=Manoeuvre.ARRIVE))

    def covers(self, spots: LatLons) -> Bools:
        return np.array([lat > -8 for lat, _ in spots], dtype=np.bool_)

    def water(self) -> BaseGeometry:
        return GeometryCollection()

    def background(self) -> tuple[RoadLines, ...]:
        return (
            RoadLines(highway="residential", lines=(((-7.0, 109.0), (-7.0, 111.0)),)),
            RoadLines(highway="primary", lines=(((-7.0, 110.0), (-7.03, 110.0)),)),
        )


def horizon(*, language: str = "id", roads: bool = True, **changes: Any) -> Horizon:
    """A point, a school as draft, an office for everybody; every drive is 10 min and 5 km."""
    office = replace(district().office, language=language)
    rw = Area(
        code=f"{KELURAHAN}/RW 001", name="RW 001", rw="001", shape=box(109.98, -7.02, 110.02, -6.98)
    )
    given = {
        "office": office,
        "areas": (*district().areas, rw),
        "venues": (
            venue("P1", POINT, -7.0, contact="Ketua RW, 0800", address="Jalan Satu"),
            venue(
                "S1",
                SCHOOL,
                -7.01,
                lon=110.01,
                backlog=50,
                counted_in_rt=20,
                turnout=0.87,
                permission=Permission.SENT,
            ),
            venue("O1", OFFICE, -7.02, lon=109.99, backlog=10, public=True),
            venue(
                "X1",
                OFFICE,
                -7.015,
                lon=110.005,
                permission=Permission.REFUSED,
                note="rapat",
            ),
        ),
    }
    built = build_horizon(district(**(given | changes)), WEEK)
    return replace(built, travel=_grid(built)) if roads else built


def result(*, people: int = 70) -> Result:
    """Saturday: the point, then the school. Sunday: the office."""
    saturday = Route(
        van_id="A",
        date=SATURDAY,
        leave_s=27600,
        return_s=43800,
        stops=(stop("P1", 28200, 20, service_s=4200), stop("S1", 36000, 43, service_s=4200)),
    )
    sunday = Route(
        van_id="A",
        date=SUNDAY,
        leave_s=28200,
        return_s=36600,
        stops=(stop("O1", 28800, 7, service_s=4200),),
    )
    return Result(
        plan=Plan(routes=(saturday, sunday)),
        people=people,
        objective=68.5,
        status=Status.TIME_LIMIT,
        seed=0,
        solver="greedy",
    )


def itinerary(given: Result | None = None) -> Itinerary:
    """The small weekend with this plan, or with that of `result`."""
    return Itinerary(horizon(), (given or result()).plan)


def two_vans(gap_s: int) -> Result:
    """The point served twice on Saturday, the second time so long after the first's end."""
    first = result().plan.routes[0]
    stop = first.stops[0]
    later = gap_s + stop.packup_s - stop.serve_s
    second = replace(
        stop,
        arrive_s=stop.arrive_s + later,
        setup_s=stop.setup_s + later,
        serve_s=stop.serve_s + later,
        packup_s=stop.packup_s + later,
        depart_s=stop.depart_s + later,
    )
    routes = tuple(
        Route(van_id="A", date=SATURDAY, leave_s=27600, return_s=60000, stops=(halt,))
        for halt in (stop, second)
    )
    return replace(result(), plan=Plan(routes=routes))


def _grid(built: Horizon) -> Grid:
    depot = built.district.depots[0]
    spots = [(depot.lat, depot.lon), *((venue.lat, venue.lon) for venue in built.venues)]
    places = [Place(name="", lat=lat, lon=lon, classes=("small",)) for lat, lon in spots]
    apart = 1 - np.eye(len(places), dtype=np.int32)
    return Grid(places=places, drive_s=apart * 600, drive_m=apart * 5000)
