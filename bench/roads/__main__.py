"""Measures roads on a synthetic city and real extracts: python -m bench.roads --extracts FILE...

Prints CPU seconds of one run as ratios: how often as long SciPy's Dijkstra takes on the same graph,
and OSRM where osrm-bindings is installed. OSRM prepares for one class of van, the planner for two.
"""

import resource
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import numpy as np

from bench.roads import osrm_peer
from planner.arrays import Bools, Float64s
from planner.district import Speeds
from planner.geo import BoundingBox
from planner.travel.access_links import find_access_links
from planner.travel.clipping import clip_extract
from planner.travel.cost import metres, seconds
from planner.travel.dataset_cache import DatasetCache
from planner.travel.dijkstra import Dijkstra
from planner.travel.interface import Place
from planner.travel.link_segment import LinkSegment, segment_points
from planner.travel.network import Network
from planner.travel.profile import PROFILES
from planner.travel.roads import RoadTravel
from planner.travel.routing_dataset import RoutingDataset
from planner.travel.snap import SnappedPlaces, snap_places
from planner.travel.snap_index import build_snap_index
from planner.travel.walking import walks_along_ways
from tests.builders.road_city import FULL_SIZE, write_city

Answer = TypeVar("Answer")

_SOURCES = 20
"""Origins SciPy is measured on; a whole matrix takes so many times as long as it has more."""

_ROUTES = 100
_PAIRS = 500
_HOMES = 30_000
_APART = 0.05
_READY = 1_000_000
"""So many places are worth any preparation."""


def main() -> None:
    """Make the city, measure, print."""
    parser = ArgumentParser(prog="python -m bench.roads", description=__doc__)
    parser.add_argument("--size", type=int, default=FULL_SIZE, help="superblocks along a side")
    parser.add_argument("--places", type=int, nargs="+", default=[1000, 3500])
    parser.add_argument("--osrm", type=Path, help="folder in which OSRM's files are kept")
    parser.add_argument("--extracts", type=Path, nargs="+", default=[], help="real road files")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _warm_up(folder)
        for path in given.extracts:
            _measure(path, given.places[:1], folder / "cache", given.osrm or folder / "osrm")
        if given.size:
            city = write_city(folder / "city.osm.pbf", size=given.size)
            _measure(city, given.places, folder / "cache", given.osrm or folder / "osrm")


def _measure(roads: Path, counts: list[int], cache: Path, osrm: Path) -> None:
    """All of one road file, with so many places at a time."""
    print(f"{roads.name}:")
    dataset, own_s = _measured(lambda: _open_dataset(roads, cache))
    nodes = len(np.unique(np.column_stack([dataset.network.x, dataset.network.y]), axis=0))
    print(f"  {nodes} nodes, {dataset.network.num_junctions} junctions")
    print(f"  preparation for both classes: {own_s:.1f} s, {_peak_gb():.2f} GB at most so far")
    engine = _osrm(roads, osrm, own_s)
    for count in counts:
        places = _places(dataset.network, count)
        _compare(dataset, places, engine)
        _second_run(roads, cache, places)
    _walks(dataset)
    _cuts(roads, dataset.network, cache)
    print(f"  memory at most so far, OSRM's answers included: {_peak_gb():.2f} GB")


def _warm_up(folder: Path) -> None:
    """Compile and load what a first call compiles and loads."""
    small = _open_dataset(write_city(folder / "small.osm.pbf", size=1), None)
    fast, _, _ = _matrix(small, _places(small.network, 5))
    fast.links(0, 1)


def _open_dataset(roads: Path, cache: Path | None) -> RoutingDataset:
    dataset = RoutingDataset(roads, Speeds(), DatasetCache(cache, _silent), _silent)
    for profile in PROFILES:
        dataset.build_hierarchy_if_needed(profile, _READY)
    return dataset


def _matrix(dataset: RoutingDataset, places: list[Place]) -> tuple[Any, Any, Dijkstra]:
    """The small class's engine, its snaps, and SciPy's on the same graph."""
    profile = PROFILES[0]
    lat, lon = np.array([(place.lat, place.lon) for place in places]).T
    index = build_snap_index(dataset.network, lat, lon)
    everywhere, snap_m = np.arange(len(places)), dataset.speeds.snap_m
    snaps = snap_places(
        index, everywhere, everywhere[:0], profile, dataset.graph, dataset.costs, snap_m
    )
    access_links = find_access_links(dataset.graph(profile), snaps, dataset.costs)
    fast = dataset.path_search(profile, snaps)
    fast.matrix()
    return fast, snaps, Dijkstra(graph=dataset.graph(profile), access_links=access_links)


def _compare(dataset: RoutingDataset, places: list[Place], engine: Any) -> None:
    fast, snaps, plain = _matrix(dataset, places)
    costs, own_s = _measured(fast.matrix)
    count = len(costs)
    rows = np.array(sorted(Random(1).sample(range(count), min(_SOURCES, count))))
    found, some_s = _measured(lambda: plain.rows(rows))
    plain_s = some_s * count / len(rows)
    print(f"  {count} squared, seconds and metres: {own_s:.2f} s")
    print(f"    SciPy: {plain_s / own_s:.0f} times")
    print(f"    equal to SciPy in {len(rows)} rows: {np.array_equal(found, costs[rows])}")
    rng = Random(2)
    pairs = [divmod(rng.randrange(count * count), count) for _ in range(_ROUTES)]
    _, links_s = _measured(lambda: [fast.links(i, j) for i, j in pairs])
    print(f"    a route's links: {links_s / _ROUTES * 1000:.1f} ms")
    if engine is not None:
        # From where on its road each place is driven from, so that both begin on the same one.
        spots = _on_roads(dataset.network, snaps)
        (times, lengths), peer_s = _measured(lambda: osrm_peer.table(engine, spots))
        print(f"    OSRM: {peer_s / own_s:.1f} times")
        _agreement("seconds", seconds(costs), times)
        _agreement("metres", metres(costs), lengths)


def _agreement(what: str, own: Float64s, peer: Float64s) -> None:
    """How near two matrices are, after scaling by the median ratio."""
    both = np.isfinite(peer) & (own > 60) & (peer > 0)
    ratio = own[both] / peer[both]
    off = np.zeros(own.shape)
    off[both] = np.abs(ratio / np.median(ratio) - 1)
    correlation = np.corrcoef(own[both], peer[both])[0, 1]
    apart = off > _APART
    print(
        f"    {what} against OSRM: correlation {correlation:.4f}, median difference"
        f" {np.median(off[both]):.2%}, more than 5 % off {apart.sum() / both.sum():.3%},"
        f" all from or to {_places_behind(apart)} places"
    )


def _places_behind(apart: Bools) -> int:
    """Places without which no pair would be apart, taken one by one, the worst first."""
    apart, count = apart.copy(), 0
    while apart.any():
        worst = int(np.argmax(apart.sum(axis=0) + apart.sum(axis=1)))
        apart[worst, :] = apart[:, worst] = False
        count += 1
    return count


def _second_run(roads: Path, cache: Path, places: list[Place]) -> None:
    """A plan of the same places again, with as many drives drawn and told as twenty vans make."""
    dataset = RoutingDataset(roads, Speeds(), DatasetCache(cache, _silent), _silent)
    _same_seconds(RoadTravel(dataset, places), dataset.network)
    travel, again_s = _measured(
        lambda: RoadTravel(
            RoutingDataset(roads, Speeds(), DatasetCache(cache, _silent), _silent), places
        )
    )
    reached = [i for i in range(len(places)) if i not in travel.unreached][: _ROUTES + 2]
    _, first_s = _measured(lambda: travel.directions(reached[0], reached[1]))
    legs = list(pairwise(reached[1:]))
    _, all_s = _measured(lambda: [(travel.line(i, j), travel.directions(i, j)) for i, j in legs])
    print(f"    second plan: {again_s:.2f} s, with its first route {again_s + first_s:.2f} s,")
    print(f"      with {len(legs)} more {again_s + first_s + all_s:.2f} s")
    print(f"    one route with line and directions: {all_s / len(legs) * 1000:.1f} ms")


def _same_seconds(travel: RoadTravel, network: Network) -> None:
    """How far the directions of random drives are from the matrix, and where they may not go."""
    rng, worst_s, closed = Random(3), 0.0, 0
    bits = np.column_stack([network.forward, network.backward]).ravel() & PROFILES[1].usable
    reached = [i for i in range(len(travel.places)) if i not in travel.unreached]
    for _ in range(_PAIRS):
        i, j = rng.sample(reached, 2)
        told_s = sum(step.drive_s for step in travel.directions(i, j))
        worst_s = max(worst_s, abs(told_s - travel.unrounded_s(i, j)))
        closed += sum(not bits[segment.link] for segment in travel.segments(i, j))
    print(f"    {_PAIRS} random drives of large vans: matrix and directions are at most")
    print(f"      {worst_s:.3f} s apart; roads that these may not use are in them {closed} times")


def _walks(dataset: RoutingDataset) -> None:
    """Homes as many as Jakarta has neighbourhoods, or fewer; a tenth as many points."""
    count = min(_HOMES, dataset.network.num_junctions // 4)
    homes = [(place.lat, place.lon) for place in _places(dataset.network, count)]
    points = [(place.lat, place.lon) for place in _places(dataset.network, count // 10)]
    found, walks_s = _measured(lambda: walks_along_ways(dataset, homes, points, 800.0, 1.3))
    near, pairs = len(np.unique(found.home)) / count, len(found.home)
    print(f"  {count} homes to {len(points)} points on foot: {walks_s:.1f} s, {near:.0%} have one,")
    print(f"    {pairs} walks of at most 800 m")


def _cuts(roads: Path, network: Network, folder: Path) -> None:
    lat, lon = network.degrees()
    south, west = np.median(lat), np.median(lon)
    box = BoundingBox(south=south, west=west, north=lat.max(), east=lon.max())
    count, cut_s = _measured(lambda: clip_extract(roads, folder / "cut.osm.pbf", box))
    print(f"  a quarter cut out, {count} roads: {cut_s:.1f} s")


def _osrm(roads: Path, folder: Path, own_s: float) -> Any:
    """OSRM on the city, or None where it is not installed."""
    if not osrm_peer.installed():
        print("  OSRM: not installed here; pip install osrm-bindings, on Python 3.12 or later")
        return None
    base = folder / f"{roads.name.removesuffix('.osm.pbf')}.osrm"
    if not base.with_suffix(".osrm.hsgr").exists():
        _, peer_s = _measured(lambda: osrm_peer.prepare(roads, folder))
        print(f"  OSRM's preparation for one class: {peer_s / own_s:.1f} times")
    return osrm_peer.load(base)


def _places(network: Network, count: int) -> list[Place]:
    """Random places in the box around all roads, but for a hundredth of them on each side."""
    rng, (lat, lon) = Random(count), network.degrees()
    (south, north), (west, east) = (np.quantile(axis, [0.01, 0.99]) for axis in (lat, lon))
    return [
        Place(
            name="",
            lat=rng.uniform(south, north),
            lon=rng.uniform(west, east),
            classes=("small", "large"),
        )
        for _ in range(count)
    ]


def _on_roads(network: Network, snaps: SnappedPlaces) -> list[tuple[float, float]]:
    """Longitude and latitude of the point on its road that each place is driven from."""
    segments = (
        LinkSegment(link=2 * road, begin=0.0, end=share)
        for road, share in zip(snaps.road.tolist(), snaps.share.tolist(), strict=True)
    )
    ends = (segment_points(network, segment)[-1].tolist() for segment in segments)
    return [(lon, lat) for lat, lon in ends]


def _measured(work: Callable[[], Answer]) -> tuple[Answer, float]:
    """What a call answers, and its CPU seconds, those of programs it started included."""
    before = sum(_cpu_s())
    answer = work()
    return answer, sum(_cpu_s()) - before


def _cpu_s() -> Iterator[float]:
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        yield used.ru_utime + used.ru_stime


def _peak_gb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _silent(what: str, share: float) -> None:
    pass


if __name__ == "__main__":
    main()
