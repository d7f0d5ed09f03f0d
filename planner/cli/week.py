"""Commands for one weekend: plan it, draw it, and the demonstration that does both."""

import json
import shutil
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import platformdirs
import typer

from planner import formats, inputs, solvers
from planner.cli.keeping import ROUTES, Keep, KeepMode, solved
from planner.cli.options import Folder, Gap, Iterations, Json, OptionalSeed, Solver, TimeLimit, Week
from planner.cli.serving import show_page
from planner.cli.speech import tell, typed, words
from planner.cli.usage import port_number
from planner.cli.watching import interruptible, limits, prepare, preparing, progress
from planner.district import District
from planner.errors import NothingToPlanError, input_error
from planner.messages import say
from planner.plan import Result
from planner.render.map import draw_map
from planner.render.plan_folder import CHANGED, PLAN, changed_inputs, next_version, plan_files
from planner.render.summary import Summary, summary, summary_lines
from planner.render.writing import write_files
from planner.weekend import Weekend, build, not_visited

DEMO_WEEK = "2026-W48"
DEMO_TIME_S = 10.0


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
    found = _plan(folder, week, solver, limits_given=limits_given, seed=seed, kept=kept)
    if as_json:
        typer.echo(json.dumps(found.as_dict(), indent=1, ensure_ascii=False))
    else:
        typer.echo("\n".join(summary_lines(found, words().language)))
    tell(say("plan: {folder}", folder=plan_folder(folder, week)))
    tell(say("next: {command}", command=typed("planner", "map", folder, "--week", week)))


def map_(
    folder: Folder,
    week: Week,
    serve: Annotated[
        bool, typer.Option("--serve", help=say("Then show it on this computer, over street tiles."))
    ] = False,
    port: Annotated[
        int,
        typer.Option(
            "--port",
            parser=port_number,
            metavar=say("NUMBER"),
            help=say("Of --serve; 0 = any that is free."),
        ),
    ] = 0,
) -> None:
    """Draw the plan of a week: planner map kota-saya --week 2026-W48.

    Writes maps/WEEK/map.html in the folder; it opens without internet. With --serve, a browser of
    this computer shows the same over streets from openstreetmap.org, until Ctrl-C.
    """
    weekend, result = planned(folder, week)
    typer.echo(str(_write_map(folder, weekend, result)))
    if serve:
        left_out = not_visited(weekend, result.plan)
        page = draw_map(weekend, result, left_out, tiles=True)
        show_page(page.encode(), port)


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar=say("FOLDER"), help=say("Where the example goes."))
    ] = Path("kota-contoh"),
) -> None:
    """Plan and draw the example weekend in a new folder: planner demo.

    The folder kota-contoh is a copy of the example; change its tables and plan again.
    """
    if not folder.exists():
        shutil.copytree(example_folder(), folder)
    limits_given = (DEMO_TIME_S, None, None)
    found = _plan(folder, DEMO_WEEK, solvers.DEFAULT, limits_given=limits_given, seed=None)
    typer.echo("\n".join(summary_lines(found, words().language)))
    weekend, result = planned(folder, DEMO_WEEK)
    path = plan_folder(folder, DEMO_WEEK)
    tell(say("plan: {folder}", folder=path))
    tell(say("summary: {path}", path=path / "summary.txt"))
    tell(say("map, to open in a browser: {path}", path=_write_map(folder, weekend, result)))


def _plan(
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
        tell(warning)
    weekend = weekend_of(district, week)
    prepare(solver)
    with interruptible() as stop, progress() as show:
        result = solved(
            weekend.instance,
            *kept,
            solver=solver,
            seed=district.seed if seed is None else seed,
            limits=limits(*limits_given, district.time_limit_s),
            stop=stop,
            tell_progress=show,
        )
    _write_plan(folder, weekend, result, versions=kept[0] is not None)
    return summary(weekend, result)


def planned(folder: Path, week: str) -> tuple[Weekend, Result]:
    """A weekend with its plan, after a word where the input has changed since."""
    district = inputs.read_district(folder)
    path = plan_folder(folder, week)
    if not (path / PLAN).exists():
        raise input_error(
            str(path / PLAN),
            say("is missing"),
            say("run {command} first", command=typed("planner", "plan", folder, "--week", week)),
        )
    weekend = changed_weekend(district, path)
    result, _ = formats.read_result(path / PLAN)
    for name in changed_inputs(path, district):
        tell(say("{name}: has changed since the plan was made; plan again", name=name))
    return weekend, result


def changed_weekend(district: District, plan_folder: Path) -> Weekend:
    """The weekend that a plan in ``plans/WEEK`` was made for, with what has changed since."""
    weekend = weekend_of(district, plan_folder.name)
    return replace(weekend, instance=formats.with_changes(weekend.instance, plan_folder / CHANGED))


def example_folder() -> Path:
    """The example district, in the installed package or in the source tree."""
    installed = Path(str(files("planner"))) / "examples" / "kota-contoh"
    source = Path(__file__).parents[2] / "examples" / "kota-contoh"
    return installed if installed.exists() else source


def roads_cache() -> Path:
    """Folder of the user in which prepared roads are kept."""
    return platformdirs.user_cache_path("jemput-bola-planner", appauthor=False)


def weekend_of(district: District, week: str) -> Weekend:
    """A weekend in which at least one van and one place can be planned for."""
    with preparing() as show:
        weekend = build(district, week, cache=roads_cache(), tell=show)
    if not weekend.instance.van_days:
        raise NothingToPlanError(
            say("{week}: no van has a shift; see the tables vans and calendar", week=week)
        )
    if not weekend.instance.sites:
        raise NothingToPlanError(
            say(
                "{week}: none of {count} places can be visited; {command} says why",
                week=week,
                count=len(district.venues),
                command=typed("planner", "check", district.folder, "--week", week),
            )
        )
    return weekend


def _write_plan(folder: Path, weekend: Weekend, result: Result, *, versions: bool) -> None:
    if not any(result.plan.stops()):
        raise NothingToPlanError(
            say(
                "{week}: no van reaches any of {count} places in time;"
                " look at shifts and opening hours",
                week=weekend.week,
                count=len(weekend.instance.sites),
            )
        )
    path = plan_folder(folder, weekend.week)
    old, earlier = next_version(path, "plan --keep") if versions else ({}, ())
    write_files(path, {**plan_files(weekend, result, earlier), **old})
    (path / CHANGED).unlink(missing_ok=True)


def _write_map(folder: Path, weekend: Weekend, result: Result) -> Path:
    page = draw_map(weekend, result, not_visited(weekend, result.plan))
    path = folder / "maps" / weekend.week / "map.html"
    write_files(path.parent, {path.name: page.encode()})
    return path


def plan_folder(folder: Path, week: str) -> Path:
    """Where the plan of a week is."""
    return folder / "plans" / week
