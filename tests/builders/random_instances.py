"""Random instances that use every rule, small enough for `tests.property.brute`."""

from dataclasses import replace
from datetime import date
from random import Random

import numpy as np

from planner.arrays import Int32s
from planner.model import NO_ROAD, Break, Depot, Instance, Interval, Site, Van

DAYS = (date(2026, 11, 28), date(2026, 11, 29))
CLASSES = ("small", "large")
NUM_DEPOTS = 2
OPENING_S, CLOSING_S = 20, 70
"""Time runs in seconds of which a day has few, so that each can be tried."""


def random_instance(seed: int, *, max_sites: int = 5) -> Instance:
    """An instance with up to so many sites and two van-days; the same for the same seed."""
    rng = Random(seed)
    num_sites = max(rng.randint(0, max_sites), rng.randint(0, max_sites))
    num_places = NUM_DEPOTS + num_sites
    return Instance(
        drive_s=_drive_s(rng, num_places),
        depots=tuple(Depot(id=f"depot-{place}", place=place) for place in range(NUM_DEPOTS)),
        sites=tuple(_site(rng, index, num_places) for index in range(num_sites)),
        vans=_vans(rng),
        worth_s=rng.choice([None, 5.0, 20.0, 80.0]),
    )


def shared_instance(seed: int, *, max_sites: int = 3) -> Instance:
    """The same with groups of people who would come to several sites, and stops of least length."""
    given, rng = random_instance(seed, max_sites=max_sites), Random(seed)
    sites = (
        replace(
            site,
            expected=rng.choice([0, 0, 1]),
            draws={
                f"rt-{group}": rng.choice([rng.randint(1, 2600), 1000 * rng.randint(1, 2)])
                for group in range(3)
                if rng.random() < 0.6
            },
            min_service_s=rng.choice([0, 0, 4, 9]),
        )
        for site in given.sites
    )
    return replace(given, sites=tuple(sites))


def _drive_s(rng: Random, num_places: int) -> Int32s:
    """Neither symmetric nor metric, with missing roads and places on top of each other."""
    drive_s = np.array(
        [[rng.randint(0, 6) for _ in range(num_places)] for _ in range(num_places)], dtype=np.int32
    )
    missing = [[rng.random() < 0.06 for _ in range(num_places)] for _ in range(num_places)]
    drive_s[np.array(missing)] = NO_ROAD
    np.fill_diagonal(drive_s, 0)
    return drive_s


def _site(rng: Random, index: int, num_places: int) -> Site:
    own_place = rng.random() < 0.9
    return Site(
        id=f"site-{index}",
        place=NUM_DEPOTS + index if own_place else rng.randrange(num_places),
        expected=rng.choice([0, 1, 2, 3, 3, 4, 4]),
        seconds_per_person=rng.choice([0, 1, 3, 3, 5, 8]),
        setup_s=rng.choice([0, 2, 5]),
        packup_s=rng.choice([0, 1, 4]),
        classes=CLASSES if rng.random() < 0.8 else (rng.choice(CLASSES),),
        windows={day: _windows(rng) for day in DAYS if rng.random() < 0.9},
        weight=rng.choice([0.0, 0.5, 1.0, 1.0, 1.0, 3.0]),
        min_people=rng.choice([0, 1, 1, 2, 2, 5]),
    )


def _windows(rng: Random) -> tuple[Interval, ...]:
    """None, one, or two; in any order, and they may overlap."""
    return tuple(
        _interval(rng, OPENING_S - 5, CLOSING_S + 5, rng.choice([5, 20, 40, 60]))
        for _ in range(rng.choice([0, 1, 1, 1, 1, 2, 2, 2]))
    )


def _interval(rng: Random, first_s: int, last_s: int, length_s: int) -> Interval:
    opening_s = rng.randint(first_s, last_s - length_s)
    return opening_s, opening_s + length_s


def _vans(rng: Random) -> tuple[Van, ...]:
    """No van-day, one, or two: two vans on a day, or one van on two."""
    one, two_vans, two_days = ((0, 0),), ((0, 0), (1, 0)), ((0, 0), (0, 1))
    van_days = () if rng.random() < 0.04 else rng.choice([one, two_vans, two_vans, two_days])
    return tuple(
        _van(rng, index, tuple(DAYS[day] for van, day in van_days if van == index))
        for index in range(1 + max((van for van, _ in van_days), default=-1))
    )


def _van(rng: Random, index: int, days: tuple[date, ...]) -> Van:
    return Van(
        id=f"van-{index}",
        van_class=rng.choice(CLASSES),
        kits=rng.choice([1, 1, 2, 3]),
        start=f"depot-{rng.randrange(NUM_DEPOTS)}",
        end=f"depot-{rng.randrange(NUM_DEPOTS)}",
        shifts={
            day: _interval(rng, OPENING_S, CLOSING_S, rng.choice([20, 40, 50, 50])) for day in days
        },
        crew_break=_rest(rng) if rng.random() < 0.7 else None,
        max_people=rng.choice([None, None, None, 1, 4, 7]),
        max_stops=rng.choice([None, None, None, None, 1, 2, 3]) if rng.random() < 0.97 else 0,
    )


def _rest(rng: Random) -> Break:
    """A break that may be over before the shift opens, or start after it closes."""
    earliest_s, latest_s = _interval(rng, OPENING_S - 10, CLOSING_S - 10, rng.choice([0, 3, 8]))
    return Break(earliest_s=earliest_s, latest_s=latest_s, length_s=rng.choice([0, 4, 9, 15]))
