"""The command for scenarios: what if there were a van more, a hall locked, a longer shift."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from planner import formats, inputs, solvers
from planner.analysis.comparison import comparison_csv, comparison_dicts, comparison_lines
from planner.analysis.scarcity import (
    Worth,
    price_line,
    scarcity_csv,
    scarcity_dicts,
    scarcity_lines,
)
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
from planner.cli.progress import counting, interruptible, limits, prepare
from planner.errors import input_error
from planner.horizon import Horizon
from planner.i18n.messages import say
from planner.office.session import build_plannable_horizon, plan_folder, roads_cache
from planner.office.solve_cache import known_study
from planner.render.comparison_page import draw_comparison
from planner.scenarios import (
    CHANGES,
    Change,
    Scenario,
    build_horizons,
    scenarios_from_file,
    scenarios_from_options,
)
from planner.solvers import Limits, SolveReport
from planner.solvers.parallel import num_cores, share_plans, solve_pool
from planner.store.atomic import write_files
from planner.store.plan_folder import CHANGED, PLAN
from planner.whatif import (
    make_case,
    marginal_questions,
    rank_worths,
    seconds_per_scenario,
    solve_base,
    solve_questions,
    solve_scenarios,
)

BASE_S = 10.0
"""Seconds for the plan that everything is valued against, where nothing is known of it yet."""

VALUING_S = 1.0
"""Seconds for each thing valued where a seed or a solver is asked for."""

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
            "--scenarios", metavar=say("FILE"), help=say("A TOML file of scenarios, with a grid.")
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar=say("NAME"), help=say("Of the scenario of the options.")),
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help=say("Every option is a scenario of its own."))
    ] = False,
    scarce: Annotated[
        bool,
        typer.Option(
            "--scarce", help=say("What one more van-day, kit, hour, open day or permission brings.")
        ),
    ] = False,
    processes: Processes = None,
    solver: Solver = solvers.DEFAULT,
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
    district = inputs.read_district(folder)
    run = Run(
        folder=folder,
        horizon=build_plannable_horizon(district, week),
        solver=solver,
        seed_given=seed,
        limits_given=(time_limit, gap, iterations),
        processes=processes or None,
        as_json=as_json,
    )
    run.tell_of_changes()
    if scarce:
        _no_scenarios(changes, scenarios)
        _value(run)
    else:
        _compare(run, _scenarios(changes, scenarios, name, apart=each))


@dataclass(frozen=True, kw_only=True)
class Run:
    """What the person asked for, as far as it is the same for every question."""

    folder: Path
    horizon: Horizon
    solver: str
    seed_given: int | None
    limits_given: tuple[float | None, float | None, int | None]
    processes: int | None
    as_json: bool

    def tell_of_changes(self) -> None:
        """Say that what was changed on the day itself is left aside, where anything was."""
        week = self.horizon.week
        if (plan_folder(self.folder, week) / CHANGED).exists():
            notify(
                say(
                    "the plan of {week} was changed on the day itself; here the whole week is"
                    " planned by the tables, without those changes",
                    week=week,
                )
            )

    def limits(self, count: int) -> Limits:
        """Those of each of so many solves."""
        most_s = self.horizon.district.time_limit_s
        return limits(*self.limits_given, seconds_per_scenario(count, most_s, self.processes))

    @property
    def seed(self) -> int:
        """Of all solves."""
        return self.horizon.district.seed if self.seed_given is None else self.seed_given

    @property
    def as_usual(self) -> bool:
        """Whether nobody asked for a solver, a seed or an end of his own."""
        asked = (self.solver, self.seed_given, self.limits_given)
        return asked == (solvers.DEFAULT, None, (None, None, None))

    def base(self, ends: Limits, stop: Callable[[], bool]) -> SolveReport:
        """What is known without changes; begins with the plan of the week where there is one."""
        path = plan_folder(self.folder, self.horizon.week) / PLAN
        plan = formats.read_result(path)[0].plan if path.exists() else None
        known = known_study(self.horizon.instance, plan) if plan and self.as_usual else None
        return known or solve_base(
            self.horizon, solver=self.solver, seed=self.seed, limits=ends, start=plan, stop=stop
        )

    def write(self, files: Mapping[str, bytes]) -> Path:
        """Write files into whatif/WEEK/."""
        path = self.folder / "whatif" / self.horizon.week
        write_files(path, files)
        return path


def _scenarios(
    given: Mapping[str, Sequence[str]], path: Path | None, name: str | None, *, apart: bool
) -> tuple[Scenario, ...]:
    read = () if path is None else scenarios_from_file(inputs.read_toml(path), path.name)
    found = (*scenarios_from_options(given, name=name, apart=apart), *read)
    if not found:
        raise input_error(
            "planner whatif", say("nothing is to change"), say("give a change, such as --vans +1")
        )
    return found


def _no_scenarios(given: Mapping[str, Sequence[str]], path: Path | None) -> None:
    if path is not None or any(given.values()):
        raise input_error(
            "--scarce", say("goes without changes"), say("put the changes into the tables first")
        )


def _compare(run: Run, asked: Sequence[Scenario]) -> None:
    """Plan each scenario, write the page and the table, and print what they say."""
    changed = build_horizons(run.horizon.district, run.horizon.week, asked, cache=roads_cache())
    ends = run.limits(len(asked))
    prepare(run.solver)
    with interruptible() as stop, counting(say("scenarios planned"), len(asked)) as show:
        show(0)
        base = run.base(ends, stop)
        found = solve_scenarios(
            changed,
            base,
            solver=run.solver,
            seed=run.seed,
            limits=ends,
            processes=run.processes,
            stop=stop,
            tell=show,
        )
    instances = [horizon.instance for horizon in (run.horizon, *changed)]
    own, *others = share_plans(instances, [report.result for report in (base, *found)])
    case = make_case(run.horizon, own, cache=roads_cache())
    cases = [
        make_case(horizon, result, scenario, cache=roads_cache())
        for horizon, result, scenario in zip(changed, others, asked, strict=True)
    ]
    files = {
        "comparison.html": draw_comparison(case, cases).encode(),
        "comparison.csv": comparison_csv(case, cases, run.horizon.district.office.words),
    }
    path = run.write(files)
    if run.as_json:
        told = comparison_dicts(case, cases)
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        typer.echo("\n".join(comparison_lines(case, cases, words())))
    notify(say("to open in a browser: {path}", path=path / "comparison.html"))


def _value(run: Run) -> None:
    """Value one more of everything, write the table, and print it."""
    prepare(run.solver)
    with (
        interruptible() as stop,
        solve_pool(run.processes or num_cores(), {run.solver}, stop) as pool,
    ):
        base = run.base(limits(*run.limits_given, BASE_S), stop)
        asked = marginal_questions(run.horizon, base, cache=roads_cache())
        with counting(say("things valued"), len(asked)) as show:
            show(0)
            found = solve_questions(
                asked,
                base,
                run.horizon.instance,
                pool,
                solver=run.solver,
                seed=run.seed,
                limits=None if run.as_usual else limits(*run.limits_given, VALUING_S),
                tell=show,
            )
    worth = rank_worths(run.horizon.instance, base, asked, found)
    path = run.write({"scarcity.csv": scarcity_csv(worth, run.horizon.district.office.words)})
    _say_worth(run, base, worth)
    notify(say("table: {path}", path=path / "scarcity.csv"))


def _say_worth(run: Run, base: SolveReport, worth: Sequence[Worth]) -> None:
    """The table, and where one more person is worth most."""
    if run.as_json:
        typer.echo(json.dumps(scarcity_dicts(worth, words()), indent=1, ensure_ascii=False))
        return
    names = {venue.id: venue.name for venue in run.horizon.venues}
    prices = base.prices.sites if base.prices else {}
    lines = [*scarcity_lines(worth[:SHOWN], words()), price_line(names, prices, words())]
    typer.echo("\n".join(lines))
