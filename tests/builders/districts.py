"""A district small enough to plan by hand: one depot, one van, a point, a school, an office."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from shapely.geometry import box

from planner.district import (
    Area,
    CalendarEntry,
    Decay,
    DepotSite,
    District,
    Neighbourhood,
    Office,
    Permission,
    Rates,
    Speeds,
    Vehicle,
    Venue,
)
from planner.model import Interval
from planner.venues import OFFICE, POINT, SCHOOL, VenueType

WEEK = "2026-W48"
SATURDAY = date(2026, 11, 28)
SUNDAY = date(2026, 11, 29)
KELURAHAN = "99.71.01.1001"
MORNING: Interval = (28800, 43200)
WEEKEND_MORNINGS = {5: (MORNING,), 6: (MORNING,)}


def venue(venue_id: str, venue_type: VenueType, lat: float, **changes: Any) -> Venue:
    """A confirmed venue on the meridian of the depot, open on weekend mornings."""
    given = Venue(
        id=venue_id,
        type=venue_type,
        name=f"Nama {venue_id}",
        lat=lat,
        lon=110.0,
        permission=Permission.APPROVED,
        hours=WEEKEND_MORNINGS,
        classes=("small",),
        turnout=venue_type.turnout,
        seconds_per_person=venue_type.seconds_per_person,
        public=venue_type.public,
    )
    return replace(given, **changes)


def closure(scope: str, reason: str, day: date = SATURDAY) -> CalendarEntry:
    """All of a scope closed on a date."""
    return CalendarEntry(date=day, scope=scope, hours=(), reason=reason)


def district(**changes: Any) -> District:
    """100 people at home near the point, 50 pupils of whom 20 stand in an RT row too, 10 staff."""
    given = District(
        folder=Path("kota-kecil"),
        office=Office(
            name="Dinas Kota Kecil",
            code="99.71",
            timezone="WIB",
            language="id",
            service_days=(5, 6),
        ),
        rates=Rates(
            setup_s=1800,
            packup_s=1200,
            min_people=5,
            walk_m=800,
            walk_ratio=1.3,
            worth_s=900,
            decay=Decay.NONE,
        ),
        speeds=Speeds(),
        areas=(
            Area(
                code=KELURAHAN,
                name="Kecil",
                shape=box(109.9, -7.1, 110.1, -6.9),
                kecamatan="Utara",
            ),
        ),
        neighbourhoods=(
            Neighbourhood(code=KELURAHAN, rw="001", rt="001", lat=-7.001, lon=110.0, unrecorded=70),
            Neighbourhood(code=KELURAHAN, rw="001", rt="002", lat=-7.001, lon=110.0, unrecorded=30),
        ),
        venues=(
            venue("P1", POINT, -7.0),
            venue("S1", SCHOOL, -7.01, backlog=50, counted_in_rt=20),
            venue("O1", OFFICE, -7.02, backlog=10),
        ),
        depots=(DepotSite(id="K", name="Kantor", lat=-7.03, lon=110.0),),
        vehicles=(
            Vehicle(
                id="A",
                plate="X 1 YZ",
                van_class="small",
                kits=2,
                start="K",
                end="K",
                shifts={5: (27000, 50400), 6: (27000, 50400)},
            ),
        ),
        calendar=(),
        roads=None,
        seed=0,
        time_limit_s=30,
        sources={},
        settings={},
    )
    return replace(given, **changes)
