"""One weekend of one district: the bare instance, and the places and names behind it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import floor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from shapely import Point, STRtree

from planner.demand import Opening, holidays_between, nearest_points, opening, shift
from planner.demand.catchment import NOBODY
from planner.district import Base, District, Permission, Speeds, Venue, VenueKind
from planner.errors import InputError, Problem, input_error
from planner.messages import Message, say
from planner.model import Depot, Instance, Interval, Site, Van
from planner.plan import Plan
from planner.travel import Place, Travel, averaged, between, nearest_on_foot
from planner.units import MINUTE_S, service_s

FRIDAY = 5
"""As ISO counts weekdays."""


class Reason(StrEnum):
    """Why a place is not among the sites of an instance, or has no stop in a plan."""

    REFUSED = "permission refused"
    CLOSED = "closed on these dates"
    NOBODY = "nobody expected"
    NO_ROAD = "no road reaches it"
    NO_VAN = "no van fits"
    TOO_SHORT = "open too briefly for a stop"
    OUTWEIGHED = "others record more people"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A venue that is not visited, and why.

    Attributes
    ----------
    detail
        What the reason does not say: the holiday, the cause and metres to the road.
    expected
        People expected there, where that is known.
    """

    venue: Venue
    reason: Reason
    detail: str = ""
    expected: int = 0


@dataclass(frozen=True, kw_only=True)
class Weekend:
    """What one solve is about.

    Attributes
    ----------
    week
        ISO week, ``2026-W48``.
    instance
        Its sites are the ids of venues, its depots those of bases, its vans those of vehicles;
        its places are those of `travel`.
    travel
        Draws the legs between the instance's places.
    venues
        Venue of each site, in the order of ``instance.sites``.
    reached
        Unrecorded people behind each site before turnout, by venue id.
    left_out
        Venues that are no sites, in the order of the tables.
    uncovered
        Unrecorded people of neighbourhoods from which no point can be walked to.
    backlog
        Unrecorded people of the whole district who can be reached, each counted once.
    """

    week: str
    district: District
    instance: Instance
    travel: Travel
    venues: tuple[Venue, ...]
    reached: Mapping[str, int]
    left_out: tuple[LeftOut, ...]
    uncovered: int
    backlog: int

    def drafts(self, plan: Plan) -> tuple[Venue, ...]:
        """Venues of a plan whose permission is not confirmed, in the order of the sites."""
        visited = {stop.site_id for _, stop in plan.stops()}
        return tuple(
            venue
            for venue in self.venues
            if venue.id in visited and venue.permission is not Permission.APPROVED
        )


def service_dates(week: str, service_days: Sequence[int]) -> tuple[date, ...]:
    """Dates of an ISO week such as ``2026-W48`` on which vans go out, ascending.

    Raises
    ------
    InputError
        Where the week is none.
    """
    try:
        monday = date.fromisoformat(f"{week}-1")
    except ValueError:
        raise input_error(
            "--week", say("'{week}' is no ISO week", week=week), say("write it as 2026-W48")
        ) from None
    return tuple(monday + timedelta(days=weekday) for weekday in sorted(service_days))


def next_week(today: date) -> str:
    """The ISO week to plan for: this one until Friday, then the coming one."""
    year, number, weekday = today.isocalendar()
    if weekday > FRIDAY:
        year, number, _ = (today + timedelta(days=7)).isocalendar()
    return f"{year}-W{number:02}"


def build(
    district: District,
    week: str,
    *,
    dates: Sequence[date] | None = None,
    cache: Path | None = None,
    tell: Callable[[Message, float], None] | None = None,
) -> Weekend:
    """The instance of one week, with all that is left out of it named.

    Parameters
    ----------
    dates
        To be planned for, ascending; None = the service days of the week.
    cache
        Folder in which prepared roads are kept.
    tell
        Hears what is being done and which share of it is.

    Raises
    ------
    InputError
        Where the week is none, or no road leads from a depot.
    """
    if dates is None:
        dates = service_dates(week, district.office.service_days)
    days_off = holidays_between(dates[0], dates[-1]) if dates else {}
    open_venues, left_out = _open_venues(district, dates, days_off)
    vans = _vans(district, dates, days_off)
    shifts = [(day.weekday(), hours) for van in vans for day, hours in van.shifts.items()]
    speeds = averaged(district.speeds, shifts)
    travel = _travel(district, [venue for venue, _ in open_venues], speeds, cache, tell)
    candidates, unfit = _fitting(district, open_venues, travel)
    venues = [candidate.venue for candidate in candidates]
    points = [venue for venue in venues if venue.kind is VenueKind.POINT]
    people, uncovered = _people(district, venues, points, walked_to(district, points, cache, tell))
    sites, nobody = _sites(district, candidates, people)
    names = {site.id for site in sites}
    order = {venue.id: index for index, venue in enumerate(district.venues)}
    return Weekend(
        week=week,
        district=district,
        instance=Instance(
            worth_s=district.rates.worth_s,
            drive_s=travel.drive_s,
            drive_m=travel.drive_m,
            depots=tuple(
                Depot(id=base.id, place=place) for place, base in enumerate(district.bases)
            ),
            sites=sites,
            vans=vans,
        ),
        travel=travel,
        venues=tuple(candidate.venue for candidate in candidates if candidate.venue.id in names),
        reached=people,
        left_out=tuple(sorted([*left_out, *unfit, *nobody], key=lambda item: order[item.venue.id])),
        uncovered=uncovered,
        backlog=_backlog(district),
    )


def usual_speeds(district: District) -> Speeds:
    """Speeds of a week without holidays and exceptions."""
    shifts = (
        (day, vehicle.shifts[day])
        for vehicle in district.vehicles
        for day in district.office.service_days
        if day in vehicle.shifts
    )
    return averaged(district.speeds, shifts)


def not_visited(weekend: Weekend, plan: Plan) -> tuple[LeftOut, ...]:
    """Every venue without a stop in a plan: those that are no sites, then the outweighed."""
    visited = {stop.site_id for _, stop in plan.stops()}
    outweighed = (
        LeftOut(venue=venue, reason=_outcome(site), expected=site.expected)
        for venue, site in zip(weekend.venues, weekend.instance.sites, strict=True)
        if site.id not in visited
    )
    return (*weekend.left_out, *outweighed)


def _outcome(site: Site) -> Reason:
    """Why a site has no stop; one may have been closed, or deserted, on the day itself."""
    if site.expected == 0:
        return Reason.NOBODY
    return Reason.OUTWEIGHED if any(site.windows.values()) else Reason.CLOSED


Windows = Mapping[date, tuple[Interval, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A venue that some van reaches and fits; `classes` are those of such vans."""

    venue: Venue
    windows: Windows
    place: int
    classes: tuple[str, ...]


def _open_venues(
    district: District, dates: Sequence[date], days_off: Mapping[date, str]
) -> tuple[list[tuple[Venue, Windows]], list[LeftOut]]:
    """Venues that may be visited with their windows, and the others."""
    kelurahan = _kelurahan_of(district)
    open_venues: list[tuple[Venue, Windows]] = []
    left_out: list[LeftOut] = []
    for venue in district.venues:
        openings = {
            day: opening(venue, kelurahan(venue), day, district.calendar, days_off) for day in dates
        }
        windows = {day: found.hours for day, found in openings.items() if found.hours}
        if venue.permission is Permission.REFUSED:
            left_out.append(LeftOut(venue=venue, reason=Reason.REFUSED, detail=venue.note))
        elif not windows:
            detail = _closing_reasons(openings)
            left_out.append(LeftOut(venue=venue, reason=Reason.CLOSED, detail=detail))
        else:
            open_venues.append((venue, windows))
    return open_venues, left_out


def _closing_reasons(openings: Mapping[date, Opening]) -> str:
    return "; ".join(dict.fromkeys(found.reason for found in openings.values() if found.reason))


def _kelurahan_of(district: District) -> Callable[[Venue], str]:
    """A function that answers the code of the kelurahan a venue lies in, or ``""``."""
    areas = [area for area in district.areas if area.rw is None]
    tree = STRtree([area.shape for area in areas])

    def code(venue: Venue) -> str:
        found = tree.query(Point(venue.lon, venue.lat), predicate="intersects")
        return areas[min(found)].code if len(found) else ""

    return code


def _travel(
    district: District,
    venues: Sequence[Venue],
    speeds: Speeds,
    cache: Path | None,
    tell: Callable[[Message, float], None] | None,
) -> Travel:
    """Travel between all depots, then all open venues."""
    van_classes = tuple(sorted({vehicle.van_class for vehicle in district.vehicles}))
    places = [
        *(
            Place(name=base.name, lat=base.lat, lon=base.lon, classes=_base_classes(district, base))
            for base in district.bases
        ),
        *(
            Place(
                name=venue.name,
                lat=venue.lat,
                lon=venue.lon,
                classes=tuple(sorted({*venue.classes} & {*van_classes})),
            )
            for venue in venues
        ),
    ]
    travel = between(places, district.roads, speeds, cache=cache, tell=tell)
    problems = [
        Problem(
            where=say("depots {name}", name=base.name),
            what=say(
                "a van of class '{van_class}' cannot get out: {cause}",
                van_class=van_class,
                cause=unreached.message,
            ),
            remedy=say("move it to a road, or raise [roads] snap_m"),
        )
        for place, base in enumerate(district.bases)
        for van_class, unreached in travel.unreached.get(place, {}).items()
    ]
    if problems:
        raise InputError(problems)
    return travel


def _base_classes(district: District, base: Base) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                vehicle.van_class
                for vehicle in district.vehicles
                if base.id in {vehicle.start, vehicle.end}
            }
        )
    )


def _fitting(
    district: District, open_venues: Sequence[tuple[Venue, Windows]], travel: Travel
) -> tuple[list[_Candidate], list[LeftOut]]:
    """Venues some van reaches, fits and has time for, and the others."""
    fitting, unfit = [], []
    for place, (venue, windows) in enumerate(open_venues, start=len(district.bases)):
        unreached = travel.unreached.get(place, {})
        fit = {v.van_class for v in district.vehicles} & {*venue.classes}
        reaching = tuple(sorted(fit - {*unreached}))
        if not fit:
            detail = say("it takes {names}", names=", ".join(venue.classes))
            unfit.append(LeftOut(venue=venue, reason=Reason.NO_VAN, detail=detail))
        elif not reaching:
            nearest = min(unreached.values(), key=lambda item: item.distance_m)
            unfit.append(LeftOut(venue=venue, reason=Reason.NO_ROAD, detail=nearest.message))
        elif _longest_s(windows) < _shortest_stop_s(district, venue):
            lacking_s = _shortest_stop_s(district, venue) - _longest_s(windows)
            detail = say("{count} minutes are missing", count=-(-lacking_s // MINUTE_S))
            unfit.append(LeftOut(venue=venue, reason=Reason.TOO_SHORT, detail=detail))
        else:
            fitting.append(_Candidate(venue=venue, windows=windows, place=place, classes=reaching))
    return fitting, unfit


def _longest_s(windows: Windows) -> int:
    return max(closing - opens for hours in windows.values() for opens, closing in hours)


def _shortest_stop_s(district: District, venue: Venue) -> int:
    """Seconds of a stop that records a single person with the most kits."""
    kits = max(vehicle.kits for vehicle in district.vehicles)
    rates = district.rates
    return rates.setup_s + service_s(1, _seconds_per_person(district, venue), kits) + rates.packup_s


def _seconds_per_person(district: District, venue: Venue) -> int:
    own = venue.seconds_per_person
    return district.rates.seconds_per_person[venue.kind] if own is None else own


def walked_to(
    district: District,
    points: Sequence[Venue],
    cache: Path | None,
    tell: Callable[[Message, float], None] | None,
) -> NDArray[np.intp]:
    """Index of the venue that each neighbourhood walks to, or `NOBODY`."""
    rates = district.rates
    homes = [(home.lat, home.lon) for home in district.neighbourhoods]
    spots = [(point.lat, point.lon) for point in points]
    if district.roads is None:
        return nearest_points(homes, spots, rates.walk_m / rates.walk_ratio)
    return nearest_on_foot(
        homes,
        spots,
        district.roads,
        reach_m=rates.walk_m,
        ratio=rates.walk_ratio,
        cache=cache,
        tell=tell,
    )


def _people(
    district: District,
    venues: Sequence[Venue],
    points: Sequence[Venue],
    walked_to: NDArray[np.intp],
) -> tuple[dict[str, int], int]:
    """Unrecorded people behind each venue, and those no venue is near enough for.

    Pupils who stand in an RT row too are counted at their school, where recording is faster, if
    that is open; as nobody knows their RT, they are taken off all of them in proportion.
    """
    homes = district.neighbourhoods
    residents = sum(home.backlog for home in homes)
    counted_twice = sum(venue.counted_in_rt for venue in venues)
    share = max(0.0, 1 - counted_twice / residents) if residents else 0.0
    catchment = dict.fromkeys((venue.id for venue in venues), 0.0)
    uncovered = 0.0
    for home, point in zip(homes, walked_to, strict=True):
        if point == NOBODY:
            uncovered += home.backlog
        else:
            catchment[points[point].id] += home.backlog * share
    people = {venue.id: floor(catchment[venue.id] + 1e-9) + venue.backlog for venue in venues}
    return people, round(uncovered)


def _backlog(district: District) -> int:
    residents = sum(home.backlog for home in district.neighbourhoods)
    elsewhere = sum(venue.backlog - venue.counted_in_rt for venue in district.venues)
    return residents + elsewhere


def _sites(
    district: District,
    candidates: Sequence[_Candidate],
    people: Mapping[str, int],
) -> tuple[tuple[Site, ...], list[LeftOut]]:
    sites, nobody = [], []
    for candidate in candidates:
        venue = candidate.venue
        turnout = district.rates.turnout[venue.kind] if venue.turnout is None else venue.turnout
        expected = floor(people[venue.id] * turnout + 1e-9)
        if expected == 0:
            nobody.append(LeftOut(venue=venue, reason=Reason.NOBODY))
            continue
        sites.append(
            Site(
                id=venue.id,
                place=candidate.place,
                expected=expected,
                weight=venue.weight,
                seconds_per_person=_seconds_per_person(district, venue),
                setup_s=district.rates.setup_s,
                packup_s=district.rates.packup_s,
                min_people=district.rates.min_people,
                classes=candidate.classes,
                windows=candidate.windows,
            )
        )
    return tuple(sites), nobody


def _vans(
    district: District, dates: Sequence[date], days_off: Mapping[date, str]
) -> tuple[Van, ...]:
    return tuple(
        Van(
            id=vehicle.id,
            van_class=vehicle.van_class,
            kits=vehicle.kits,
            start=vehicle.start,
            end=vehicle.end,
            shifts=dict(_shifts(district, vehicle_index, dates, days_off)),
            rest=vehicle.rest,
            max_people=vehicle.max_people,
            max_stops=vehicle.max_stops,
        )
        for vehicle_index, vehicle in enumerate(district.vehicles)
    )


def _shifts(
    district: District, vehicle: int, dates: Sequence[date], days_off: Mapping[date, str]
) -> Iterator[tuple[date, Interval]]:
    for day in dates:
        hours = shift(district.vehicles[vehicle], day, district.calendar, days_off)
        if hours is not None:
            yield day, hours
