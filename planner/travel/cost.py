"""Time and length of a path in one whole number, so that one search finds both, exactly.

The time, in hundredths of a second, stands above the length, in decimetres: adding two costs adds
both, and the smaller cost is the faster path, of two equally fast ones the shorter. Below 2**53 a
cost is exact as a float too, so SciPy's search and ours give the very same answer.
"""

import numpy as np

from planner.arrays import Float64s, Int32s, Int64s
from planner.model import MAX_S, NO_ROAD

Costs = Int64s

_LENGTH_BITS = 26
# 6,710 km, longer than any drive in one country, and beneath it 15 days.
_TICKS_PER_S = 100
_DM_PER_M = 10

NO_PATH = 1 << 60
"""The cost of what cannot be reached; two of them still add up without overflow."""


def pack_cost(time_s: Float64s, length_m: Float64s) -> Costs:
    """Cost of each piece of road, of the same shape."""
    ticks = np.rint(time_s * _TICKS_PER_S).astype(np.int64)
    length_dm = np.rint(length_m * _DM_PER_M).astype(np.int64)
    return (ticks << _LENGTH_BITS) | length_dm


def cost_share(cost: Costs, share: Float64s) -> Costs:
    """Cost of the first part of each piece of road, given as a share of it."""
    ticks, length_dm = cost >> _LENGTH_BITS, cost & ((1 << _LENGTH_BITS) - 1)
    part = (np.rint(ticks * share).astype(np.int64), np.rint(length_dm * share).astype(np.int64))
    return (part[0] << _LENGTH_BITS) | part[1]


def seconds(cost: Costs) -> Float64s:
    """Time of each cost, seconds."""
    return np.asarray((cost >> _LENGTH_BITS) / _TICKS_PER_S, dtype=np.float64)


def metres(cost: Costs) -> Float64s:
    """Length of each cost, metres."""
    return np.asarray((cost & ((1 << _LENGTH_BITS) - 1)) / _DM_PER_M, dtype=np.float64)


def round_legs(values: Float64s) -> Int32s:
    """Whole seconds or metres of legs, `NO_ROAD` for more than there may be; read-only."""
    rounded = np.where(values <= MAX_S, np.rint(values), NO_ROAD).astype(np.int32)
    rounded.flags.writeable = False
    return rounded
