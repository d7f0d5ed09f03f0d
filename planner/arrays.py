"""Types of arrays, named by the type of their entries."""

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
UInt8s = NDArray[np.uint8]
UInt64s = NDArray[np.uint64]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Indices = NDArray[np.intp]
Float32s = NDArray[np.float32]
Float64s = NDArray[np.float64]


def concat_ranges(first: Int32s | Indices, sizes: Int32s | Indices) -> Indices:
    """Numbers of ranges, one range after the other: ``sizes[i]`` numbers from ``first[i]`` on."""
    ends: Indices = np.cumsum(sizes, dtype=np.intp)
    shift = np.repeat(first + sizes - ends, sizes)
    return np.asarray(np.arange(len(shift)) + shift, dtype=np.intp)
