"""What every drawing and table of a plan needs: the drives between stops, and who is where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from shapely import Point, STRtree

from planner.check import legs
from planner.district import Area, Vehicle, Venue
from planner.errors import InputError, Problem
from planner.horizon import Horizon, LeftOut, unvisited_venues
from planner.i18n.messages import say
from planner.model import Interval
from planner.plan import Diversions, Plan, Route, Stop
from planner.travel.interface import Line
from planner.units import overlap_s
from planner.venues import PRINTING, place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One drive of a route, to a stop or back to the depot.

    Attributes
    ----------
    origin, destination
        Places of the instance.
    leave_s, arrive_s
        Times of day.
    via
        Where the van was, or was going, when it was sent to the destination instead.
    """

    origin: int
    destination: int
    leave_s: int
    arrive_s: int
    drive_s: int
    drive_m: int
    via: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopAt:
    """A stop with all that is known about it.

    Attributes
    ----------
    order
        Place of the stop in its route, from 1.
    leg
        The drive to it.
    """

    route: Route
    stop: Stop
    order: int
    venue: Venue
    vehicle: Vehicle
    leg: Leg

    @property
    def draft(self) -> bool:
        """Whether the permission to stand there is still open."""
        return not self.venue.is_confirmed

    def label(self, length: int) -> str:
        """Van, cut to so many characters, and order: ``A1``, and ``JB-1·1`` where digits meet."""
        van = self.route.van_id[:length]
        return f"{van}{'·' if van[-1:].isdigit() else ''}{self.order}"

    @property
    def prints(self) -> bool:
        """Whether cards are printed there."""
        if self.venue.service:
            return self.venue.service == PRINTING.key
        return self.vehicle.max_people is not None and self.vehicle.offers(PRINTING.key)

    @property
    def crew_break(self) -> Interval | None:
        """When the crew rests, where that is between arriving here and leaving."""
        pause = break_hours(self.route, self.vehicle)
        stay = self.stop.arrive_s, self.stop.depart_s
        return pause if pause and overlap_s(pause, stay) else None

    @property
    def recording_hours(self) -> tuple[Interval, ...]:
        """When people are recorded: from serving to pack-up, but for the break."""
        serve_s, packup_s = self.stop.serve_s, self.stop.packup_s
        if not self.crew_break:
            return ((serve_s, packup_s),)
        begin_s, end_s = self.crew_break
        parts = (serve_s, min(begin_s, packup_s)), (max(end_s, serve_s), packup_s)
        return tuple(part for part in parts if part[0] < part[1]) or ((serve_s, packup_s),)


def break_hours(route: Route, vehicle: Vehicle) -> Interval | None:
    """When the crew of a route rests, or None where it does not."""
    if route.break_start_s is None or vehicle.crew_break is None:
        return None
    return route.break_start_s, route.break_start_s + vehicle.crew_break.length_s


@dataclass(frozen=True)
class Itinerary:
    """The routes of a plan, joined with the district they drive in.

    Attributes
    ----------
    version
        Number that papers carry; None = the plan was never saved.
    moment
        Since when it holds; None likewise.
    diversions
        Of vans that were sent elsewhere on their way.

    Raises
    ------
    InputError
        Where the plan names places or vans that the weekend does not have, all at once.
    """

    horizon: Horizon
    plan: Plan
    version: int | None = None
    moment: datetime | None = None
    diversions: Diversions = field(default_factory=dict)

    def __post_init__(self) -> None:
        instance = self.horizon.instance
        sites = {stop.site_id for _, stop in self.plan.stops()} - {*instance.site_index}
        vans = {route.van_id for route in self.plan.routes} - {*instance.van_index}
        gone = [
            *(say("place '{place}'", place=site) for site in sorted(sites)),
            *(say("van '{van}'", van=van) for van in sorted(vans)),
        ]
        if gone:
            raise InputError(
                Problem(
                    where=say("plan of {week}", week=self.horizon.week),
                    what=say("{name} is not in the district folder any more", name=name),
                    remedy=say("plan again"),
                )
                for name in gone
            )

    @property
    def version_line(self) -> str:
        """Week and number of the version of the plan; empty where it was never saved."""
        words, week = self.horizon.district.office.words, self.horizon.week
        return (
            "" if self.version is None else words("{week}, version {n}", week=week, n=self.version)
        )

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """The routes that have stops, by date, then by van."""
        return tuple(route for route in self.plan.routes if route.stops)

    @cached_property
    def venues(self) -> Mapping[str, Venue]:
        """Venue of each site by its id."""
        return {venue.id: venue for venue in self.horizon.venues}

    @cached_property
    def vehicles(self) -> Mapping[str, Vehicle]:
        """Vehicle of each van by its id."""
        return {vehicle.id: vehicle for vehicle in self.horizon.district.vehicles}

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Places without a stop, and why."""
        return unvisited_venues(self.horizon, self.plan)

    def stops(self, route: Route) -> tuple[StopAt, ...]:
        """The stops of one route, in the order driven."""
        return tuple(
            StopAt(
                route=route,
                stop=stop,
                order=order,
                venue=self.venues[stop.site_id],
                vehicle=self.vehicles[route.van_id],
                leg=leg,
            )
            for order, (stop, leg) in enumerate(zip(route.stops, self.legs(route), strict=False), 1)
        )

    def all_stops(self) -> Iterator[StopAt]:
        """Every stop of the plan, by date, then by van."""
        return (stop for route in self.routes for stop in self.stops(route))

    def legs(self, route: Route) -> tuple[Leg, ...]:
        """The drives of a route: one to each stop, and the one home."""
        pairs = legs(self.horizon.instance, route)
        drives = [
            self._leg(*pair, self.diversions.get((route.van_id, route.date, order)))
            for order, pair in enumerate(pairs)
        ]
        leaves_s = [route.leave_s, *(stop.depart_s for stop in route.stops)]
        if route.stops:
            # A break at the first depot lies between leaving it and driving off.
            leaves_s[0] = max(route.leave_s, route.stops[0].arrive_s - drives[0].drive_s)
        return tuple(
            replace(leg, leave_s=leave_s, arrive_s=leave_s + leg.drive_s)
            for leg, leave_s in zip(drives, leaves_s, strict=True)
        )

    def _leg(self, origin: int, destination: int, via: int | None) -> Leg:
        travel = self.horizon.travel
        line: tuple[int, ...] = (origin, destination)
        if via is not None:
            line = (origin, via, destination)
        return Leg(
            origin=origin,
            destination=destination,
            leave_s=0,
            arrive_s=0,
            drive_s=sum(int(travel.drive_s[pair]) for pair in pairwise(line)),
            drive_m=sum(int(travel.drive_m[pair]) for pair in pairwise(line)),
            via=via,
        )

    def rest_of(self, leg: Leg) -> Leg:
        """What is left of a drive for a van that was sent elsewhere; else all of it."""
        if leg.via is None:
            return leg
        rest = self._leg(leg.via, leg.destination, None)
        return replace(rest, leave_s=leg.arrive_s - rest.drive_s, arrive_s=leg.arrive_s)

    def lines(self, route: Route) -> list[Line]:
        """Latitudes and longitudes of the drives of a route, from `legs`; each has two or more."""
        return [self._line(leg) for leg in self.legs(route)]

    def _line(self, leg: Leg) -> Line:
        travel = self.horizon.travel
        if leg.via is None:
            line = travel.line(leg.origin, leg.destination)
        else:
            line = (*travel.line(leg.origin, leg.via), *travel.line(leg.via, leg.destination))
        # Where two places lie on one spot of a road, there is no road between them.
        return line if len(line) > 1 else (self._spot(leg.origin), self._spot(leg.destination))

    def _spot(self, place: int) -> tuple[float, float]:
        """Latitude and longitude of a place of the instance."""
        instance = self.horizon.instance
        depots = {depot.id: depot for depot in self.horizon.district.depots}
        spots = {depot.place: depots[depot.id] for depot in instance.depots}
        venues = {site.place: self.venues[site.id] for site in instance.sites}
        at = venues.get(place) or spots[place]
        return at.lat, at.lon

    def place_name(self, place: int) -> str:
        """Name of the depot or venue at a place of the instance."""
        instance = self.horizon.instance
        depots = {depot.id: depot.name for depot in self.horizon.district.depots}
        names = {depot.place: depots[depot.id] for depot in instance.depots}
        venues = {venue.id: venue.name for venue in self.horizon.district.venues}
        names |= {site.place: venues[place_of(site.id)] for site in instance.sites}
        return names[place]

    def kelurahan(self, venue: Venue) -> str:
        """Name of the kelurahan a venue lies in, or ``""``."""
        area = self._area(venue)
        return area.name if area else ""

    def kecamatan(self, venue: Venue) -> str:
        """Name of the kecamatan a venue lies in, or ``""``."""
        area = self._area(venue)
        return area.kecamatan if area else ""

    def _area(self, venue: Venue) -> Area | None:
        areas, tree = self._kelurahan_tree
        containing = tree.query(Point(venue.lon, venue.lat), predicate="intersects")
        return areas[min(containing)] if len(containing) else None

    @cached_property
    def _kelurahan_tree(self) -> tuple[tuple[Area, ...], STRtree]:
        areas = self.horizon.district.kelurahan
        return areas, STRtree([area.shape for area in areas])
