"""OSRM through osrm-bindings, given the planner's speeds and rules for small vans.

Written for osrm-bindings 26.10; its wheels need Python 3.12 or later.
"""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from planner.arrays import Float64s
from planner.travel.profile import PASSABLE_BARRIERS, PROFILES, SPEED_KMH
from planner.travel.tags import CLOSED

LonLat = tuple[float, float]

_PROFILE = """
api_version = 4
speeds = {{{speeds}}}
limits = {{{limits}}}
closed = {{{closed}}}
passable = {{{passable}}}
modes = {{{modes}}}

function setup()
  return {{
    properties = {{
      weight_name = 'duration', use_turn_restrictions = true, u_turn_penalty = 0,
      max_speed_for_map_matching = 30, continue_straight_at_waypoint = false
    }},
    default_mode = mode.driving,
    restrictions = {{'motorcar', 'motor_vehicle', 'vehicle'}}
  }}
end

function access(object)
  for _, key in ipairs(modes) do
    local value = object:get_value_by_key(key)
    if value then return not closed[value] end
  end
end

function fits(object)
  for key, least in pairs(limits) do
    local text = (object:get_value_by_key(key) or ''):gsub(',', '.')
    local found = tonumber(text:match('^%s*(%d+%.?%d*)%s*[mt]?%s*$'))
    if found and found < least then return false end
  end
  return true
end

function process_node(profile, node, result)
  local barrier = node:get_value_by_key('barrier')
  if not barrier then return end
  local open = access(node)
  if open == nil then
    open = passable[barrier] and node:get_value_by_key('locked') ~= 'yes'
  end
  result.barrier = not open or not fits(node)
end

function process_way(profile, way, result)
  local highway = way:get_value_by_key('highway')
  local speed, open = speeds[highway], access(way)
  if not speed or way:get_value_by_key('area') == 'yes' then return end
  if open == false or not fits(way) then return end
  if highway == 'path' and open == nil and not way:get_value_by_key('width') then return end
  local limit = tonumber((way:get_value_by_key('maxspeed') or ''):match('^%s*(%d+)%s*$'))
  if limit and limit > 0 then speed = math.min(speed, limit) end
  result.forward_speed, result.backward_speed = speed, speed
  result.forward_rate, result.backward_rate = speed / 3.6, speed / 3.6
  result.forward_mode, result.backward_mode = mode.driving, mode.driving
  local oneway, junction = way:get_value_by_key('oneway'), way:get_value_by_key('junction')
  local implied = highway == 'motorway' or highway == 'motorway_link'
    or junction == 'roundabout' or junction == 'circular'
  if oneway == '-1' or oneway == 'reverse' then
    result.forward_mode = mode.inaccessible
  elseif oneway == 'yes' or oneway == 'true' or oneway == '1' or (implied and oneway ~= 'no') then
    result.backward_mode = mode.inaccessible
  elseif oneway == 'reversible' or oneway == 'alternating' then
    result.forward_mode, result.backward_mode = mode.inaccessible, mode.inaccessible
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
    small = PROFILES[0]
    text = _PROFILE.format(
        speeds=_table(SPEED_KMH),
        limits=_table(small.limits),
        closed=_table(dict.fromkeys(CLOSED, "true")),
        passable=_table(dict.fromkeys(PASSABLE_BARRIERS, "true")),
        modes=", ".join(f"'{mode}'" for mode in small.modes),
    )
    profile.write_text(text)
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


def table(engine: Any, spots: Sequence[LonLat]) -> tuple[Float64s, Float64s]:
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


def _table(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in values.items())


def _square(rows: Any) -> Float64s:
    return np.array([[np.nan if cell is None else cell for cell in row] for row in rows])


def _run(*words: object) -> None:
    command = [sys.executable, "-m", "osrm", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stderr or done.stdout}")
