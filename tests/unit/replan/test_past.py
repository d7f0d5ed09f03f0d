"""Whether a new plan leaves alone what had begun."""

from dataclasses import replace
from typing import Any

import pytest

from planner.plan import Plan
from planner.replan.disruption import Disruption
from planner.replan.past import changed_past_stops
from tests.builders.districts import SATURDAY, SUNDAY
from tests.unit.replan.weekends import H, morning_plan


def changed(after: Plan, time_s: float, **disruption: Any) -> list[str]:
    happened = Disruption(day=SATURDAY, time_s=int(time_s), **disruption)
    return [stop.site_id for _, stop in changed_past_stops(morning_plan(), after, happened)]


def with_stop(number: int, **changes: Any) -> Plan:
    """The plan with one of the stops of B changed."""
    first, second = morning_plan().routes
    stops = list(second.stops)
    stops[number] = replace(stops[number], **changes)
    return Plan(routes=(first, replace(second, stops=tuple(stops))))


WITHOUT_B = Plan(routes=morning_plan().routes[:1])


def test_what_is_still_to_come_may_change() -> None:
    """P3 before 10:00; from then on, as its set-up begins, it may not."""
    assert changed(with_stop(1, people=5), 10 * H - 1) == []
    assert changed(with_stop(1, people=5), 10 * H) == ["P3"]


def test_a_stop_that_is_over_stays_whatever_happens() -> None:
    """P2 after 9:50, and on the days after."""
    assert changed(with_stop(0, people=19), 9 * H + 3000, without={"B": None}) == ["P2"]
    happened = Disruption(day=SUNDAY, time_s=0)
    assert len(changed_past_stops(morning_plan(), WITHOUT_B, happened)) == 2


@pytest.mark.parametrize(
    ("change", "disruption"),
    [
        ({"people": 12}, {"people": {"P2": 12}}),
        ({"people": 10, "packup_s": 9 * H, "depart_s": 9 * H + 1200}, {"without": {"B": None}}),
        ({"people": 10, "packup_s": 9 * H, "depart_s": 9 * H + 1200}, {"closed": {"P2"}}),
        ({"packup_s": 9 * H + 3000, "depart_s": 10 * H + 600}, {"late_s": {"B": 1200}}),
    ],
)
def test_a_stop_that_goes_on_ends_otherwise_only_with_a_reason(
    change: dict[str, int], disruption: dict[str, Any]
) -> None:
    """Other people, a breakdown, a locked hall or a delay, at 9:00; nothing else."""
    assert changed(with_stop(0, **change), 9 * H, **disruption) == []
    assert changed(with_stop(0, **change), 9 * H) == ["P2"]


def test_a_stop_never_begins_otherwise() -> None:
    """Whatever happens at 9:00."""
    later = with_stop(0, serve_s=8 * H + 2000)
    assert changed(later, 9 * H, without={"B": None}) == ["P2"]


def test_a_stop_may_be_gone_where_nobody_was_recorded_yet() -> None:
    """A breakdown at 9:29; at 9:30 all twenty are recorded."""
    assert changed(WITHOUT_B, 9 * H + 1799, without={"B": None}) == []
    assert changed(WITHOUT_B, 9 * H + 1800, without={"B": None}) == ["P2"]
