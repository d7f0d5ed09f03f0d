"""Parameters of the solvers, as they are read from tables."""

from dataclasses import replace
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.solvers import Limits, solve
from planner.solvers.params import DEFAULT_PARAMS
from planner.solvers.params_file import parse_params, read_params
from tests.builders.instances import instance, site


def test_what_is_left_out_keeps_its_default() -> None:
    """Of two numbers of pricing one is given; whole numbers count as numbers."""
    params = parse_params({"pricing": {"heuristic_beam": 50}, "master": {"smoothing": 0}}, "x")
    pricing = replace(DEFAULT_PARAMS.pricing, heuristic_beam=50)
    master = replace(DEFAULT_PARAMS.master, smoothing=0)
    assert params == replace(DEFAULT_PARAMS, pricing=pricing, master=master)


def test_a_file_gives_lists_as_tuples(tmp_path: Path) -> None:
    """Neighbourhoods of two and of four routes."""
    path = tmp_path / "params.toml"
    path.write_text("[neighbourhood]\nsizes = [2, 4]\n")
    assert read_params(path).neighbourhood.sizes == (2, 4)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"pricin": {}}, r"x pricin: is not a known key; did you mean 'pricing'\?"),
        ({"pricing": {"beam_site": 1}}, r"x pricing beam_site: .* did you mean 'beam_sites'\?"),
        ({"pricing": 3}, r"x pricing: '3' does not fit here"),
        ({"pricing": {"beam_sites": "many"}}, r"sites: 'many' is not a whole number"),
        ({"pricing": {"beam_sites": 1.5}}, r"use a value such as 240"),
        ({"pricing": {"beam_sites": True}}, r"'True' is not a whole number"),
        ({"dive": {"rounds": -1}}, r"x dive rounds: '-1' is less than 0"),
        ({"grid": {"refinement": 1}}, r"x grid refinement: '1' is less than 2"),
        ({"neighbourhood": {"sizes": []}}, r"x neighbourhood sizes: '\[\]' is not a list"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    table: dict[str, object], message: str
) -> None:
    """A misspelt name, a value of another type, below 0, or none at all."""
    with pytest.raises(InputError, match=message):
        parse_params(table, "x")


def test_all_problems_are_told_at_once() -> None:
    """Two of them."""
    with pytest.raises(InputError, match="beam_sites") as caught:
        parse_params({"pricing": {"beam_sites": -1, "beam": 1}}, "x")
    assert len(caught.value.problems) == 2


def test_parameters_made_in_code_are_checked_too() -> None:
    """A grid that never becomes finer would be refined for ever."""
    with pytest.raises(ValueError, match=r"refinement\n .* greater than or equal to 2"):
        replace(DEFAULT_PARAMS.grid, refinement=1)


@pytest.mark.parametrize(
    "text", ["[pricing", "pricing = \x00", "x = " + "9" * 5_000, "x = " + "[" * 100_000]
)
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, text: str) -> None:
    """A bracket that is not closed, a character that may not be there, too long, too deep."""
    path = tmp_path / "params.toml"
    path.write_text(text)
    with pytest.raises(InputError, match="is not TOML"):
        read_params(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_params(tmp_path / "missing.toml")


def test_parameters_are_heeded_by_a_solve() -> None:
    """A greedy plan that times no site exactly makes no stop."""
    params = parse_params({"greedy": {"timed_sites": 0}}, "x")
    result = solve(instance(site(1)), solver="greedy", limits=Limits(iterations=1), params=params)
    assert result.people == 0
