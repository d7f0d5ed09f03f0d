"""What is left of a weekend after an incident is all that may still be changed, and no more."""

from dataclasses import replace
from random import Random

from planner.check import violations, with_plan
from planner.plan import Plan
from planner.promise import list_promises
from planner.replan.disruption import Disruption
from planner.replan.hours_left import find_hours_left
from planner.replan.past import changed_past_stops
from planner.replan.replanning import replan
from planner.solvers import solve
from tests.property.test_replan import horizon, solve_briefly
from tests.property.test_week_replayed import BRIEF, incidents


def test_what_is_left_after_an_incident_is_what_can_still_be_changed() -> None:
    """Sixty small weekends: the plan as it stands, and any other of what is left, with its past."""
    num_changed = 0
    for seed in range(3000, 3060):
        instance, rng = horizon(seed), Random(seed)
        plan = solve_briefly(instance, seed) if instance.van_days else Plan()
        if not plan.routes:
            continue
        incident = next(iter(incidents(instance, plan, rng, 1)))
        replanned = replan(
            instance, plan, incident, list_promises(plan, instance.site_index), limits=BRIEF
        )
        now, after = replanned.instance, replanned.result.plan
        moment = replace(incident, late_s={}, closed=frozenset(), people={}, back=frozenset())
        left = find_hours_left(now, after, moment)
        assert [site.id for site in left.instance.sites] == [site.id for site in now.sites]
        assert violations(left.instance, left.plan) == ()
        asked = with_plan(left.instance, replanned.result, left.plan)
        same = left.join_past(asked)
        assert (same.people, same.plan.served()) == (after.served().total(), after.served()), seed
        calm = Disruption(day=incident.day, time_s=incident.time_s)
        found = left.join_past(solve(left.instance, limits=BRIEF))
        other = found.plan
        assert found.people == other.served().total()
        assert violations(now, other) == (), seed
        assert changed_past_stops(after, other, calm) == [], seed
        num_changed += other != after
    assert num_changed > 5
