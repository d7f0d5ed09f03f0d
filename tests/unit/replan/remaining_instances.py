"""What is left to decide of a morning, with what keeps its promises."""

from typing import Any

from planner.model import ID_MARK, Instance
from planner.promise import list_promises
from planner.replan.build_remaining_instance import build_remaining_instance
from planner.replan.chains import build_services
from planner.replan.disruption import Disruption
from planner.replan.promise_assignment import assign_promises
from planner.replan.remaining_instance import RemainingInstance
from planner.replan.remaining_route import RemainingRoute, fill_people, people_left
from planner.replan.van_state import find_van_states
from tests.builders.districts import SATURDAY
from tests.unit.replan.weekends import instance, morning_plan

A, B = (f"{van_id}{ID_MARK}{SATURDAY}" for van_id in "AB")


def remaining_instance(
    time_s: int,
    *,
    given: Instance | None = None,
    published: tuple[str, ...] = ("P3",),
    **disruption: Any,
) -> tuple[RemainingInstance, tuple[RemainingRoute, ...]]:
    """What is left from a time on, with what keeps the promises that are still open."""
    given = given or instance()
    happened = Disruption(day=SATURDAY, time_s=time_s, **disruption)
    states = find_van_states(given, morning_plan(), happened)
    past = [stop for state in states for stop in state.past_stops]
    services = build_services(morning_plan(), list_promises(morning_plan(), published))
    chains = assign_promises(given, states, services, people_left(given, past))
    stops = {chain.van_state.van_day: chain.stops for chain in chains}
    routes = [
        RemainingRoute(
            van_state=state,
            stops=stops.get(state.van_day, ()),
            break_start_s=state.break_start_s,
        )
        for state in states
    ]
    remaining = fill_people(given, routes)
    left = build_remaining_instance(given, remaining, chains)
    assert left is not None
    return left, remaining
