"""PyVRP: iterated local search over groups of offers, of which a plan takes one at most."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from typing import Any

import numpy as np
from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, SolveParams, VehicleType, solve
from pyvrp.search import NeighbourhoodParams, PerturbationParams
from pyvrp.stop import MaxRuntime

from bench.finish import Order, finish
from bench.peers.offers import NO_WAY_S, TIE_BREAK_S, Offer, Timeline, offers, promising
from planner.model import NO_ROAD, Instance
from planner.plan import Plan

LEAST_SITES, SITES_PER_MORE = 120, 40
"""With more to choose from it found less."""
SHARES = (1.0, 0.5)
NUM_NEIGHBOURS = 100
MOST_PERTURBATIONS = 8

Node = tuple[int, int]
"""A place in the matrices, and the kits that a van must have to go there; 0 = any."""


def plan(instance: Instance, seconds: float, seed: int) -> Plan:
    """The best plan found in so many seconds."""
    instance = promising(instance, LEAST_SITES + len(instance.sites) // SITES_PER_MORE)
    if not instance.sites:
        return Plan()
    timeline = Timeline.of(instance)
    chosen = list(offers(instance, timeline, SHARES))
    alike = _alike(instance)
    data = _data(instance, timeline, chosen, alike)
    params = SolveParams(
        neighbourhood=NeighbourhoodParams(num_neighbours=NUM_NEIGHBOURS),
        perturbation=PerturbationParams(max_perturbations=MOST_PERTURBATIONS),
    )
    result = solve(data, MaxRuntime(seconds), seed=seed, collect_stats=False, params=params)
    free = [iter(van_days) for van_days in alike]
    orders = []
    for route in result.best.routes():
        van, day = instance.van_days[next(free[route.vehicle_type()])]
        stops = tuple(chosen[visit.idx].site for visit in route if visit.is_client())
        orders.append(Order(van=van, day=day, sites=stops))
    return finish(instance, orders)


def _alike(instance: Instance) -> list[list[int]]:
    """Indices of the van-days that can stand in for each other, one list for each vehicle type."""
    groups: dict[object, list[int]] = defaultdict(list)
    for index, (van_index, day) in enumerate(instance.van_days):
        van = instance.vans[van_index]
        traits = (van.van_class, van.kits, van.start, van.end, van.max_people, van.max_stops)
        groups[(day, van.shifts[day], van.rest, traits)].append(index)
    return list(groups.values())


def _data(
    instance: Instance, timeline: Timeline, chosen: Sequence[Offer], alike: Sequence[list[int]]
) -> ProblemData:
    nodes: dict[Node, int] = defaultdict(count().__next__)
    depots = [Depot(nodes[depot.place, 0]) for depot in instance.depots]
    group_of = {site: group for group, site in enumerate(sorted({o.site for o in chosen}))}
    groups = [ClientGroup(required=False) for _ in group_of]
    clients = []
    for index, offer in enumerate(chosen):
        node = nodes[instance.sites[offer.site].place, offer.kits]
        clients.append(_client(instance, offer, node, group_of[offer.site]))
        groups[group_of[offer.site]].add_client(index)
    profiles = sorted({(van.van_class, van.kits) for van in instance.vans})
    matrices = [_matrix(instance, list(nodes), *profile) for profile in profiles]
    return ProblemData(
        [Location(0, 0) for _ in nodes],
        clients,
        depots,
        [_vehicle_type(instance, timeline, group, profiles) for group in alike],
        matrices,
        matrices,
        groups,
    )


def _client(instance: Instance, offer: Offer, node: int, group: int) -> Client:
    worth_s = instance.worth_s or TIE_BREAK_S
    return Client(
        node,
        delivery=[offer.people, 1],
        service_duration=offer.work_s,
        tw_early=offer.window[0],
        tw_late=offer.window[1] - offer.work_s,
        prize=round(worth_s * instance.sites[offer.site].weight * offer.people),
        required=False,
        group=group,
    )


def _vehicle_type(
    instance: Instance,
    timeline: Timeline,
    van_days: Sequence[int],
    profiles: Sequence[tuple[str, int]],
) -> VehicleType:
    van_index, day = instance.van_days[van_days[0]]
    van = instance.vans[van_index]
    opening_s, closing_s = timeline.span(day, van.shifts[day])
    depot_ids = [depot.id for depot in instance.depots]
    most = sum(site.expected for site in instance.sites)
    return VehicleType(
        num_available=len(van_days),
        capacity=[
            most if van.max_people is None else van.max_people,
            len(instance.sites) if van.max_stops is None else van.max_stops,
        ],
        start_depot=depot_ids.index(van.start),
        end_depot=depot_ids.index(van.end),
        tw_early=opening_s,
        tw_late=closing_s - timeline.lost_s(van),
        profile=profiles.index((van.van_class, van.kits)),
    )


def _matrix(instance: Instance, nodes: Sequence[Node], van_class: str, kits: int) -> Any:
    """Seconds between nodes for one kind of van; no way to nodes of others."""
    places = np.array([place for place, _ in nodes])
    drive_s = instance.drive_s[np.ix_(places, places)].astype(np.int64)
    fits = {site.place for site in instance.sites if van_class in site.classes} | {
        depot.place for depot in instance.depots
    }
    closed = np.array([needed not in (0, kits) or place not in fits for place, needed in nodes])
    drive_s[(drive_s == NO_ROAD) | closed[:, None] | closed] = NO_WAY_S
    np.fill_diagonal(drive_s, 0)
    return drive_s
