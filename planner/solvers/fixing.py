"""What is left to plan where some routes are settled."""

from collections import Counter
from dataclasses import replace

from planner.model import Instance, Site
from planner.plan import Plan


def residual_instance(instance: Instance, plan: Plan) -> Instance:
    """The instance without the van-days and the people of a plan's routes."""
    settled = {(route.van_id, route.date) for route in plan.routes}
    served = Counter[str]()
    for _, stop in plan.stops():
        served[stop.site_id] += stop.people
    return replace(
        instance,
        sites=tuple(_residual_site(site, served[site.id]) for site in instance.sites),
        vans=tuple(
            replace(
                van,
                shifts={
                    day: shift for day, shift in van.shifts.items() if (van.id, day) not in settled
                },
            )
            for van in instance.vans
        ),
    )


def _residual_site(site: Site, served: int) -> Site:
    """The site with fewer people; closed where they are too few for a stop."""
    left = site.expected - served
    if not served:
        return site
    if left < max(1, site.least_people):
        return replace(site, expected=0, windows={})
    return replace(site, expected=left, min_people=site.least_people)


def merge_plans(settled: Plan, rest: Plan) -> Plan:
    """Settled routes and those planned around them, by date, then by van."""
    routes = [*settled.routes, *rest.routes]
    return Plan(routes=tuple(sorted(routes, key=lambda route: (route.date, route.van_id))))
