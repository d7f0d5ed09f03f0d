"""Which point the people of each neighbourhood walk to."""

from collections.abc import Sequence
from pathlib import Path

from planner.arrays import Indices
from planner.district import District, Venue
from planner.travel.factory import nearest_on_foot
from planner.travel.interface import StageListener, ignore_stage


def allocate_neighbourhoods(
    district: District,
    points: Sequence[Venue],
    cache: Path | None,
    on_stage: StageListener = ignore_stage,
) -> Indices:
    """Index of the venue that each neighbourhood walks to, or `NO_POINT`."""
    rates = district.rates
    homes = [(home.lat, home.lon) for home in district.neighbourhoods]
    spots = [(point.lat, point.lon) for point in points]
    return nearest_on_foot(
        homes,
        spots,
        district.roads,
        reach_m=rates.walk_m,
        ratio=rates.walk_ratio,
        cache=cache,
        on_stage=on_stage,
    )
