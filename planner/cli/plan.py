"""The command that decides where each van stands."""

import json
from pathlib import Path

import typer

from planner import inputs, solvers
from planner.analysis.summary import Summary, summary, summary_lines
from planner.cli.keep_option import ROUTES, Keep, KeepMode, solve_keeping
from planner.cli.language import notify, shell_command, words
from planner.cli.options import Folder, Gap, Iterations, Json, OptionalSeed, Solver, TimeLimit, Week
from planner.cli.progress import interruptible, limits, prepare, progress
from planner.errors import NothingToPlanError
from planner.horizon import Horizon
from planner.i18n.messages import say
from planner.office.session import build_plannable_horizon, plan_folder
from planner.office.solve_cache import keep_study
from planner.plan import Result
from planner.store.atomic import write_files
from planner.store.plan_folder import CHANGED, next_version, plan_files


def plan(
    folder: Folder,
    week: Week,
    solver: Solver = solvers.DEFAULT,
    time_limit: TimeLimit = None,
    gap: Gap = None,
    iterations: Iterations = None,
    seed: OptionalSeed = None,
    keep: Keep = None,
    keep_mode: KeepMode = ROUTES,
    as_json: Json = False,
) -> None:
    """Decide where each van stands: planner plan kota-saya --week 2026-W48 --time-limit 30.

    Writes plans/WEEK/ in the folder; a run that fails leaves the earlier plan as it was, and one
    that keeps something of another plan leaves the earlier one beside the new one.
    """
    limits_given = (time_limit, gap, iterations)
    kept = (keep, keep_mode)
    found = make_plan(folder, week, solver, limits_given=limits_given, seed=seed, kept=kept)
    if as_json:
        typer.echo(json.dumps(found.as_dict(), indent=1, ensure_ascii=False))
    else:
        typer.echo("\n".join(summary_lines(found, words().language)))
    notify(say("plan: {folder}", folder=plan_folder(folder, week)))
    notify(say("next: {command}", command=shell_command("planner", "map", folder, "--week", week)))


def make_plan(
    folder: Path,
    week: str,
    solver: str,
    *,
    limits_given: tuple[float | None, float | None, int | None],
    seed: int | None,
    kept: tuple[Path | None, str] = (None, ROUTES),
) -> Summary:
    """What was planned and written; the oddities of the input are told before."""
    district = inputs.read_district(folder)
    for warning in district.warnings:
        notify(warning)
    horizon = build_plannable_horizon(district, week)
    prepare(solver)
    with interruptible() as stop, progress() as show:
        found = solve_keeping(
            horizon.instance,
            *kept,
            solver=solver,
            seed=district.seed if seed is None else seed,
            limits=limits(*limits_given, district.time_limit_s),
            stop=stop,
            tell_progress=show,
        )
    _write_plan(folder, horizon, found.result, versions=kept[0] is not None)
    keep_study(horizon.instance, found.result.plan, found)
    return summary(horizon, found.result)


def _write_plan(folder: Path, horizon: Horizon, result: Result, *, versions: bool) -> None:
    if not any(result.plan.stops()):
        raise NothingToPlanError(
            say(
                "{week}: no van reaches any of {count} places in time;"
                " look at shifts and opening hours",
                week=horizon.week,
                count=len(horizon.instance.sites),
            )
        )
    path = plan_folder(folder, horizon.week)
    old, earlier = next_version(path, "plan --keep") if versions else ({}, ())
    write_files(path, {**plan_files(horizon, result, earlier), **old})
    (path / CHANGED).unlink(missing_ok=True)
