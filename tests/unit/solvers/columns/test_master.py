"""The linear programme over routes, on one or two sites with ten people each."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from planner.solvers.columns.master import Duals, Master
from planner.solvers.columns.master_rows import BranchRow, CutRow, VisitRow
from tests.builders.catchments import shared_instance, shared_sites
from tests.builders.columns import column, generator, incumbent
from tests.builders.instances import VAN, instance, site

TWO = instance(site(1), site(2))
FIRST, SECOND, BOTH = (
    column(TWO, (0, 10)),
    column(TWO, (1, 10)),
    column(TWO, (0, 10), (1, 10)),
)
TWO_VANS = instance(site(1), vans=(VAN, replace(VAN, id="B")))
"""One site of ten people."""


def master(*columns: object) -> Master:
    """With routes of the only van-day of a weekend with two sites."""
    return generator(TWO, *columns).master  # type: ignore[arg-type]


def test_the_best_route_is_driven_whole() -> None:
    """18.5 by one van-day; the reduced profit of what is driven is none."""
    lp = master(FIRST, SECOND, BOTH)
    duals = lp.solve()
    assert duals.value == pytest.approx(18.5)
    assert lp.values() == pytest.approx([0, 0, 1])
    assert lp.reduced_profit(BOTH, duals) == pytest.approx(0.0)
    assert lp.reduced_profit(FIRST, duals) <= 1e-9


def test_known_columns_are_not_added_again() -> None:
    """One of two is new."""
    lp = master(FIRST)
    assert lp.add_columns([FIRST, SECOND]) == 1
    assert lp.columns == [FIRST, SECOND]


def test_the_value_is_the_lagrangian_bound_at_its_own_duals() -> None:
    """No route earns more than its van-day is worth: 18.5. If one did by 2, 20.5."""
    lp = master(FIRST, SECOND, BOTH)
    duals = lp.solve()
    assert lp.bound(duals, duals.classes) == pytest.approx(18.5)
    assert lp.bound(duals, duals.classes + 2.0) == pytest.approx(20.5)


@pytest.mark.parametrize("row", [CutRow((0,), 10, 6), VisitRow(0, 50.0)])
def test_rows_that_count_all_routes_are_charged_once(row: CutRow | VisitRow) -> None:
    """What a stop is worth to a search for routes is what the column of it earns."""
    lp = master(FIRST, SECOND, BOTH)
    lp.add_rows(row)
    duals = lp.solve()
    priced = replace(duals, rows=np.ones(1), stops=lp.worth_of_stops(duals.draws, np.ones(1)))
    drive_cost = FIRST.value - 10.0
    profits = lp.pricing_profits(0, priced)
    earned = profits.worth(np.array([0]), np.array([10])) + drive_cost - duals.classes[0]
    assert lp.reduced_profit(FIRST, priced) == pytest.approx(earned)
    counted = row.coefficients(np.array([10]))[0]
    unpriced = lp.reduced_profit(FIRST, replace(duals, stops=np.zeros_like(duals.stops)))
    assert lp.reduced_profit(FIRST, priced) == pytest.approx(unpriced - counted)


def test_rows_count_those_recorded_by_stops_that_are_past() -> None:
    """Of 30 people 20 are recorded: a stop for 16 or more, of which one is allowed, costs 1."""
    given = instance(site(1, expected=30, recorded=20))
    lp = generator(given, column(given, (0, 10))).master
    lp.add_rows(CutRow((0,), 30, 16))
    worth = lp.worth_of_stops(lp.solve().draws, np.ones(1))
    assert (len(worth), worth[10], worth[30]) == (31, 0.0, -1.0)


def test_fixed_columns_leave_their_people_out() -> None:
    """The first site is done: the van-day has no second route, and nobody is left there."""
    lp = master(FIRST, SECOND, BOTH)
    lp.fix([FIRST])
    assert lp.solve_value() == pytest.approx(9.0)
    assert lp.pricing_profits(0, lp.solve()).max_people.tolist() == [0, 10]
    lp.fix(())
    assert lp.solve_value() == pytest.approx(18.5)


def test_branches_forbid_or_demand_stops() -> None:
    """No stop at the first site: 9. One at least at the second, by another route: the same."""
    lp = master(FIRST, SECOND)
    no_stop = BranchRow(0, frozenset([0]), 0, at_least=False)
    lp.set_branches([no_stop])
    assert lp.solve_value() == pytest.approx(9.0)
    assert lp.values().size == 2
    assert lp.pricing_profits(0, lp.solve()).max_people.tolist() == [-1, 10]
    lp.set_branches([BranchRow(1, frozenset([0]), 1, at_least=True, penalty=100.0)])
    lp.solve()
    assert lp.values() == pytest.approx([0, 1])
    lp.set_branches(())
    assert lp.solve_value() == pytest.approx(9.0)


def test_a_missed_required_site_costs_the_penalty() -> None:
    """The second of two sites is required, and no route goes there."""
    best = incumbent(TWO, required=[1])
    lp = generator(TWO, FIRST, required=[1]).master
    assert lp.solve_value() == pytest.approx(9.0 - best.penalty)


def test_cuts_that_are_broken_are_found() -> None:
    """Routes of six of ten people are driven 10 / 6 times; no more than one of them can be."""
    lp = generator(TWO_VANS, column(TWO_VANS, (0, 6))).master
    assert lp.solve().value == pytest.approx(5 * 10 / 6)
    assert lp.separate_cuts() == 1
    assert isinstance(lp.rows[0], CutRow)
    assert lp.solve().value == pytest.approx(5.0)
    assert lp.separate_cuts() == 0


def test_stops_at_sites_of_a_set_are_counted_together() -> None:
    """Ten at each of two sites, fifteen at both: three quarters of a route to both."""
    lp = master(FIRST, BOTH)
    lp.add_rows(CutRow((0, 1), 15))
    assert lp.solve().value == pytest.approx(0.75 * 18.5)
    lp.add_columns([SECOND])
    duals = lp.solve()
    assert lp.bound(duals, duals.classes) == pytest.approx(duals.value)
    assert lp.reduced_profit(BOTH, duals) == pytest.approx(0.0)


def test_duals_move_towards_others_by_a_share() -> None:
    """Half of the way, rows that are new from nothing."""
    none, one = np.zeros(1), np.ones(1)
    first = Duals(sites=none, draws=none, stops=none, classes=none, rows=np.zeros(0), value=1.0)
    second = Duals(sites=one, draws=one, stops=one, classes=one, rows=one, value=2.0)
    between = first.towards(second, 0.5)
    assert (between.sites[0], between.classes[0], between.rows[0]) == (0.5, 0.5, 0.5)
    assert (between.draws[0], between.stops[0]) == (0.5, 0.5)


def test_where_stops_limit_draws_routes_earn_by_whom_they_let_come() -> None:
    """Nine at two sites that share six people; what is driven earns nothing more, as before."""
    given = shared_sites({"a": 10}, {"a": 6, "b": 3})
    route = column(given, (0, 4), (1, 5))
    lp = generator(given, route).master
    assert not lp.limits_draws
    assert not lp.solve().draws.any()
    lp.limit_draws()
    duals = lp.solve()
    assert lp.limits_draws
    assert lp.reduced_profit(route, duals) == pytest.approx(0.0)
    assert lp.bound(duals, duals.classes) >= duals.value - 1e-6


def test_a_draw_costs_no_more_than_the_people_of_its_site() -> None:
    """On 60 random instances: else a second stop would seem to be worth whom the first records."""
    for seed in range(60):
        made = generator(shared_instance(Random(seed)))
        master, flow = made.master, made.master.remaining.flow
        if flow is None or flow.broken_sets(master.remaining.recorded):
            continue
        master.limit_draws()
        made.generate(6, lambda: False)
        duals = master.solve()
        assert (duals.draws <= duals.sites[flow.site] + 1e-9).all(), seed
        assert master.bound(duals, duals.classes) <= duals.value + 1e-6


def test_nobody_is_taken_off_routes_that_stay() -> None:
    """A stop records twelve of twenty, who are worth little: two more have eight between them."""
    everyone = {"rt-1": 20.0}
    given = shared_sites(everyone, everyone, everyone)
    cheap, *others = given.sites
    given = replace(given, sites=(replace(cheap, weight=0.1), *others))
    best = incumbent(given)
    stays, eight, other = (column(given, visit) for visit in ((0, 12), (1, 8), (2, 8)))
    lp = best.new_master([2], best.remaining([stays]), ())
    lp.add_columns([eight, other])
    assert lp.solve_value() <= max(eight.value, other.value) + 1e-6
