"""Travel on the roads of an OpenStreetMap extract."""

from collections.abc import Mapping, Sequence
from math import inf

import numpy as np

from planner.model import NO_ROAD, Matrix
from planner.travel.cost import NO_WAY, metres, seconds
from planner.travel.directions import Guide
from planner.travel.earth import Floats
from planner.travel.geometry import background, line_of
from planner.travel.interface import Line, Place, RoadLines, Step, Unreached
from planner.travel.legs import NO_PROFILE, Legs, ends_of, find_legs
from planner.travel.link_segment import Piece
from planner.travel.profile import PROFILES
from planner.travel.routing_dataset import Engine, Prepared

ATTRIBUTION = "© OpenStreetMap contributors, ODbL"


class RoadTravel:
    """Travel on roads. See `planner.travel.interface.Travel`.

    Raises
    ------
    InputError
        Where the road file cannot be read, has no roads, or no place lies near one.
    """

    straight = False
    attribution = ATTRIBUTION

    def __init__(self, prepared: Prepared, places: Sequence[Place]) -> None:
        self.prepared = prepared
        self.places: Sequence[Place] = tuple(places)
        self._legs: Legs = find_legs(prepared, self.places)
        self._profiles = self._legs.profiles()
        self._pieces: dict[tuple[int, int], tuple[Piece, ...]] = {}
        self._engines: dict[int, Engine] = {}
        self._guides: dict[int, Guide] = {}
        factor = prepared.speeds.factor
        self.drive_s = self._whole(seconds(self._legs.costs) * factor)
        self.drive_m = self._whole(metres(self._legs.costs))
        self.unreached: Mapping[int, Mapping[str, Unreached]] = self._legs.unreached(self.places)

    def unrounded_s(self, origin: int, destination: int) -> float:
        """Seconds from one place to another, of which `drive_s` has whole ones; infinite = no way.

        The seconds of `directions` add up to them.
        """
        cost = self._legs.costs[origin, destination]
        return inf if cost == NO_WAY else float(seconds(cost)) * self.prepared.speeds.factor

    def line(self, origin: int, destination: int) -> Line:
        """The way from one place to another, as it is driven in `drive_s`."""
        return line_of(self.prepared.network, self.pieces(origin, destination))

    def pieces(self, origin: int, destination: int) -> tuple[Piece, ...]:
        """Pieces of road from one place to another in the order driven; empty = no way."""
        leg = (origin, destination)
        if leg not in self._pieces:
            self._pieces[leg] = self._find_pieces(origin, destination)
        return self._pieces[leg]

    def _find_pieces(self, origin: int, destination: int) -> tuple[Piece, ...]:
        profile = int(self._profiles[origin, destination])
        if profile == NO_PROFILE:
            return ()
        snaps = self._legs.snaps[profile]
        i, j = (int(np.searchsorted(snaps.places, place)) for place in (origin, destination))
        links = self._engine(profile).links(i, j)
        begin, end = float(snaps.share[i]), float(snaps.share[j])
        return tuple(
            Piece(
                link=link,
                begin=begin if at == 0 else float(link % 2),
                end=end if at == len(links) - 1 else float(1 - link % 2),
            )
            for at, link in enumerate(links)
        )

    def directions(self, origin: int, destination: int) -> tuple[Step, ...]:
        """What the driver does on the way of `line`."""
        profile = int(self._profiles[origin, destination])
        if profile == NO_PROFILE:
            return ()
        pieces = self.pieces(origin, destination)
        return self._guide(profile).steps(pieces, self.places[destination])

    def background(self) -> tuple[RoadLines, ...]:
        """All roads around the places, for the map beneath."""
        return background(self.prepared.network, self.places)

    def _engine(self, index: int) -> Engine:
        if index not in self._engines:
            profile = PROFILES[index]
            ends = ends_of(self.prepared, profile, self._legs.snaps[index])
            self._engines[index] = self.prepared.engine(profile, ends)
        return self._engines[index]

    def _guide(self, index: int) -> Guide:
        if index not in self._guides:
            network, costs = self.prepared.network, self.prepared.costs
            factor = self.prepared.speeds.factor
            self._guides[index] = Guide(network, costs, PROFILES[index].usable, factor)
        return self._guides[index]

    def _whole(self, values: Floats) -> Matrix:
        rounded = np.where(self._legs.costs == NO_WAY, NO_ROAD, np.rint(values)).astype(np.int32)
        rounded.flags.writeable = False
        return rounded
