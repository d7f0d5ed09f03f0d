"""What a plan records where people come otherwise than it assumes."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from planner.catchments import Catchments
from planner.demand import find_demand
from planner.district import Decay
from planner.horizon import Horizon
from planner.plan import Plan


def people_by_decay(horizon: Horizon, plan: Plan) -> Mapping[str, int]:
    """Most people the stops of a plan can record under each other decay with a name.

    No stop records more than the plan says: it has no time for them.
    """
    rates = horizon.district.rates
    others = (decay for decay in Decay if decay != rates.decay)
    return {decay.value: _people_with(horizon, plan, decay) for decay in others}


def _people_with(horizon: Horizon, plan: Plan, decay: Decay) -> int:
    district = horizon.district
    changed = replace(district, rates=replace(district.rates, decay=decay))
    demand = find_demand(changed, horizon.demand.venues, horizon.demand.walks)
    site_ids = sorted(plan.served())
    catchments = Catchments(
        expected=[demand.own[site_id] for site_id in site_ids],
        draws=[demand.draws[site_id] for site_id in site_ids],
        recorded=[0] * len(site_ids),
    )
    # What sites can record together is a polymatroid, so that filling them one by one fills most.
    people = np.zeros(len(site_ids), dtype=np.int64)
    for site, site_id in enumerate(site_ids):
        people[site] = min(plan.served()[site_id], catchments.headroom(people, site))
    return int(people.sum())
