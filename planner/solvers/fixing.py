"""What is left to plan where some routes are settled."""

from dataclasses import replace

from planner.model import Instance, Site
from planner.plan import Plan
from planner.solvers.amounts import min_stop_people


def residual_instance(instance: Instance, settled: Plan) -> Instance:
    """The instance without the van-days and the people of settled routes."""
    van_days = {(route.van_id, route.date) for route in settled.routes}
    served = instance.people_at(settled)
    left = instance.catchments.headrooms(served)
    return replace(
        instance,
        sites=tuple(
            residual_site(*parts)
            for parts in zip(instance.sites, served.tolist(), left.tolist(), strict=True)
        ),
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


def residual_site(site: Site, served: int, left: int) -> Site:
    """The site with fewer people; closed where those left are too few for a stop.

    People who come nowhere else are recorded first. Those recorded beyond them are kept in mind, as
    other sites draw them too.
    """
    if left == site.max_people:
        return site
    own = min(served, site.expected)
    residual = replace(
        site,
        expected=site.expected - own,
        recorded=site.recorded + served - own,
        min_people=site.least_people,
    )
    if left >= min_stop_people(site):
        return residual
    return replace(residual, expected=residual.expected if site.draws else 0, windows={})
