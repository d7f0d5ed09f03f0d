"""Measures roads on the synthetic city: python -m bench.roads [--size 33] [--places 1000 3500].

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
from numpy.typing import NDArray

from bench.roads import osrm_peer
from bench.roads.city import BLOCK_M, FULL_SIZE, degrees, write_city
from planner.district import Speeds
from planner.travel.cost import metres, seconds
from planner.travel.dijkstra import Dijkstra
from planner.travel.legs import ends_of
from planner.travel.prepared import Prepared
from planner.travel.profile import PROFILES
from planner.travel.roads import RoadTravel
from planner.travel.snap import lay_ground, snap
from planner.travel.store import Store
from planner.travel.table import Place

Answer = TypeVar("Answer")

_SOURCES = 20
"""Origins SciPy is measured on; a whole matrix takes so many times as long as it has more."""

_ROUTES = 100
_READY = 1_000_000
"""So many places are worth any preparation."""


def main() -> None:
    """Make the city, measure, print."""
    parser = ArgumentParser(prog="python -m bench.roads", description=__doc__)
    parser.add_argument("--size", type=int, default=FULL_SIZE, help="superblocks along a side")
    parser.add_argument("--places", type=int, nargs="+", default=[1000, 3500])
    parser.add_argument("--osrm", type=Path, help="folder in which OSRM's files are kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        roads = write_city(folder / "city.osm.pbf", size=given.size)
        _warm_up(folder)
        prepared, own_s = _measured(lambda: _prepared(roads, folder / "cache"))
        print(f"preparation for both classes: {own_s:.1f} s, {_peak_gb():.2f} GB at most so far")
        engine = _osrm(roads, given.osrm or folder / "osrm", own_s)
        for count in given.places:
            _compare(prepared, _places(given.size, count), engine)
        _second_run(roads, folder / "cache", _places(given.size, given.places[0]))
        print(f"memory at most, OSRM's answers included: {_peak_gb():.2f} GB")


def _warm_up(folder: Path) -> None:
    """Compile and load what a first call compiles and loads."""
    small = _prepared(write_city(folder / "small.osm.pbf", size=1), None)
    _matrix(small, _places(1, 5))


def _prepared(roads: Path, cache: Path | None) -> Prepared:
    prepared = Prepared(roads, Speeds(), Store(cache, _silent), _silent)
    for profile in PROFILES:
        prepared.make_ready(profile, _READY)
    return prepared


def _matrix(prepared: Prepared, places: list[Place]) -> tuple[Any, Any, Dijkstra]:
    """The small class's engine, its snaps, and SciPy's on the same graph."""
    profile = PROFILES[0]
    lat, lon = np.array([(place.lat, place.lon) for place in places]).T
    ground = lay_ground(prepared.network, lat, lon)
    everywhere, snap_m = np.arange(len(places)), prepared.speeds.snap_m
    snaps = snap(ground, everywhere, profile, prepared.graph, prepared.costs, snap_m)
    ends = ends_of(prepared, profile, snaps)
    fast = prepared.engine(profile, ends)
    fast.matrix()
    return fast, snaps, Dijkstra(graph=prepared.graph(profile), ends=ends)


def _compare(prepared: Prepared, places: list[Place], engine: Any) -> None:
    fast, snaps, plain = _matrix(prepared, places)
    costs, own_s = _measured(fast.matrix)
    count = len(costs)
    rows = np.array(sorted(Random(1).sample(range(count), min(_SOURCES, count))))
    found, some_s = _measured(lambda: plain.rows(rows))
    plain_s = some_s * count / len(rows)
    print(f"{count} squared, seconds and metres: {own_s:.2f} s; SciPy {plain_s / own_s:.0f} times")
    print(f"  equal to SciPy in {len(rows)} rows: {np.array_equal(found, costs[rows])}")
    pairs = [divmod(Random(2).randrange(count * count), count) for _ in range(_ROUTES)]
    _, links_s = _measured(lambda: [fast.links(i, j) for i, j in pairs])
    print(f"  a route's links: {links_s / _ROUTES * 1000:.1f} ms")
    if engine is not None:
        spots = [(places[i].lon, places[i].lat) for i in snaps.places]
        (times, lengths), peer_s = _measured(lambda: osrm_peer.table(engine, spots))
        print(f"  OSRM: {peer_s / own_s:.1f} times")
        _agreement("seconds", seconds(costs), times)
        _agreement("metres", metres(costs), lengths)


def _agreement(what: str, own: NDArray[np.float64], peer: NDArray[np.float64]) -> None:
    """How near two matrices are, after scaling by the median ratio."""
    both = np.isfinite(peer) & (own > 60)
    ratio = own[both] / peer[both]
    off = np.abs(ratio / np.median(ratio) - 1)
    correlation = np.corrcoef(own[both], peer[both])[0, 1]
    print(
        f"  {what} against OSRM: correlation {correlation:.4f}, median difference"
        f" {np.median(off):.2%}, more than 5 % off {np.mean(off > 0.05):.2%}"
    )


def _second_run(roads: Path, cache: Path, places: list[Place]) -> None:
    """A plan of the same places again, and one route with everything drawn and told."""
    RoadTravel(Prepared(roads, Speeds(), Store(cache, _silent), _silent), places)
    travel, again_s = _measured(
        lambda: RoadTravel(Prepared(roads, Speeds(), Store(cache, _silent), _silent), places)
    )
    _, first_s = _measured(lambda: travel.directions(0, 1))
    print(f"second plan: {again_s:.2f} s, with its first route {again_s + first_s:.2f} s")
    reached = [i for i in range(len(places)) if i not in travel.unreached][: _ROUTES + 1]
    travel.line(reached[0], reached[1])
    legs = list(pairwise(reached))
    _, all_s = _measured(lambda: [(travel.line(i, j), travel.directions(i, j)) for i, j in legs])
    print(f"one route with line and directions: {all_s / len(legs) * 1000:.1f} ms")


def _osrm(roads: Path, folder: Path, own_s: float) -> Any:
    """OSRM on the city, or None where it is not installed."""
    if not osrm_peer.installed():
        print("OSRM: not installed here; pip install osrm-bindings, on Python 3.12 or later")
        return None
    base = folder / "city.osrm"
    if not (folder / "city.osrm.hsgr").exists():
        _, peer_s = _measured(lambda: osrm_peer.prepare(roads, folder))
        print(f"OSRM's preparation for one class: {peer_s / own_s:.1f} times")
    return osrm_peer.load(base)


def _places(size: int, count: int) -> list[Place]:
    rng, side = Random(count), size * BLOCK_M
    spots = (degrees(rng.uniform(0, side), rng.uniform(0, side)) for _ in range(count))
    classes = ("small", "large")
    return [Place(name="", lat=lat, lon=lon, classes=classes) for lon, lat in spots]


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
