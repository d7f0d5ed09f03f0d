"""Of thousands of places those worth a look: a search of seconds finds better plans among fewer."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from planner.arrays import Float64s
from planner.model import NO_ROAD, Instance, Site
from planner.plan import Route
from planner.solvers import Prices, lagrangian_bound
from planner.solvers.greedy import greedy_plan

MANY_SITES = 1000
"""All of fewer are looked at."""

TIMES_STOPS = 4
"""So many times the stops of a greedy plan are looked at."""

NEIGHBOURS = 3
"""A drive to a site is as long as to so many nearest others, on average."""


def keep_promising(instance: Instance, routes: Sequence[Route] = ()) -> Instance:
    """The instance with the sites alone that earn most for their time; all where they are few.

    Every plan of it is one of the whole instance. Bounds hold for these sites alone.

    Parameters
    ----------
    routes
        Whose sites are kept, as those of a greedy plan are.
    """
    if len(instance.sites) <= MANY_SITES:
        return instance
    greedy = greedy_plan(instance).routes
    wanted = {stop.site_id for route in (*greedy, *routes) for stop in route.stops}
    most = TIMES_STOPS * sum(len(route.stops) for route in greedy)
    best = set(np.argsort(-_earned_per_s(instance), kind="stable")[:most].tolist())
    kept = (s for i, s in enumerate(instance.sites) if i in best or s.id in wanted)
    return replace(instance, sites=tuple(kept))


def bound_people(instance: Instance, prices: Prices, should_stop: Callable[[], bool]) -> float:
    """No plan of the whole instance records more people.

    Parameters
    ----------
    prices
        What things are worth where only promising sites are looked at; at others nobody is scarce.
    should_stop
        Asked now and then whether to end; what is proven by then holds.
    """
    scarce = dict.fromkeys((site.id for site in instance.sites), 0.0) | dict(prices.sites)
    sites = tuple(replace(site, weight=1.0) for site in instance.sites)
    people_alone = replace(instance, worth_s=None, sites=sites)
    prices = replace(prices, sites=scarce)
    return lagrangian_bound(people_alone, prices, should_stop=should_stop).bound


def _earned_per_s(instance: Instance) -> Float64s:
    """What a stop for everybody at each site earns for its time and the drive to it."""
    kits = max(van.kits for van in instance.vans)
    places = [site.place for site in instance.sites]
    drive_s = instance.drive_s[np.ix_(places, places)].astype(np.float64)
    drive_s[drive_s == NO_ROAD] = np.inf
    np.fill_diagonal(drive_s, np.inf)
    into_s = np.partition(drive_s, NEIGHBOURS, axis=0)[:NEIGHBOURS].mean(axis=0)

    def stop_s(site: Site) -> int:
        return site.setup_s + site.packup_s + site.service_s(site.max_people, kits)

    worth = np.array([site.weight * site.max_people for site in instance.sites])
    takes_s = np.array([*map(stop_s, instance.sites)]) + into_s
    earned: Float64s = worth / np.maximum(1.0, takes_s)
    return earned
