"""The compact mixed-integer model: arcs, times and people as variables, for a solver off the shelf.

As Bonifonte, Garcia, Soth and Ngo plan one clinic's van; here with any vans, and the same rules on
people who may come to several sites (`docs/model.md`). Vans without breaks and sites with one
window a day only.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ortools.math_opt.python import mathopt

from bench.finish import Order, finish
from planner.errors import input_error
from planner.i18n.messages import say
from planner.model import NO_ROAD, Instance, Interval
from planner.plan import Plan

COMPACT = {"compact_scip": mathopt.SolverType.GSCIP, "compact_highs": mathopt.SolverType.HIGHS}
"""Solvers of the compact model, by the names that `--solvers` knows."""

Arc = tuple[int, int]
"""From one site to the next; `DEPOT` is where a route starts and ends."""

DEPOT = -1


@dataclass(frozen=True, slots=True)
class Route:
    """The variables of one van-day: by arc whether it is driven, by site the people recorded."""

    van: int
    day: date
    arcs: Mapping[Arc, mathopt.Variable]
    people: Mapping[int, mathopt.Variable]


def solve_compact(instance: Instance, solver: str, seconds: float) -> tuple[Plan, float]:
    """The best plan found in so many seconds, and the solver's bound on the objective.

    Raises
    ------
    InputError
        Where a van has a break, or a site two windows on a date.
    """
    _require_plain(instance)
    model = mathopt.Model()
    routes = [_add_route(model, instance, van, day) for van, day in instance.van_days]
    _add_people(model, instance, routes)
    model.maximize(mathopt.fast_sum(term for r in routes for term in _worth(instance, r)))
    result = mathopt.solve(
        model,
        COMPACT[solver],
        params=mathopt.SolveParameters(time_limit=timedelta(seconds=seconds)),
    )
    bound = result.best_objective_bound()
    if not result.has_primal_feasible_solution():
        return Plan(), bound
    return finish(instance, [_order(route, result.variable_values()) for route in routes]), bound


def _require_plain(instance: Instance) -> None:
    windows = (spans for site in instance.sites for spans in site.windows.values())
    if any(van.crew_break for van in instance.vans) or any(len(spans) > 1 for spans in windows):
        raise input_error(
            "--solvers",
            say("the compact model has no breaks, and one window of a site a day"),
            say("use it for instances without these"),
        )


def _add_route(model: mathopt.Model, instance: Instance, van_index: int, day: date) -> Route:
    """Variables and rows of one van-day: at most one route, in time, with room for its people."""
    van = instance.vans[van_index]
    windows = {
        index: site.windows[day][0]
        for index, site in enumerate(instance.sites)
        if site.max_people and site.windows.get(day) and van.van_class in site.classes
    }
    arcs = {arc: model.add_binary_variable() for arc in _arcs(instance, van_index, windows)}
    people = {i: model.add_integer_variable(lb=0.0) for i in windows}
    route = Route(van_index, day, arcs, people)
    entering, leaving = defaultdict(list), defaultdict(list)
    for (tail, head), driven in arcs.items():
        leaving[tail].append(driven)
        entering[head].append(driven)
    model.add_linear_constraint(mathopt.fast_sum(leaving[DEPOT]) <= 1)
    for index in windows:
        site, visited = instance.sites[index], mathopt.fast_sum(leaving[index])
        model.add_linear_constraint(visited <= 1)
        model.add_linear_constraint(mathopt.fast_sum(entering[index]) == visited)
        model.add_linear_constraint(people[index] <= site.max_people * visited)
        model.add_linear_constraint(people[index] >= site.least_people * visited)
    if van.max_people is not None:
        model.add_linear_constraint(mathopt.fast_sum(people.values()) <= van.max_people)
    if van.max_stops is not None:
        stops = mathopt.fast_sum(v for (tail, _), v in arcs.items() if tail != DEPOT)
        model.add_linear_constraint(stops <= van.max_stops)
    _keep_times(model, instance, route, windows)
    return route


def _arcs(instance: Instance, van: int, sites: Mapping[int, Interval]) -> Iterator[Arc]:
    places = [DEPOT, *sites]
    for tail in places:
        for head in places:
            if tail != head and _drive_s(instance, van, (tail, head)) != NO_ROAD:
                yield tail, head


def _drive_s(instance: Instance, van_index: int, arc: Arc) -> int:
    van, (tail, head) = instance.vans[van_index], arc
    start = instance.depot_places[van.start] if tail == DEPOT else instance.sites[tail].place
    end = instance.depot_places[van.end] if head == DEPOT else instance.sites[head].place
    return int(instance.drive_s[start, end])


def _keep_times(
    model: mathopt.Model, instance: Instance, route: Route, windows: Mapping[int, Interval]
) -> None:
    """Work lies in windows, routes in the shift: when an arc is left is a flow along the route.

    That also rules out cycles off the depot (Gavish and Graves 1978), without large constants.
    """
    van = instance.vans[route.van]
    opening_s, closing_s = van.shifts[route.day]
    arriving_s, leaving_s = defaultdict(list), defaultdict(list)
    for (tail, head), driven in route.arcs.items():
        drive_s = _drive_s(instance, route.van, (tail, head))
        left_s = model.add_variable(lb=0.0)
        latest_s = closing_s if tail == DEPOT else min(closing_s, windows[tail][1])
        model.add_linear_constraint(left_s <= min(latest_s, closing_s - drive_s) * driven)
        model.add_linear_constraint(left_s >= opening_s * driven)
        arriving_s[head].append(left_s + drive_s * driven)
        leaving_s[tail].append(left_s)
    for index, (earliest_s, _) in windows.items():
        site = instance.sites[index]
        visited = mathopt.fast_sum(v for (tail, _), v in route.arcs.items() if tail == index)
        served_s = site.seconds_per_person / van.kits * route.people[index]
        depart_s = mathopt.fast_sum(leaving_s[index])
        for setup_s in (mathopt.fast_sum(arriving_s[index]), earliest_s * visited):
            for service_s in (served_s, site.min_service_s * visited):
                ready_s = setup_s + (site.setup_s + site.packup_s) * visited + service_s
                model.add_linear_constraint(depart_s >= ready_s)


def _add_people(model: mathopt.Model, instance: Instance, routes: list[Route]) -> None:
    """Nobody is recorded twice: people of a group at a site, ring by ring."""
    drawn: dict[str, list[tuple[float, mathopt.Variable]]] = defaultdict(list)
    for index, site in enumerate(instance.sites):
        of_groups = []
        for group, draw in site.draws.items():
            of_groups.append(model.add_variable(lb=0.0))
            drawn[group].append((draw / 1000, of_groups[-1]))
        recorded = mathopt.fast_sum(r.people[index] for r in routes if index in r.people)
        model.add_linear_constraint(recorded <= site.expected + mathopt.fast_sum(of_groups))
    for draws in drawn.values():
        for most, _ in draws:
            nearer = mathopt.fast_sum(amount for draw, amount in draws if draw <= most)
            model.add_linear_constraint(nearer <= most)


def _worth(instance: Instance, route: Route) -> Iterator[mathopt.LinearTypes]:
    for index, amount in route.people.items():
        yield instance.sites[index].weight * amount
    if instance.worth_s is not None:
        for arc, driven in route.arcs.items():
            yield -_drive_s(instance, route.van, arc) / instance.worth_s * driven


def _order(route: Route, values: Mapping[mathopt.Variable, float]) -> Order:
    following = dict(arc for arc, driven in route.arcs.items() if values[driven] > 0.5)
    sites = []
    at = following.get(DEPOT, DEPOT)
    while at != DEPOT:
        sites.append(at)
        at = following[at]
    return Order(van=route.van, day=route.day, sites=tuple(sites))
