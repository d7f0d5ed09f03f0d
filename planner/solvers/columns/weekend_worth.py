"""What a weekend is worth at most, and people at least: what bounds the number of weekends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, inf

TOLERANCE = 1e-6
"""Bounds are lowered by this share, for sums in doubles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCover:
    """People who are to be recorded, all at any of some sites.

    Attributes
    ----------
    sites
        Ids; those that the instance does not have are left out.
    pool
        Of which only so many can be recorded, see `need`.
    """

    people: int
    sites: tuple[str, ...]
    pool: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekendWorth:
    """What a weekend can do, whatever its plan.

    Attributes
    ----------
    prices
        By site, what a person recorded there is worth; of others 0.
    most
        No plan of a weekend is worth more.
    van_days
        By van and weekday, what no route is worth more than; others drive none.
    """

    prices: Mapping[str, float]
    most: float
    van_days: Mapping[tuple[str, int], float] = field(default_factory=dict)


Ranked = Sequence[tuple[float, int, str]]
"""Price of a person, people and their pool, the cheapest first."""


def rank(people: Sequence[ToCover], prices: Mapping[str, float]) -> Ranked:
    """People by what recording one of them is worth at least, wherever that is."""
    return sorted(
        (min(prices.get(site, 0.0) for site in group.sites), group.people, group.pool)
        for group in people
    )


def need(ranked: Ranked, target: int, limits: Mapping[str, float] | None = None) -> float:
    """What so many people are worth at least; infinite where fewer can be recorded.

    Parameters
    ----------
    limits
        By pool, the most people who can be recorded.
    """
    left, worth, room = float(target), 0.0, dict(limits or {})
    for price, number, pool in ranked:
        taken = min(left, number, room.get(pool, inf))
        if pool in room:
            room[pool] -= taken
        worth, left = worth + taken * price, left - taken
    return worth if left <= TOLERANCE * max(1, target) else inf


def round_up(weekends: float) -> int:
    """The least whole number that is not proven to be too small."""
    return max(0, ceil(weekends * (1 - TOLERANCE) - TOLERANCE))
