"""Planning on from a plan that is there: its routes, its promises, or only as a start."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from planner import formats, solvers
from planner.check import violations
from planner.cli.language import notify, translate
from planner.i18n.messages import say
from planner.model import Instance
from planner.replan import check_plan_names, keep_promises, keep_routes
from planner.solvers import Limits, Progress, SolveReport

ROUTES, PROMISES, NOTHING = MODES = ("routes", "promises", "nothing")


def _known(name: str) -> str:
    if name not in MODES:
        what = say("'{name}' is not one of {names}", name=name, names=", ".join(MODES))
        raise typer.BadParameter(translate(what))
    return name


Keep = Annotated[
    Path | None,
    typer.Option(
        "--keep", metavar=say("FILE"), help=say("A plan.json to go on from; see --keep-mode.")
    ),
]
KeepMode = Annotated[
    str,
    typer.Option(
        "--keep-mode",
        callback=_known,
        metavar="|".join(MODES),
        help=say("What stays: its routes, its places and hours, or nothing (only a start)."),
    ),
]


def solve_keeping(
    instance: Instance,
    keep: Path | None,
    keep_mode: str,
    *,
    solver: str,
    seed: int,
    limits: Limits,
    stop: Callable[[], bool],
    tell_progress: Callable[[Progress], None],
) -> SolveReport:
    """The best plan found, with what is to be kept of another, and what was learnt meanwhile."""
    if keep is None:
        return solvers.solve_with_duals(
            instance, solver=solver, seed=seed, limits=limits, stop=stop, tell=tell_progress
        )
    plan = formats.read_result(keep)[0].plan
    if keep_mode == ROUTES:
        around = keep_routes(
            instance, plan, solver=solver, seed=seed, limits=limits, stop=stop, tell=tell_progress
        )
        return SolveReport(result=around)
    if keep_mode == PROMISES:
        found = keep_promises(
            instance, plan, solver=solver, seed=seed, limits=limits, stop=stop, tell=tell_progress
        )
        kept, promised = len(found.kept), len(found.promises)
        notify(
            say(
                "hours kept: {kept} of {promised}; no plan keeps more, unless a detour is quicker"
                " than the direct road",
                kept=kept,
                promised=promised,
            )
        )
        return SolveReport(result=found.result)
    check_plan_names(instance, plan)
    return solvers.solve_with_duals(
        instance,
        solver=solver,
        seed=seed,
        limits=limits,
        start=None if violations(instance, plan) else plan,
        routes=plan.routes,
        stop=stop,
        tell=tell_progress,
    )
