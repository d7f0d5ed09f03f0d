"""How a plan is searched for."""

from dataclasses import replace

import pytest

from planner.errors import InputError
from planner.i18n.messages import Message
from planner.office.listener import SILENT, Listener
from planner.office.search import Search, prepare_solver
from planner.solvers import Limits
from planner.solvers.params import DEFAULT_PARAMS
from tests.builders.districts import district


def notices(spent_s: float) -> list[Message]:
    """What is said of a solver that took so long to prepare."""
    said: list[Message] = []
    prepare_solver("columns", Listener(notice=said.append), prepare=lambda solver: spent_s)
    return said


def test_compiling_a_solver_is_told_apart_from_solving() -> None:
    """21.4 s, before the time limit begins."""
    assert notices(21.4) == ["prepared in 21 s; the time limit begins now"]


def test_loading_a_solver_is_not_worth_a_word() -> None:
    """Less than a second."""
    assert not notices(0.9)


@pytest.mark.parametrize(("is_prepared", "shares"), [(True, []), (False, [0.0, 1.0])])
def test_the_wait_is_announced_only_where_compiled_code_is_missing(
    is_prepared: bool, shares: list[float]
) -> None:
    """Half a minute at the first run on a computer; nothing from then on."""
    heard: list[float] = []
    listener = Listener(stage=lambda what, share: heard.append(share))
    prepare_solver(
        "columns", listener, is_prepared=lambda solver: is_prepared, prepare=lambda solver: 0.0
    )
    assert heard == shares


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


def test_parameters_are_those_of_the_command_then_of_the_district() -> None:
    """A beam of 50 labels in [solver.params.pricing], unless the command says something else."""
    given = replace(district(), solver_params={"pricing": {"heuristic_beam": 50}})
    usual = Search().arguments(7.0, SILENT, given)["params"]
    assert usual.pricing == replace(DEFAULT_PARAMS.pricing, heuristic_beam=50)
    assert Search(params=DEFAULT_PARAMS).arguments(7.0, SILENT, given)["params"] == DEFAULT_PARAMS


def test_a_misspelt_parameter_of_a_district_is_refused() -> None:
    """With its place in planner.toml."""
    given = replace(district(), solver_params={"pricing": {"heuristic_bem": 50}})
    with pytest.raises(InputError, match=r"planner\.toml \[solver\.params\] pricing heuristic_bem"):
        Search().arguments(7.0, SILENT, given)
