"""What is left to plan where some routes are settled."""

from dataclasses import replace

from planner.model import Instance, Site
from planner.plan import Plan
from planner.solvers.amounts import min_stop_people


def residual_instance(instance: Instance, settled: Plan) -> Instance:
    """The instance without the van-days and the people of settled routes."""
    van_days = {(route.van_id, route.date) for route in settled.routes}
    served = settled.served()
    return replace(
        instance,
        sites=tuple(_residual_site(site, served[site.id]) for site in instance.sites),
        vans=tuple(
            replace(
                van,
                shifts={
                    day: shift for day, shift in van.shifts.items() if (van.id, day) not in van_days
                },
            )
            for van in instance.vans
        ),
    )


def _residual_site(site: Site, served: int) -> Site:
    """The site with fewer people; closed where they are too few for a stop."""
    if not served:
        return site
    left = site.expected - served
    if left < min_stop_people(site):
        return replace(site, expected=0, windows={})
    return replace(site, expected=left, min_people=site.least_people)
