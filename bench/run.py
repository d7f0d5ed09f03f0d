"""One solver on one instance in a process of its own, watched and scored."""

import multiprocessing
import os
import sys
import time
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from multiprocessing.connection import Connection

from bench.compact import COMPACT, solve_compact
from bench.nearest_point import as_if_nearest
from planner.check import score, violations
from planner.errors import input_error
from planner.i18n.messages import say
from planner.model import Instance
from planner.plan import Plan, Status, gap
from planner.solvers import SOLVERS, Limits, Progress, solve
from planner.solvers.columns.outcome import OPTIMAL

PEERS = {"pyvrp": "pyvrp", "vroom": "vroom", "vrp_cli": "vrp_cli", "ortools_routing": "ortools"}
"""Modules of `bench.peers`, and what must be installed for them."""

NEAREST = "_nearest"
"""Ends the name of a peer that chooses stops as if each group went to its nearest point."""

GRACE_S = 120.0
"""Start-up, reading the instance and the finish of a peer; whoever takes longer has no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one run.

    Attributes
    ----------
    people, objective
        As `planner.check.score` counts them; None where no plan was returned.
    feasible
        Whether `planner.check.violations` finds nothing.
    bound, people_bound
        As in `planner.plan.Result`; None for peers, which prove nothing, and the latter for the
        compact model.
    optimal
        Whether the solver says that it is.
    first_s, spent_s
        Wall seconds from the call to the first plan told of, if any, and to the last.
    """

    people: int | None = None
    objective: float | None = None
    feasible: bool = False
    bound: float | None = None
    people_bound: float | None = None
    optimal: bool = False
    first_s: float | None = None
    spent_s: float = 0.0


def require(solvers: list[str]) -> None:
    """Nothing, where every solver is known and installed.

    Raises
    ------
    InputError
        Otherwise.
    """
    for name in (solver.removesuffix(NEAREST) for solver in solvers):
        if name not in {**SOLVERS, **COMPACT, **PEERS}:
            known = ", ".join([*SOLVERS, *COMPACT, *PEERS])
            raise input_error(
                "--solvers",
                say("'{name}' is not known", name=name),
                say("use one of {known}", known=known),
            )
        if name in PEERS and find_spec(PEERS[name]) is None:
            raise input_error(
                "--solvers",
                say("'{name}' is not installed", name=name),
                say('run: pip install -e ".[bench]"'),
            )


def run(instance: Instance, solver: str, seconds: float, seed: int, cores: int) -> Outcome:
    """What a solver finds in so many wall seconds on so many cores.

    Cores are kept where the system can: on Linux. Elsewhere all are free to use.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(
        target=_work, args=(sender, instance, solver, seconds, seed, cores), daemon=True
    )
    process.start()
    sender.close()
    try:
        outcome = receiver.recv() if receiver.poll(seconds + GRACE_S) else Outcome()
    except EOFError:
        outcome = Outcome()
    process.terminate()
    process.join()
    assert isinstance(outcome, Outcome)
    return outcome


def _work(
    sender: Connection, instance: Instance, solver: str, seconds: float, seed: int, cores: int
) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # vrp-cli writes between our tables
    measure = _own if solver in SOLVERS else _compact if solver in COMPACT else _peer
    sender.send(measure(instance, solver, seconds, seed))


def _own(instance: Instance, solver: str, seconds: float, seed: int) -> Outcome:
    told: list[Progress] = []
    begin_s = time.monotonic()
    result = solve(
        instance,
        solver=solver,
        seed=seed,
        limits=Limits(time_limit_s=seconds),
        on_progress=told.append,
    )
    return replace(
        _scored(instance, result.plan, begin_s),
        bound=result.bound,
        people_bound=result.people_bound,
        optimal=result.status is Status.OPTIMAL,
        first_s=told[0].elapsed_s if told else None,
    )


def _peer(instance: Instance, solver: str, seconds: float, seed: int) -> Outcome:
    begin_s = time.monotonic()
    make_plan = import_module(f"bench.peers.{solver.removesuffix(NEAREST)}").plan
    if solver.endswith(NEAREST):
        plan = as_if_nearest(instance, lambda nearest: make_plan(nearest, seconds, seed))
    else:
        plan = make_plan(instance, seconds, seed)
    return _scored(instance, plan, begin_s)


def _compact(instance: Instance, solver: str, seconds: float, _: int) -> Outcome:
    begin_s = time.monotonic()
    plan, bound = solve_compact(instance, solver, seconds)
    outcome = _scored(instance, plan, begin_s)
    proven = gap(bound, outcome.objective or 0.0)
    return replace(outcome, bound=bound, optimal=proven is not None and proven <= OPTIMAL)


def _scored(instance: Instance, plan: Plan, begin_s: float) -> Outcome:
    spent_s = time.monotonic() - begin_s
    true = score(instance, plan)
    return Outcome(
        people=true.people,
        objective=true.objective,
        feasible=not violations(instance, plan),
        spent_s=spent_s,
    )
