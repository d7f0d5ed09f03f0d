"""The command for scenarios: what if there were a van more, a hall locked, a longer shift."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.language import notify, words
from planner.cli.options import (
    Folder,
    Gap,
    Iterations,
    Json,
    OptionalSeed,
    Processes,
    Solver,
    TimeLimit,
    Week,
)
from planner.cli.output import print_result
from planner.cli.progress import terminal_listener
from planner.errors import input_error
from planner.i18n.messages import say
from planner.office.folder import read_district
from planner.office.search import DEFAULT, Search
from planner.office.whatif import (
    Comparison,
    Valuation,
    compare,
    read_scenarios,
    save_comparison,
    save_valuation,
    value_scarce,
)
from planner.render.comparison_table import build_comparison_dicts, build_comparison_lines
from planner.render.scarcity_table import (
    build_price_line,
    build_scarcity_dicts,
    build_scarcity_lines,
)
from planner.scenarios import CHANGES, Change

SHOWN = 20
"""Rows of the table on the terminal; the file has all."""


def with_change_options(command: Callable[..., None]) -> Callable[..., None]:
    """A command with an option for each kind of change; their texts are its `changes`."""

    @wraps(command)
    def run(**given: Any) -> None:
        command(changes={name: given.pop(name) or () for name in CHANGES}, **given)

    # Typer reads the options of a command from its signature and annotations.
    kinds = {name: Annotated[list[str] | None, _option(kind)] for name, kind in CHANGES.items()}
    options = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=kind)
        for name, kind in kinds.items()
    ]
    own = list(signature(command).parameters.values())
    at = [parameter.name for parameter in own].index("changes")
    by_name = [parameter.replace(kind=Parameter.KEYWORD_ONLY) for parameter in own]
    run.__signature__ = Signature([*by_name[:at], *options, *by_name[at + 1 :]])  # type: ignore[attr-defined]
    run.__annotations__ = command.__annotations__ | kinds
    return run


def _option(kind: type[Change]) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        kind.option(), metavar=kind.metavar, help=kind.help
    )
    return option


@with_change_options
def whatif(
    folder: Folder,
    week: Week,
    changes: Mapping[str, Sequence[str]],
    scenarios: Annotated[
        Path | None,
        typer.Option(
            "--scenarios",
            metavar=say("FILE"),
            help=say("TOML file with scenarios, and a grid of them."),
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name", metavar=say("NAME"), help=say("Name of the scenario that the options make.")
        ),
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help=say("Make each option a scenario of its own."))
    ] = False,
    scarce: Annotated[
        bool,
        typer.Option(
            "--scarce", help=say("Value one more van-day, kit, hour, open day or permission.")
        ),
    ] = False,
    processes: Processes = None,
    solver: Solver = DEFAULT,
    time_limit: TimeLimit = None,
    gap: Gap = None,
    iterations: Iterations = None,
    seed: OptionalSeed = None,
    as_json: Json = False,
) -> None:
    """Compare plans with changes: planner whatif kota-saya --week 2026-W48 --vans +1 --close T-12.

    With --scarce, and no changes, everything that could be had more of is valued instead.

    The options together are one scenario; --each makes one of each, --scenarios reads more from a
    file. All start from the plan without changes. Writes whatif/WEEK/comparison.html and
    comparison.csv in the folder; the plan of the week stays as it is.

    Without --time-limit, all scenarios together take about a minute.
    """
    search = Search(
        solver=solver,
        seed=seed,
        time_limit_s=time_limit,
        gap=gap,
        iterations=iterations,
        processes=processes or None,
    )
    district = read_district(folder)
    with terminal_listener() as listener:
        if scarce:
            _refuse_changes(changes, scenarios)
            valuation = value_scarce(district, week, search=search, listener=listener)
        else:
            asked = read_scenarios(changes, scenarios, name=name, apart=each)
            comparison = compare(district, week, asked, search=search, listener=listener)
    if scarce:
        _print_valuation(valuation, as_json=as_json)
    else:
        _print_comparison(comparison, as_json=as_json)


def _refuse_changes(changes: Mapping[str, Sequence[str]], path: Path | None) -> None:
    if path is not None or any(changes.values()):
        raise input_error(
            "--scarce",
            say("cannot be combined with changes"),
            say("enter the changes in the tables first"),
        )


def _print_comparison(comparison: Comparison, *, as_json: bool) -> None:
    path = save_comparison(comparison)
    cases = comparison.base, comparison.cases
    print_result(
        as_json,
        lambda: build_comparison_dicts(*cases),
        lambda: build_comparison_lines(*cases, words()),
    )
    notify(say("to open in a browser: {path}", path=path))


def _print_valuation(valuation: Valuation, *, as_json: bool) -> None:
    """The table, and where one more person is worth most."""
    path = save_valuation(valuation)
    print_result(
        as_json, lambda: build_scarcity_dicts(valuation.worths, words()), lambda: _lines(valuation)
    )
    notify(say("table: {path}", path=path))


def _lines(valuation: Valuation) -> list[str]:
    names = {venue.id: venue.name for venue in valuation.horizon.venues}
    return [
        *build_scarcity_lines(valuation.worths[:SHOWN], words()),
        build_price_line(names, valuation.prices, words()),
    ]
