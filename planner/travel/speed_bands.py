"""Speeds of a week: those of the hours of the day, weighed by how long vans are out in them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from planner.district import SpeedBand, Speeds
from planner.model import Interval
from planner.travel.profile import SPEED_KMH

WeekdayShift = tuple[int, Interval]
"""Weekday, Monday 0 to Sunday 6, and hours."""


def average_speeds(speeds: Speeds, shifts: Iterable[WeekdayShift]) -> Speeds:
    """Speeds at which a drive takes what it takes on average over all moments of some shifts.

    A signed limit between the speeds of two bands is compared with their average.
    """
    # Behind the bands stand all other hours.
    bands = (*speeds.bands, SpeedBand(hours={}))
    seconds = [0] * len(bands)
    for weekday, hours in shifts:
        for index, length_s in _band_seconds(speeds.bands, weekday, hours):
            seconds[index] += length_s
    held = [(band, length_s) for band, length_s in zip(bands, seconds, strict=True) if length_s]
    if not speeds.bands or not held:
        return replace(speeds, bands=())
    shares = [(band, length_s / sum(seconds)) for band, length_s in held]
    factor = sum(share * band.factor for band, share in shares)
    return replace(
        speeds,
        factor=speeds.factor * factor,
        by_highway_kmh={**speeds.by_highway_kmh, **_by_highway_kmh(speeds, shares, factor)},
        straight_kmh=speeds.straight_kmh / factor,
        bands=(),
    )


def _band_seconds(
    bands: Sequence[SpeedBand], weekday: int, hours: Interval
) -> Iterator[tuple[int, int]]:
    """Index of each band that holds in some hours, and for how many seconds."""
    begin_s, end_s = hours
    inside = [
        (index, max(first_s, begin_s), min(last_s, end_s))
        for index, band in enumerate(bands)
        for first_s, last_s in band.hours.get(weekday, ())
        if first_s < end_s and begin_s < last_s
    ]
    moments = sorted({begin_s, end_s, *(moment for _, *ends in inside for moment in ends)})
    for now_s, next_s in pairwise(moments):
        holding = (index for index, first_s, last_s in inside if first_s <= now_s < last_s)
        yield next(holding, len(bands)), next_s - now_s


def _by_highway_kmh(
    speeds: Speeds, shares: Sequence[tuple[SpeedBand, float]], factor: float
) -> dict[str, float]:
    """Average speed on each kind of road that some band has a speed for."""
    usual = {**SPEED_KMH, **speeds.by_highway_kmh}
    named = sorted({highway for band, _ in shares for highway in band.by_highway_kmh})
    return {
        highway: factor
        / sum(
            share * band.factor / band.by_highway_kmh.get(highway, usual[highway])
            for band, share in shares
        )
        for highway in named
    }
