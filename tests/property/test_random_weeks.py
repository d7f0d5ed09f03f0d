"""Weeks of a dense kampung as they may come: nobody is counted twice."""

from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from scipy.optimize import linprog

from planner.analysis.origins import people_by_origin
from planner.catchments import PERSON
from planner.check import violations
from planner.district import Decay, District
from planner.horizon import build_horizon
from planner.inputs import read_district
from planner.model import Instance
from planner.plan import Plan
from planner.solvers import Limits, solve
from tests.builders.districts import SATURDAY, WEEK, closure

KAMPUNG = read_district(Path(__file__).parents[2] / "examples" / "kampung-padat")


def random_week(seed: int) -> District:
    """Other counts, some places closed, another decay and another distance."""
    rng = Random(seed)
    homes = tuple(
        replace(home, unrecorded=min(12, int(rng.expovariate(1 / 3))))
        for home in KAMPUNG.neighbourhoods
    )
    closed = rng.sample([venue.id for venue in KAMPUNG.venues], rng.randint(0, 12))
    rates = replace(
        KAMPUNG.rates, decay=rng.choice([*Decay]), walk_m=float(rng.choice([150, 250, 350, 500]))
    )
    calendar = tuple(closure(venue_id, "hajatan", SATURDAY) for venue_id in closed)
    return replace(KAMPUNG, neighbourhoods=homes, calendar=calendar, rates=rates)


def can_be_different_people(instance: Instance, plan: Plan) -> bool:
    """Whether a flow from rings of falling willingness to sites fills all stops.

    Of a group, the sites that draw no more than one of them record no more of it than that one
    draws: whoever would come to a site that draws fewer would come to one that draws more.
    """
    served = plan.served()
    sites = [site for site in instance.sites if served[site.id]]
    pairs = [(s, g) for s, site in enumerate(sites) for g in site.draws]
    limits, at_most = [], []
    for position, (s, group) in enumerate(pairs):
        draw = sites[s].draws[group]
        ring = [g == group and sites[t].draws[g] <= draw for t, g in pairs]
        assert ring[position]
        limits.append(ring)
        at_most.append(draw)
    equal, amounts = [], []
    for s, site in enumerate(sites):
        equal.append([t == s for t, _ in pairs])
        amounts.append(max(0, served[site.id] - site.expected) * PERSON)
    if not pairs:
        return not any(amounts)
    found = linprog(
        np.zeros(len(pairs)), A_ub=limits, b_ub=at_most, A_eq=equal, b_eq=amounts, method="highs"
    )
    return bool(found.success)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(52))
def test_nobody_is_counted_twice(seed: int) -> None:
    """In 52 weeks; those whom the map names are no more than are recorded at each place."""
    horizon = build_horizon(random_week(seed), WEEK)
    solver = "columns" if seed % 4 == 0 else "greedy"
    plan = solve(horizon.instance, solver=solver, seed=seed, limits=Limits(iterations=1)).plan
    assert not violations(horizon.instance, plan)
    assert can_be_different_people(horizon.instance, plan)
    served = plan.served()
    for site_id, counts in people_by_origin(horizon, plan).items():
        assert sum(counts.values()) <= served[site_id]
