"""What no plan exceeds, by prices of a similar instance: a bound without a search for plans."""

from collections.abc import Callable
from hashlib import sha256

import numpy as np

from planner.model import Instance
from planner.solvers.base import LagrangianBound, Prices
from planner.solvers.columns.dual_information import ROUNDED
from planner.solvers.columns.master import Duals, Master
from planner.solvers.columns.master_rows import Cut
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.profits import Offer
from planner.solvers.columns.van_day_classes import Kind, kinds_of

TRIES = 2
"""So often routes better than the best one found are looked for."""

UNKNOWN = 0.5
"""Share of their weight that people of a site without a price are taken to be worth."""


def dual_bound(
    instance: Instance, prices: Prices, like: LagrangianBound | None, over: Callable[[], bool]
) -> LagrangianBound:
    """As `planner.solvers.columns.lagrangian_bound`."""
    kinds = tuple(kind for kind in kinds_of(instance) if len(kind.sites))
    if not kinds:
        return LagrangianBound(bound=0.0)
    master, duals = _at(instance, kinds, prices)
    known = {} if like is None else like.most
    most: dict[str, float] = {}
    earned = []
    for number, kind in enumerate(kinds):
        offer, above = master.offer(number, duals), float(duals.kinds[number])
        key = _key(kind, offer, above)
        most[key] = known[key] if key in known else _most(Pricer.of(kind), offer, above, over)
        earned.append(most[key])
    bound = master.bound(duals, earned)
    return LagrangianBound(bound=bound + ROUNDED * max(1.0, abs(bound)), most=most)


def _at(instance: Instance, kinds: tuple[Kind, ...], prices: Prices) -> tuple[Master, Duals]:
    """A master without routes, and prices for its rows."""
    expected = np.array([site.expected for site in instance.sites], dtype=np.int64)
    master = Master(kinds, [kind.count for kind in kinds], expected)
    index = instance.site_index
    cuts = [
        (Cut(index[site_id], people, width), price)
        for site_id, people, width, price in prices.cuts
        if site_id in index and expected[index[site_id]] == people
    ]
    master.rule(*(cut for cut, _ in cuts))
    sites = [prices.sites.get(site.id, UNKNOWN * site.weight) for site in instance.sites]
    duals = Duals(
        sites=np.array(sites, dtype=np.float64),
        kinds=np.array([_worth(kind, prices) for kind in kinds], dtype=np.float64),
        rules=np.array([price for _, price in cuts], dtype=np.float64),
        value=0.0,
    )
    return master, duals


def _worth(kind: Kind, prices: Prices) -> float:
    """The most that a van-day of a kind was worth."""
    instance = kind.instance
    van_days = (instance.van_days[index] for index in kind.van_days)
    return max(prices.van_days.get((instance.vans[van].id, day), 0.0) for van, day in van_days)


def _most(pricer: Pricer, offer: Offer, above: float, over: Callable[[], bool]) -> float:
    """What no route exceeds; what is below a value is not told apart."""
    found = pricer.thorough(offer, above, over)
    most = found.most
    for _ in range(TRIES):
        if not found.routes or over():
            break
        above = max(above, *(value for value, _ in found.routes))
        found = pricer.thorough(offer, above, over)
        most = min(most, found.most)
    return most


def _key(kind: Kind, offer: Offer, above: float) -> str:
    """Other for all kinds and offers of which another route may earn most."""
    places = [kind.start, kind.end, *kind.place.tolist()]
    arrays = (
        kind.instance.drive_s[np.ix_(places, places)],
        kind.weight,
        kind.least,
        kind.expected,
        kind.hands_s,
        kind.seconds_per_person,
        kind.window_first,
        kind.opening_s,
        kind.closing_s,
        offer.most,
        offer.first,
        offer.value,
    )
    van = kind.van
    others = (van.kits, van.max_people, van.max_stops, kind.length_s, kind.rest, kind.per_s, above)
    return sha256(b"".join([*(a.tobytes() for a in arrays), repr(others).encode()])).hexdigest()
