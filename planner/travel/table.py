"""What every way of travelling answers, whichever engine is behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from planner.model import Matrix

Line = Sequence[tuple[float, float]]
"""Latitude and longitude of each vertex, in the order driven."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A depot or venue that vans drive to.

    Attributes
    ----------
    name
        For messages.
    classes
        Classes of van that go there.
    """

    name: str
    lat: float
    lon: float
    classes: tuple[str, ...]


class Cause(StrEnum):
    """Why no van gets to a place, or away from it."""

    TOO_FAR = "too far from a road its van can use"
    GATED = "behind a gate"
    ISLAND = "on roads without a way there and back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """A place that vans of some class do not reach.

    Attributes
    ----------
    distance_m
        Straight line to the nearest road that the class can use and that has a way there and back.
    """

    cause: Cause
    distance_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadLines:
    """Roads to draw beneath a map: one class of road, its lines in latitude and longitude."""

    highway: str
    lines: tuple[Line, ...]


class Travel(Protocol):
    """Travel between places, by index in the order they were given.

    A leg between two places that the largest class of van can reach is timed, measured and drawn on
    the roads of that class, so one matrix serves every van: never too short for any, and no large
    van is led into an alley. A leg to or from a place that only a smaller class reaches is on that
    class's roads.

    Attributes
    ----------
    drive_s, drive_m
        Seconds and metres, int32 of shape ``(n, n)``, ``planner.model.NO_ROAD`` where none leads.
    unreached
        By index of the place, then by class of van: what keeps that class from it. A place that
        some of its classes reach still has rows in the matrices.
    straight
        Whether this is an estimate along straight lines, for want of a road file.
    attribution
        Whom to name beside the map for the road data; empty where `straight`.
    """

    drive_s: Matrix
    drive_m: Matrix
    unreached: Mapping[int, Mapping[str, Unreached]]
    straight: bool
    attribution: str

    def line(self, origin: int, destination: int) -> Line:
        """The way from one place to another, as it is driven in `drive_s`."""
        ...

    def background(self) -> tuple[RoadLines, ...]:
        """All roads around the places, for the map beneath; empty where `straight`."""
        ...
