"""What no plan exceeds, by prices of a similar instance: a bound without a search for plans."""

from collections.abc import Callable
from hashlib import sha256

import numpy as np

from planner.model import Instance
from planner.solvers.base import LagrangianBound, Prices
from planner.solvers.columns.draw_rows import number_draws
from planner.solvers.columns.dual_information import ROUNDED
from planner.solvers.columns.master import Duals, Master
from planner.solvers.columns.master_rows import CutRow
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.remaining_people import RemainingPeople
from planner.solvers.columns.van_day_classes import VanDayClass, group_van_days
from planner.solvers.params import SolverParams


def dual_bound(
    instance: Instance,
    prices: Prices,
    like: LagrangianBound | None,
    params: SolverParams,
    should_stop: Callable[[], bool],
) -> LagrangianBound:
    """As `planner.solvers.columns.lagrangian_bound`."""
    day_classes = group_van_days(instance)
    if not day_classes:
        return LagrangianBound(bound=0.0)
    master, duals = _price_rows(instance, day_classes, prices, params)
    like_bounds = {} if like is None else like.route_bounds
    route_bounds: dict[str, float] = {}
    class_bounds = []
    for number, day_class in enumerate(day_classes):
        profits, above = master.pricing_profits(number, duals), float(duals.classes[number])
        key = _digest(day_class, profits, above)
        bound = like_bounds.get(key)
        if bound is None:
            bound = _bound_routes(Pricer(day_class, params), profits, above, should_stop)
        route_bounds[key] = bound
        class_bounds.append(bound)
    total = master.bound(duals, class_bounds)
    return LagrangianBound(bound=total + ROUNDED * max(1.0, abs(total)), route_bounds=route_bounds)


def _price_rows(
    instance: Instance, day_classes: tuple[VanDayClass, ...], prices: Prices, params: SolverParams
) -> tuple[Master, Duals]:
    """A master without routes, and prices for its rows."""
    everybody = RemainingPeople(instance)
    counts = [day_class.count for day_class in day_classes]
    master = Master(day_classes, counts, everybody, params.master)
    index = instance.site_index
    cuts = [
        (CutRow(sites, everybody.shared_limit(sites), width), price)
        for site_ids, capacity, width, price in prices.cuts
        if all(site_id in index for site_id in site_ids)
        for sites in [tuple(index[site_id] for site_id in site_ids)]
        if everybody.shared_limit(sites) == capacity
    ]
    master.add_rows(*(cut for cut, _ in cuts))
    unknown = params.duals.unknown_price
    sites = [prices.sites.get(site.id, unknown * site.weight) for site in instance.sites]
    flow = everybody.flow
    draws = np.zeros(0) if flow is None else number_draws(instance, flow, prices.draws)
    rows = np.array([price for _, price in cuts], dtype=np.float64)
    duals = Duals(
        sites=np.array(sites, dtype=np.float64),
        draws=draws,
        stops=master.worth_of_stops(draws, rows),
        classes=np.array(
            [_van_day_price(day_class, prices) for day_class in day_classes], dtype=np.float64
        ),
        rows=rows,
        value=0.0,
    )
    return master, duals


def _van_day_price(day_class: VanDayClass, prices: Prices) -> float:
    """The most that a van-day of a class was worth."""
    return max(prices.van_days.get(van_day, 0.0) for van_day in day_class.dated_vans)


def _bound_routes(
    pricer: Pricer, profits: PricedProfits, above: float, should_stop: Callable[[], bool]
) -> float:
    """What no route exceeds; what is below a value is not told apart."""
    result = pricer.price_exactly(profits, above, should_stop)
    bound = result.bound
    for _ in range(pricer.params.duals.bound_tries):
        if not result.routes or should_stop():
            break
        above = max(above, *(value for value, _ in result.routes))
        result = pricer.price_exactly(profits, above, should_stop)
        bound = min(bound, result.bound)
    return bound


def _digest(day_class: VanDayClass, profits: PricedProfits, above: float) -> str:
    """Other for all classes and profits of which another route may earn most."""
    places = [day_class.start, day_class.end, *day_class.place.tolist()]
    arrays = (
        day_class.instance.drive_s[np.ix_(places, places)],
        day_class.weight,
        day_class.least_people,
        day_class.expected,
        day_class.handling_s,
        day_class.seconds_per_person,
        day_class.min_service_s,
        day_class.window_first,
        day_class.opening_s,
        day_class.closing_s,
        profits.max_people,
        profits.first,
        profits.value,
    )
    van = day_class.van
    others = (
        van.kits,
        van.max_people,
        van.max_stops,
        day_class.length_s,
        day_class.crew_break,
        day_class.cost_per_s,
        above,
    )
    return sha256(b"".join([*(a.tobytes() for a in arrays), repr(others).encode()])).hexdigest()
