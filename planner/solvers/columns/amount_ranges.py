"""Stops of a site parted by how many people they record."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from planner.arrays import Int64s
from planner.solvers.schedule import Visit

SiteSet = tuple[int, ...]
"""Indices of sites, ascending."""


class SharedPeople(Protocol):
    """How many people sites may record together."""

    @property
    def are_untouched(self) -> bool:
        """Whether no route taken records any."""
        ...

    def shared_limit(self, sites: Collection[int]) -> int:
        """How many more people some sites may record in all."""
        ...

    def broken_set(self, visits: Sequence[Visit]) -> tuple[SiteSet, int] | None:
        """Sites at which visits record more people than remain, and how many do."""
        ...


class AmountRanges(NamedTuple):
    """Stops that a grid tells apart, each by its site and the people that it records.

    Attributes
    ----------
    positions
        In the sites of a class of van-days; those of a site stand together, fewest people first.
    least, most
        People recorded.
    """

    positions: Int64s
    least: Int64s
    most: Int64s

    def parted(self, thresholds: Mapping[int, Collection[int]]) -> "AmountRanges":
        """The same, with ranges that begin at the thresholds of each position, too."""
        if not thresholds:
            return self
        parts: list[tuple[int, int, int]] = []
        for position, least, most in zip(*(part.tolist() for part in self), strict=True):
            inner = sorted(t for t in thresholds.get(position, ()) if least < t <= most)
            begins = [least, *inner]
            ends = [*(begin - 1 for begin in inner), most]
            parts += [(position, begin, end) for begin, end in zip(begins, ends, strict=True)]
        return AmountRanges(*np.array(parts, dtype=np.int64).reshape(-1, 3).T.copy())
