"""A weekend that can be solved by hand, for the tests of solvers."""

from dataclasses import replace
from typing import Any

import numpy as np

from planner.arrays import Int32s
from planner.model import Depot, Instance, Site, Van
from planner.plan import Status
from planner.solvers import Limits, solve
from tests.builders.districts import SATURDAY, SUNDAY

VAN = Van(
    id="A", van_class="small", kits=1, start="office", end="office", shifts={SATURDAY: (0, 1000)}
)

ENOUGH = Limits(iterations=100)
"""Rounds in which column generation proves the best plan of every weekend made of these."""


def site(number: int, **changes: Any) -> Site:
    """Site with this number at the place of this number: ten people, 10 s each."""
    given = Site(
        id=f"site-{number}",
        place=number,
        expected=10,
        seconds_per_person=10,
        setup_s=20,
        packup_s=10,
        classes=("small",),
        windows={SATURDAY: ((0, 1000),), SUNDAY: ((0, 1000),)},
    )
    return replace(given, **changes)


def instance(*sites: Site, vans: tuple[Van, ...] = (VAN,), drive_s: int = 50) -> Instance:
    """The sites with the office at place 0, all as far from each other; a person is worth 100 s."""
    num_places = 1 + len(sites)
    matrix = np.full((num_places, num_places), drive_s)
    np.fill_diagonal(matrix, 0)
    return Instance(
        drive_s=matrix, depots=(Depot(id="office", place=0),), sites=sites, vans=vans, worth_s=100
    )


def two_halls(*vans: Van) -> Instance:
    """Halls that draw the same twenty people, one with five of its own: 25 come to the second."""
    rt_1 = {"rt-1": 20_000}
    halls = site(1, expected=0, draws=rt_1), site(2, expected=5, draws=rt_1)
    return instance(*halls, vans=vans or (VAN,))


def ignore_draws(given: Instance) -> Instance:
    """The instance as if all who would come to a site came to it or to none."""
    alone = (replace(site, expected=site.max_people, draws={}) for site in given.sites)
    return replace(given, sites=tuple(alone))


def place_matrix(*rows: tuple[int, ...]) -> Int32s:
    """Seconds from the place of a row to that of a column."""
    return np.array(rows, dtype=np.int32)


def proven_best(given: Instance) -> float:
    """What the plan is worth that column generation proves to be the best, to six places."""
    result = solve(given, solver="columns", limits=ENOUGH)
    assert result.status is Status.OPTIMAL, result
    return round(result.objective, 6)
