"""Which promises are kept, and by which van: the most there is, exactly.

An integer program chooses one chain for each van-day. On a date on which every van can still keep
all it has promised, that is the choice, and nothing need be listed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array

from planner.arrays import Float64s, Int64s
from planner.model import Instance
from planner.plan import Plan, Stop
from planner.replan.chains import Chain, Service, build_chain, enumerate_sequences, may_serve
from planner.replan.timing import ServiceHours
from planner.replan.van_state import VanState
from planner.units import people_in

WHOLE = 1e-6
"""So near a whole number counts as whole."""

SAME_VAN = 0.01
"""Of two ways to keep the same promises for as many people, that with the fewer other vans."""


def assign_promises(
    instance: Instance,
    van_states: Sequence[VanState],
    offered: Sequence[Service],
    left: Mapping[str, int],
    planned: Plan,
) -> tuple[Chain, ...]:
    """Chains that keep the most promises; of such, about those that record the most people.

    Parameters
    ----------
    left
        People expected at each site who are not recorded yet.
    planned
        Its stops that promise nothing break ties: a van that has some is better left to them.

    Returns
    -------
    tuple
        At most one chain for each van-day. No others keep more promises, unless a detour is
        quicker than the direct road.
    """
    calm = _undisturbed_dates(instance, van_states, offered, left)
    options = list(calm)
    calm_dates = {option.van_state.date for option in calm}
    options += [
        _Option(van_state=van_state, services=services)
        for van_state in van_states
        if not van_state.is_over and van_state.date not in calm_dates
        for services in ((), *enumerate_sequences(instance, van_state, offered, left))
    ]
    if not options:
        return ()
    others = _unpromised_stops(instance, offered, planned)
    hours = {each: each.hours(instance, planned=True) for each in offered}
    worth = [
        _option_value(instance, each, hours, left, others.get(each.van_day, ())) for each in options
    ]
    found = []
    for option in _choose_options(options, worth, *_packing_rows(instance, options, left)):
        chain = build_chain(instance, option.van_state, option.services)
        if option.services and chain is not None:
            found.append(chain)
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Option:
    """Services that one van-day can do, in their order."""

    van_state: VanState
    services: tuple[Service, ...]

    @property
    def van_day(self) -> tuple[int, date]:
        return self.van_state.van_index, self.van_state.date

    @property
    def num_promises(self) -> int:
        return sum(len(each.promises) for each in self.services)


def _undisturbed_dates(
    instance: Instance,
    van_states: Sequence[VanState],
    offered: Sequence[Service],
    left: Mapping[str, int],
) -> tuple[_Option, ...]:
    """For dates on which each van can do all it was to do: just that."""
    own: defaultdict[tuple[str, date], list[Service]] = defaultdict(list)
    troubled: set[date] = set()
    for each in offered:
        if len(each.promises) == 1:
            for van_id in each.van_ids:
                own[van_id, each.date].append(each)
            if len(each.van_ids) != 1:
                troubled.add(each.date)
    options, needed = [], Counter[str]()
    for van_state in van_states:
        services = own.pop((van_state.van(instance).id, van_state.date), [])
        services.sort(key=lambda each: each.promises[0].from_s)
        may = all(may_serve(instance, van_state, each, left) for each in services)
        if services and (
            van_state.is_over or not may or build_chain(instance, van_state, services) is None
        ):
            troubled.add(van_state.date)
        for each in services:
            needed[each.site_id] += each.hours(instance, planned=False).people
        options.append(_Option(van_state=van_state, services=tuple(services)))
    troubled |= {day for _, day in own}
    if any(people > left[site_id] for site_id, people in needed.items()):
        return ()
    return tuple(
        option
        for option in options
        if option.van_state.date not in troubled and not option.van_state.is_over
    )


def _unpromised_stops(
    instance: Instance, offered: Sequence[Service], planned: Plan
) -> dict[tuple[int, date], list[Stop]]:
    """Stops planned on each van-day that promise nothing."""
    promised = {(each.date, each.site_id) for each in offered}
    return {
        (instance.van_index[route.van_id], route.date): [
            stop for stop in route.stops if (route.date, stop.site_id) not in promised
        ]
        for route in planned.routes
    }


def _packing_rows(
    instance: Instance, options: Sequence[_Option], left: Mapping[str, int]
) -> tuple[csr_array, list[int]]:
    """A row for each rule over the options, and the most that it allows.

    A van-day has one option, a promise is kept once, and every stop has people enough: of two vans
    that keep the same promise one may as well not stop there.
    """
    numbers: dict[object, int] = {}
    most: list[int] = []
    entries: list[tuple[int, int, int]] = []

    def count(key: object, limit: int, column: int, value: int) -> None:
        if key not in numbers:
            numbers[key] = len(most)
            most.append(limit)
        entries.append((value, numbers[key], column))

    for column, option in enumerate(options):
        count(option.van_day, 1, column, 1)
        for each in option.services:
            site = instance.sites[instance.site_index[each.site_id]]
            count(site.id, left[site.id], column, max(1, site.least_people))
            for promise in each.promises:
                count(promise, 1, column, 1)
    values, rows, columns = zip(*entries, strict=True)
    shape = (len(most), len(options))
    return coo_array((values, (rows, columns)), shape=shape).tocsr(), most


def _choose_options(
    options: Sequence[_Option], worth: Sequence[float], matrix: csr_array, most: Sequence[int]
) -> Iterator[_Option]:
    """The best choice, proven without any gap."""
    first = 1.0 + max(0.0, *worth) * len({each.van_day for each in options})
    costs = np.array(
        [-first * each.num_promises - value for each, value in zip(options, worth, strict=True)]
    )
    taken = _solve_set_packing(costs, matrix, np.array(most), margin=first)
    return (option for option, part in zip(options, taken, strict=True) if part > 0.5)


def _solve_set_packing(costs: Float64s, matrix: csr_array, most: Int64s, margin: float) -> Float64s:
    """Columns taken or not, so that rows keep their limits and the cost is least.

    The linear programme is mostly whole already. Else whole columns are looked for among those
    whose reduced costs are within a margin: a choice with any other one costs more than the linear
    programme by more than that.
    """
    # Sparse matrices are taken too, whatever the stubs say.
    relaxed = linprog(  # type: ignore[call-overload]
        costs,
        A_ub=matrix,
        b_ub=most,
        bounds=(0, 1),
        method="highs-ds",
    )
    if relaxed.x is None:
        raise RuntimeError(f"no mixture of chains: {relaxed.message}")
    if (np.abs(relaxed.x - np.rint(relaxed.x)) < WHOLE).all():
        return np.asarray(relaxed.x)
    # Duals of the upper bound of a column only lower what it is said to cost.
    reduced = costs - matrix.T @ relaxed.ineqlin.marginals
    while True:
        near = np.flatnonzero(reduced <= margin)
        found = milp(
            costs[near],
            constraints=LinearConstraint(matrix[:, near], -np.inf, most),
            integrality=np.ones(len(near), dtype=np.int64),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            raise RuntimeError(f"no choice of chains: {found.message}")
        if len(near) == len(costs) or found.fun <= relaxed.fun + margin:
            break
        margin = found.fun - relaxed.fun
    taken = np.zeros(len(costs))
    taken[near] = found.x
    return taken


def _option_value(
    instance: Instance,
    option: _Option,
    planned: Mapping[Service, ServiceHours],
    left: Mapping[str, int],
    others: Sequence[Stop],
) -> float:
    """Weighted people that a van-day can record, more where its places are those planned.

    Parameters
    ----------
    planned
        Hours that each service was to last.
    others
        Stops that were planned on this van-day and promise nothing: they count where the van is
        not elsewhere meanwhile.
    """
    van_state = option.van_state
    van = van_state.van(instance)
    room = float("inf") if van.max_people is None else van.max_people
    room -= sum(stop.people for stop in van_state.past_stops)
    worth = 0.0
    busy = []
    for each in option.services:
        hours = planned[each]
        site = hours.site
        busy.append((hours.from_s - site.setup_s, hours.until_s + site.packup_s))
        most = people_in(hours.until_s - hours.from_s, site.seconds_per_person, van.kits)
        people = min(each.people, left[site.id], room, site.expected if most is None else most)
        room -= people
        worth += site.weight * people + SAME_VAN * (van.id in each.van_ids)
    for other in others:
        site = instance.sites[instance.site_index[other.site_id]]
        free = all(other.depart_s <= begin or end <= other.setup_s for begin, end in busy)
        if free and other.setup_s >= van_state.free_s and site.windows.get(van_state.date):
            people = max(0, min(other.people, left[other.site_id], room))
            room -= people
            worth += site.weight * people
    return worth
