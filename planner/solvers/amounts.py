"""How many people each stop of a fixed sequence records.

Time not needed by one stop can lengthen the stay at another, so the amounts of a route belong
together; those of different routes meet only where they share a site.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from planner.model import Instance, Site
from planner.plan import Route
from planner.solvers.people_left import PeopleLeft
from planner.solvers.schedule import Visit, is_within_limits, maximise_people, schedule_route


def min_stop_people(site: Site) -> int:
    """The fewest people a stop can record that is worth making."""
    return max(1, site.least_people)


def fit_amounts(
    instance: Instance,
    van_index: int,
    day: date,
    visits: Sequence[Visit],
    left: PeopleLeft,
) -> Route | None:
    """A route with the stops of a sequence, each staying as long as is worth it, or None.

    Stays grow from the fewest people allowed, those that earn most a second first: once to the
    people asked for and then on, once straight on. Of the two the better is returned. What does
    not fit even with the fewest people is left out, the last stop first.

    Parameters
    ----------
    visits
        With the people asked for; of two visits to a site the second is left out.
    left
        By other routes; not changed.
    """
    asked: dict[int, int] = {}
    for site, people in visits:
        if left.at(site) >= min_stop_people(instance.sites[site]):
            asked.setdefault(site, min(people, left.at(site)))
    shortest = _shortest_stays(instance, van_index, day, list(asked), left)
    if shortest is None:
        return None
    caps = {site: left.at(site) for site in asked}
    for beside in (None, left):
        straight = _extend_stays(instance, van_index, shortest, caps, beside)
        modest = _extend_stays(instance, van_index, shortest, asked, beside)
        stepwise = _extend_stays(instance, van_index, modest, caps, beside)
        best = max(stepwise, straight, key=lambda route: weighted_people(instance, route))
        # Mostly there are enough people for all stops if there are for each.
        if left.suffice(route_visits(instance, best)):
            break
    return best


def weighted_people(instance: Instance, route: Route) -> float:
    """People of a route, each times the weight of its site."""
    return sum(instance.site(stop.site_id).weight * stop.people for stop in route.stops)


def route_visits(instance: Instance, route: Route) -> list[Visit]:
    """Sites and people of the stops of a route."""
    return [(instance.site_index[stop.site_id], stop.people) for stop in route.stops]


def _shortest_stays(
    instance: Instance, van_index: int, day: date, sites: Sequence[int], left: PeopleLeft
) -> Route | None:
    """The route on which every stop records the fewest people, as long a sequence as can be."""
    visits = [(site, min_stop_people(instance.sites[site])) for site in sites]
    for length in range(len(sites), 0, -1):
        if is_within_limits(instance.vans[van_index], visits[:length]):
            route = schedule_route(instance, van_index, day, visits[:length])
            if route is not None and left.suffice(visits[:length]):
                return route
    return None


def _extend_stays(
    instance: Instance,
    van_index: int,
    route: Route,
    caps: Mapping[int, int],
    left: PeopleLeft | None,
) -> Route:
    """The route with stays made longer, up to so many people at each site.

    Parameters
    ----------
    left
        By other routes; if given, no person is recorded at two stops.
    """
    max_people = instance.vans[van_index].max_people
    sites = [instance.site(stop.site_id) for stop in route.stops]
    for position in sorted(range(len(sites)), key=lambda at: _weighted_service_s(sites[at])):
        visits = route_visits(instance, route)
        site, _ = visits[position]
        others = [*visits[:position], *visits[position + 1 :]]
        most = caps[site]
        if left is not None:
            most = min(most, left.beside(others, site))
        if max_people is not None:
            most = min(most, max_people - sum(people for _, people in others))
        route = maximise_people(instance, van_index, route.date, visits, position, most) or route
    return route


def _weighted_service_s(site: Site) -> float:
    """Seconds of a kit for one unit of weighted people; infinite where people have no weight."""
    return site.seconds_per_person / site.weight if site.weight > 0 else float("inf")
