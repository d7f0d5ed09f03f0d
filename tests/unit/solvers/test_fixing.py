"""What is left to plan where some routes are settled."""

from dataclasses import replace

from planner.plan import Plan, Route, Stop
from planner.solvers.fixing import residual_instance
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


def test_nothing_settled_leaves_all() -> None:
    """Even a site where fewer are expected than a stop usually has."""
    given = instance(site(1, expected=4), vans=VANS)
    left = residual_instance(given, Plan())
    assert (left.sites, left.vans) == (given.sites, given.vans)
