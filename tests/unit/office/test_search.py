"""How a plan is searched for."""

import pytest

from planner.i18n.messages import Message
from planner.office.listener import Listener
from planner.office.search import Search, prepare_solver
from planner.solvers import Limits


def notices(spent_s: float) -> list[Message]:
    """What is said of a solver that took so long to prepare."""
    said: list[Message] = []
    prepare_solver("columns", Listener(notice=said.append), lambda solver: spent_s)
    return said


def test_compiling_a_solver_is_told_apart_from_solving() -> None:
    """21.4 s, before the time limit begins."""
    assert notices(21.4) == ["prepared in 21 s; the time limit begins now"]


def test_loading_a_solver_is_not_worth_a_word() -> None:
    """Less than a second."""
    assert not notices(0.9)


@pytest.mark.parametrize(
    ("search", "limits"),
    [
        (Search(), Limits(time_limit_s=7.0)),
        (Search(gap=0.01), Limits(time_limit_s=7.0, gap=0.01)),
        (Search(iterations=3), Limits(iterations=3)),
        (Search(iterations=3, time_limit_s=2.0), Limits(iterations=3, time_limit_s=2.0)),
    ],
)
def test_the_usual_time_ends_what_nothing_else_does(search: Search, limits: Limits) -> None:
    """A gap may never be reached; rounds are."""
    assert search.limits(7.0) == limits


def test_a_kept_answer_will_do_whatever_the_number_of_processes() -> None:
    """A seed of one's own is not answered from memory."""
    assert Search(processes=1).is_usual
    assert not Search(seed=0).is_usual
