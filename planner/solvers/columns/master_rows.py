"""Constraints on some sites that plans keep and LP solutions may break."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from planner.arrays import Float64s, Int64s


class MasterRow(Protocol):
    """What the stops of all routes at some sites count adds up to no more than a limit."""

    @property
    def sites(self) -> tuple[int, ...]:
        """Indices of the sites whose people it counts."""

    @property
    def limit(self) -> float:
        """What the routes chosen may add up to."""

    @property
    def classes(self) -> frozenset[int] | None:
        """Whose routes count; None = all."""

    @property
    def penalty(self) -> float | None:
        """What it costs to exceed the limit by one; None = it may not be exceeded."""

    def coefficients(self, people: Int64s) -> Float64s:
        """How much a stop counts that records so many people."""
        ...


@dataclass(frozen=True, slots=True)
class CutRow:
    """Few routes can record many people of some sites; with a width of 1, no more than there are.

    Of stops that record ``width`` people or more there are at most ``capacity // width``, and
    smaller ones count in part. This is mixed-integer rounding of the constraint that the sites
    record no more people than their capacity.
    """

    sites: tuple[int, ...]
    capacity: int
    width: int = 1
    classes: None = None
    penalty: None = None

    @property
    def limit(self) -> float:
        """What all stops add up to at most."""
        return float(self.capacity // self.width)

    def coefficients(self, people: Int64s) -> Float64s:
        """How much a stop counts that records so many people."""
        return cut_coefficients(self.capacity, self.width, people)


def cut_coefficients(capacity: int, width: int | Int64s, people: Int64s) -> Float64s:
    """How much stops count in a `CutRow`; widths and people are broadcast."""
    remainder = capacity % width
    full, part = np.divmod(people, width)
    counted: Float64s = full + np.maximum(0, part - remainder) / (width - remainder)
    return counted


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A site has a stop, or that costs a penalty."""

    site: int
    penalty: float
    classes: None = None

    @property
    def sites(self) -> tuple[int, ...]:
        """The one site."""
        return (self.site,)

    @property
    def limit(self) -> float:
        """One stop, counted below nothing."""
        return -1.0

    def coefficients(self, people: Int64s) -> Float64s:
        """Every stop counts the same."""
        return np.full(np.shape(people), -1.0)


@dataclass(frozen=True, slots=True)
class BranchRow:
    """At most, or at least, so many routes of some classes stop at a site for so many people.

    Of two such rows one holds for every plan: of a number of stops and the next.

    Attributes
    ----------
    people
        Stops count that record so many or more.
    """

    site: int
    classes: frozenset[int]
    stops: int
    at_least: bool
    people: int = 0
    penalty: float | None = None

    @property
    def sites(self) -> tuple[int, ...]:
        """The one site."""
        return (self.site,)

    @property
    def limit(self) -> float:
        """Stops at least are counted below nothing."""
        return float(-self.stops if self.at_least else self.stops)

    @property
    def forbids_stop(self) -> bool:
        """Whether no route of these classes may stop at the site for so many people."""
        return self.stops == 0 and not self.at_least

    def coefficients(self, people: Int64s) -> Float64s:
        """Every stop for so many people counts the same."""
        return np.where(np.asarray(people) >= self.people, -1.0 if self.at_least else 1.0, 0.0)
