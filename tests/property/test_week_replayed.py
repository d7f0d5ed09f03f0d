"""A coordinator's weekend played through: several incidents in a row, judged by plain restatements.

After each: the past is untouched, broken vans stand still, the rules are kept, promises and people
are no fewer than in the old plan with what cannot be struck out, and the hosts who are told are
those whose hours or van changed, or who lost or got a stop.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from planner.check import violations
from planner.difference import compare_stops
from planner.horizon import build_horizon
from planner.inputs import read_district
from planner.model import Instance
from planner.office.district_folder import example_folder
from planner.plan import Plan
from planner.promise import kept_promises, list_promises
from planner.replan.disruption import Disruption
from planner.replan.past import changed_past_stops
from planner.replan.replanning import keep_promises, replan
from planner.solvers import Limits, solve
from planner.units import MINUTE_S
from tests.builders.seeds import seeds
from tests.property.test_replan import horizon, solve_briefly

BRIEF = Limits(iterations=1)
KINDS = ("without", "immobile", "late_s", "closed", "double", "people", "back", "none")


def incidents(instance: Instance, plan: Plan, rng: Random, minute_s: int) -> Iterator[Disruption]:
    """Two or three on one date, one after the other."""
    day = rng.choice(sorted({route.date for route in plan.routes}))
    first_s = min(route.leave_s for route in plan.routes)
    last_s = max(route.return_s for route in plan.routes)
    vans = [van.id for van in instance.vans if van.shifts]
    sites = sorted({stop.site_id for _, stop in plan.stops()})
    at_place = Counter((route.date, stop.site_id) for route, stop in plan.stops())
    doubles = sorted({route.van_id for route, s in plan.stops() if at_place[day, s.site_id] > 1})
    moments = sorted(rng.sample(range(first_s, last_s, minute_s), rng.randint(2, 3)))
    for time_s in moments:
        calm = Disruption(day=day, time_s=time_s)
        match rng.choice(KINDS):
            case "without":
                yield replace(calm, without={rng.choice(vans): None})
            case "immobile":
                yield replace(calm, immobile={rng.choice(vans): None})
            case "late_s":
                yield replace(calm, late_s={rng.choice(vans): minute_s * rng.randint(1, 90)})
            case "closed":
                yield replace(calm, closed=frozenset({rng.choice(sites)}))
            case "double":
                yield replace(calm, without={rng.choice(doubles or vans): None})
            case "back":
                yield replace(calm, back=frozenset({rng.choice(vans)}))
            case "people":
                yield replace(calm, people={rng.choice(sites): rng.randint(0, 60)})
            case _:
                yield calm


def host_hours(plan: Plan, round_s: int = 5 * MINUTE_S) -> dict[str, Counter[object]]:
    """What the host of each place was told: date, van and published hours of each stop."""
    hours: dict[str, Counter[object]] = {}
    for route, stop in plan.stops():
        opens_s = -(-stop.serve_s // round_s) * round_s
        closes_s = stop.packup_s // round_s * round_s
        is_short = closes_s - opens_s < 30 * MINUTE_S
        span = (stop.serve_s, stop.packup_s) if is_short else (opens_s, closes_s)
        hours.setdefault(stop.site_id, Counter())[route.date, route.van_id, span] += 1
    return hours


def struck(plan: Plan, disruption: Disruption) -> Plan:
    """What of a plan is as it was without any doubt, by a comparison of its own."""
    moment = disruption.day, disruption.time_s
    routes = []
    for route in plan.routes:
        van_id, day = route.van_id, route.date
        is_broken = day >= disruption.day and van_id in {
            *disruption.without,
            *disruption.immobile,
        }
        is_late = day == disruption.day and van_id in disruption.late_s
        begun = [stop for stop in route.stops if (day, stop.setup_s) <= moment]
        sure = [
            stop
            for stop in begun
            if (day, stop.depart_s) <= moment
            or not (is_late or stop.site_id in disruption.closed or van_id in disruption.without)
        ]
        ahead = [stop for stop in route.stops if stop not in begun]
        open_ = [stop for stop in ahead if stop.site_id not in disruption.closed]
        # Where a break may have to be elsewhere, nothing is sure.
        if not (is_broken or is_late) and (open_ == ahead or route.break_start_s is None):
            sure += open_
        routes.append(replace(route, stops=tuple(sure)))
    return Plan(routes=tuple(routes))


def play(instance: Instance, plan: Plan, rng: Random, minute_s: int, round_s: int) -> None:
    """All incidents of a weekend, with what must hold after each."""
    stopped: set[str] = set()
    for disruption in incidents(instance, plan, rng, minute_s):
        promises = list_promises(plan, instance.site_index, round_s=round_s)
        found = replan(instance, plan, disruption, promises, limits=BRIEF)
        after = found.result.plan
        assert violations(found.instance, after) == ()
        assert changed_past_stops(plan, after, disruption) == []
        stopped |= {*disruption.without, *disruption.immobile}
        stopped -= disruption.back
        moment = (disruption.day, disruption.time_s)
        for route, stop in after.stops():
            if (route.date, stop.setup_s) > moment:
                assert route.van_id not in stopped, disruption
        kept = [len(kept_promises(each, promises)) for each in (after, found.mended)]
        assert kept[0] >= kept[1], disruption
        assert after.served().total() >= found.mended.served().total(), disruption
        if not disruption.people and not disruption.back:
            sure = struck(plan, disruption)
            assert kept[0] >= len(kept_promises(sure, promises)), disruption
            assert after.served().total() >= sure.served().total(), disruption
        news = (disruption.without, disruption.immobile, disruption.late_s)
        if not (any(news) or disruption.closed or disruption.people or disruption.back):
            assert (after, found.instance.vans) == (plan, instance.vans)
        was, now = host_hours(plan), host_hours(after)
        concerned = {site for site in {*was, *now} if was.get(site) != now.get(site)}
        told = {change.site_id for change in compare_stops(plan, after) if change.concerns_host}
        assert told == concerned, disruption
        instance, plan = found.instance, after


@pytest.fixture(scope="module")
def example() -> tuple[Instance, Plan]:
    instance = build_horizon(read_district(example_folder()), "2026-W48").instance
    return instance, solve(instance, limits=BRIEF).plan


@pytest.mark.parametrize("seed", seeds(3, 12, 40))
def test_a_weekend_in_kota_contoh(example: tuple[Instance, Plan], seed: int) -> None:
    """Breakdowns, flat tyres, late crews, locked halls, other people, or nothing, in a row."""
    play(*example, Random(seed), MINUTE_S, 5 * MINUTE_S)


def test_random_small_weekends() -> None:
    """Sixty, with seconds for minutes."""
    for seed in range(2000, 2060):
        instance = horizon(seed)
        plan = solve_briefly(instance, seed) if instance.van_days else Plan()
        if plan.routes:
            play(instance, plan, Random(seed), 1, 5 * MINUTE_S)


@pytest.mark.parametrize("seed", seeds(2, 6, 12))
def test_after_a_refusal_the_rest_is_kept(example: tuple[Instance, Plan], seed: int) -> None:
    """One or two places of the plan refuse before the weekend; all other hours stay."""
    instance, plan = example
    rng = Random(seed)
    refused = rng.sample(sorted({stop.site_id for _, stop in plan.stops()}), rng.randint(1, 2))
    sites = tuple(site for site in instance.sites if site.id not in refused)
    fewer = replace(instance, sites=sites)
    found = keep_promises(fewer, plan, limits=BRIEF)
    after = found.result.plan
    assert violations(fewer, after) == ()
    others = [promise for promise in found.promises if promise.site_id not in refused]
    assert len(kept_promises(after, others)) == len(others)
    stays = sum(stop.people for _, stop in plan.stops() if stop.site_id not in refused)
    assert after.served().total() >= stays
