"""Commands on the bare formats: solve an instance, verify a plan."""

import json

from planner import formats
from planner.cli.options import (
    InstanceFile,
    Json,
    Output,
    ParamsFile,
    PlanArgument,
    Start,
    add_search_options,
    natural_option,
)
from planner.cli.output import encode_problem, print_result, suggest
from planner.cli.terminal_listener import terminal_listener
from planner.i18n.messages import Message, say, say_n
from planner.office.instance_files import (
    Verification,
    check_output,
    save_result,
    solve_file,
    verify_file,
)
from planner.office.search import Search
from planner.plan import Result


@add_search_options(
    say("Time limit in seconds (default 30)."),
    *("solver", "gap", "iterations", "seed", "cores"),
    seed=natural_option("--seed", say("Random seed.")),
)
def solve(
    instance: InstanceFile,
    output: Output,
    search: Search,
    start: Start = None,
    params: ParamsFile = None,
    as_json: Json = False,
) -> None:
    """Solve an instance file: planner solve INSTANCE.json -o PLAN.json --time-limit 10.

    Writes a planner-plan/1 file. The same seed and --iterations give the same bytes.
    """
    check_output(output, instance, start, params)
    with terminal_listener() as listener:
        result = solve_file(instance, search=search, start=start, params=params, listener=listener)
        save_result(result, output)
    print_result(
        as_json, lambda: json.loads(formats.plan_bytes(result)), lambda: [_sentence(result)]
    )
    suggest("verify", instance, output)


def verify(instance: InstanceFile, plan: PlanArgument, as_json: Json = False) -> int:
    """Check a plan against every rule: planner verify INSTANCE.json PLAN.json.

    Exit code 0 if the plan keeps all rules and its figures are right, 1 if not.
    """
    verification = verify_file(instance, plan)
    print_result(as_json, lambda: _as_dict(verification), lambda: _lines(verification))
    return 1 if verification.violations else 0


def _as_dict(verification: Verification) -> dict[str, object]:
    problems = [encode_problem(violation.problem()) for violation in verification.violations]
    return {"feasible": not problems, "problems": problems}


def _lines(verification: Verification) -> list[str]:
    count = len(verification.violations)
    ending = say_n("{n} problem", "{n} problems", count)
    return [
        *(violation.message for violation in verification.violations),
        ending if count else _sentence(verification.result),
    ]


def _sentence(result: Result) -> Message:
    proven = (
        say("no bound proven")
        if result.gap is None
        else say("proven gap {gap:.2%}", gap=result.gap)
    )
    return say(
        "{people}, {stops}, objective {objective:.2f}, {proven} ({status})",
        people=say_n("{n} person", "{n} people", result.people),
        stops=say_n("{n} stop", "{n} stops", sum(1 for _ in result.plan.stops())),
        objective=result.objective,
        proven=proven,
        status=say(result.status.value),
    )
