"""Planning for all who would come to a place, beside planning as if each went to the nearest.

Both plans are counted by the same check, in which people may come to any place they can reach.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bench.finish import Order, finish
from planner.analysis.origins import people_at_nearest
from planner.check import score, violations
from planner.horizon import build_horizon
from planner.inputs import read_district
from planner.model import Instance
from planner.plan import Plan
from planner.solvers import Limits, solve

HEAD = ("district", "planned for", "people", "at the nearest stop", "broken rules")


def nearest_point_instance(instance: Instance) -> Instance:
    """The instance in which each group comes only to the site that draws most of it."""
    best: dict[str, tuple[int, str]] = {}
    for site in instance.sites:
        for group, draw in site.draws.items():
            best[group] = max(best.get(group, (0, "")), (draw, site.id))
    return replace(
        instance,
        sites=tuple(
            replace(
                site, draws={g: draw for g, draw in site.draws.items() if best[g][1] == site.id}
            )
            for site in instance.sites
        ),
    )


def as_if_nearest(instance: Instance, make_plan: Callable[[Instance], Plan]) -> Plan:
    """The stops of a plan for the nearest point, in their order, with everyone allowed to come."""
    index_of = {site.id: index for index, site in enumerate(instance.sites)}
    van_of = {van.id: index for index, van in enumerate(instance.vans)}
    return finish(
        instance,
        [
            Order(
                van=van_of[route.van_id],
                day=route.date,
                sites=tuple(index_of[stop.site_id] for stop in route.stops),
            )
            for route in make_plan(nearest_point_instance(instance)).routes
        ],
    )


def rows(folders: Sequence[Path], week: str, iterations: int) -> Iterator[Sequence[str]]:
    """A row for either plan of each district."""
    for folder in folders:
        instance = build_horizon(read_district(folder), week).instance
        limits = Limits(iterations=iterations)
        for name, given in (
            ("the nearest point", nearest_point_instance(instance)),
            ("all in reach", instance),
        ):
            plan = solve(given, limits=limits).plan
            people = score(instance, plan).people
            nearest = people_at_nearest(instance, plan)
            broken = len(violations(instance, plan))
            yield folder.name, name, str(people), str(nearest), str(broken)
