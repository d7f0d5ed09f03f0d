from importlib import import_module

import pytest

from planner.check import score, violations
from planner.model import Instance
from planner.plan import Plan
from tests.builders.random_instances import random_instance, shared_instance
from tests.builders.synthetic_weekends import synthetic_weekend

PEERS = {
    "ortools_routing": "ortools",
    "pyvrp": "pyvrp",
    "vroom": "vroom",
    "vrp_cli": "vrp_cli",
}
SECONDS = 0.3


@pytest.fixture(params=PEERS)
def peer(request: pytest.FixtureRequest) -> str:
    pytest.importorskip(PEERS[request.param])
    return f"bench.peers.{request.param}"


def _plan(peer: str, instance: Instance) -> Plan:
    plan = import_module(peer).plan(instance, SECONDS, 0)
    assert isinstance(plan, Plan)
    return plan


def test_a_weekends_plan_keeps_the_rules_and_records_people(peer: str) -> None:
    """Twelve sites and one van on two days have room for more than a hundred people."""
    instance = synthetic_weekend(12, 1)
    plan = _plan(peer, instance)
    assert not violations(instance, plan)
    assert score(instance, plan).people > 100


@pytest.mark.parametrize("seed", [0, 5, 18])
def test_plans_of_random_instances_keep_the_rules(peer: str, seed: int) -> None:
    """Breaks, classes, limits, two windows a day, missing roads."""
    instance = random_instance(seed)
    assert not violations(instance, _plan(peer, instance))


@pytest.mark.parametrize("seed", [0, 5, 18])
def test_plans_of_peers_record_nobody_twice(peer: str, seed: int) -> None:
    """Peers let everybody come everywhere; the finish counts each person once."""
    instance = shared_instance(seed, max_sites=5)
    assert not violations(instance, _plan(peer, instance))


@pytest.mark.parametrize(("num_sites", "num_vans"), [(0, 1), (1, 0)])
def test_nothing_to_plan_is_an_empty_plan(peer: str, num_sites: int, num_vans: int) -> None:
    """No sites, and no vans."""
    assert _plan(peer, synthetic_weekend(num_sites, num_vans)) == Plan()
