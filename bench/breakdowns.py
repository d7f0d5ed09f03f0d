"""A van breaks down: every van of a district, at every quarter hour of its weekend.

Reports for each van-day how many promises and people are left at worst, how long an answer takes,
and whether any plan broke a rule, or touched what had begun.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from planner.check import violations
from planner.horizon import build_horizon
from planner.inputs import read_district
from planner.model import Instance
from planner.plan import Plan
from planner.promise import list_promises
from planner.replan.disruption import Disruption
from planner.replan.past import changed_past_stops
from planner.replan.replanning import replan
from planner.solvers import Limits, prepare, solve
from planner.units import HOUR_S, MINUTE_S

HEAD = (
    "van and date",
    "breakdowns",
    "hours kept of",
    "at worst",
    "people at worst",
    "wrong",
    "wall s at worst",
    "CPU s at worst",
)
FIRST_S, LAST_S = 6 * HOUR_S, 16 * HOUR_S
"""Breakdowns from before the first shift until after the last."""

SOLVE_S = 4.0


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """One breakdown and what came of it."""

    van_day: str
    promised: int
    kept: int
    people: int
    wrong: bool
    wall_s: float
    cpu_s: float


def breakdowns(
    instance: Instance, plan: Plan, every_s: int, limits: Limits | None = None
) -> Iterator[Breakdown]:
    """One after the other; all places of the plan count as published."""
    promises = list_promises(plan, instance.site_index)
    for van_index, day in instance.van_days:
        van = instance.vans[van_index].id
        for now_s in range(FIRST_S, LAST_S + 1, every_s):
            disruption = Disruption(day=day, time_s=now_s, without={van: None})
            wall_s, cpu_s = time.monotonic(), time.process_time()
            found = replan(
                instance,
                plan,
                disruption,
                promises,
                limits=limits or Limits(time_limit_s=SOLVE_S),
            )
            wrong = violations(found.instance, found.result.plan)
            yield Breakdown(
                van_day=f"{van} {day}",
                promised=len(found.promises),
                kept=len(found.kept),
                people=found.result.people,
                wrong=bool(wrong or changed_past_stops(plan, found.result.plan, disruption)),
                wall_s=time.monotonic() - wall_s,
                cpu_s=time.process_time() - cpu_s,
            )


def rows(found: list[Breakdown]) -> Iterator[tuple[str, ...]]:
    """A row for each van-day, and one for all."""
    groups = dict.fromkeys(each.van_day for each in found)
    for name in (*groups, "all"):
        group = [each for each in found if name in (each.van_day, "all")]
        yield (
            name,
            str(len(group)),
            str(group[0].promised),
            str(min(each.kept for each in group)),
            str(min(each.people for each in group)),
            str(sum(each.wrong for each in group)),
            f"{max(each.wall_s for each in group):.1f}",
            f"{max(each.cpu_s for each in group):.1f}",
        )


def measured(folder: Path, week: str, every_min: int) -> list[Breakdown]:
    """All breakdowns of a district folder's weekend, planned in a few rounds."""
    instance = build_horizon(read_district(folder), week).instance
    prepare("columns")
    plan = solve(instance, limits=Limits(iterations=5)).plan
    found = []
    for each in breakdowns(instance, plan, every_min * MINUTE_S):
        print(each, file=sys.stderr)
        found.append(each)
    return found
