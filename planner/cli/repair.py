"""Command for plans made by hand: which rules one breaks, and the fewest changes to repair it."""

from typing import Any

from planner.cli.language import notify, translate, words
from planner.cli.option_values import COMING
from planner.cli.options import DryRun, Folder, Json, PlanToRepair, Week
from planner.cli.output import print_result, suggest
from planner.cli.terminal_listener import NOTICES, terminal_listener
from planner.difference import VanStop
from planner.errors import Problem
from planner.i18n.messages import Message, say
from planner.office.plan import read_plan_file
from planner.office.repair import ChangedStop, RepairedPlan, RepairResult, repair_plan, save_repair
from planner.office.week_plan import WeekPlan, read_week_plan
from planner.render.change_text import format_van_stop


def repair(
    folder: Folder,
    week: Week = COMING,
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
    repaired = repair_plan(before, read_plan_file(plan))
    path = None if dry_run else save_repair(repaired, listener=NOTICES)
    print_result(as_json, lambda: _as_dict(repaired), lambda: _lines(repaired))
    if path is not None:
        notify(say("plan: {folder}", folder=path))
        suggest("map", folder, "--week", week)
    return 1 if repaired.repair.changed_stops else 0


def _lines(repaired: RepairedPlan) -> list[Message]:
    """What was wrong, what was changed, and what comes of it."""
    repair = repaired.repair
    before, after = map(words().number, repaired.people)
    return [
        *map(_broken_rule, repaired.broken_rules),
        say("rules broken: {count}", count=len(repair.problems)),
        *(_changed_stop(repaired.after, stop) for stop in repair.changed_stops),
        *(
            say("van {van} {day}: same stops, different times", van=van, day=day.isoformat())
            for van, day in repair.retimed
        ),
        _count(repair),
        *repaired.calls,
        say("people: {before} -> {after}", before=before, after=after),
        say("objective: {objective:.2f}", objective=repaired.after.result.objective),
    ]


def _broken_rule(problem: Problem) -> Message:
    """Without its remedy, which repairing is."""
    return say("{where}: {what}", where=problem.where, what=problem.what)


def _count(repair: RepairResult) -> Message:
    if repair.proven:
        return say(
            "stops changed: {count}; this is the minimum (if direct roads are never"
            " slower than detours)",
            count=len(repair.changed_stops),
        )
    return say(
        "stops changed: {count}; this may not be the minimum", count=len(repair.changed_stops)
    )


def _changed_stop(plan: WeekPlan, change: ChangedStop) -> Message:
    before, after = change.before, change.after
    venue = plan.venues.get(before.stop.site_id)
    return say(
        "{name}: {hours}, people: {people} -> {now}",
        name=venue.name if venue else before.stop.site_id,
        hours=format_van_stop(before, words()),
        people=before.stop.people,
        now=say("left out")
        if after is None
        else say(
            "{hours}, people: {people}",
            hours=format_van_stop(after, words()),
            people=after.stop.people,
        ),
    )


def _as_dict(repaired: RepairedPlan) -> dict[str, Any]:
    repair = repaired.repair
    return {
        "problems": [translate(_broken_rule(problem)) for problem in repaired.broken_rules],
        "changed": [
            {
                "site": change.before.stop.site_id,
                **_van_stop(change.before),
                "became": change.after
                and {**_van_stop(change.after), "serve_s": change.after.stop.serve_s},
            }
            for change in repair.changed_stops
        ],
        "calls": [translate(message) for message in repaired.calls],
        "retimed": [[van, day.isoformat()] for van, day in repair.retimed],
        "fewest": repair.proven,
        "people": list(repaired.people),
        "objective": round(repaired.after.result.objective, 4),
    }


def _van_stop(van_stop: VanStop) -> dict[str, Any]:
    return {
        "van": van_stop.van_id,
        "date": van_stop.date.isoformat(),
        "people": van_stop.stop.people,
    }
