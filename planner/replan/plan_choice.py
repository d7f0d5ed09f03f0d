"""Which of several plans for what remains is worth the changes that it asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from planner.check import score, violations
from planner.difference import changed_van_days, compare_stops
from planner.model import Instance
from planner.plan import Plan, Route
from planner.promise import Promise, kept_promises
from planner.replan.remaining_route import (
    RemainingRoute,
    extend_stays,
    fill_people,
    join_past,
    people_left,
)
from planner.solvers.amounts import min_stop_people

MIN_GAIN = 2.0
"""People that a change must bring for each changed sheet and each call to a host."""

Remaining = Sequence[RemainingRoute]


@dataclass(frozen=True, kw_only=True)
class PlanChoice:
    """Compares plans with the one before and with that plan mended.

    Attributes
    ----------
    before
        The plan that hosts and crews have.
    mended
        What is left of it where all that cannot be is struck out.
    min_gain
        Weighted people that make up for a changed sheet, or for a call.
    """

    instance: Instance
    before: Plan
    promises: tuple[Promise, ...]
    mended: Remaining
    min_gain: float

    @cached_property
    def mended_plan(self) -> Plan:
        """The plan before without what cannot be any more."""
        return join_past(self.instance, self.mended)

    def choose(self, options: Sequence[Remaining]) -> Plan:
        """The most promises kept, then the most people less what changes cost.

        Never fewer promises or people than in the mended plan. Where what remains was solved on
        drives that are no shortest ones, its plan may not fit behind the past; the mended always
        does.

        Raises
        ------
        RuntimeError
            Where no plan keeps the rules.
        """
        plans = [*self._plans(options)]
        if not violations(self.instance, self.mended_plan):
            plans = [self.mended_plan, *(plan for plan in plans if self._is_no_worse(plan))]
        if not plans:
            raise RuntimeError("no plan keeps the rules")
        best = max(plans, key=self._value)
        return self._revert(best)

    def _plans(self, options: Sequence[Remaining]) -> Iterator[Plan]:
        """Plans that keep the rules, with more people where there is time."""
        for remaining in (self.mended, *options):
            filled = fill_people(self.instance, remaining)
            for routes in (extend_stays(self.instance, filled), filled):
                plan = join_past(self.instance, routes)
                if not violations(self.instance, plan):
                    yield plan

    def _is_no_worse(self, plan: Plan) -> bool:
        kept, mended = (len(kept_promises(p, self.promises)) for p in (plan, self.mended_plan))
        return kept >= mended and plan.served().total() >= self.mended_plan.served().total()

    def _value(self, plan: Plan) -> tuple[int, float, float]:
        """Promises kept; people less what the changes cost; fewer changes."""
        kept = len(kept_promises(plan, self.promises))
        changes = num_changes(self.instance, self.before, plan)
        objective = score(self.instance, plan).objective
        return kept, round(objective - self.min_gain * changes, 6), -changes

    def _revert(self, plan: Plan) -> Plan:
        """The plan without changes of single van-days that are not worth it."""
        mended = {(route.van_id, route.date): route for route in self.mended_plan.routes}
        changed = True
        while changed:
            changed = False
            routes = {(route.van_id, route.date): route for route in plan.routes}
            for van_day in sorted({*routes, *mended}):
                if routes.get(van_day) == mended.get(van_day):
                    continue
                others = [route for key, route in routes.items() if key != van_day]
                reverted = self._make_room(mended.get(van_day), others)
                if reverted is not None and self._is_better(reverted, plan):
                    plan, changed = reverted, True
                    break
        return plan

    def _make_room(self, given: Route | None, others: Sequence[Route]) -> Plan | None:
        """A plan with a route of the mended one, where stops new in others leave its people to it.

        None where one of them would then record too few.
        """
        settled = {(route.van_id, route.date, stop) for route, stop in self.mended_plan.stops()}
        routes = [*others, *([given] if given else [])]
        left = people_left(
            self.instance,
            (
                s
                for route in routes
                for s in route.stops
                if (route.van_id, route.date, s) in settled
            ),
        )
        for at, route in enumerate(routes):
            stops = [*route.stops]
            for order, stop in enumerate(stops):
                if (route.van_id, route.date, stop) in settled:
                    continue
                index = self.instance.site_index[stop.site_id]
                people = min(stop.people, left.at(index))
                if people < min_stop_people(self.instance.sites[index]):
                    return None
                left.take([(index, people)])
                stops[order] = replace(stop, people=people)
            routes[at] = replace(route, stops=tuple(stops))
        return self.instance.make_plan(routes)

    def _is_better(self, plan: Plan, other: Plan) -> bool:
        return (
            self._value(plan) > self._value(other)
            and self._is_no_worse(plan)
            and not violations(self.instance, plan)
        )


def num_changes(instance: Instance, before: Plan, after: Plan) -> int:
    """Calls to hosts, and sheets of crews that differ."""
    changes = compare_stops(before, after, instance.min_stay_s)
    calls = sum(change.concerns_host for change in changes)
    return calls + len(changed_van_days(before, after))
