"""Travel on the roads of an OpenStreetMap extract."""

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from math import inf
from pathlib import Path

import numpy as np
from shapely.geometry.base import BaseGeometry

from planner.arrays import Bools, Float64s, Int32s
from planner.district import Speeds
from planner.geo import BoundingBox, Walks
from planner.travel.cost import NO_PATH, metres, round_legs, seconds
from planner.travel.coverage import is_covered
from planner.travel.dataset_cache import DatasetCache
from planner.travel.directions import DirectionsWriter
from planner.travel.geometry import background_roads, segments_line
from planner.travel.interface import (
    LatLons,
    Line,
    NetworkReport,
    Place,
    RoadLines,
    StageListener,
    Step,
    Unreached,
)
from planner.travel.link_segment import LinkSegment
from planner.travel.network_report import make_network_report
from planner.travel.od_matrix import NO_PROFILE, ODMatrix, build_od_matrix
from planner.travel.profile import PROFILES
from planner.travel.routing_dataset import PathSearch, RoutingDataset
from planner.travel.streets import spread_along_streets
from planner.travel.walking import walks_along_ways

ATTRIBUTION = "© OpenStreetMap contributors, ODbL"

WATER_MARGIN_M = 5_000.0
"""Water so far around the places is drawn beneath the map."""


class OsmRoads:
    """The planner's own road engine. See `planner.travel.interface.RoadEngine`."""

    def __init__(
        self, path: Path, speeds: Speeds, cache: Path | None, on_stage: StageListener
    ) -> None:
        self._dataset = RoutingDataset(path, speeds, DatasetCache(cache, on_stage), on_stage)

    def travel(self, places: Sequence[Place]) -> "RoadTravel":
        """Travel between places on these roads."""
        return RoadTravel(self._dataset, places)

    def report(self, num_places: int) -> NetworkReport:
        """What the file holds; hierarchies are built where so many places want them."""
        return make_network_report(self._dataset, num_places)

    def places_along_streets(self, areas: Sequence[tuple[BaseGeometry, int]]) -> list[LatLons]:
        """So many places in each area along its streets."""
        return spread_along_streets(self._dataset.network, areas)

    def walks(self, homes: LatLons, points: LatLons, reach_m: float, ratio: float) -> Walks:
        """Walks along streets and footways."""
        return walks_along_ways(self._dataset, homes, points, reach_m, ratio)


class RoadTravel:
    """Travel on roads. See `planner.travel.interface.Travel`.

    Raises
    ------
    InputError
        Where the road file cannot be read, has no roads, or no place lies near one.
    """

    straight = False
    attribution = ATTRIBUTION

    def __init__(self, dataset: RoutingDataset, places: Sequence[Place]) -> None:
        self.dataset = dataset
        self.places: Sequence[Place] = tuple(places)
        self._matrix: ODMatrix = build_od_matrix(dataset, self.places)
        self._profiles = self._matrix.profiles()
        self._found_segments = cache(self._find_segments)
        self._search = cache(self._make_search)
        self.drive_s = self._round(seconds(self._matrix.costs) * dataset.speeds.factor)
        self.drive_m = self._round(metres(self._matrix.costs))
        self.unreached: Mapping[int, Mapping[str, Unreached]] = self._matrix.unreached(self.places)

    def unrounded_s(self, origin: int, destination: int) -> float:
        """Seconds from one place to another, of which `drive_s` has whole ones; infinite = no way.

        The seconds of `directions` add up to them.
        """
        cost = self._matrix.costs[origin, destination]
        return inf if cost == NO_PATH else float(seconds(cost)) * self.dataset.speeds.factor

    def line(self, origin: int, destination: int) -> Line:
        """The path from one place to another that `drive_s` times."""
        return segments_line(self.dataset.network, self.segments(origin, destination))

    def segments(self, origin: int, destination: int) -> tuple[LinkSegment, ...]:
        """Pieces of road from one place to another in the order driven; empty = no way."""
        return self._found_segments(origin, destination)

    def _find_segments(self, origin: int, destination: int) -> tuple[LinkSegment, ...]:
        profile = int(self._profiles[origin, destination])
        if profile == NO_PROFILE or self._matrix.costs[origin, destination] == NO_PATH:
            return ()
        snaps = self._matrix.snaps[profile]
        i, j = (int(np.searchsorted(snaps.places, place)) for place in (origin, destination))
        links = self._search(profile).links(i, j)
        begin, end = float(snaps.share[i]), float(snaps.share[j])
        return tuple(
            LinkSegment(
                link=link,
                begin=begin if at == 0 else float(link % 2),
                end=end if at == len(links) - 1 else float(1 - link % 2),
            )
            for at, link in enumerate(links)
        )

    def directions(self, origin: int, destination: int) -> tuple[Step, ...]:
        """What the driver does along `line`."""
        segments = self.segments(origin, destination)
        if not segments:
            return ()
        return self._writer.steps(segments, self.places[destination])

    @cached_property
    def _writer(self) -> DirectionsWriter:
        return DirectionsWriter(self.dataset)

    def background(self) -> tuple[RoadLines, ...]:
        """All roads around the places, for the map beneath."""
        return background_roads(self.dataset.network, self.places)

    def water(self) -> BaseGeometry:
        """Sea, lakes and wide rivers around the places, as far as the file has them."""
        lat, lon = np.array([(place.lat, place.lon) for place in self.places]).T
        box = BoundingBox.around(lat, lon, WATER_MARGIN_M)
        return self.dataset.water.inside(box)

    def covers(self, spots: LatLons) -> Bools:
        """Whether the file has roads near each of some spots."""
        return is_covered(self.dataset.network, spots, self.dataset.speeds.snap_m)

    def _make_search(self, profile: int) -> PathSearch:
        return self.dataset.path_search(PROFILES[profile], self._matrix.snaps[profile])

    def _round(self, values: Float64s) -> Int32s:
        return round_legs(np.where(self._matrix.costs == NO_PATH, inf, values))
