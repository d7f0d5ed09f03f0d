"""Types of arrays, named by the type of their entries."""

from math import prod
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
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


def read_npy(file: IO[bytes], num_bytes: int) -> NDArray[Any]:
    """The array of numbers in an ``.npy`` file, read only if it is as large as its header says.

    Parameters
    ----------
    num_bytes
        Size of the whole file.

    Raises
    ------
    ValueError
        Where the file is damaged, or holds something else.
    """
    try:
        version = npy.read_magic(file)
        read_header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        shape, _, dtype = read_header(file)
    except Exception:  # NumPy passes on whatever Python's parser raises on a broken one.
        raise ValueError("damaged header") from None
    if dtype.hasobject or min(shape, default=0) < 0:
        raise ValueError("no array of numbers")
    if prod(shape) * dtype.itemsize != num_bytes - file.tell():
        raise ValueError("another size than its header says")
    file.seek(0)
    return np.asarray(np.load(file, allow_pickle=False))
