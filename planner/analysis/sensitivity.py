"""What a plan records where people come otherwise than it assumes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from math import ceil

import numpy as np

from planner.catchments import Catchments
from planner.demand import Demand, find_demand
from planner.district import Decay, KindRates, LearnedRates
from planner.horizon import Horizon, learned_before
from planner.plan import Plan
from planner.units import overlap_s, people_in


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
    return _people_at(demand, horizon.recordings(plan).served())


def people_at_ends(horizon: Horizon, plan: Plan) -> tuple[int, int] | None:
    """People whom the same stops record at the low and at the high end of what was learned.

    At the high end more come and each takes less time. None where nothing is learned.
    """
    learned = learned_before(horizon.district, horizon.first_date)
    if learned is None:
        return None
    low, high = (_people_at_end(horizon, plan, learned, is_high=end) for end in (False, True))
    return low, high


def _people_at_end(horizon: Horizon, plan: Plan, learned: LearnedRates, *, is_high: bool) -> int:
    factors = {kind: _factors(rates, is_high) for kind, rates in learned.kinds.items()}
    venues = [
        replace(venue, turnout=min(1.0, venue.turnout * factors.get(venue.type.key, (1.0, 1.0))[0]))
        for venue in horizon.demand.venues
    ]
    demand = find_demand(horizon.district, venues, horizon.demand.walks)
    kinds = {venue.id: venue.type.key for venue in venues}
    room: Counter[str] = Counter()
    for route, stop in horizon.recordings(plan).stops():
        van, seconds = horizon.instance.van(route.van_id), stop.packup_s - stop.serve_s
        if van.crew_break and route.break_start_s is not None:
            rest = route.break_start_s, route.break_start_s + van.crew_break.length_s
            seconds -= overlap_s((stop.serve_s, stop.packup_s), rest)
        site = horizon.instance.sites[horizon.instance.site_index[stop.site_id]]
        each_s = site.seconds_per_person * factors.get(kinds[stop.site_id], (1.0, 1.0))[1]
        in_time = people_in(seconds, max(1, ceil(each_s)), van.kits)
        room[stop.site_id] += min(in_time or 0, van.max_people or in_time or 0)
    return _people_at(demand, room)


def _factors(rates: KindRates, is_high: bool) -> tuple[float, float]:
    """By which those who come, and seconds per person, differ at an end of their ranges."""
    people = seconds = 1.0
    if rates.turnout is not None and rates.turnout.value:
        end = rates.turnout.high if is_high else rates.turnout.low
        people = end / rates.turnout.value
    if rates.seconds_per_person is not None:
        speed = rates.seconds_per_person
        seconds = (speed.low if is_high else speed.high) / speed.value
    return people, seconds


def _people_at(demand: Demand, room: Mapping[str, int]) -> int:
    """The most people that sites with room for so many record together."""
    site_ids = sorted(room)
    catchments = Catchments(
        expected=[demand.own[site_id] for site_id in site_ids],
        draws=[demand.draws[site_id] for site_id in site_ids],
        recorded=[0] * len(site_ids),
    )
    # What sites can record together is a polymatroid, so that filling them one by one fills most.
    people = np.zeros(len(site_ids), dtype=np.int64)
    for site, site_id in enumerate(site_ids):
        people[site] = min(room[site_id], catchments.headroom(people, site))
    return int(people.sum())
