"""What the public may know of a plan."""

from dataclasses import replace

import pytest

from planner.analysis.itinerary import Itinerary
from planner.analysis.public_schedule import public_visits, restricted_visits
from planner.model import Break, Interval
from planner.plan import Plan, Route
from tests.builders.districts import district
from tests.builders.horizons import horizon, itinerary, result, two_vans


def test_public_hours_are_round_and_inside_the_plan() -> None:
    """Service from 08.21 to 09.33 is told as 08.25 to 09.30; one of four minutes stays."""
    route = result().plan.routes[0]
    long, short = (
        replace(route.stops[0], serve_s=30060, packup_s=34380),
        replace(route.stops[0], serve_s=30060, packup_s=30240),
    )
    for stop, hours in ((long, (30300, 34200)), (short, (30060, 30240))):
        plan = Plan(routes=(replace(route, stops=(stop,)),))
        (visit,) = public_visits(itinerary(replace(result(), plan=plan)), drafts=False)
        assert visit.hours == hours


def test_the_public_is_told_of_no_less_than_the_least_stay() -> None:
    """An hour at least by the tables, from 08.21 to 09.21: told to the minute."""
    route = result().plan.routes[0]
    hour = replace(route.stops[0], serve_s=30060, packup_s=33660)
    plain = itinerary(replace(result(), plan=Plan(routes=(replace(route, stops=(hour,)),))))
    instance = plain.horizon.instance
    sites = tuple(replace(site, min_service_s=3600) for site in instance.sites)
    asked = replace(plain.horizon, instance=replace(instance, sites=sites))
    for given, hours in ((plain, (30300, 33600)), (replace(plain, horizon=asked), (30060, 33660))):
        (visit,) = public_visits(given, drafts=False)
        assert visit.hours == hours


@pytest.mark.parametrize(("gap_s", "count"), [(0, 1), (3600, 2)])
def test_vans_at_one_place_are_one_visit_unless_nobody_is_there(gap_s: int, count: int) -> None:
    """The second van begins when the first ends, or an hour later."""
    assert len(public_visits(itinerary(two_vans(gap_s)), drafts=False)) == count


REST = Break(earliest_s=0, latest_s=86400, length_s=900)


def with_break(break_start_s: int, routes: tuple[Route, ...] | None = None) -> Itinerary:
    """The point served from 08.20 to 09.30, on routes that begin a quarter hour's break then."""
    vehicle = replace(district().vehicles[0], crew_break=REST)
    first, *others = routes or result().plan.routes[:1]
    rested = replace(first, break_start_s=break_start_s)
    return Itinerary(horizon(vehicles=(vehicle,)), Plan(routes=(rested, *others)))


@pytest.mark.parametrize(
    ("break_start_s", "hours", "breaks"),
    [
        (31620, (30000, 34200), ((31500, 32700),)),
        (30000, (30900, 34200), ()),
        (33300, (30000, 33300), ()),
        (29000, (30000, 34200), ()),
        (34200, (30000, 34200), ()),
    ],
    ids=["inside, rounded outwards", "at the start", "at the end", "in set-up", "in pack-up"],
)
def test_a_break_shows_in_the_hours(
    break_start_s: int, hours: Interval, breaks: tuple[Interval, ...]
) -> None:
    """Rest from 08.47 to 09.02 is told as 08.45 to 09.05; at either end the hours are shorter."""
    visit, *_ = public_visits(with_break(break_start_s), drafts=False)
    assert (visit.hours, visit.breaks) == (hours, breaks)


def test_another_van_records_through_a_break() -> None:
    """Two vans serve the point at the same time, of which one rests: nobody need know."""
    route = replace(result().plan.routes[0], stops=result().plan.routes[0].stops[:1])
    (visit,) = public_visits(with_break(31620, (route, route)), drafts=False)
    assert visit.breaks == ()


def test_a_few_minutes_between_two_breaks_are_part_of_them() -> None:
    """One van rests from 08.47 to 09.02; the other comes at 08.53 and rests from 08.57 on."""
    first = replace(result().plan.routes[0], stops=result().plan.routes[0].stops[:1])
    stop = replace(first.stops[0], arrive_s=31980, setup_s=31980, serve_s=31980)
    second = replace(first, stops=(stop,), break_start_s=32220)
    (visit,) = public_visits(with_break(31620, (first, second)), drafts=False)
    assert visit.breaks == ((31500, 32700),)


def test_a_place_is_public_or_only_for_its_own_people() -> None:
    """The school, a draft, is for its pupils; point and office are for everybody."""
    for visits, names in ((public_visits, {"P1", "O1"}), (restricted_visits, {"S1"})):
        assert {visit.venue.id for visit in visits(itinerary(), drafts=True)} == names
