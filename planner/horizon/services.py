"""Services beside recording: each is a site of its own at the place where a van offers it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import floor

from planner.demand import Demand, Group, find_demand
from planner.district import District
from planner.geo import Walks
from planner.horizon.eligibility import EligibleVenue
from planner.model import Site
from planner.venues import PRINTING, RECORDING, Service, service_site_id


def instance_class(van_class: str, services: Sequence[str]) -> str:
    """Class of van in the instance: vans that do not offer everything are one of their own."""
    return f"{van_class} ({' '.join(services)})" if services else van_class


def offering_classes(
    district: District, classes: Iterable[str], service: str = RECORDING
) -> tuple[str, ...]:
    """Classes in the instance of vans of some classes that offer a service."""
    return tuple(
        sorted(
            {
                instance_class(vehicle.van_class, vehicle.services)
                for vehicle in district.vehicles
                if vehicle.van_class in {*classes} and vehicle.offers(service)
            }
        )
    )


def make_service_sites(
    district: District, eligible: Sequence[EligibleVenue], demand: Demand, walks: Walks
) -> tuple[tuple[Site, ...], tuple[Group, ...]]:
    """Sites of services where somebody is expected, and the groups who come to them.

    Parameters
    ----------
    demand
        Who comes to `eligible` for recording.
    walks
        To those of `eligible` that people walk to.
    """
    sites: list[Site] = []
    groups: list[Group] = []
    for service in district.services:
        if not (service.share and service.weight):
            continue
        if service.key == PRINTING.key:
            coming = _waiting(district, eligible, walks, service)
            if coming is None:
                continue
            share = 1.0  # Who waits comes with it already.
        else:
            coming, share = demand, service.share
        renamed = [*_rename(coming.groups, service, share)]
        made = [*_sites(district, eligible, service, coming.own, renamed, share)]
        offered = {site.id for site in made}
        sites += made
        groups += [group for group in renamed if not offered.isdisjoint(group.draws)]
    return tuple(sites), tuple(groups)


def _waiting(
    district: District, eligible: Sequence[EligibleVenue], walks: Walks, service: Service
) -> Demand | None:
    """Who of those who wait for their card would come where; None where nobody waits."""
    homes = tuple(
        replace(home, unrecorded=home.not_printed or 0, unreachable=0)
        for home in district.neighbourhoods
    )
    venues = [
        replace(
            candidate.venue,
            backlog=candidate.venue.not_printed or 0,
            counted_in_rt=0,
            turnout=service.share,
        )
        for candidate in eligible
    ]
    waiting = replace(district, neighbourhoods=homes, venues=tuple(venues), pupils_at_home=None)
    demand = find_demand(waiting, venues, walks)
    return demand if demand.backlog else None


def _rename(groups: Iterable[Group], service: Service, share: float) -> Iterator[Group]:
    """Groups as people who come for a service; nobody else is meant by their ids."""
    for group in groups:
        draws = {
            service_site_id(place, service): round(draw * share)
            for place, draw in group.draws.items()
        }
        yield replace(
            group,
            id=service_site_id(group.id, service),
            draws={place: draw for place, draw in draws.items() if draw},
        )


def _sites(
    district: District,
    eligible: Sequence[EligibleVenue],
    service: Service,
    own: Mapping[str, int],
    groups: Sequence[Group],
    share: float,
) -> Iterator[Site]:
    """Those at which somebody is expected, and which a van that offers the service reaches."""
    draws: dict[str, dict[str, int]] = {}
    for group in groups:
        for place, draw in group.draws.items():
            draws.setdefault(place, {})[group.id] = draw
    for candidate in eligible:
        venue = candidate.venue
        classes = offering_classes(district, candidate.classes, service.key)
        site = Site(
            id=service_site_id(venue.id, service),
            place=candidate.place,
            expected=floor(own[venue.id] * share + 1e-9),
            draws=draws.get(service_site_id(venue.id, service), {}),
            weight=venue.weight * service.weight,
            seconds_per_person=service.seconds_per_person,
            setup_s=service.setup_s,
            packup_s=service.packup_s,
            min_people=district.rates.min_people,
            min_service_s=district.rates.min_stay_s,
            classes=classes,
            windows=candidate.windows,
        )
        if site.max_people and classes:
            yield site
