"""How many people each stop of a fixed sequence records.

Time not needed by one stop can lengthen the stay at another, so the amounts of a route belong
together; those of different routes meet only where they share a site.
"""

from collections.abc import Sequence
from datetime import date

from planner.model import Instance, Site
from planner.plan import Route
from planner.solvers.schedule import Visit, maximise_people, schedule_route


def min_stop_people(site: Site) -> int:
    """The fewest people a stop can record that is worth making."""
    return max(1, site.least_people)


def fit_amounts(
    instance: Instance, van_index: int, day: date, visits: Sequence[Visit], remaining: Sequence[int]
) -> Route | None:
    """A route with the stops of a sequence, each staying as long as is worth it, or None.

    Stays grow from the fewest people allowed, those that earn most a second first: once to the
    people asked for and then on, once straight on. Of the two the better is returned. What does
    not fit even with the fewest people is left out, the last stop first.

    Parameters
    ----------
    visits
        With the people asked for; of two visits to a site the second is left out.
    remaining
        People not recorded by other routes, by index of site.
    """
    asked: dict[int, int] = {}
    for site, people in visits:
        if remaining[site] >= min_stop_people(instance.sites[site]):
            asked.setdefault(site, people)
    route = _shortest_stays(instance, van_index, day, list(asked))
    if route is None:
        return None
    caps = dict(enumerate(remaining))
    modest = {site: min(people, remaining[site]) for site, people in asked.items()}
    straight = _extend_stays(instance, van_index, route, caps)
    stepwise = _extend_stays(
        instance, van_index, _extend_stays(instance, van_index, route, modest), caps
    )
    return max(stepwise, straight, key=lambda grown: weighted_people(instance, grown))


def weighted_people(instance: Instance, route: Route) -> float:
    """People of a route, each times the weight of its site."""
    return sum(
        instance.sites[instance.site_index[stop.site_id]].weight * stop.people
        for stop in route.stops
    )


def route_visits(instance: Instance, route: Route) -> list[Visit]:
    """Sites and people of the stops of a route."""
    return [(instance.site_index[stop.site_id], stop.people) for stop in route.stops]


def _shortest_stays(
    instance: Instance, van_index: int, day: date, sites: Sequence[int]
) -> Route | None:
    """The route on which every stop records the fewest people, as long a sequence as can be."""
    van = instance.vans[van_index]
    for length in range(len(sites), 0, -1):
        visits = [(site, min_stop_people(instance.sites[site])) for site in sites[:length]]
        if van.max_stops is not None and length > van.max_stops:
            continue
        if van.max_people is not None and sum(people for _, people in visits) > van.max_people:
            continue
        if route := schedule_route(instance, van_index, day, visits):
            return route
    return None


def _extend_stays(instance: Instance, van_index: int, route: Route, caps: dict[int, int]) -> Route:
    """The route with stays made longer, up to so many people at each site."""
    van = instance.vans[van_index]
    sites = [instance.sites[site] for site, _ in route_visits(instance, route)]
    for position in sorted(
        range(len(sites)), key=lambda position: _weighted_service_s(sites[position])
    ):
        visits = route_visits(instance, route)
        site, people = visits[position]
        most = caps[site]
        if van.max_people is not None:
            others = sum(people for _, people in visits) - people
            most = min(most, van.max_people - others)
        route = maximise_people(instance, van_index, route.date, visits, position, most) or route
    return route


def _weighted_service_s(site: Site) -> float:
    """Seconds of a kit for one unit of weighted people; infinite where people have no weight."""
    return site.seconds_per_person / site.weight if site.weight > 0 else float("inf")
