"""The best plan that keeps every van's order of stops: one finish for all peers.

Peers know no divisible service, so their amounts are rough. Here an integer programme chooses
amounts, windows and breaks anew along the sequences they found, all vans at once; it flatters them,
and the time it takes is not counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from ortools.math_opt.python import mathopt

from planner.model import NO_ROAD, Break, Instance, Site, Van
from planner.plan import Plan, Route
from planner.solvers.people_left import PeopleLeft
from planner.solvers.schedule import Visit, schedule_route
from planner.units import DAY_S

TIME_LIMIT = timedelta(seconds=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a peer decided for one van on one date.

    Attributes
    ----------
    van
        Index of the van.
    sites
        Indices of the sites in the order of the stops.
    """

    van: int
    day: date
    sites: tuple[int, ...]


def finish(instance: Instance, orders: Sequence[Order]) -> Plan:
    """The plan with the most weighted people along these orders.

    A stop that breaks a rule even with the fewest people is left out, later ones first.
    """
    left = PeopleLeft(instance)
    sound = [_sound(instance, order, left) for order in orders]
    sound = sorted((order for order in sound if order.sites), key=lambda o: (o.day, o.van))
    if not sound:
        return Plan()
    amounts = _amounts(instance, sound)
    return Plan(
        routes=tuple(
            _route(instance, order, people) for order, people in zip(sound, amounts, strict=True)
        )
    )


def _sound(instance: Instance, order: Order, left: PeopleLeft) -> Order:
    """The order without the stops that cannot be kept; takes their fewest people from ``left``."""
    van = instance.vans[order.van]
    kept: list[int] = []
    people = 0
    for site_index in order.sites:
        site = instance.sites[site_index]
        visits = [(index, instance.sites[index].least_people) for index in [*kept, site_index]]
        if (
            site_index not in kept
            and van.van_class in site.classes
            and 0 < site.least_people <= left.at(site_index)
            and (van.max_stops is None or len(kept) < van.max_stops)
            and (van.max_people is None or people + site.least_people <= van.max_people)
            and schedule_route(instance, order.van, order.day, visits) is not None
        ):
            kept.append(site_index)
            people += site.least_people
            left.take([(site_index, site.least_people)])
    return replace(order, sites=tuple(kept))


def _route(instance: Instance, order: Order, people: Sequence[int]) -> Route:
    visits: list[Visit] = list(zip(order.sites, people, strict=True))
    while (route := schedule_route(instance, order.van, order.day, visits)) is None:
        # Only what the programme's tolerance let through: a second or so.
        site, most = max(visits, key=lambda v: v[1] - instance.sites[v[0]].least_people)
        visits[visits.index((site, most))] = (site, most - 1)
    return route


def _amounts(instance: Instance, orders: Sequence[Order]) -> list[list[int]]:
    """People at each stop of each order; sites that record some twice get a row of their own."""
    model = mathopt.Model()
    people = [_people(model, instance, order) for order in orders]
    for order, route_people in zip(orders, people, strict=True):
        _keep_time(model, instance, order, route_people)
    by_site: dict[int, list[mathopt.Variable]] = {}
    for order, route_people in zip(orders, people, strict=True):
        for site, variable in zip(order.sites, route_people, strict=True):
            by_site.setdefault(site, []).append(variable)
    for site, shared in by_site.items():
        model.add_linear_constraint(mathopt.fast_sum(shared) <= instance.sites[site].max_people)
    model.maximize(
        mathopt.fast_sum(
            instance.sites[site].weight * variable
            for site, shared in by_site.items()
            for variable in shared
        )
    )
    while True:
        values = _solve(model)
        served = np.zeros(len(instance.sites), dtype=np.int64)
        for site, shared in by_site.items():
            served[site] = sum(round(values[variable]) for variable in shared)
        broken_sets = instance.catchments.broken_sets(served)
        if not broken_sets:
            break
        for broken in broken_sets:
            together = [v for site in broken.sites for v in by_site.get(site, ())]
            model.add_linear_constraint(mathopt.fast_sum(together) <= broken.capacity)
    return [[round(values[variable]) for variable in route_people] for route_people in people]


def _solve(model: mathopt.Model) -> dict[mathopt.Variable, float]:
    result = mathopt.solve(
        model,
        mathopt.SolverType.GSCIP,
        params=mathopt.SolveParameters(time_limit=TIME_LIMIT, relative_gap_tolerance=1e-4),
    )
    if not result.has_primal_feasible_solution():
        raise RuntimeError(f"amounts: no plan found, {result.termination.detail}")
    values: dict[mathopt.Variable, float] = result.variable_values()
    return values


def _people(model: mathopt.Model, instance: Instance, order: Order) -> list[mathopt.Variable]:
    variables = []
    for site_index in order.sites:
        site = instance.sites[site_index]
        variables.append(model.add_integer_variable(lb=site.least_people, ub=site.max_people))
    most = instance.vans[order.van].max_people
    if most is not None:
        model.add_linear_constraint(mathopt.fast_sum(variables) <= most)
    return variables


def _keep_time(
    model: mathopt.Model,
    instance: Instance,
    order: Order,
    people: Sequence[mathopt.Variable],
) -> None:
    """Shift, roads, windows and break of one route."""
    van = instance.vans[order.van]
    sites = [instance.sites[index] for index in order.sites]
    drives_s = _drives_s(instance, van, sites)
    opening_s, closing_s = van.shifts[order.day]
    setups = [model.add_variable(lb=opening_s, ub=closing_s) for _ in sites]
    departs = [model.add_variable(lb=opening_s, ub=closing_s) for _ in sites]
    arrivals = [opening_s + drives_s[0]] + [
        depart + drive_s for depart, drive_s in zip(departs, drives_s[1:], strict=True)
    ]
    paused_s = _keep_break(model, van, drives_s[0], setups, departs, arrivals)
    for site, setup, depart, arrival, amount, pause_s in zip(
        sites, setups, departs, arrivals, people, paused_s, strict=False
    ):
        model.add_linear_constraint(setup >= arrival)
        work_s = site.setup_s + site.packup_s
        for serve_s in (site.seconds_per_person / van.kits * amount, site.min_service_s):
            model.add_linear_constraint(depart >= setup + work_s + serve_s + pause_s)
        _keep_window(model, site, order.day, setup, depart)
    model.add_linear_constraint(arrivals[-1] <= closing_s)


def _drives_s(instance: Instance, van: Van, sites: Sequence[Site]) -> list[int]:
    places = [
        instance.depot_places[van.start],
        *(site.place for site in sites),
        instance.depot_places[van.end],
    ]
    drives_s = [int(instance.drive_s[leg]) for leg in pairwise(places)]
    assert NO_ROAD not in drives_s, "a sound order has roads"
    return drives_s


def _keep_window(
    model: mathopt.Model, site: Site, day: date, setup: mathopt.Variable, depart: mathopt.Variable
) -> None:
    windows = [(window, model.add_binary_variable()) for window in site.windows[day]]
    model.add_linear_constraint(mathopt.fast_sum(chosen for _, chosen in windows) == 1)
    model.add_linear_constraint(
        setup >= mathopt.fast_sum(opening_s * chosen for (opening_s, _), chosen in windows)
    )
    model.add_linear_constraint(
        depart <= mathopt.fast_sum(closing_s * chosen for (_, closing_s), chosen in windows)
    )


def _keep_break(
    model: mathopt.Model,
    van: Van,
    first_drive_s: int,
    setups: Sequence[mathopt.Variable],
    departs: Sequence[mathopt.Variable],
    arrivals: Sequence[mathopt.LinearTypes],
) -> list[mathopt.LinearTypes]:
    """Seconds of break inside each stop; the break is taken once, somewhere at rest, if needed."""
    rest = van.crew_break
    if rest is None:
        return [0] * len(setups)
    begin = model.add_variable(lb=rest.earliest_s, ub=rest.latest_s)
    needless, at_depot = model.add_binary_variable(), model.add_binary_variable()
    waiting = [model.add_binary_variable() for _ in setups]
    inside = [model.add_binary_variable() for _ in setups]
    model.add_linear_constraint(needless + at_depot + mathopt.fast_sum(waiting + inside) == 1)
    model.add_linear_constraint(arrivals[-1] <= rest.latest_s + DAY_S * (1 - needless))
    after_s = rest.earliest_s + rest.length_s + first_drive_s
    model.add_linear_constraint(setups[0] >= after_s * at_depot)
    for setup, depart, arrival, wait, inner in zip(
        setups, departs, arrivals, waiting, inside, strict=False
    ):
        _keep_pause(model, rest, begin, arrival, setup, wait)
        _keep_pause(model, rest, begin, setup, depart, inner)
    return [rest.length_s * inner for inner in inside]


def _keep_pause(
    model: mathopt.Model,
    rest: Break,
    begin: mathopt.Variable,
    earliest: mathopt.LinearTypes,
    latest: mathopt.Variable,
    chosen: mathopt.Variable,
) -> None:
    """The break lies between two times, if chosen to."""
    model.add_linear_constraint(begin >= earliest - DAY_S * (1 - chosen))
    model.add_linear_constraint(latest >= begin + rest.length_s - DAY_S * (1 - chosen))
