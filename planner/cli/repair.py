"""The command for plans made by hand: what is wrong with one, and the least that mends it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from planner import formats
from planner.check import score
from planner.cli.language import notify, shell_command, translate, words
from planner.cli.options import Folder, Json, Week
from planner.difference import VanStop
from planner.horizon import Horizon
from planner.i18n.messages import Message, say
from planner.office.session import plan_folder, read_plan
from planner.plan import Plan, Result, withdraw_bounds
from planner.render.changes import hours_line
from planner.render.naming import with_names
from planner.replan.repair import ChangedStop, RepairResult, repair_plan
from planner.store.atomic import write_files
from planner.store.plan_folder import next_version, plan_files

PlanFile = Annotated[
    Path | None,
    typer.Option(
        "--plan", metavar=say("FILE"), help=say("The plan to mend; else that of the week.")
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=say("Say what would change, write nothing."))
]


def repair(
    folder: Folder,
    week: Week,
    plan: PlanFile = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Mend a plan made by hand: planner repair kota-saya --week 2026-W48 --plan mine.json.

    Names every rule that it breaks, changes as few stops as possible, and times the rest anew.
    Writes a new version of the plan to plans/WEEK/. Exit code 1 if stops had to change.
    """
    horizon, result = read_plan(folder, week)
    given = result.plan if plan is None else formats.read_result(plan)[0].plan
    found = repair_plan(horizon.instance, given)
    if as_json:
        typer.echo(json.dumps(_as_dict(horizon, given, found), indent=1, ensure_ascii=False))
    else:
        typer.echo("\n".join(_lines(horizon, given, found)))
    if not dry_run and found.plan != result.plan:
        _write(folder, horizon, result, found)
    raise typer.Exit(1 if found.changed_stops else 0)


def _write(folder: Path, horizon: Horizon, result: Result, found: RepairResult) -> None:
    path = plan_folder(folder, horizon.week)
    worth = score(horizon.instance, found.plan)
    mended = withdraw_bounds(
        replace(result, plan=found.plan, people=worth.people, objective=worth.objective)
    )
    old, earlier = next_version(path, "repair")
    write_files(path, {**plan_files(horizon, mended, earlier), **old})
    notify(say("plan: {folder}", folder=path))
    command = shell_command("planner", "map", folder, "--week", horizon.week)
    notify(say("next: {command}", command=command))


def _lines(horizon: Horizon, given: Plan, found: RepairResult) -> list[str]:
    """What was wrong, what was changed, and what comes of it."""
    people = sum(stop.people for _, stop in given.stops())
    worth = score(horizon.instance, found.plan)
    messages = [
        *(with_names(horizon, problem) for problem in found.problems),
        say("rules broken: {count}", count=len(found.problems)),
        *(_changed_stop(horizon, each) for each in found.changed_stops),
        *(
            say("van {van} {day}: the same stops at other times", van=van, day=day.isoformat())
            for van, day in found.retimed
        ),
        _count(found),
        say("people: {before} -> {after}", before=people, after=worth.people),
        say("objective: {objective:.2f}", objective=worth.objective),
    ]
    return [translate(message) for message in messages]


def _count(found: RepairResult) -> Message:
    if found.proven:
        return say(
            "stops changed: {count}; no repair changes fewer, unless a detour is quicker than the"
            " direct road",
            count=len(found.changed_stops),
        )
    return say("stops changed: {count}; perhaps fewer would do", count=len(found.changed_stops))


def _changed_stop(horizon: Horizon, each: ChangedStop) -> Message:
    names = {venue.id: venue.name for venue in horizon.venues}
    before = VanStop(van_id=each.van_id, date=each.date, stop=each.stop)
    told_before = hours_line(before, words())
    if each.now is None:
        now = translate(say("left out"))
    else:
        (van_id, day), stop = each.now
        after = hours_line(VanStop(van_id=van_id, date=day, stop=stop), words())
        now = translate(say("{hours}, people: {people}", hours=after, people=stop.people))
    return say(
        "{name}: {told}, people: {people} -> {now}",
        name=names.get(each.stop.site_id, each.stop.site_id),
        told=told_before,
        people=each.stop.people,
        now=now,
    )


def _as_dict(horizon: Horizon, given: Plan, found: RepairResult) -> dict[str, Any]:
    worth = score(horizon.instance, found.plan)
    return {
        "problems": [translate(with_names(horizon, problem)) for problem in found.problems],
        "changed": [
            {
                "site": each.stop.site_id,
                "van": each.van_id,
                "date": each.date.isoformat(),
                "people": each.stop.people,
                "became": None
                if each.now is None
                else {
                    "van": each.now[0][0],
                    "date": each.now[0][1].isoformat(),
                    "people": each.now[1].people,
                    "serve_s": each.now[1].serve_s,
                },
            }
            for each in found.changed_stops
        ],
        "retimed": [[van, day.isoformat()] for van, day in found.retimed],
        "fewest": found.proven,
        "people": [sum(stop.people for _, stop in given.stops()), worth.people],
        "objective": round(worth.objective, 4),
    }
