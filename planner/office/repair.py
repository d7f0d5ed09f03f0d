"""Mending a plan that somebody made by hand."""

from dataclasses import dataclass, replace
from pathlib import Path

from planner.errors import Problem
from planner.i18n.messages import Message
from planner.office.listener import SILENT, Listener
from planner.office.plan import read_plan_file, save_plan
from planner.office.strike import calls_to_make
from planner.office.week_plan import WeekPlan
from planner.plan import Plan
from planner.replan.repair import ChangedStop, RepairResult
from planner.replan.repair import repair_plan as repair_with_fewest_changes

__all__ = ["ChangedStop", "RepairResult", "RepairedPlan", "repair_plan", "save_repair"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairedPlan:
    """A plan made by hand, and the plan that keeps all rules with the fewest changes.

    Attributes
    ----------
    before
        The plan in force.
    given
        As it was made.
    repair
        What was wrong, and what was changed.
    after
        The mended plan.
    is_new
        Whether it differs from the plan in force.
    """

    before: WeekPlan
    given: Plan
    repair: RepairResult
    after: WeekPlan
    is_new: bool

    @property
    def broken_rules(self) -> tuple[Problem, ...]:
        """What was wrong, places by their names."""
        horizon = self.after.horizon
        sites = {venue.id: f"'{venue.name}'" for venue in horizon.venues}
        depots = {depot.id: f"'{depot.name}'" for depot in horizon.district.depots}
        return tuple(violation.problem(sites, depots) for violation in self.repair.problems)

    @property
    def calls(self) -> tuple[Message, ...]:
        """The hosts to call, whose hours or van are not those of the plan in force."""
        return tuple(calls_to_make(self.after.horizon, self.before.plan, self.after.plan))

    @property
    def people(self) -> tuple[int, int]:
        """People recorded by the plan as it was made, and by the mended one."""
        return sum(stop.people for _, stop in self.given.stops()), self.after.result.people


def repair_plan(before: WeekPlan, given: Plan | None = None) -> RepairedPlan:
    """A plan that keeps all rules, with as few stops changed as possible.

    Parameters
    ----------
    before
        The plan in force.
    given
        The plan to mend; None = ``plans/WEEK/plan.json``: the plan in force, or what somebody has
        made of it by hand.
    """
    if given is None:
        given = read_plan_file(before.plan_folder.edited_plan()) or before.plan
    repair = repair_with_fewest_changes(before.horizon.instance, given)
    return RepairedPlan(
        before=before,
        given=given,
        repair=repair,
        after=replace(before.with_plan(repair.plan), because="repair"),
        is_new={*repair.plan.routes} != {*before.plan.routes},
    )


def save_repair(repaired_plan: RepairedPlan, *, listener: Listener = SILENT) -> Path | None:
    """The folder ``plans/WEEK`` with the mended plan; None where it is the plan in force."""
    after = repaired_plan.after
    if not repaired_plan.is_new:
        return None
    before = repaired_plan.before
    return save_plan(after, changed=before.changed, instead_of=before, listener=listener)
