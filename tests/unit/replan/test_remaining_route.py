"""What remains of a van-day, joined to its past and filled with people."""

from dataclasses import replace

from planner.model import Instance
from planner.plan import Plan, Stop
from planner.replan.disruption import Disruption
from planner.replan.remaining_route import (
    RemainingRoute,
    extend_stays,
    fill_people,
    join_past,
    people_left,
    stop_capacity,
)
from planner.replan.van_state import find_van_states
from tests.builders.districts import SATURDAY
from tests.builders.plans import stop
from tests.unit.replan.weekends import H, instance, morning_plan, site, van


def remaining(time_s: int, *stops: Stop, van_id: str = "A") -> RemainingRoute:
    """Stops of a van from a time on."""
    happened = Disruption(day=SATURDAY, time_s=time_s)
    states = find_van_states(instance(), morning_plan(), happened)
    return RemainingRoute(van_state=states["AB".index(van_id)], stops=stops, break_start_s=None)


def filled(given: Instance, *stops: Stop, extended: bool = False) -> list[tuple[int, int]]:
    """People, and seconds of service, of stops of A from 7:00 on."""
    routes = fill_people(given, [remaining(7 * H, *stops)])
    if extended:
        routes = extend_stays(given, routes)
    return [(each.people, each.packup_s - each.serve_s) for each in routes[0].stops]


def test_people_left_are_those_recorded_nowhere() -> None:
    """Five of twenty at P1."""
    left = people_left(instance(), [stop("P1", 8 * H, 5), stop("P1", 10 * H, 10)])
    assert [left.at(site) for site in range(3)] == [5, 20, 20]


def test_a_van_that_has_not_left_leaves_as_late_as_it_can() -> None:
    """It is at P1 at 8:00, ten minutes from its depot; if it could be there at 7:40, no sooner."""
    early = replace(stop("P1", 8 * H), arrive_s=7 * H + 2400)
    plan = join_past(instance(), [remaining(7 * H, early)])
    assert plan == Plan(routes=morning_plan().routes[:1])


def test_a_van_that_has_left_goes_on() -> None:
    """B at P2 at 9:00, with P3 still to come."""
    going_on = remaining(9 * H, morning_plan().routes[1].stops[1], van_id="B")
    assert join_past(instance(), [going_on]).routes == morning_plan().routes[1:]


def test_a_van_with_nothing_left_drives_home() -> None:
    """B at 9:00 without P3 is home at 10:00; a van that has done nothing has no route."""
    (home,) = join_past(instance(), [remaining(9 * H, van_id="B"), remaining(7 * H)]).routes
    assert (home.return_s, [each.site_id for each in home.stops]) == (10 * H, ["P2"])


def test_a_route_that_is_over_stays_as_it_was() -> None:
    """A after 10:00."""
    assert join_past(instance(), [remaining(10 * H)]).routes == morning_plan().routes[:1]


def test_routes_are_in_the_order_of_vans() -> None:
    """B is the first van here."""
    given = instance(van("B"), van("A"))
    states = find_van_states(given, morning_plan(), Disruption(day=SATURDAY, time_s=12 * H))
    over = [RemainingRoute(van_state=each, stops=(), break_start_s=None) for each in states]
    assert [route.van_id for route in join_past(given, over).routes] == ["B", "A"]


def test_the_break_records_nobody() -> None:
    """An hour with two kits, six minutes each: twenty people, ten with half an hour of break."""
    state, one = remaining(7 * H).van_state, stop("P1", 8 * H)
    assert stop_capacity(instance(), state, one, None) == 20
    assert stop_capacity(instance(), state, one, 8 * H + 3600) == 10
    quick = instance(sites=(site(1, seconds_per_person=0),))
    assert stop_capacity(quick, state, one, None) == 20


def test_stops_are_filled_as_far_as_time_people_and_cards_go() -> None:
    """Five in an hour for twenty; fifteen expected; twelve cards."""
    one = replace(stop("P1", 8 * H), people=5)
    assert filled(instance(), one) == [(20, 3600)]
    assert filled(instance(sites=(site(1, expected=15),)), one) == [(15, 3600)]
    assert filled(instance(van("A", max_people=12)), one) == [(12, 3600)]


def test_people_of_more_weight_are_filled_in_first() -> None:
    """Twenty-five cards: all twenty at P3, which counts double."""
    given = instance(van("A", max_people=25), sites=(site(1), site(2), site(3, weight=2.0)))
    stops = (replace(stop("P1", 8 * H), people=5), replace(stop("P3", 10 * H), people=5))
    assert filled(given, *stops) == [(5, 3600), (20, 3600)]


def test_stays_take_the_time_that_the_van_would_wait() -> None:
    """Thirty at P1, three minutes each: until P3 it waits for no more than ten people."""
    given = instance(sites=(site(1, expected=40), site(2), site(3)))
    for arrive_s, people in ((11 * H, 40), (10 * H + 1800, 30), (10 * H + 120, 20)):
        after = replace(stop("P3", arrive_s, 5), arrive_s=10 * H)
        (first, _) = filled(given, stop("P1", 8 * H), after, extended=True)
        assert first == (people, people * 180)


def test_the_last_stay_ends_in_the_window_the_shift_and_before_the_break() -> None:
    """Home by 13:00, when the break may last begin; or P1 closes at 10:30."""
    plenty = instance(sites=(site(1, expected=200),))
    (last,) = filled(plenty, stop("P1", 8 * H), extended=True)
    assert last == (80, 4 * H)
    closing = site(1, expected=200, windows={SATURDAY: ((8 * H, 10 * H + 1800),)})
    assert filled(instance(sites=(closing,)), stop("P1", 8 * H), extended=True) == [(33, 33 * 180)]
