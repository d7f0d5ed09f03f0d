"""A tiny weekend that runs through every compiled loop."""

from datetime import date

import numpy as np

from planner.model import Break, Depot, Instance, Site, Van
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.van_day_classes import group_van_days


def compile_kernels() -> None:
    """Call every kernel, so that it is compiled, or loaded from where it was kept."""
    for cards in (None, 30):
        (day_class,) = group_van_days(_instance(cards))
        profits = PricedProfits.of(day_class.weight, day_class.expected)
        pricer = Pricer(day_class)
        pricer.price_heuristically(profits, 0.0)
        pricer.price_exactly(profits, 0.0)


def _instance(cards: int | None) -> Instance:
    day = date(2026, 11, 28)
    sites = tuple(
        Site(
            id=f"site-{place}",
            place=place,
            expected=20,
            seconds_per_person=360,
            setup_s=1800,
            packup_s=1200,
            classes=("small",),
            windows={day: ((28800, 57600),)},
        )
        for place in range(1, 4)
    )
    van = Van(
        id="van",
        van_class="small",
        kits=2,
        start="depot",
        end="depot",
        shifts={day: (27000, 61200)},
        crew_break=Break(earliest_s=41400, latest_s=46800, length_s=2700),
        max_people=cards,
    )
    return Instance(
        drive_s=np.full((4, 4), 600, dtype=np.int32),
        depots=(Depot(id="depot", place=0),),
        sites=sites,
        vans=(van,),
        worth_s=900.0,
    )
