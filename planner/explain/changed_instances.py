"""Instances that differ from those of the plan in one thing."""

from dataclasses import replace
from datetime import date

from planner.model import Instance, Site


def with_closed_site(instance: Instance, site_id: str) -> Instance:
    """The instance with a site that is never open."""
    return instance.with_site(replace(instance.site(site_id), windows={}))


def restrict_to_van_day(instance: Instance, site_id: str, van_id: str, day: date) -> Instance:
    """The instance in which a site may be visited by one van on one date only.

    The van gets a class of its own, which every site takes that takes its class now.
    """
    van = instance.van(van_id)
    own = f"{van.van_class} {van.id}"
    while any(own in site.classes for site in instance.sites):
        own += "+"
    vans = tuple(
        replace(van, van_class=own) if other.id == van_id else other for other in instance.vans
    )
    sites = tuple(
        _restrict_site(site, van.van_class, own, day if site.id == site_id else None)
        for site in instance.sites
    )
    return replace(instance, vans=vans, sites=sites)


def _restrict_site(site: Site, van_class: str, own: str, only: date | None) -> Site:
    """A site that takes a van's own class where it takes its class.

    Where a date is given, it takes nothing else, and only then.
    """
    if van_class not in site.classes:
        return replace(site, windows={}) if only else site
    if only is None:
        return replace(site, classes=(*site.classes, own))
    windows = {day: hours for day, hours in site.windows.items() if day == only}
    return replace(site, classes=(own,), windows=windows)
