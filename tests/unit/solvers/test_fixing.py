"""What is left to plan where some routes are settled."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from planner.plan import Plan, Route, Stop
from planner.solvers.fixing import residual_instance
from tests.builders.catchments import random_catchments, sets_of
from tests.builders.districts import SATURDAY, SUNDAY
from tests.builders.instances import VAN, instance, site

VANS = (replace(VAN, shifts={SATURDAY: (0, 1000), SUNDAY: (0, 1000)}), replace(VAN, id="B"))


def settled(people: int) -> Plan:
    """A is at site 1 on Saturday."""
    stop = Stop(
        site_id="site-1",
        arrive_s=50,
        setup_s=50,
        serve_s=70,
        packup_s=70 + 10 * people,
        depart_s=80 + 10 * people,
        people=people,
    )
    route = Route(van_id="A", date=SATURDAY, leave_s=0, return_s=130 + 10 * people, stops=(stop,))
    return Plan(routes=(route,))


def test_settled_van_days_are_not_free() -> None:
    """A is free on Sunday, B on Saturday."""
    left = residual_instance(instance(site(1), vans=VANS), settled(10))
    assert [[*van.shifts] for van in left.vans] == [[SUNDAY], [SATURDAY]]


def test_people_of_settled_stops_do_not_come_again() -> None:
    """Ten of twenty; site 2 is as it was."""
    given = instance(site(1, expected=20), site(2), vans=VANS)
    left = residual_instance(given, settled(10))
    assert (left.site("site-1").expected, left.site("site-2")) == (10, given.site("site-2"))


def test_a_site_with_too_few_left_for_a_stop_is_closed() -> None:
    """A stop has at least five people: five are left, or four."""
    given = instance(site(1, expected=20), vans=VANS)
    for people, is_open in ((15, True), (16, False)):
        assert bool(residual_instance(given, settled(people)).sites[0].windows) == is_open


def test_people_recorded_at_one_site_do_not_come_to_another() -> None:
    """Ten of RT 1 and five others come to site 1, eight of RT 1 to site 2; twelve are recorded."""
    first = site(1, expected=5, draws={"rt-1": 10_000})
    second = site(2, expected=0, draws={"rt-1": 8_000}, min_people=1)
    left = residual_instance(instance(first, second, vans=VANS), settled(12))
    assert left.catchments.headrooms(np.zeros(2, dtype=np.int64)).tolist() == [3, 3]
    assert left.sites[1].windows
    left = residual_instance(instance(first, second, vans=VANS), settled(15))
    assert left.catchments.headrooms(np.zeros(2, dtype=np.int64)).tolist() == [0, 0]
    assert not left.sites[1].windows


@pytest.mark.parametrize("seed", range(20))
def test_what_is_left_is_what_all_may_record_less_what_is_settled(seed: int) -> None:
    """On random sites that share people: of every set, whatever is settled."""
    rng = Random(seed)
    given = random_catchments(rng)
    sites = tuple(
        site(index + 1, expected=expected, draws=draws, min_people=0)
        for index, (expected, draws) in enumerate(zip(given.expected, given.draws, strict=True))
    )
    before = instance(*sites)
    amount = rng.randint(0, before.sites[0].max_people)
    after = residual_instance(before, settled(amount))
    for indices in sets_of(len(sites)):
        taken = amount if 0 in indices else 0
        assert after.catchments.capacity(indices) == before.catchments.capacity(indices) - taken


def test_nothing_settled_leaves_all() -> None:
    """Even a site where fewer are expected than a stop usually has."""
    given = instance(site(1, expected=4), vans=VANS)
    left = residual_instance(given, Plan())
    assert (left.sites, left.vans) == (given.sites, given.vans)
