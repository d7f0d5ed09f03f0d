"""People count by what recording them later would take, as far as that is known."""

from collections.abc import Mapping
from dataclasses import replace

from planner.model import Instance
from planner.solvers.columns.covering import Cover

AHEAD = 0.9
"""Share of a weight that follows from the price of a person; the rest counts everybody alike."""

UNSETTLED = 0.25
"""Share that the proven bound of prices is below their LP solution, at which they say nothing."""


def share_ahead(cover: Cover) -> float:
    """Share of a weight that follows from prices: none where they are far from settled."""
    return AHEAD * max(0.0, 1 - (1 - cover.settled) / UNSETTLED)


def weigh_by_prices(instance: Instance, prices: Mapping[str, float], share: float) -> Instance:
    """People worth what recording them later takes, for a share; the rest counts everybody one."""
    worth = [prices.get(site.id, 0.0) for site in instance.sites]
    people = sum(site.max_people for site in instance.sites)
    mean = (
        sum(price * site.max_people for price, site in zip(worth, instance.sites, strict=True))
        / people
        if people
        else 0.0
    )
    if not mean:
        return instance
    sites = tuple(
        replace(site, weight=site.weight * (share * price / mean + 1 - share))
        for price, site in zip(worth, instance.sites, strict=True)
    )
    return replace(instance, sites=sites, worth_s=_worth_of_driving(instance, share))


def _worth_of_driving(instance: Instance, share: float) -> float | None:
    """Seconds worth a person, so that whoever counts least is worth as long a drive as before."""
    return None if instance.worth_s is None else instance.worth_s / (1 - share)
