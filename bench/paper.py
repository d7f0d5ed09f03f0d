"""Sizes and times of what is drawn and printed, for the example and for a city.

    python -m bench.paper [ROADS.osm.pbf]

The city is the example's district laid over the road file: by default that of
`tests.builders.road_city` with about 33,000 roads. CPU seconds are what counts on a machine with
other work; the seconds on the wall stand beside them. Pages are opened offline in the system's
Chromium; its CPU seconds are those of all its processes.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import osmium
from playwright.sync_api import Browser, sync_playwright
from shapely.affinity import affine_transform

from planner import inputs, solvers
from planner.analysis.itinerary import Itinerary
from planner.district import District
from planner.horizon import Horizon, build_horizon
from planner.plan import Result
from planner.render.plan_map import draw_map
from planner.render.poster import typeset_posters
from planner.render.route_sheets import typeset_sheets
from tests.builders.road_city import write_city

EXAMPLE = Path(__file__).parents[1] / "examples" / "kota-contoh"
WEEK = "2026-W48"
SUPERBLOCKS = 12
"""Along a side of the default city."""

SNAP_M = 2_000.0
"""The district's places were not made for the city's roads."""

SCREENS = {"desktop": (1280, 800), "phone": (390, 844)}
RUNS = 3
BROWSER = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
ROOM = 0.04
"""Share of the city's sides that the district leaves free."""

PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

Times = tuple[float, float]
"""CPU seconds, and seconds on the wall."""


def main() -> None:
    """Print a line for each thing measured: the best of a few runs."""
    example = inputs.read_district(EXAMPLE)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        roads = (
            Path(sys.argv[1])
            if len(sys.argv) > 1
            else write_city(Path(folder) / "city.osm.pbf", size=SUPERBLOCKS)
        )
        for name, district in {"example": example, "city": laid_over(example, roads)}.items():
            horizon = build_horizon(district, WEEK, cache=Path(folder))
            limits = solvers.Limits(iterations=1)
            result = solvers.solve(horizon.instance, solver="greedy", limits=limits)
            print("{}: {:,} roads, {:,} segments".format(name, *num_roads(district.roads)))
            measure(horizon, result, Path(folder) / "map.html", browser)


def measure(horizon: Horizon, result: Result, page: Path, browser: Browser) -> None:
    """Print what one weekend costs on screen and paper."""
    itinerary = Itinerary(horizon, result.plan)
    html, times = best(lambda: draw_map(itinerary))
    page.write_text(html, encoding="utf-8")
    told(f"  map, {len(html.encode()) / 1000:,.0f} kB, drawn", times)
    for screen, (width, height) in SCREENS.items():
        runs = [loaded(browser, page, width, height) for _ in range(RUNS)]
        told(f"  map, loaded on a {screen}", min(runs))
    files, times = best(lambda: typeset_sheets(itinerary))
    told(f"  {len(files) - 1} sheets", times)
    files, times = best(lambda: typeset_posters(itinerary, drafts=True))
    told(f"  {len(files)} posters and schedules", times)


def loaded(browser: Browser, page: Path, width: int, height: int) -> Times:
    """What it takes until a page is ready and painted."""
    devtools = browser.new_browser_cdp_session()
    window = browser.new_page(viewport={"width": width, "height": height})
    before, begun = cpu_s(devtools), time.perf_counter()
    window.goto(page.as_uri())
    window.wait_for_selector("html[data-ready]")
    window.evaluate(PAINTED)
    wall_s = time.perf_counter() - begun
    spent_s = cpu_s(devtools) - before
    window.close()
    return spent_s, wall_s


def cpu_s(devtools: Any) -> float:
    """CPU seconds of all processes of a browser so far."""
    processes = devtools.send("SystemInfo.getProcessInfo")["processInfo"]
    return sum(float(process["cpuTime"]) for process in processes)


def best(draw: Callable[[], Any]) -> tuple[Any, Times]:
    """What is drawn, and the least that it took."""
    found = []
    for _ in range(RUNS):
        cpu, wall = time.process_time(), time.perf_counter()
        drawn = draw()
        found.append((time.process_time() - cpu, time.perf_counter() - wall))
    return drawn, min(found)


def told(what: str, times: Times) -> None:
    """Print a line."""
    print(f"{what}: {times[0]:.2f} s CPU, {times[1]:.2f} s on the wall", flush=True)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if found is None:
        sys.exit("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(BROWSER))
        yield browser
        browser.close()


def num_roads(roads: Path | None) -> tuple[int, int]:
    """Roads of a road file, and the straight pieces they are made of."""
    ways: Iterable[Any] = osmium.FileProcessor(str(roads), osmium.osm.WAY) if roads else ()
    pieces = [len(way.nodes) - 1 for way in ways if "highway" in way.tags]
    return len(pieces), sum(pieces)


def laid_over(district: District, roads: Path) -> District:
    """The district on the ground of another road file, as wide and high as that."""
    nodes: Iterable[Any] = osmium.FileProcessor(str(roads), osmium.osm.NODE)
    lats, lons = zip(*((node.location.lat, node.location.lon) for node in nodes), strict=True)
    old = [area.shape.bounds for area in district.areas]
    west, south = min(box[0] for box in old), min(box[1] for box in old)
    east, north = max(box[2] for box in old), max(box[3] for box in old)
    wide, high = max(lons) - min(lons), max(lats) - min(lats)
    by_lon = (1 - 2 * ROOM) * wide / (east - west)
    by_lat = (1 - 2 * ROOM) * high / (north - south)
    left, bottom = min(lons) + ROOM * wide, min(lats) + ROOM * high

    def moved(place: Any) -> Any:
        return replace(
            place,
            lat=bottom + (place.lat - south) * by_lat,
            lon=left + (place.lon - west) * by_lon,
        )

    matrix = [by_lon, 0, 0, by_lat, left - west * by_lon, bottom - south * by_lat]
    return replace(
        district,
        roads=roads,
        speeds=replace(district.speeds, snap_m=SNAP_M),
        areas=tuple(
            replace(area, shape=affine_transform(area.shape, matrix)) for area in district.areas
        ),
        neighbourhoods=tuple(map(moved, district.neighbourhoods)),
        venues=tuple(map(moved, district.venues)),
        depots=tuple(map(moved, district.depots)),
    )


if __name__ == "__main__":
    main()
