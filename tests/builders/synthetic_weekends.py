"""Synthetic weekends: a clustered city with the rates, hours and vans of the field.

The city is made up. Set-up, pack-up, speed and detour are the defaults of the district settings;
recording is as fast, and shifts as long, as a large and well-staffed office is seen to manage, so
that a van-day records about 200 to 260 people.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp, log, pi

import numpy as np
from numpy.random import Generator

from planner.arrays import Float64s, Int32s, Int64s
from planner.catchments import PERSON
from planner.demand.decay import ODDS_PER_100_M
from planner.model import Break, Depot, Instance, Interval, Site, Van
from planner.units import HOUR_S, KM_M, MINUTE_S

FIRST_DAY = date(2026, 11, 28)
"""A Saturday."""


CITY_RADIUS_M = 12 * KM_M
KAMPUNG_SPREAD_M = 600.0
SITES_PER_KAMPUNG = 12
SPEED_M_PER_S = 5.0
DETOUR = 1.45
VANS_PER_DEPOT = 5
KITS = (3, 4, 2, 3)
"""Of one van after the other; those with four are large."""

SHIFT = (7 * HOUR_S + 1800, 17 * HOUR_S + 1800)
REST = Break(earliest_s=11 * HOUR_S + 1800, latest_s=13 * HOUR_S, length_s=45 * MINUTE_S)
MORNING = (8 * HOUR_S, 12 * HOUR_S)
AFTERNOON = (13 * HOUR_S, 17 * HOUR_S)
WHOLE_DAY = (8 * HOUR_S, 14 * HOUR_S)

RTS_PER_POINT = 6
DENSE_SPREAD_M = 300.0
RT_SPREAD_M = 250.0
RT_BACKLOG = (10, 0.5)
"""Median, and standard deviation of the logarithm."""

TURNOUT = 0.6
WALK_M = 1000
LEAST_REACHED, MOST_REACHED = 3, 10
"""Points that people of an RT would come to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What sites of one kind have in common.

    Attributes
    ----------
    share
        Of all sites.
    median, spread
        Of the people expected: median, and standard deviation of the logarithm.
    hours
        Opening hours to draw from, each as likely; a site is open so on each of its days.
    least, most
        Of the people expected.
    one_day
        Share of sites open on one of the days only.
    """

    name: str
    share: float
    median: float
    spread: float
    least: int
    most: int
    seconds_per_person: int
    hours: tuple[tuple[Interval, ...], ...]
    one_day: float


KINDS = (
    Kind(
        name="point",
        share=0.62,
        median=30,
        spread=0.6,
        least=8,
        most=120,
        seconds_per_person=5 * MINUTE_S,
        hours=((MORNING,), (MORNING, AFTERNOON), (WHOLE_DAY,)),
        one_day=0.2,
    ),
    Kind(
        name="school",
        share=0.28,
        median=80,
        spread=0.5,
        least=30,
        most=180,
        seconds_per_person=3 * MINUTE_S,
        hours=((MORNING,), (MORNING,), (WHOLE_DAY,)),
        one_day=0.5,
    ),
    Kind(
        name="office",
        share=0.10,
        median=30,
        spread=0.6,
        least=10,
        most=120,
        seconds_per_person=5 * MINUTE_S,
        hours=((WHOLE_DAY,), (AFTERNOON,)),
        one_day=0.3,
    ),
)


def synthetic_weekend(
    num_sites: int,
    num_vans: int,
    num_days: int = 2,
    seed: int = 0,
    *,
    alike: bool = False,
    shared: bool = False,
    mixed: bool = False,
    cards: bool = False,
) -> Instance:
    """A weekend with so many sites, vans and days; the same for the same arguments.

    Parameters
    ----------
    alike
        All vans have the same depot, class and kits; otherwise these differ.
    shared
        People live in RT with 3 to 10 points in reach, and would come to any of them.
    mixed
        No two vans have the same shift.
    cards
        Each van has fewer than it could use on a long day.
    """
    rng = np.random.default_rng(seed)
    days = tuple(FIRST_DAY + timedelta(days=day) for day in range(num_days))
    num_depots = 1 if alike else max(1, -(-num_vans // VANS_PER_DEPOT))
    places, kampung = _city(
        rng, num_depots, num_sites, DENSE_SPREAD_M if shared else KAMPUNG_SPREAD_M
    )
    depots = tuple(Depot(id=f"depot-{place}", place=place) for place in range(num_depots))
    drive_s = _drive_s(rng, places, kampung)
    sites = [_site(rng, index, num_depots + index, days, alike=alike) for index in range(num_sites)]
    vans = [
        _van(index, depots[index % num_depots].id, days, alike=alike) for index in range(num_vans)
    ]
    if mixed:
        vans = _mix(rng, vans)
    if cards:
        vans = [replace(van, max_people=int(rng.integers(120, 300))) for van in vans]
    return Instance(
        drive_s=drive_s,
        depots=depots,
        sites=tuple(_share(rng, sites, places) if shared else sites),
        vans=tuple(vans),
        worth_s=15 * MINUTE_S,
    )


def _city(
    rng: Generator, num_depots: int, num_sites: int, spread_m: float
) -> tuple[Float64s, Int64s]:
    """Depots, then sites, and the kampung of each; a depot stands in a kampung of its own."""
    num_kampung = -(-num_sites // SITES_PER_KAMPUNG)
    middles = _disc(rng, num_kampung, CITY_RADIUS_M)
    home = rng.integers(num_kampung, size=num_sites) if num_sites else np.zeros(0, dtype=np.int64)
    sites = middles[home] + rng.normal(scale=spread_m, size=(num_sites, 2))
    depots = _disc(rng, num_depots, CITY_RADIUS_M / 2)
    return np.vstack([depots, sites]), np.concatenate([num_kampung + np.arange(num_depots), home])


def _disc(rng: Generator, count: int, radius_m: float) -> Float64s:
    distance_m = radius_m * np.sqrt(rng.random(count))
    angle = 2 * pi * rng.random(count)
    return np.column_stack([distance_m * np.cos(angle), distance_m * np.sin(angle)])


def _drive_s(rng: Generator, places: Float64s, kampung: Int64s) -> Int32s:
    """Seconds along detours; slow and fast pairs of kampung, and one-way streets."""
    east_m, north_m = places.T
    straight_m = np.hypot(east_m[:, None] - east_m, north_m[:, None] - north_m)
    num_kampung = int(kampung.max()) + 1
    road = np.exp(rng.normal(scale=0.15, size=(num_kampung, num_kampung)))
    road = np.sqrt(road * road.T)
    one_way = rng.uniform(0.95, 1.08, size=straight_m.shape)
    factor = road[kampung[:, None], kampung] * one_way * DETOUR / SPEED_M_PER_S
    drive_s: Int32s = np.ceil(straight_m * factor).astype(np.int32)
    return drive_s


def _site(rng: Generator, index: int, place: int, days: tuple[date, ...], *, alike: bool) -> Site:
    kind = KINDS[rng.choice(len(KINDS), p=[kind.share for kind in KINDS])]
    hours = kind.hours[rng.integers(len(kind.hours))]
    only = days[rng.integers(len(days))]
    open_days = (only,) if rng.random() < kind.one_day else days
    people = exp(rng.normal(log(kind.median), kind.spread))
    alley = kind.name == "point" and rng.random() < 0.2
    return Site(
        id=f"{kind.name}-{index}",
        place=place,
        expected=min(max(kind.least, round(people)), kind.most),
        seconds_per_person=kind.seconds_per_person,
        setup_s=30 * MINUTE_S,
        packup_s=20 * MINUTE_S,
        classes=("small",) if alley and not alike else ("small", "large"),
        windows=dict.fromkeys(open_days, hours),
    )


def _van(index: int, depot_id: str, days: tuple[date, ...], *, alike: bool) -> Van:
    kits = KITS[0] if alike else KITS[index % len(KITS)]
    return Van(
        id=f"van-{index}",
        van_class="large" if kits == 4 and not alike else "small",
        kits=kits,
        start=depot_id,
        end=depot_id,
        shifts=dict.fromkeys(days, SHIFT),
        crew_break=REST,
    )


def _share(rng: Generator, sites: Sequence[Site], places: Float64s) -> list[Site]:
    """The sites, points of which draw people of RT around them in place of their own."""
    points = [index for index, site in enumerate(sites) if site.id.startswith("point")]
    draws: list[dict[str, int]] = [{} for _ in sites]
    located = places[[sites[index].place for index in points]]
    median, spread = RT_BACKLOG
    for rt in range(RTS_PER_POINT * len(points)):
        home = located[rng.integers(len(points))] + rng.normal(scale=RT_SPREAD_M, size=2)
        walk_m = np.hypot(*(located - home).T) * DETOUR
        nearest = np.argsort(walk_m)[:MOST_REACHED]
        num_reached = max(LEAST_REACHED, int(np.sum(walk_m[nearest] <= WALK_M)))
        backlog = exp(rng.normal(log(median), spread))
        odds = TURNOUT / (1 - TURNOUT) * ODDS_PER_100_M ** (walk_m / 100)
        for point in nearest[:num_reached]:
            if (draw := round(backlog * odds[point] / (1 + odds[point]) * PERSON)) > 0:
                draws[points[point]][f"rt-{rt}"] = draw
    return [
        replace(site, expected=0, draws=draws[index]) if draws[index] else site
        for index, site in enumerate(sites)
    ]


def _mix(rng: Generator, vans: Sequence[Van]) -> list[Van]:
    """The vans, each with its own shift of nine to eleven hours."""
    mixed = []
    for van, later in zip(vans, rng.permutation(len(vans)), strict=True):
        opening_s = SHIFT[0] - HOUR_S // 2 + int(later) * 2 * MINUTE_S
        closing_s = opening_s + int(rng.integers(9, 12)) * HOUR_S
        mixed.append(replace(van, shifts=dict.fromkeys(van.shifts, (opening_s, closing_s))))
    return mixed
