"""Makes the instance of a week out of a district."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import compress, groupby
from operator import itemgetter
from pathlib import Path

from planner.demand import Demand, find_demand, holidays_between, shift_on
from planner.district import DepotSite, District, Speeds, Venue
from planner.errors import Problem, quote
from planner.horizon.as_of_dates import as_of_dates
from planner.horizon.dates import service_dates
from planner.horizon.eligibility import EligibleVenue, eligible_venues, open_venues
from planner.horizon.estimated_homes import move_to_streets, spread_over_spots
from planner.horizon.horizon import Horizon, LeftOut, LeftOutReason
from planner.horizon.services import instance_class, make_service_sites, offering_classes
from planner.horizon.walks import walks_to
from planner.i18n.messages import say
from planner.model import Depot, Instance, Site, Van
from planner.travel.factory import make_travel
from planner.travel.interface import Place, StageListener, Travel, Unreached, ignore_stage
from planner.travel.speed_bands import average_speeds
from planner.value_rules import refuse


def build_horizon(
    district: District,
    week: str,
    *,
    dates: Sequence[date] | None = None,
    cache: Path | None = None,
    on_stage: StageListener = ignore_stage,
) -> Horizon:
    """The instance of one week, with all that is left out of it named.

    Parameters
    ----------
    dates
        To be planned for, ascending; None = the service days of the week.
    cache
        Folder in which prepared roads are kept.
    on_stage
        Hears what is being done and which share of it is.

    Raises
    ------
    InputError
        Where the week is none, or no road leads from a depot.
    """
    if dates is None:
        dates = service_dates(week, district.office.service_days)
    district = spread_over_spots(as_of_dates(district, dates))
    district = move_to_streets(district, cache, on_stage)
    days_off = holidays_between(dates[0], dates[-1]) if dates else {}
    opened, left_out = open_venues(district, dates, days_off)
    vans = _vans(district, dates, days_off)
    shifts = [(day.weekday(), hours) for van in vans for day, hours in van.shifts.items()]
    speeds = average_speeds(district.speeds, shifts)
    travel = _travel(district, [venue for venue, _ in opened], speeds, cache, on_stage)
    eligible, unfit = eligible_venues(district, opened, travel)
    venues = [candidate.venue for candidate in eligible]
    points = [venue for venue in venues if venue.type.is_walk_in]
    walks = walks_to(district, points, cache, on_stage)
    demand = find_demand(district, venues, walks)
    sites, nobody = _sites(district, eligible, demand)
    names = {site.id for site in sites}
    services, service_groups = make_service_sites(district, eligible, demand, walks)
    known = district.venues_of(site.id for site in services)
    order = {venue.id: index for index, venue in enumerate(district.venues)}
    return Horizon(
        week=week,
        district=district,
        instance=Instance(
            worth_s=district.rates.worth_s,
            drive_s=travel.drive_s,
            drive_m=travel.drive_m,
            depots=tuple(
                Depot(id=depot.id, place=place) for place, depot in enumerate(district.depots)
            ),
            sites=(*sites, *services),
            vans=vans,
        ),
        travel=travel,
        venues=(
            *(venue for venue in venues if venue.id in names),
            *(known[site.id] for site in services),
        ),
        demand=demand,
        service_groups=service_groups,
        left_out=tuple(sorted([*left_out, *unfit, *nobody], key=lambda item: order[item.venue.id])),
    )


def usual_speeds(district: District) -> Speeds:
    """Speeds of a week without holidays and exceptions."""
    shifts = (
        (day, vehicle.shifts[day])
        for vehicle in district.vehicles
        for day in district.office.service_days
        if day in vehicle.shifts
    )
    return average_speeds(district.speeds, shifts)


def _travel(
    district: District,
    venues: Sequence[Venue],
    speeds: Speeds,
    cache: Path | None,
    on_stage: StageListener,
) -> Travel:
    """Travel between all depots, then all open venues."""
    van_classes = {vehicle.van_class for vehicle in district.vehicles}
    classes = [_depot_classes(district, depot) for depot in district.depots]
    classes += [van_classes & {*venue.classes} for venue in venues]
    listed: tuple[DepotSite | Venue, ...] = (*district.depots, *venues)
    places = [
        Place(
            name=row.name,
            lat=row.lat,
            lon=row.lon,
            classes=tuple(sorted(fitting)),
            is_depot=isinstance(row, DepotSite),
        )
        for row, fitting in zip(listed, classes, strict=True)
    ]
    travel = make_travel(places, district.roads, speeds, cache=cache, on_stage=on_stage)
    refuse(_uncovered_depots(district, travel))
    refuse(
        Problem(
            where=say("depots {name}", name=depot.name),
            what=say(
                "vans of class {names} cannot leave it: {cause}",
                names=", ".join(quote(van_class) for van_class, _ in alike),
                cause=unreached.message,
            ),
            remedy=unreached.remedy,
        )
        for place, depot in enumerate(district.depots)
        for unreached, alike in groupby(
            sorted(travel.unreached.get(place, {}).items(), key=_distance), key=itemgetter(1)
        )
    )
    return travel


def _distance(item: tuple[str, Unreached]) -> tuple[float, str]:
    return item[1].distance_m, item[1].cause


def _uncovered_depots(district: District, travel: Travel) -> Iterator[Problem]:
    """One problem for all depots and places where the road file has no roads."""
    groups = (district.depots, district.venues, district.neighbourhoods)
    depots, venues, homes = (
        ~travel.covers([(row.lat, row.lon) for row in rows]) for rows in groups
    )
    if district.roads and depots.any():
        yield Problem(
            where=district.roads.name,
            what=say(
                "covers only a part of the district: {depots}, {venues} of {all_venues} places and"
                " {rows} of {all_rows} RT rows lie where it has no roads",
                depots=", ".join(depot.name for depot in compress(district.depots, depots)),
                venues=int(venues.sum()),
                all_venues=len(venues),
                rows=int(homes.sum()),
                all_rows=len(homes),
            ),
            remedy=say("cut it anew out of a larger extract, with planner roads --cut"),
        )


def _depot_classes(district: District, depot: DepotSite) -> set[str]:
    return {van.van_class for van in district.vehicles if depot.id in {van.start, van.end}}


def _sites(
    district: District,
    eligible: Sequence[EligibleVenue],
    demand: Demand,
) -> tuple[tuple[Site, ...], list[LeftOut]]:
    sites, nobody = [], []
    for candidate in eligible:
        venue = candidate.venue
        classes = offering_classes(district, candidate.classes)
        site = Site(
            id=venue.id,
            place=candidate.place,
            expected=demand.own[venue.id],
            draws=demand.draws[venue.id],
            weight=venue.weight,
            seconds_per_person=venue.seconds_per_person,
            setup_s=district.rates.setup_s if venue.setup_s is None else venue.setup_s,
            packup_s=district.rates.packup_s,
            min_people=district.rates.min_people,
            min_service_s=district.rates.min_stay_s,
            classes=classes,
            windows=candidate.windows,
        )
        if not classes:
            detail = say("no van that records fits")
            nobody.append(LeftOut(venue=venue, reason=LeftOutReason.NO_VAN, detail=detail))
        elif site.max_people:
            sites.append(site)
        else:
            nobody.append(LeftOut(venue=venue, reason=LeftOutReason.NOBODY))
    return tuple(sites), nobody


def _vans(
    district: District, dates: Sequence[date], days_off: Mapping[date, str]
) -> tuple[Van, ...]:
    return tuple(
        Van(
            id=vehicle.id,
            van_class=instance_class(vehicle.van_class, vehicle.services),
            kits=vehicle.kits,
            start=vehicle.start,
            end=vehicle.end,
            shifts={
                day: hours
                for day in dates
                if (hours := shift_on(vehicle, day, district.calendar, days_off))
            },
            crew_break=vehicle.crew_break,
            max_people=vehicle.stock,
            max_stops=vehicle.max_stops,
        )
        for vehicle in district.vehicles
    )
