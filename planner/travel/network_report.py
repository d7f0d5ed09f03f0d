"""What a road file holds, and whether drives on it look like those of a city."""

from dataclasses import dataclass
from math import ceil

import numpy as np

from planner.arrays import Int32s
from planner.geo import great_circle_m
from planner.travel.graph import Graph
from planner.travel.interface import NetworkReport, Travel
from planner.travel.profile import PROFILES
from planner.travel.routing_dataset import RoutingDataset
from planner.units import HOUR_S, KM_M

_FAR_M = 500.0
"""Drives over a shorter straight line say more of their ends than of the roads."""

USUAL_KMH, USUAL_DETOUR = (10.0, 30.0), (1.2, 2.1)
"""Medians of a city: Transjakarta's timetable has 12 km/h, vans about 18; detours of 1.30 to 1.66
were measured on four Indonesian street networks, 1.8 to 2.0 in hilly Balikpapan.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelStatistics:
    """Medians over all drives farther than half a kilometre in a straight line.

    Attributes
    ----------
    detour
        Metres driven per metre of straight line.
    """

    speed_kmh: float
    detour: float

    @property
    def is_usual(self) -> bool:
        """Whether both are within what cities have."""
        return (
            USUAL_KMH[0] <= self.speed_kmh <= USUAL_KMH[1]
            and USUAL_DETOUR[0] <= self.detour <= USUAL_DETOUR[1]
        )


def make_network_report(dataset: RoutingDataset, num_places: int) -> NetworkReport:
    """What a road file holds; prepares it for routing between so many places on the way."""
    network = dataset.network
    graphs = {profile.name: dataset.graph(profile) for profile in PROFILES}
    for profile in PROFILES:
        dataset.build_hierarchy_if_needed(profile, num_places)
    return NetworkReport(
        roads=len(network.way),
        junctions=network.num_junctions,
        forbidden_turns=len(network.banned_starts) - 1,
        road_km={name: _km(dataset, graph.link) for name, graph in graphs.items()},
        connected={name: _connected_share(dataset, graph) for name, graph in graphs.items()},
        unread=dict(zip(network.unread.tolist(), network.unread_count.tolist(), strict=True)),
    )


def travel_statistics(travel: Travel, sample: int = 1_000) -> TravelStatistics | None:
    """How fast and how straight drives are; None where no two places are far enough apart.

    Parameters
    ----------
    sample
        Of more places, about so many, spread over the table, are looked at.
    """
    step = ceil(len(travel.places) / sample) or 1
    lat = np.array([place.lat for place in travel.places[::step]])
    lon = np.array([place.lon for place in travel.places[::step]])
    drive_s, drive_m = travel.drive_s[::step, ::step], travel.drive_m[::step, ::step]
    straight_m = great_circle_m(lat[:, None], lon[:, None], lat, lon)
    far = (straight_m > _FAR_M) & (drive_s > 0)
    if not far.any():
        return None
    kmh = drive_m[far] / KM_M / (drive_s[far] / HOUR_S)
    detour = drive_m[far] / straight_m[far]
    return TravelStatistics(speed_kmh=float(np.median(kmh)), detour=float(np.median(detour)))


def _connected_share(dataset: RoutingDataset, graph: Graph) -> float:
    parts = graph.components()
    largest = int(np.argmax(np.bincount(parts[graph.tail])))
    inside = (parts[graph.tail] == largest) & (parts[graph.head] == largest)
    return _km(dataset, graph.link[inside]) / _km(dataset, graph.link)


def _km(dataset: RoutingDataset, links: Int32s) -> float:
    return float(dataset.network.length_m[np.unique(links // 2)].sum()) / KM_M
