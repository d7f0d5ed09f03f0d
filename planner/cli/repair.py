"""The command for plans made by hand: what is wrong with one, and the least that mends it."""

from typing import Any

from planner.cli.language import notify, translate, words
from planner.cli.options import DryRun, Folder, Json, PlanToRepair, Week
from planner.cli.output import print_result, suggest
from planner.cli.progress import terminal_listener
from planner.difference import VanStop
from planner.errors import Problem
from planner.i18n.messages import Message, say
from planner.office.plan import read_plan_file
from planner.office.repair import ChangedStop, RepairedPlan, RepairResult, repair_plan, save_repair
from planner.office.session import WeekPlan, read_week_plan
from planner.render.changes import format_van_stop


def repair(
    folder: Folder,
    week: Week,
    plan: PlanToRepair = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> int:
    """Repair a plan made by hand: planner repair kota-saya --week 2026-W48 --plan mine.json.

    Lists every rule the plan breaks, changes as few stops as possible, and recalculates all times.
    Writes a new version of the plan to plans/WEEK/. Exit code 1 if stops had to change.
    """
    with terminal_listener() as listener:
        before = read_week_plan(folder, week, listener=listener)
    found = repair_plan(before, read_plan_file(plan))
    print_result(as_json, lambda: _as_dict(found), lambda: _lines(found))
    path = None if dry_run else save_repair(found)
    if path is not None:
        notify(say("plan: {folder}", folder=path))
        suggest("map", folder, "--week", week)
    return 1 if found.repair.changed_stops else 0


def _lines(found: RepairedPlan) -> list[Message]:
    """What was wrong, what was changed, and what comes of it."""
    repair = found.repair
    before, after = found.people
    return [
        *map(_broken_rule, found.broken_rules),
        say("rules broken: {count}", count=len(repair.problems)),
        *(_changed_stop(found.after, stop) for stop in repair.changed_stops),
        *(
            say("van {van} {day}: same stops, different times", van=van, day=day.isoformat())
            for van, day in repair.retimed
        ),
        _count(repair),
        say("people: {before} -> {after}", before=before, after=after),
        say("objective: {objective:.2f}", objective=found.after.result.objective),
    ]


def _broken_rule(problem: Problem) -> Message:
    """Without its remedy, which repairing is."""
    return say("{where}: {what}", where=problem.where, what=problem.what)


def _count(found: RepairResult) -> Message:
    if found.proven:
        return say(
            "stops changed: {count}; this is the minimum (if direct roads are never"
            " slower than detours)",
            count=len(found.changed_stops),
        )
    return say(
        "stops changed: {count}; this may not be the minimum", count=len(found.changed_stops)
    )


def _changed_stop(plan: WeekPlan, each: ChangedStop) -> Message:
    venue = plan.venues.get(each.stop.site_id)
    before = VanStop(van_id=each.van_id, date=each.date, stop=each.stop)
    if each.now is None:
        now = say("left out")
    else:
        (van_id, day), stop = each.now
        after = format_van_stop(VanStop(van_id=van_id, date=day, stop=stop), words())
        now = say("{hours}, people: {people}", hours=after, people=stop.people)
    return say(
        "{name}: {told}, people: {people} -> {now}",
        name=venue.name if venue else each.stop.site_id,
        told=format_van_stop(before, words()),
        people=each.stop.people,
        now=now,
    )


def _as_dict(found: RepairedPlan) -> dict[str, Any]:
    repair = found.repair
    return {
        "problems": [translate(_broken_rule(problem)) for problem in found.broken_rules],
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
            for each in repair.changed_stops
        ],
        "retimed": [[van, day.isoformat()] for van, day in repair.retimed],
        "fewest": repair.proven,
        "people": list(found.people),
        "objective": round(found.after.result.objective, 4),
    }
