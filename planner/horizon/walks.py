"""How far the people of each neighbourhood walk to some places."""

from collections.abc import Sequence
from pathlib import Path

from planner.district import District, Venue
from planner.geo import Walks
from planner.travel.factory import find_walks
from planner.travel.interface import StageListener, ignore_stage


def walks_to(
    district: District,
    venues: Sequence[Venue],
    cache: Path | None,
    on_stage: StageListener = ignore_stage,
) -> Walks:
    """Walks from the neighbourhoods to all of some venues within reach, by index of both."""
    rates = district.rates
    return find_walks(
        [(home.lat, home.lon) for home in district.neighbourhoods],
        [(venue.lat, venue.lon) for venue in venues],
        district.roads,
        reach_m=rates.walk_m,
        ratio=rates.walk_ratio,
        cache=cache,
        on_stage=on_stage,
    )
