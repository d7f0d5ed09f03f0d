"""PyVRP: iterated local search over clients, one for each site and time of day where it can.

All dates lie on top of each other: a client is open on those that a van's roads lead to it. A van
with fewer kits takes longer to leave a client, so its roads say that, too; only closing is that of
the most kits, and the finish mends it. So most sites are one optional client, which PyVRP searches
far better than groups of alternatives; only a site with several windows a day is a group.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, SolveParams, VehicleType, solve
from pyvrp.search import NeighbourhoodParams, PerturbationParams
from pyvrp.stop import MaxRuntime

from bench.finish import Order, finish
from bench.peers.offers import NO_WAY_S, TIE_BREAK_S, Timeline, offers, promising, work_s
from planner.model import NO_ROAD, Instance, Interval
from planner.plan import Plan

LEAST_SITES = 80
SITES_PER_VAN_DAY = 8
LEAST_SHARE = 6
"""Of how many sites one is chosen at least."""
NUM_NEIGHBOURS = 100
MOST_PERTURBATIONS = 8

Node = tuple[int, int, frozenset[date]]
"""A site, the people to serve there, and the dates on which roads lead to it."""

Profile = tuple[str, int, date]
"""Class and kits of a van, and the date: what its roads depend on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A client.

    Attributes
    ----------
    starts
        When set-up may start, as if all dates were the first.
    """

    node: Node
    starts: Interval


def plan(instance: Instance, seconds: float, seed: int) -> Plan:
    """The best plan found in so many seconds."""
    by_vans = SITES_PER_VAN_DAY * len(instance.van_days)
    most = max(LEAST_SITES, by_vans, len(instance.sites) // LEAST_SHARE)
    instance = promising(instance, most)
    if not instance.sites:
        return Plan()
    timeline = Timeline.of(instance)
    choices = _choices(instance, timeline)
    alike = _alike(instance)
    params = SolveParams(
        neighbourhood=NeighbourhoodParams(num_neighbours=NUM_NEIGHBOURS),
        perturbation=PerturbationParams(max_perturbations=MOST_PERTURBATIONS),
    )
    data = _data(instance, timeline, choices, alike)
    result = solve(data, MaxRuntime(seconds), seed=seed, collect_stats=False, params=params)
    free = [iter(van_days) for van_days in alike]
    orders = []
    for route in result.best.routes():
        van, day = instance.van_days[next(free[route.vehicle_type()])]
        sites = tuple(choices[visit.idx].node[0] for visit in route if visit.is_client())
        orders.append(Order(van=van, day=day, sites=sites))
    return finish(instance, orders)


def _choices(instance: Instance, timeline: Timeline) -> list[Choice]:
    """All clients, each with the most people that the most kits can serve."""
    days: dict[tuple[int, int, Interval], set[date]] = defaultdict(set)
    for offer in offers(instance, timeline, (1.0,)):
        classes = instance.sites[offer.site].classes
        if offer.kits == max(van.kits for van in instance.vans if van.van_class in classes):
            midnight_s = timeline.at(offer.day, 0)
            opening_s, closing_s = offer.window
            starts = (opening_s - midnight_s, closing_s - offer.work_s - midnight_s)
            days[offer.site, offer.people, starts].add(offer.day)
    return [
        Choice(node=(site, people, frozenset(open_days)), starts=starts)
        for (site, people, starts), open_days in days.items()
    ]


def _alike(instance: Instance) -> list[list[int]]:
    """Indices of the van-days that can stand in for each other, one list for each vehicle type."""
    groups: dict[object, list[int]] = defaultdict(list)
    for index, (van_index, day) in enumerate(instance.van_days):
        van = instance.vans[van_index]
        traits = (van.van_class, van.kits, van.start, van.end, van.max_people, van.max_stops)
        groups[(day, van.shifts[day], van.crew_break, traits)].append(index)
    return list(groups.values())


def _data(
    instance: Instance, timeline: Timeline, choices: Sequence[Choice], alike: Sequence[list[int]]
) -> ProblemData:
    nodes = list(dict.fromkeys(choice.node for choice in choices))
    num_depots = len(instance.depots)
    index_of = {node: index for index, node in enumerate(nodes, start=num_depots)}
    num_choices = Counter(choice.node[0] for choice in choices)
    several = (site for site, number in num_choices.items() if number > 1)
    group_of = {site: group for group, site in enumerate(several)}
    groups = [ClientGroup(required=False) for _ in group_of]
    for index, choice in enumerate(choices):
        if (group := group_of.get(choice.node[0])) is not None:
            groups[group].add_client(index)
    profiles = sorted(
        {(instance.vans[van].van_class, instance.vans[van].kits, d) for van, d in instance.van_days}
    )
    matrices = [_matrices(instance, nodes, profile) for profile in profiles]
    return ProblemData(
        [Location(0, 0) for _ in range(num_depots + len(nodes))],
        [_client(instance, c, index_of[c.node], group_of.get(c.node[0])) for c in choices],
        [Depot(location) for location in range(num_depots)],
        [_vehicle_type(instance, timeline, group, profiles) for group in alike],
        [distances for distances, _ in matrices],
        [durations for _, durations in matrices],
        groups,
    )


def _client(instance: Instance, choice: Choice, location: int, group: int | None) -> Client:
    site, people, _ = choice.node
    worth_s = instance.worth_s or TIE_BREAK_S
    return Client(
        location,
        delivery=[people, 1],
        tw_early=choice.starts[0],
        tw_late=choice.starts[1],
        prize=round(worth_s * instance.sites[site].weight * people),
        required=False,
        group=group,
    )


def _vehicle_type(
    instance: Instance, timeline: Timeline, van_days: Sequence[int], profiles: Sequence[Profile]
) -> VehicleType:
    van_index, day = instance.van_days[van_days[0]]
    van = instance.vans[van_index]
    opening_s, closing_s = timeline.span(timeline.first_day, van.shifts[day])
    depot_ids = [depot.id for depot in instance.depots]
    most = sum(site.max_people for site in instance.sites)
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
        profile=profiles.index((van.van_class, van.kits, day)),
    )


def _matrices(instance: Instance, nodes: Sequence[Node], profile: Profile) -> tuple[Any, Any]:
    """Seconds driven between locations, and the same with the work at the first of them."""
    van_class, kits, day = profile
    num_depots = len(instance.depots)
    places = [depot.place for depot in instance.depots]
    work = [0] * num_depots
    closed = [False] * num_depots
    for index, people, days in nodes:
        site = instance.sites[index]
        places.append(site.place)
        work.append(work_s(site, people, kits))
        closed.append(van_class not in site.classes or day not in days)
    drive_s = instance.drive_s[np.ix_(places, places)].astype(np.int64)
    drive_s[(drive_s == NO_ROAD) | np.array(closed)[:, None] | np.array(closed)] = NO_WAY_S
    taken_s = drive_s + np.array(work)[:, None]
    np.fill_diagonal(drive_s, 0)
    np.fill_diagonal(taken_s, 0)
    return drive_s, taken_s
