"""OSRM through osrm-bindings, given the planner's speeds and rules for small vans.

Written for osrm-bindings 26.10; its wheels need Python 3.12 or later.
"""

import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.travel.profile import PROFILES, SPEED_KMH

LonLat = tuple[float, float]

_PROFILE = """
api_version = 4
speeds = {{{speeds}}}
closed = {{no = true, private = true}}

function setup()
  return {{
    properties = {{
      weight_name = 'duration', use_turn_restrictions = true, u_turn_penalty = 0,
      max_speed_for_map_matching = 30, continue_straight_at_waypoint = false
    }},
    default_mode = mode.driving
  }}
end

function process_node(profile, node, result)
  if node:get_value_by_key('barrier') and closed[node:get_value_by_key('access')] then
    result.barrier = true
  end
end

function process_way(profile, way, result)
  local highway = way:get_value_by_key('highway')
  local speed = speeds[highway]
  local width = tonumber(way:get_value_by_key('width'))
  if not speed or closed[way:get_value_by_key('access')] then return end
  if width and width < {width_m} then return end
  speed = math.min(speed, tonumber(way:get_value_by_key('maxspeed')) or speed)
  result.forward_speed, result.backward_speed = speed, speed
  result.forward_rate, result.backward_rate = speed / 3.6, speed / 3.6
  result.forward_mode, result.backward_mode = mode.driving, mode.driving
  local oneway = way:get_value_by_key('oneway')
  if oneway == 'yes' or (highway == 'motorway' and oneway ~= 'no') then
    result.backward_mode = mode.inaccessible
  end
end

function process_turn(profile, turn)
  turn.duration, turn.weight = 0, 0
end

return {{setup = setup, process_way = process_way, process_node = process_node,
  process_turn = process_turn}}
"""


def installed() -> bool:
    """Whether OSRM can be measured here."""
    return find_spec("osrm") is not None


def prepare(roads: Path, folder: Path) -> Path:
    """Extract and contract a road file for one class of van; the base name of OSRM's files."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = folder / "van.lua"
    speeds = ", ".join(f"{highway} = {kmh}" for highway, kmh in SPEED_KMH.items())
    profile.write_text(_PROFILE.format(speeds=speeds, width_m=PROFILES[0].width_m))
    local = folder / roads.name
    local.write_bytes(roads.read_bytes())
    base = folder / (roads.name.removesuffix(".osm.pbf") + ".osrm")
    _run("extract", "-p", profile, "-t", 1, local)
    _run("contract", "-t", 1, base)
    return base


def load(base: Path) -> Any:
    """The engine on prepared files."""
    import osrm  # noqa: PLC0415

    return osrm.OSRM(
        storage_config=str(base),
        algorithm="CH",
        use_shared_memory=False,
        max_locations_distance_table=1_000_000,
    )


def table(engine: Any, spots: Sequence[LonLat]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Seconds and metres between spots."""
    import osrm  # noqa: PLC0415

    asked = osrm.TableParameters(coordinates=list(spots), annotations=["duration", "distance"])
    found = engine.Table(asked)
    return _square(found["durations"]), _square(found["distances"])


def route(engine: Any, begin: LonLat, end: LonLat) -> Any:
    """One route with geometry and steps."""
    import osrm  # noqa: PLC0415

    asked = osrm.RouteParameters(
        coordinates=[begin, end], steps=True, geometries="geojson", overview="full"
    )
    return engine.Route(asked)


def _square(rows: Any) -> NDArray[np.float64]:
    return np.array([[np.nan if cell is None else cell for cell in row] for row in rows])


def _run(*words: object) -> None:
    command = [sys.executable, "-m", "osrm", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stderr or done.stdout}")
