"""Commands on the bare formats: solve an instance, verify a plan."""

import json
from pathlib import Path
from typing import Annotated

import typer

from planner import check, formats, solvers
from planner.cli.options import Gap, Iterations, Json, Seed, Solver, TimeLimit
from planner.cli.watching import interruptible, limits, progress
from planner.errors import input_error
from planner.model import Instance
from planner.plan import Plan, Result
from planner.render.writing import write_files

DEFAULT_TIME_S = 30.0


def solve(
    instance: Annotated[Path, typer.Argument(help="A planner-instance/1 file.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the plan goes.")],
    solver: Solver = solvers.DEFAULT,
    time_limit: TimeLimit = None,
    gap: Gap = None,
    iterations: Iterations = None,
    seed: Seed = 0,
    start: Annotated[
        Path | None, typer.Option("--start", help="A plan to begin with; the result is no worse.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Plan a bare instance: planner solve INSTANCE.json -o PLAN.json --time-limit 10.

    Writes a planner-plan/1 file. The same seed and --iterations give the same bytes.
    """
    given = formats.read_instance(instance)
    begin = _start(given, start)
    with interruptible() as stop, progress() as tell:
        result = solvers.solve(
            given,
            solver=solver,
            seed=seed,
            limits=limits(time_limit, gap, iterations, DEFAULT_TIME_S),
            start=begin,
            stop=stop,
            tell=tell,
        )
    write_files(output.parent, {output.name: formats.plan_bytes(result)})
    typer.echo(formats.plan_bytes(result).decode() if as_json else _told(result))
    typer.echo(f"next: planner verify {instance} {output}", err=True)


def verify(
    instance: Annotated[Path, typer.Argument(help="A planner-instance/1 file.")],
    plan: Annotated[Path, typer.Argument(help="A planner-plan/1 file.")],
    as_json: Json = False,
) -> None:
    """Check a plan against every rule: planner verify INSTANCE.json PLAN.json.

    Exit code 0 if it keeps all rules and is worth what it says, 1 if not.
    """
    given = formats.read_instance(instance)
    result, stated_gap = formats.read_result(plan)
    problems = [
        *check.violations(given, result.plan),
        *check.misstatements(given, result, stated_gap),
    ]
    if as_json:
        rows = [{"where": p.where, "what": p.what, "remedy": p.remedy} for p in problems]
        typer.echo(json.dumps({"feasible": not problems, "problems": rows}, indent=1))
    else:
        for problem in problems:
            typer.echo(str(problem))
        typer.echo(_told(result) if not problems else f"{len(problems)} problems")
    raise typer.Exit(1 if problems else 0)


def _start(instance: Instance, path: Path | None) -> Plan | None:
    if path is None:
        return None
    plan = formats.read_result(path)[0].plan
    problems = check.violations(instance, plan)
    if problems:
        raise input_error(
            str(path), f"breaks {len(problems)} rules here, first {problems[0]}", "mend the plan"
        )
    return plan


def _told(result: Result) -> str:
    proven = "no bound proven" if result.gap is None else f"proven gap {result.gap:.2%}"
    return (
        f"{result.people} people, {sum(1 for _ in result.plan.stops())} stops,"
        f" objective {result.objective:.2f}, {proven} ({result.status})"
    )
