"""The command that says why: why a place is left out, why a stop is as it is."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Annotated, Any

import typer

from planner import solvers
from planner.analysis.comparison import aligned
from planner.cli.language import notify, shell_command, translate, words
from planner.cli.options import (
    Folder,
    Iterations,
    Json,
    OptionalSeed,
    Processes,
    Solver,
    TimeLimit,
    Week,
)
from planner.cli.progress import interruptible, limits, prepare, preparing
from planner.district import Venue
from planner.errors import input_error
from planner.explain import (
    ExplainContext,
    Explanation,
    ExplanationWriter,
    action,
    compare_visits,
    explain_omissions,
    explain_progressively,
    has_stop_at,
    without_restriction,
)
from planner.horizon import Horizon
from planner.i18n.language import LANGUAGES
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.inputs.findings import Mistake
from planner.inputs.lookup import find_venue
from planner.office.session import plan_folder, read_valid_plan, roads_cache
from planner.office.solve_cache import keep_study, known_study
from planner.plan import Plan
from planner.solvers import Limits, SolveReport, solve_with_duals
from planner.solvers.parallel import num_cores, solve_pool
from planner.store.plan_folder import CHANGED

EACH_S = 0.8
"""Seconds of each of the small solves, most of which begin with a good plan."""

BASE_TIMES = 5
"""So many times longer the plan itself is looked at, where nobody has yet."""


def explain(
    folder: Folder,
    week: Week,
    site: Annotated[
        str | None,
        typer.Argument(metavar=say("PLACE"), help=say("Id or name of a place; else all left out.")),
    ] = None,
    instead_of: Annotated[
        str | None,
        typer.Option(
            "--instead-of",
            metavar=say("PLACE"),
            help=say("Why a van goes to this place and not to the other."),
        ),
    ] = None,
    processes: Processes = None,
    solver: Solver = solvers.DEFAULT,
    time_limit: TimeLimit = None,
    iterations: Iterations = None,
    seed: OptionalSeed = None,
    as_json: Json = False,
) -> None:
    """Say why a place is left out of the plan: planner explain kota-saya --week 2026-W48 T-12.

    For a place with a stop, it says why by this van and on this date. What it would cost to go
    there is found by planning again with a stop there, and so is the smallest change that would
    bring it in. What is proven is said to be; the rest is what was found in the time there was.

    --time-limit is for each of these plans, 0.8 seconds without it.
    """
    horizon, result = read_valid_plan(folder, week)
    plan = result.plan
    venues = horizon.district.venues
    chosen = None if site is None else _place(venues, site, "PLACE")
    other = None if instead_of is None else _stopped_at(horizon, plan, chosen, instead_of)
    writer = ExplanationWriter(horizon, words())
    with _ground(
        horizon,
        plan,
        limits(time_limit, None, iterations, EACH_S),
        solver=solver,
        seed=seed,
        processes=1 if chosen is None else processes or num_cores(),
    ) as context:
        if chosen is None:
            _say_all(writer, explain_omissions(horizon, context), as_json=as_json)
        elif other is not None and chosen.id in horizon.instance.site_index:
            _say_instead(writer, context, other, chosen, as_json=as_json)
        else:
            found = explain_progressively(
                horizon, context, chosen, lift_restriction=_lift_restriction(horizon)
            )
            _say_one(writer, found, as_json=as_json)


def _place(venues: Sequence[Venue], name: str, where: str) -> Venue:
    try:
        return find_venue(venues, name)
    except Mistake as mistake:
        raise input_error(where, mistake.what, mistake.remedy) from None


def _lift_restriction(horizon: Horizon) -> Callable[[Venue], Horizon | None]:
    """What would be without a refusal or a closure; on the day itself nobody knows any more."""
    district = horizon.district
    if (plan_folder(district.folder, horizon.week) / CHANGED).exists():
        return lambda venue: None
    return partial(without_restriction, horizon, cache=roads_cache())


def _stopped_at(horizon: Horizon, plan: Plan, chosen: Venue | None, name: str) -> Venue:
    """The place that another is compared with: not the same, and one with a stop."""
    where = "--instead-of"
    if chosen is None:
        raise input_error(
            where, say("goes with the place that is left out"), say("name that place too")
        )
    other = _place(horizon.district.venues, name, where)
    if other == chosen or not has_stop_at(plan, other.id):
        what = say("'{name}' is no other place with a stop", name=other.name)
        raise input_error(where, what, say("name one that the plan goes to"))
    return other


@contextmanager
def _ground(
    horizon: Horizon,
    plan: Plan,
    ends: Limits,
    *,
    solver: str,
    seed: int | None,
    processes: int,
) -> Iterator[ExplainContext]:
    """What explanations stand on: what is known of the plan, and processes for more solves."""
    asked = (solver, seed, ends)
    # Whoever asks for a solver, a seed or an end of his own is not answered from memory.
    as_usual = asked == (solvers.DEFAULT, None, Limits(time_limit_s=EACH_S))
    base = known_study(horizon.instance, plan) if as_usual else None
    chosen_seed = horizon.district.seed if seed is None else seed
    if base is None or processes == 1:
        prepare(solver)
    with interruptible() as stop, solve_pool(processes, {solver}, stop) as pool:
        if base is None:
            base = _looked_at(horizon, plan, ends, solver=solver, seed=chosen_seed, stop=stop)
            if as_usual:
                keep_study(horizon.instance, plan, base)
        yield ExplainContext(
            instance=horizon.instance,
            plan=plan,
            base=base,
            limits=ends,
            pool=pool,
            seed=chosen_seed,
            solver=solver,
        )


def _looked_at(
    horizon: Horizon, plan: Plan, ends: Limits, *, solver: str, seed: int, stop: Callable[[], bool]
) -> SolveReport:
    """What a longer look at a plan tells."""
    with preparing() as show:
        show(say("looking at the plan and at what could be instead"), 0.0)
        time_limit_s = None if ends.time_limit_s is None else BASE_TIMES * ends.time_limit_s
        return solve_with_duals(
            horizon.instance,
            solver=solver,
            seed=seed,
            limits=replace(ends, time_limit_s=time_limit_s),
            start=plan,
            stop=stop,
        )


def _say_all(writer: ExplanationWriter, found: Sequence[Explanation], *, as_json: bool) -> None:
    """A row for each place left out: code, name, reason."""
    if as_json:
        typer.echo(json.dumps([_row(writer, each) for each in found], indent=1, ensure_ascii=False))
        return
    rows = [[each.code.value, each.venue.name, writer.reason_line(each)] for each in found]
    typer.echo(
        "\n".join(aligned(rows, num_texts=3) if rows else [translate(say("nothing is left out"))])
    )
    if rows:
        command = shell_command("planner", "explain", writer.horizon.district.folder, "--week")
        example = f"{command} {writer.horizon.week} {shell_command(found[-1].venue.id)}"
        notify(say("next: {command}", command=example))


def _say_one(writer: ExplanationWriter, known: Iterable[Explanation], *, as_json: bool) -> None:
    """Every sentence as soon as it is known, then the code and what could be done."""
    said = 0
    for found in known:
        sentences = writer.sentences(found)
        for sentence in () if as_json else sentences[said:]:
            typer.echo(sentence)
        said = len(sentences)
    if as_json:
        typer.echo(json.dumps(_all_of(writer, found), indent=1, ensure_ascii=False))
    else:
        typer.echo(
            translate(say("{code}: {action}.", code=found.code.value, action=action(found.code)))
        )


def _all_of(writer: ExplanationWriter, found: Explanation) -> dict[str, Any]:
    """An explanation for JSON."""
    others = {name: ExplanationWriter(writer.horizon, Words(language=name)) for name in LANGUAGES}
    changes = [
        {
            "lever": change.step.parameter.value,
            "amount": change.steps * change.step.size,
            "proven": change.proven,
            "certain": change.certain,
        }
        for change in found.changes
    ]
    sentences = {name: other.sentences(found) for name, other in others.items()}
    return _row(writer, found) | {"sentences": sentences, "changes": changes}


def _say_instead(
    writer: ExplanationWriter, context: ExplainContext, here: Venue, there: Venue, *, as_json: bool
) -> None:
    """What it would cost to go to one place and not to another."""
    sentences = writer.comparison_sentences(
        compare_visits(context, here.id, there.id), here.id, there.id
    )
    if as_json:
        typer.echo(json.dumps({"sentences": sentences}, indent=1, ensure_ascii=False))
    else:
        typer.echo("\n".join(sentences))


def _row(writer: ExplanationWriter, found: Explanation) -> dict[str, Any]:
    """A reason for JSON."""
    forced = found.forced
    return {
        "id": found.venue.id,
        "name": found.venue.name,
        "code": found.code.value,
        "reason": writer.reason_line(found),
        "proven": found.proven,
        "expected": found.expected,
        "action": writer.action(found),
        "people": found.people,
        "people_with_a_stop": None if forced is None else forced.result.people,
        "worth_less": None if forced is None else round(forced.cost.worth, 4),
        "worth_less_at_least": round(found.least, 4),
        "worth_less_at_most": None if forced is None else forced.cost.most,
    }
