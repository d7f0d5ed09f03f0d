"""What is different from a moment on."""

from datetime import date

import pytest

from planner.errors import InputError
from planner.replan.disruption import Disruption, check_names
from tests.builders.districts import SATURDAY, SUNDAY
from tests.unit.replan.weekends import H, instance


@pytest.mark.parametrize(
    ("back", "is_broken_down"), [(None, (False, True, True)), (SUNDAY, (False, True, False))]
)
def test_a_van_is_broken_down_until_it_drives_again(
    back: date | None, is_broken_down: tuple[bool, ...]
) -> None:
    """From Saturday on; back on Sunday, or not at all."""
    happened = Disruption(day=SATURDAY, time_s=9 * H, without={"A": back})
    days = (date(2026, 11, 27), SATURDAY, SUNDAY)
    assert tuple(happened.is_broken_down("A", day) for day in days) == is_broken_down
    assert not happened.is_broken_down("B", SATURDAY)


def test_names_of_the_instance_are_known() -> None:
    """All four kinds."""
    check_names(
        instance(),
        Disruption(
            day=SATURDAY,
            time_s=0,
            without={"A": None},
            late_s={"B": 60},
            closed=frozenset({"P1"}),
            people={"P2": 5},
        ),
    )


def test_unknown_names_are_all_reported_with_the_nearest() -> None:
    """P33 is about P3; nothing is like X."""
    happened = Disruption(day=SATURDAY, time_s=0, without={"X": None}, closed=frozenset({"P33"}))
    with pytest.raises(InputError, match="van 'X' is not part") as raised:
        check_names(instance(), happened)
    assert [str(problem.remedy) for problem in raised.value.problems] == [
        "use one of A, B",
        "did you mean 'P3'?",
    ]
