"""A binary heap of nodes by key, for compiled loops."""

from typing import NamedTuple

import numpy as np

from planner.arrays import Int32s, Int64s
from planner.jit import jit


class Heap(NamedTuple):
    """Nodes ordered by key. A node may be in it several times.

    Attributes
    ----------
    size
        One number: how many entries of the other arrays are in use.
    """

    key: Int64s
    node: Int32s
    size: Int64s


def empty_heap(capacity: int) -> Heap:
    """A heap with room for so many entries."""
    return Heap(
        key=np.zeros(capacity, dtype=np.int64),
        node=np.zeros(capacity, dtype=np.int32),
        size=np.zeros(1, dtype=np.int64),
    )


@jit
def push(heap: Heap, key: int, node: int) -> None:
    """Put a node in; the caller sees to it that there is room."""
    at = heap.size[0]
    heap.size[0] += 1
    while at > 0:
        above = (at - 1) >> 1
        if heap.key[above] <= key:
            break
        heap.key[at], heap.node[at] = heap.key[above], heap.node[above]
        at = above
    heap.key[at], heap.node[at] = key, node


@jit
def pop(heap: Heap) -> tuple[int, int]:
    """Take out the node with the smallest key; the heap must not be empty."""
    first = (heap.key[0], heap.node[0])
    heap.size[0] -= 1
    size = heap.size[0]
    key, node = heap.key[size], heap.node[size]
    at = 0
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        if below + 1 < size and heap.key[below + 1] < heap.key[below]:
            below += 1
        if heap.key[below] >= key:
            break
        heap.key[at], heap.node[at] = heap.key[below], heap.node[below]
        at = below
    heap.key[at], heap.node[at] = key, node
    return first
