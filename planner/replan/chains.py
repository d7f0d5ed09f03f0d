"""Which promises can be kept, and by which van: the most there is, exactly.

The hours are fixed, so that what a van can keep on a date is a short chain of places in the order
of their hours. All chains are listed, and an integer program chooses one for each van-day.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from planner.model import Instance, Site
from planner.plan import Plan, Stop
from planner.promise import Promise
from planner.replan.standing import Standing
from planner.replan.timing import Hours, Label, first_labels, homeward, through
from planner.units import people_in

SAME_VAN = 0.01
"""Of two ways to keep the same promises for as many people, that with the fewer other vans."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Hours at a place that keep one promise, or several at once.

    Attributes
    ----------
    planned
        The stops that were to keep them.
    van_ids
        Vans that were to come.
    """

    promises: tuple[Promise, ...]
    planned: tuple[Stop, ...]
    van_ids: frozenset[str]

    @property
    def site_id(self) -> str:
        """Of the place."""
        return self.promises[0].site_id

    @property
    def people(self) -> int:
        """People that were to be recorded."""
        return sum(stop.people for stop in self.planned)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What one van-day can do: stops in their order, each for the services beside it."""

    standing: Standing
    services: tuple[Service, ...]
    stops: tuple[Stop, ...]
    break_start_s: int | None

    @property
    def van_day(self) -> tuple[int, date]:
        """Index of the van, and the date."""
        return self.standing.van_index, self.standing.date

    @property
    def promises(self) -> frozenset[Promise]:
        """Those it keeps."""
        return frozenset(promise for each in self.services for promise in each.promises)


def services(plan: Plan, promises: Sequence[Promise]) -> tuple[Service, ...]:
    """Every way to keep promises by a single stop, by date, place and hour.

    Promises at one place and date can be kept together, by a stop that lasts through all of them.
    """
    wanted = set(promises)
    planned: defaultdict[Promise, list[tuple[str, Stop]]] = defaultdict(list)
    for route, stop in plan.stops():
        for promise in wanted:
            if promise.date == route.date and promise.kept_by(stop):
                planned[promise].append((route.van_id, stop))
    at_place: defaultdict[tuple[object, str], list[Promise]] = defaultdict(list)
    for promise in sorted(wanted):
        at_place[promise.date, promise.site_id].append(promise)
    return tuple(
        Service(
            promises=group,
            planned=tuple({stop for promise in group for _, stop in planned[promise]}),
            van_ids=frozenset(van for promise in group for van, _ in planned[promise]),
        )
        for same in at_place.values()
        for size in range(1, len(same) + 1)
        for group in combinations(same, size)
    )


def most_kept(
    instance: Instance,
    standings: Sequence[Standing],
    offered: Sequence[Service],
    left: Mapping[str, int],
    planned: Plan,
) -> tuple[Chain, ...]:
    """Chains that keep the most promises; of such, those that record the most people.

    Parameters
    ----------
    left
        People expected at each site who are not recorded yet.
    planned
        Its stops that promise nothing break ties: a van that has some is better left to them.

    Returns
    -------
    tuple
        At most one chain for each van-day. No others keep more promises.
    """
    acting = [standing for standing in standings if not standing.over]
    chains = [
        chain
        for standing in acting
        for chain in (_idle(standing), *_chains(instance, standing, offered, left))
    ]
    if not chains:
        return ()
    promised = {(each.promises[0].date, each.site_id) for each in offered}
    others = {
        (instance.van_index[route.van_id], route.date): [
            stop for stop in route.stops if (route.date, stop.site_id) not in promised
        ]
        for route in planned.routes
    }
    worth = {
        chain: _worth(instance, chain, left, others.get(chain.van_day, ())) for chain in chains
    }
    chosen = _chosen(chains, worth, _Rules(instance=instance, left=left))
    return tuple(chain for chain in chosen if chain.services)


def _idle(standing: Standing) -> Chain:
    """The van-day without any promise."""
    start_s = standing.break_start_s
    return Chain(standing=standing, services=(), stops=(), break_start_s=start_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """What chains must keep together."""

    instance: Instance
    left: Mapping[str, int]

    def matrix(self, chains: Sequence[Chain]) -> tuple[csr_array, list[int]]:
        """A row for each rule over the chains, and the most that it allows.

        A van-day has one chain, a promise is kept once, and every stop has people enough: of two
        vans that keep the same promise one may as well not stop there.
        """
        rows: defaultdict[object, dict[int, int]] = defaultdict(dict)
        most: dict[object, int] = {}
        for column, chain in enumerate(chains):
            for key in (chain.van_day, *chain.promises):
                rows[key][column] = most[key] = 1
            for each in chain.services:
                site = _site(self.instance, each)
                rows[site.id][column] = max(1, site.least_people)
                most[site.id] = self.left[site.id]
        entries = [
            (value, number, column)
            for number, row in enumerate(rows.values())
            for column, value in row.items()
        ]
        values, numbers, columns = zip(*entries, strict=True)
        shape = (len(rows), len(chains))
        return coo_array((values, (numbers, columns)), shape=shape).tocsr(), [
            most[key] for key in rows
        ]


def _chains(
    instance: Instance,
    standing: Standing,
    offered: Sequence[Service],
    left: Mapping[str, int],
) -> Iterator[Chain]:
    """All chains of a van-day: with hours as planned where it has the time, else as published."""
    van = standing.van(instance)
    visited = {stop.site_id for stop in standing.done}
    fitting = sorted(
        (
            each
            for each in offered
            if each.promises[0].date == standing.date
            and each.site_id not in visited
            and van.van_class in _site(instance, each).classes
            and left[each.site_id] >= max(1, _site(instance, each).least_people)
        ),
        key=lambda each: (_hours(instance, each, planned=False).from_s, each.site_id),
    )
    stack: list[tuple[tuple[Service, ...], list[Label]]] = [((), first_labels(instance, standing))]
    while stack:
        made, labels = stack.pop()
        if made:
            end = homeward(instance, standing, labels)
            if end is not None:
                yield _as_planned(instance, standing, made) or Chain(
                    standing=standing,
                    services=made,
                    stops=end.stops,
                    break_start_s=end.break_start_s,
                )
        for each in fitting:
            longer = (*made, each)
            if any(each.site_id == other.site_id for other in made):
                continue
            if not _within_limits(instance, standing, longer):
                continue
            hours = _hours(instance, each, planned=False)
            found = through(instance, standing, labels, hours)
            if found:
                stack.append((longer, found))


def _as_planned(instance: Instance, standing: Standing, made: Sequence[Service]) -> Chain | None:
    """The chain with service from the first person to the last as it was planned."""
    labels = first_labels(instance, standing)
    for each in made:
        labels = through(instance, standing, labels, _hours(instance, each, planned=True))
    end = homeward(instance, standing, labels)
    if end is None:
        return None
    return Chain(
        standing=standing,
        services=tuple(made),
        stops=end.stops,
        break_start_s=end.break_start_s,
    )


def _hours(instance: Instance, service: Service, *, planned: bool) -> Hours:
    site = _site(instance, service)
    if planned:
        from_s = min(stop.serve_s for stop in service.planned)
        until_s = max(stop.packup_s for stop in service.planned)
    else:
        from_s = min(promise.from_s for promise in service.promises)
        until_s = max(promise.until_s for promise in service.promises)
    return Hours(site=site, from_s=from_s, until_s=until_s, people=max(1, site.least_people))


def _within_limits(instance: Instance, standing: Standing, made: Sequence[Service]) -> bool:
    van = standing.van(instance)
    stops = len(standing.done) + len(made)
    people = sum(stop.people for stop in standing.done)
    people += sum(max(1, _site(instance, each).least_people) for each in made)
    return (van.max_stops is None or stops <= van.max_stops) and (
        van.max_people is None or people <= van.max_people
    )


def _chosen(chains: Sequence[Chain], worth: Mapping[Chain, float], rules: _Rules) -> list[Chain]:
    """The best choice of chains, proven by HiGHS without any gap."""
    first = 1.0 + max(0.0, *worth.values()) * len({each.van_day for each in chains})
    matrix, most = rules.matrix(chains)
    found = milp(
        [-first * len(each.promises) - worth[each] for each in chains],
        constraints=LinearConstraint(matrix, -np.inf, most),
        integrality=np.ones(len(chains), dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        raise RuntimeError(f"no choice of chains: {found.message}")
    return [chain for chain, taken in zip(chains, found.x, strict=True) if taken > 0.5]


def _worth(
    instance: Instance, chain: Chain, left: Mapping[str, int], others: Sequence[Stop]
) -> float:
    """Weighted people that a van-day can record, more where its places are those planned.

    Parameters
    ----------
    others
        Stops that were planned on this van-day and promise nothing: they count where the van is
        not elsewhere meanwhile.
    """
    van = chain.standing.van(instance)
    room = float("inf") if van.max_people is None else van.max_people
    room -= sum(stop.people for stop in chain.standing.done)
    worth = 0.0
    for each, stop in zip(chain.services, chain.stops, strict=True):
        site = _site(instance, each)
        people = min(
            each.people,
            left[each.site_id],
            most_served(instance, chain.standing, stop, chain.break_start_s),
            room,
        )
        room -= people
        worth += site.weight * people + SAME_VAN * (van.id in each.van_ids)
    for other in others:
        site = instance.sites[instance.site_index[other.site_id]]
        free = all(
            other.depart_s <= stop.arrive_s or stop.depart_s <= other.arrive_s
            for stop in chain.stops
        )
        if (
            free
            and other.setup_s >= chain.standing.free_s
            and site.windows.get(chain.standing.date)
        ):
            people = max(0, min(other.people, left[other.site_id], room))
            room -= people
            worth += site.weight * people
    return worth


def most_served(
    instance: Instance, standing: Standing, stop: Stop, break_start_s: int | None
) -> int:
    """People that can be recorded while a stop serves, the break left out."""
    van = standing.van(instance)
    site = instance.sites[instance.site_index[stop.site_id]]
    serve_s = stop.packup_s - stop.serve_s
    if van.rest is not None and break_start_s is not None:
        end_s = break_start_s + van.rest.length_s
        serve_s -= max(0, min(end_s, stop.packup_s) - max(break_start_s, stop.serve_s))
    people = people_in(serve_s, site.seconds_per_person, van.kits)
    return site.expected if people is None else people


def _site(instance: Instance, service: Service) -> Site:
    return instance.sites[instance.site_index[service.site_id]]
