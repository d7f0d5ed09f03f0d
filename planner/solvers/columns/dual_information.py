"""What the prices of a proof say of other plans: with a stop at a site, with one more van-day."""

from dataclasses import replace

import numpy as np

from planner.arrays import Float64s
from planner.solvers.base import Prices, SolveReport
from planner.solvers.columns.draw_rows import name_draws
from planner.solvers.columns.generation import ColumnGenerator, Proof
from planner.solvers.columns.incumbent import Incumbent
from planner.solvers.columns.master import Master
from planner.solvers.columns.master_rows import CutRow

DRIVEN = 1e-6
"""Columns of a lower LP value are not driven at all."""

ROUNDED = 1e-7
"""Bounds are raised by this share: more than sums of doubles can be off."""


def dual_information(
    report: SolveReport, best: Incumbent, generator: ColumnGenerator, proof: Proof
) -> SolveReport:
    """A report with all that a proof says."""
    instance, master = best.instance, generator.master
    values = master.values()
    order = [index for index in np.argsort(-values, kind="stable") if values[index] > DRIVEN]
    columns = [master.columns[index] for index in order[: best.params.duals.max_routes]]
    best_through_site = _best_through_site(best, generator, proof)
    margin = best.penalty * best.missed + ROUNDED * max(1.0, abs(proof.bound))
    return replace(
        report,
        routes=(*best.plan.routes, *best.routes_of(columns)),
        prices=_prices(best, master, proof),
        van_day_bounds={
            van_day: proof.bound + max(0.0, most) + margin
            for day_class, most in zip(best.day_classes, proof.route_bounds, strict=True)
            for van_day in day_class.dated_vans
        },
        site_bounds={
            site.id: float(bound) + margin
            for site, bound in zip(instance.sites, best_through_site, strict=True)
            if bound > -np.inf
        },
    )


def _prices(best: Incumbent, master: Master, proof: Proof) -> Prices:
    instance, duals, flow = best.instance, proof.duals, master.remaining.flow
    return Prices(
        sites={
            site.id: float(price) for site, price in zip(instance.sites, duals.sites, strict=True)
        },
        draws={} if flow is None else name_draws(instance, flow, duals.draws),
        van_days={
            van_day: float(price)
            for day_class, price in zip(best.day_classes, duals.classes, strict=True)
            for van_day in day_class.dated_vans
        },
        # Rows younger than the duals have no price yet.
        cuts=tuple(
            (
                tuple(instance.sites[site].id for site in row.sites),
                row.capacity,
                row.width,
                float(price),
            )
            for row, price in zip(master.rows, duals.rows, strict=False)
            if isinstance(row, CutRow) and price > 0
        ),
    )


def _best_through_site(best: Incumbent, generator: ColumnGenerator, proof: Proof) -> Float64s:
    """By site, what no plan with a stop there exceeds; infinitely low where no van can stop."""
    highest: Float64s = np.full(len(best.instance.sites), -np.inf)
    for index, pricer in enumerate(generator.pricers):
        sites = pricer.day_class.sites
        through = pricer.best_through_site(generator.master.pricing_profits(index, proof.duals))
        bounds = proof.bound - max(0.0, proof.route_bounds[index]) + through
        highest[sites] = np.maximum(highest[sites], bounds)
    return np.minimum(highest, proof.bound)
