"""A scenario as a weekend to be planned: whole, or what is left of it since the day itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from planner.analysis.comparison import Case
from planner.horizon import Horizon
from planner.i18n.messages import Message, say
from planner.office.hours_left import ChangedWeek
from planner.plan import Plan, Result
from planner.replan.hours_left import HoursLeft
from planner.scenarios import Floor, Scenario, Variant
from planner.venues import place_of
from planner.whatif.scenario_plans import make_case
from planner.whatif.side_rules import (
    FINER,
    MAX_ROUNDS,
    PRICES,
    Solve,
    keep_vans_apart,
    meet_floors,
    most_people_at,
    people_at,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioWeek:
    """A weekend to be planned: the whole, or what is left of it since the day itself.

    Attributes
    ----------
    variant
        That made it; None = the tables did.
    """

    horizon: Horizon
    left: HoursLeft | None = None
    variant: Variant | None = None

    @classmethod
    def ask(
        cls,
        horizon: Horizon,
        variant: Variant | None,
        since: ChangedWeek | None,
        cache: Path,
    ) -> Self:
        """The weekend that a variant of the district makes, None = that of the tables."""
        left = None
        if since is not None:
            district = since.plan.horizon.district
            closed = since.plan.horizon.instance.site_index.keys() - horizon.instance.site_index
            if variant is not None and closed:
                # What was done there stays: it closes from now on.
                places = {place_of(site_id) for site_id in closed}
                horizon = variant.reopened(places, district).build_horizon(cache)
            left = since.hours_left(horizon, frozenset(closed))
            horizon = since.with_past_vans(replace(horizon, instance=left.whole))
        return cls(horizon=horizon, left=left, variant=variant)

    @property
    def required(self) -> frozenset[str]:
        """Ids of sites that its plan visits if it can."""
        wanted = self.variant.required if self.variant else frozenset[str]()
        return wanted & self.horizon.instance.site_index.keys()

    @property
    def floors(self) -> tuple[Floor, ...]:
        """The fewest people at some places, without those who are past."""
        floors = self.variant.floors if self.variant else ()
        past = self.left.past if self.left else Plan()
        return tuple(
            replace(floor, people=max(0, floor.people - people_at(past, floor))) for floor in floors
        )

    @property
    def num_solves(self) -> int:
        """Solves that it takes at most, about."""
        rules = self.variant.vans_per_place if self.variant else None
        return 1 + (len(PRICES) + FINER) * bool(self.floors) + MAX_ROUNDS * (rules is not None)

    def keep_side_rules(self, result: Result, solve: Solve) -> Result:
        """A result, or another one that keeps floors and vans apart, where a scenario asks for it.

        Parameters
        ----------
        result
            Of the weekend to be solved.
        """
        instance = self.to_solve.instance
        if self.floors:
            result = meet_floors(instance, self.floors, result, solve)
        if self.variant is not None and self.variant.vans_per_place is not None:
            result = keep_vans_apart(instance, self.variant.vans_per_place, result, solve)
        return result

    def floor_lines(self, case: Case) -> Iterator[Message]:
        """What a plan records at the places of each floor, and what none can exceed there."""
        for floor in self.variant.floors if self.variant else ():
            reached = people_at(case.result.plan, floor)
            values = {"name": floor.name, "reached": reached, "floor": floor.people}
            if reached >= floor.people:
                yield say("{name}: {reached} people, at least {floor} asked for", **values)
                continue
            past = people_at(self.left.past, floor) if self.left else 0
            yield say(
                "{name}: {reached} people in the plan that comes nearest to {floor}; proven: no"
                " plan records more than {most}",
                most=past + most_people_at(self.to_solve.instance, floor),
                **values,
            )

    @property
    def to_solve(self) -> Horizon:
        """The weekend with what is left to decide."""
        if self.left is None:
            return self.horizon
        return replace(self.horizon, instance=self.left.instance)

    def case(self, result: Result, scenario: Scenario) -> Case:
        """The plan with what is past."""
        if self.left is not None:
            result = self.left.join_past(result)
        return make_case(self.horizon, result, scenario)
