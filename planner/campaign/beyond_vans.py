"""People whom no van can record where vans may stand now, and why."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from planner.analysis.campaign import BeyondVans
from planner.campaign.least_weekends import usual_week
from planner.demand import zone_pupils
from planner.district import District, Neighbourhood
from planner.geo import great_circle_m
from planner.horizon import Horizon, LeftOut, build_horizon
from planner.i18n.messages import Message, say


def find_beyond_vans(
    district: District, week: str, cache: Path | None = None
) -> tuple[BeyondVans, ...]:
    """People with no place to go to in a week without exceptions, the most first.

    Parameters
    ----------
    week
        The first that may be such a week.
    cache
        Folder in which prepared roads are kept.
    """
    usual = replace(district, calendar=(), agreements=())
    horizon = build_horizon(usual, usual_week(usual, week), cache=cache)
    people: Counter[tuple[str, str, Message]] = Counter()
    for area, part, reason, number in (*_homes(horizon), *_places(horizon)):
        people[area, part, reason] += number
    return tuple(
        BeyondVans(kelurahan=area, name=part, reason=reason, people=number)
        for (area, part, reason), number in sorted(
            people.items(), key=lambda item: (-item[1], item[0])
        )
        if number
    )


def _homes(horizon: Horizon) -> Iterator[tuple[str, str, Message, int]]:
    district = horizon.district
    shut = [item for item in horizon.left_out if item.venue.type.is_walk_in]
    for index, people in horizon.demand.uncovered.items():
        home = district.neighbourhoods[index]
        area = district.kelurahan_name(home.code)
        yield area, home.id.removeprefix(home.code).strip(), _why(district, home, shut), people


def _why(district: District, home: Neighbourhood, shut: list[LeftOut]) -> Message:
    """What keeps vans from the nearest place within walking distance, if there is one."""
    lats, lons = (np.array([getattr(i.venue, axis) for i in shut]) for axis in ("lat", "lon"))
    walks_m = great_circle_m(np.array(home.lat), np.array(home.lon), lats, lons)
    walks_m = walks_m * district.rates.walk_ratio
    if not shut or walks_m.min() > district.rates.walk_m:
        return say("no place within walking distance")
    nearest = shut[int(walks_m.argmin())]
    return say("{name}: {reason}", name=nearest.venue.name, reason=nearest.message)


def _places(horizon: Horizon) -> Iterator[tuple[str, str, Message, int]]:
    """People whom a place alone counts, where it cannot be visited or nobody would come."""
    zoned: Counter[str] = Counter()
    for pupils in zone_pupils(horizon.district).values():
        zoned.update(pupils)
    for item in horizon.left_out:
        yield "", item.venue.name, item.message, item.venue.backlog - zoned[item.venue.id]
    for site, venue in zip(horizon.instance.sites, horizon.venues, strict=True):
        if not site.expected and not venue.service:
            own = venue.backlog - zoned[venue.id]
            yield "", venue.name, say("nobody would come there"), own
