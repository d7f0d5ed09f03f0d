"""What every way of travelling answers, and what a road engine must implement.

See docs/road-engines.md.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isinf
from pathlib import Path
from typing import Protocol

from shapely.geometry.base import BaseGeometry

from planner.arrays import Bools, Int32s
from planner.district import Speeds
from planner.geo import Walks
from planner.i18n.messages import Message, msgid, say

Line = Sequence[tuple[float, float]]
"""Latitude and longitude of each vertex, in the order driven."""

LatLons = Sequence[tuple[float, float]]
"""Latitude and longitude of some places, degrees."""

StageListener = Callable[[Message, float], None]
"""Hears what is being done, and which share of it is done; 0 = unknown, 1 = all."""


def ignore_stage(what: Message, share: float) -> None:
    """Hear, and do nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A depot or venue that vans drive to.

    Attributes
    ----------
    name
        For messages.
    classes
        Classes of van that go there.
    is_depot
        Whether vans start or end there.
    """

    name: str
    lat: float
    lon: float
    classes: tuple[str, ...]
    is_depot: bool = False


SNAP_HELPS_M = 1_000.0
"""People who come to a place do not look for the van farther away than this."""


class UnreachedCause(StrEnum):
    """Why no van gets to a place, or away from it."""

    TOO_FAR = msgid("too far from a road its van can use")
    GATED = msgid("behind a gate")
    ISLAND = msgid("on roads that do not lead there and back")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """A place that vans of some class do not reach.

    Attributes
    ----------
    distance_m
        Straight line to the nearest road that the class can use and that has a way there and back;
        infinite where there is none.
    """

    cause: UnreachedCause
    distance_m: float

    @property
    def remedy(self) -> Message:
        """What to do about it."""
        if self.cause is UnreachedCause.GATED:
            return say("move it in front of the gate")
        if self.cause is UnreachedCause.ISLAND:
            return say("move it to a road that leads there and back, or look at the road file")
        if self.distance_m > SNAP_HELPS_M:
            return say("check its coordinates, and whether the road file covers it")
        return say("move it to a road that a van can use, or raise [roads] snap_m")

    @property
    def message(self) -> Message:
        """Cause and distance."""
        cause = say(self.cause.value)
        if isinf(self.distance_m):
            return cause
        return say("{cause} ({distance_m:.0f} m)", cause=cause, distance_m=self.distance_m)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadLines:
    """Roads to draw beneath a map: one class of road, its lines in latitude and longitude."""

    highway: str
    lines: tuple[Line, ...]


class Manoeuvre(StrEnum):
    """What a driver does at the beginning of a step; left and right as the driver sees them."""

    DEPART = msgid("Head {compass}")
    STRAIGHT = msgid("Go straight on")
    SLIGHT_LEFT = msgid("Bear left")
    LEFT = msgid("Turn left")
    SHARP_LEFT = msgid("Turn sharp left")
    SLIGHT_RIGHT = msgid("Bear right")
    RIGHT = msgid("Turn right")
    SHARP_RIGHT = msgid("Turn sharp right")
    TURN_ROUND = msgid("Turn round")
    ROUNDABOUT = msgid("At the roundabout take the {ordinal} exit")
    ENTER_TOLL_ROAD = msgid("Enter the toll road")
    LEAVE_TOLL_ROAD = msgid("Leave the toll road")
    FERRY = msgid("Take the ferry")
    ARRIVE = msgid("Arrive at the destination")
    ARRIVE_LEFT = msgid("Arrive, on the left")
    ARRIVE_RIGHT = msgid("Arrive, on the right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One instruction to the driver, and the stretch of road that follows it.

    Attributes
    ----------
    street
        Name of the road driven after it, or empty.
    lat, lon
        Where it is done.
    heading
        Direction driven after it, degrees clockwise from north.
    exit
        At a roundabout: which exit to take, from 1; else 0.
    drive_s, drive_m
        Seconds and metres to the next step.
    """

    manoeuvre: Manoeuvre
    street: str
    lat: float
    lon: float
    heading: float
    exit: int = 0
    drive_s: float = 0.0
    drive_m: float = 0.0


class Travel(Protocol):
    """Travel between places, by index in the order they were given.

    A leg between two places that the largest class of van can reach is timed, measured and drawn on
    the roads of that class, so one matrix serves every van: never too short for any, and no large
    van is led into an alley. A leg to or from a place that only a smaller class reaches is on that
    class's roads.

    Attributes
    ----------
    places
        As they were given.
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

    places: Sequence[Place]
    drive_s: Int32s
    drive_m: Int32s
    unreached: Mapping[int, Mapping[str, Unreached]]
    straight: bool
    attribution: str

    def line(self, origin: int, destination: int) -> Line:
        """The path from one place to another that `drive_s` times."""
        ...

    def directions(self, origin: int, destination: int) -> tuple[Step, ...]:
        """What the driver does along `line`; empty where `straight` or no way leads."""
        ...

    def background(self) -> tuple[RoadLines, ...]:
        """All roads around the places, for the map beneath; empty where `straight`."""
        ...

    def water(self) -> BaseGeometry:
        """Sea, lakes and wide rivers around the places, in longitude and latitude; or empty."""
        ...

    def covers(self, spots: LatLons) -> Bools:
        """Whether each of some spots has a road within `snap_m`, no motorway; true if straight."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkReport:
    """What a road file holds.

    Attributes
    ----------
    road_km
        Length of the roads each class of van may use, by its name.
    connected
        Share of that length from which one gets to all the rest and back, by name.
    forbidden_turns
        Turns that restrictions forbid.
    unread
        How often each tag that speaks of who may drive is not understood, as ``key=value``; it
        counts as not there.
    """

    roads: int
    junctions: int
    forbidden_turns: int
    road_km: Mapping[str, float]
    connected: Mapping[str, float]
    unread: Mapping[str, int]


class RoadEngine(Protocol):
    """The roads of one file, ready to be travelled on."""

    def travel(self, places: Sequence[Place]) -> Travel:
        """Travel between places on these roads."""
        ...

    def report(self, num_places: int) -> NetworkReport:
        """What the file holds; afterwards `travel` between so many places starts sooner."""
        ...

    def walks(self, homes: LatLons, points: LatLons, reach_m: float, ratio: float) -> Walks:
        """Walks from each home to all points within reach.

        Parameters
        ----------
        reach_m
            Longest walk, metres.
        ratio
            Metres walked per metre of straight line, where no way is near.
        """
        ...


class OpenRoads(Protocol):
    """Opens a road file: a road engine's constructor."""

    def __call__(
        self, path: Path, speeds: Speeds, cache: Path | None, on_stage: StageListener
    ) -> RoadEngine:
        """The roads of a file.

        Parameters
        ----------
        cache
            Folder in which prepared roads are kept, or None.
        on_stage
            Hears what is being done.

        Raises
        ------
        InputError
            Where the file is missing; on first use also where it cannot be read, has no roads, or
            lies elsewhere.
        """
        ...
