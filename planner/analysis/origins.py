"""Where the people of a plan live, and who has no place to go to."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.catchments import PERSON
from planner.horizon import Horizon
from planner.model import Instance
from planner.plan import Plan

RwKey = tuple[str, str]
"""Code of the kelurahan, and RW."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Residents of a kelurahan with a stop to go to.

    Attributes
    ----------
    code, kelurahan
        Its code and its name.
    people
        Unrecorded people who would come to a stop.
    unrecorded
        All unrecorded people who can be reached.
    """

    code: str
    kelurahan: str
    people: int
    unrecorded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncovered:
    """Unrecorded people of an RW with no place within reach.

    Attributes
    ----------
    code, kelurahan
        Code and name of its kelurahan.
    """

    code: str
    kelurahan: str
    rw: str
    people: int


def people_by_origin(horizon: Horizon, plan: Plan) -> Mapping[str, Mapping[RwKey, int]]:
    """People recorded at each site, by its id, of each RW, most first.

    Those who come to this site or to none, such as staff, are not among them. Empty where the
    plan counts people twice, as it may where tables have changed since.
    """
    instance, served = horizon.instance, horizon.recordings(plan).served()
    people = np.array([served[site.id] for site in instance.sites])
    if instance.catchments.broken_set(people):
        return {}
    rw = {group.id: (group.code, group.rw) for group in horizon.demand.groups}
    by_site = {}
    for site, groups in zip(
        instance.sites, instance.catchments.allocate(people).at_sites, strict=True
    ):
        counts: Counter[RwKey] = Counter()
        for group, count in groups.items():
            counts[rw[group]] += count
        by_site[site.id] = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return by_site


def recorded_by_kelurahan(horizon: Horizon, plan: Plan) -> Mapping[str, int]:
    """People recorded who live in each kelurahan, by its code; under ``""`` all others.

    Those are the people whom a place alone counts, such as staff.
    """
    people = dict.fromkeys(sorted({home.code for home in horizon.district.neighbourhoods}), 0)
    for origins in people_by_origin(horizon, plan).values():
        for (code, _), count in origins.items():
            people[code] += count
    recorded = horizon.recordings(plan).served().total()
    return people | {"": recorded - sum(people.values())}


def reached_by_kelurahan(horizon: Horizon, plan: Plan) -> tuple[Reached, ...]:
    """Residents who would come to a stop of a plan, by kelurahan in the order of the codes."""
    visited = set(plan.served())
    people: Counter[str] = Counter()
    for group in horizon.demand.groups:
        if not visited.isdisjoint(group.draws):
            people[group.code] += group.people
    unrecorded: Counter[str] = Counter()
    for home in horizon.district.neighbourhoods:
        unrecorded[home.code] += home.backlog
    return tuple(
        Reached(
            code=code,
            kelurahan=horizon.district.kelurahan_name(code),
            people=people[code],
            unrecorded=count,
        )
        for code, count in sorted(unrecorded.items())
    )


def people_reached(horizon: Horizon, plan: Plan) -> int:
    """Residents who would come to a stop of a plan, each counted once."""
    return sum(reached.people for reached in reached_by_kelurahan(horizon, plan))


def uncovered_by_rw(horizon: Horizon) -> tuple[Uncovered, ...]:
    """Unrecorded people with no place within reach, by RW in the order of the codes."""
    homes = horizon.district.neighbourhoods
    counts: Counter[RwKey] = Counter()
    for index, people in horizon.demand.uncovered.items():
        counts[homes[index].code, homes[index].rw] += people
    return tuple(
        Uncovered(code=code, kelurahan=horizon.district.kelurahan_name(code), rw=rw, people=people)
        for (code, rw), people in sorted(counts.items())
    )


def people_at_nearest(instance: Instance, plan: Plan) -> int:
    """People recorded where everybody simply goes to the nearest stop, whatever a plan counts on.

    That is the place with a stop that draws most of a group; there, no more are recorded than the
    plan says.
    """
    served = plan.served()
    best: dict[str, tuple[int, str]] = {}
    coming: defaultdict[str, int] = defaultdict(int)
    for site in instance.sites:
        if site.id in served:
            coming[site.id] += site.expected * PERSON
            for group, draw in site.draws.items():
                best[group] = max(best.get(group, (0, "")), (draw, site.id))
    for draw, site_id in best.values():
        coming[site_id] += draw
    return sum(min(served[site_id], people // PERSON) for site_id, people in coming.items())
