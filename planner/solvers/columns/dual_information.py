"""What the prices of a proof tell of other plans: with a stop at a site, with one more van-day."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planner.arrays import Float64s
from planner.solvers.base import Prices, SolveReport
from planner.solvers.columns.generation import Proof
from planner.solvers.columns.incumbent import Incumbent
from planner.solvers.columns.master import Master
from planner.solvers.columns.master_rows import Cut
from planner.solvers.columns.pricing import Pricer

SHARED, MOST_LEARNT = 1e-6, 400
"""Routes of which a mixture drives so much are worth another solve, up to so many."""

ROUNDED = 1e-7
"""Bounds are raised by this share: more than sums of doubles can be off."""


def dual_information(
    report: SolveReport, best: Incumbent, master: Master, pricers: Sequence[Pricer], proof: Proof
) -> SolveReport:
    """A report with all that a proof tells."""
    instance = best.instance
    shares = master.shares()
    order = [index for index in np.argsort(-shares, kind="stable") if shares[index] > SHARED]
    columns = [master.columns[index] for index in order[:MOST_LEARNT]]
    through = _through(best, master, pricers, proof)
    margin = best.penalty * best.missed + ROUNDED * max(1.0, abs(proof.bound))
    return replace(
        report,
        routes=(*best.plan.routes, *best.routes_of(columns)),
        prices=_prices(best, master, proof),
        van_day_bounds={
            (instance.vans[van].id, day): proof.bound + max(0.0, most) + margin
            for kind, most in zip(best.kinds, proof.most, strict=True)
            for van, day in (instance.van_days[index] for index in kind.van_days)
        },
        visiting={
            site.id: float(bound) + margin
            for site, bound in zip(instance.sites, through, strict=True)
            if bound > -np.inf
        },
    )


def _prices(best: Incumbent, master: Master, proof: Proof) -> Prices:
    instance, duals = best.instance, proof.duals
    return Prices(
        sites={
            site.id: float(price) for site, price in zip(instance.sites, duals.sites, strict=True)
        },
        van_days={
            (instance.vans[van].id, day): float(price)
            for kind, price in zip(best.kinds, duals.kinds, strict=True)
            for van, day in (instance.van_days[index] for index in kind.van_days)
        },
        # Rules younger than the duals have no price yet.
        cuts=tuple(
            (instance.sites[rule.site].id, rule.expected, rule.width, float(price))
            for rule, price in zip(master.rules, duals.rules, strict=False)
            if isinstance(rule, Cut) and price > 0
        ),
    )


def _through(best: Incumbent, master: Master, pricers: Sequence[Pricer], proof: Proof) -> Float64s:
    """By site, what no plan with a stop there exceeds; infinitely low where no van can stop."""
    most: Float64s = np.full(len(best.instance.sites), -np.inf)
    for index, (kind, pricer) in enumerate(zip(best.kinds, pricers, strict=True)):
        through = pricer.through(master.offer(index, proof.duals))
        bounds = proof.bound - max(0.0, proof.most[index]) + through
        most[kind.sites] = np.maximum(most[kind.sites], bounds)
    return np.minimum(most, proof.bound)
