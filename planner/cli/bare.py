"""Commands on the bare formats: solve an instance, verify a plan."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from planner import check, formats, solvers
from planner.cli.language import notify, shell_command, translate
from planner.cli.options import Gap, Iterations, Json, Seed, Solver, TimeLimit
from planner.cli.progress import interruptible, limits, prepare, progress
from planner.errors import input_error
from planner.i18n.messages import Message, say
from planner.model import Instance
from planner.plan import Plan, Result
from planner.store.atomic import write_files

DEFAULT_TIME_S = 30.0


def solve(
    instance: Annotated[
        Path, typer.Argument(metavar="INSTANCE.json", help=say("A planner-instance/1 file."))
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="PLAN.json", help=say("Where the plan goes."))
    ],
    solver: Solver = solvers.DEFAULT,
    time_limit: TimeLimit = None,
    gap: Gap = None,
    iterations: Iterations = None,
    seed: Seed = 0,
    start: Annotated[
        Path | None,
        typer.Option(
            "--start",
            metavar="PLAN.json",
            help=say("A plan to begin with; the result is no worse."),
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Plan a bare instance: planner solve INSTANCE.json -o PLAN.json --time-limit 10.

    Writes a planner-plan/1 file. The same seed and --iterations give the same bytes.
    """
    given = formats.read_instance(instance)
    begin = _start(given, start)
    prepare(solver)
    with interruptible() as stop, progress() as show:
        result = solvers.solve(
            given,
            solver=solver,
            seed=seed,
            limits=limits(time_limit, gap, iterations, DEFAULT_TIME_S),
            start=begin,
            stop=stop,
            tell=show,
        )
    write_files(output.parent, {output.name: formats.plan_bytes(result)})
    typer.echo(formats.plan_bytes(result).decode() if as_json else translate(_sentence(result)))
    notify(say("next: {command}", command=shell_command("planner", "verify", instance, output)))


def verify(
    instance: Annotated[
        Path, typer.Argument(metavar="INSTANCE.json", help=say("A planner-instance/1 file."))
    ],
    plan: Annotated[Path, typer.Argument(metavar="PLAN.json", help=say("A planner-plan/1 file."))],
    as_json: Json = False,
) -> None:
    """Check a plan against every rule: planner verify INSTANCE.json PLAN.json.

    Exit code 0 if it keeps all rules and is worth what it says, 1 if not.
    """
    given = formats.read_instance(instance)
    result, stated_gap = formats.read_result(plan)
    found = [
        *check.violations(given, result.plan),
        *check.misstatements(given, result, stated_gap),
    ]
    if as_json:
        rows = [
            {key: translate(text) for key, text in asdict(violation.problem()).items()}
            | {"code": violation.rule.value}
            for violation in found
        ]
        typer.echo(json.dumps({"feasible": not found, "problems": rows}, indent=1))
    else:
        for violation in found:
            typer.echo(translate(violation.message))
        ending = say("{count} problems", count=len(found)) if found else _sentence(result)
        typer.echo(translate(ending))
    raise typer.Exit(1 if found else 0)


def _start(instance: Instance, path: Path | None) -> Plan | None:
    if path is None:
        return None
    plan = formats.read_result(path)[0].plan
    problems = check.violations(instance, plan)
    if problems:
        first = problems[0].message
        raise input_error(
            str(path),
            say("breaks {count} rules here, first {first}", count=len(problems), first=first),
            say("mend the plan"),
        )
    return plan


def _sentence(result: Result) -> Message:
    proven = (
        say("no bound proven")
        if result.gap is None
        else say("proven gap {gap:.2%}", gap=result.gap)
    )
    return say(
        "{people} people, {stops} stops, objective {objective:.2f}, {proven} ({status})",
        people=result.people,
        stops=sum(1 for _ in result.plan.stops()),
        objective=result.objective,
        proven=proven,
        status=say(result.status.value),
    )
