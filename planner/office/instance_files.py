"""Bare files: solving an instance, and verifying a plan of one."""

from dataclasses import dataclass, replace
from pathlib import Path

from planner import check, formats, solvers
from planner.errors import input_error
from planner.i18n.messages import say, say_n
from planner.model import Instance
from planner.office.listener import SILENT, Listener
from planner.office.search import Search, prepare_solver
from planner.plan import Plan, Result
from planner.solvers.params_file import read_params
from planner.store.atomic import write_files
from planner.violation import Violation

USUAL_S = 30.0
"""Seconds of a search that nothing else ends."""


def solve_file(
    instance: Path,
    *,
    search: Search | None = None,
    start: Path | None = None,
    params: Path | None = None,
    listener: Listener = SILENT,
) -> Result:
    """The best plan found for a ``planner-instance/1`` or ``/2`` file.

    Parameters
    ----------
    start
        A ``planner-plan/1`` file to begin with; the result is no worse.
    params
        A TOML file with parameters of the solver.

    Raises
    ------
    InputError
        Where a file cannot be read, or the plan to begin with breaks a rule.
    """
    given, search = formats.read_instance(instance), search or Search()
    if params is not None:
        search = replace(search, params=read_params(params))
    begin = None if start is None else _valid_plan(given, start)
    prepare_solver(search.solver, listener)
    return solvers.solve(given, start=begin, **search.arguments(USUAL_S, listener))


def check_output(output: Path, *read: Path | None) -> None:
    """Refuse to write over a file that is read.

    Raises
    ------
    InputError
        Where they are one file, whatever it is called.
    """
    for path in filter(None, read):
        if output.exists() and path.exists() and output.samefile(path):
            raise input_error(
                "-o", say("'{name}' is read", name=path), say("write to another file")
            )


def save_result(result: Result, path: Path) -> None:
    """Write a plan as a ``planner-plan/1`` file."""
    write_files(path.parent, {path.name: formats.plan_bytes(result)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """A plan that was read, and everything that is wrong with it."""

    result: Result
    violations: tuple[Violation, ...]


def verify_file(instance: Path, plan: Path) -> Verification:
    """Whether the plan in a file keeps every rule, and is worth what it says."""
    given = formats.read_instance(instance)
    result, stated_gap = formats.read_result(plan)
    return Verification(
        result=result,
        violations=(
            *check.violations(given, result.plan),
            *check.misstatements(given, result, stated_gap),
        ),
    )


def _valid_plan(instance: Instance, path: Path) -> Plan:
    plan = formats.read_result(path)[0].plan
    if problems := check.violations(instance, plan):
        n, first = len(problems), problems[0].message
        raise input_error(
            str(path),
            say_n("breaks {n} rule, {first}", "breaks {n} rules, first {first}", n, first=first),
            say("correct the plan"),
        )
    return plan
