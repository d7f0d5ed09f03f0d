"""Routes that earn most, found by labels: sites visited, the visited ones each label remembers.

Remembering only some of the visited sites leaves cycles possible among the others (ng-routes of
Baldacci, Mingozzi and Roberti). What is found then bounds from above what routes can earn; where
the best has no cycle it is a route, and the bound is met.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.arrays import Bools, Float32s, Int64s, UInt64s
from planner.solvers.columns import kernel
from planner.solvers.columns.bounds import Bounds
from planner.solvers.columns.grid import Grid
from planner.solvers.columns.label_sets import Found, Stage

MOST_WAYS, MOST_WORDS = 100_000, 10_000_000
"""Ways on from the labels of a stage: so many are possible in any case, and as many more as take so
many words to remember.
"""


def explore(
    limits: Bounds,
    remembered: Bools,
    *,
    threshold: float,
    most_stops: int,
    beam: int | None = None,
    most_cells: int = 150_000_000,
    over: Callable[[], bool] = lambda: False,
) -> Found:
    """Labels of all routes that may earn more than the threshold, or the most promising ones.

    Parameters
    ----------
    remembered
        Per site of the grid.
    most_stops
        Of a route.
    beam
        So many labels of a stage are gone on with; None = all.
    most_cells
        Of all rows together; the search ends before it has more.
    over
        Asked before every stage whether to end.
    """
    grid = limits.grid
    keep = packed(remembered)
    latest, nearest = _latest(grid), grid.hop[:-1].min(axis=0, initial=grid.num_cells)
    stages = [_start(grid, keep.shape[1])]
    best, whole, num_cells = threshold, True, 0
    while len(stages) <= most_stops:
        if over() or num_cells > most_cells:
            whole = False
            break
        last = stages[-1]
        ways = _ways(limits, last, keep, (latest, nearest), threshold)
        if ways is None:
            whole = False
            break
        if not len(ways.origins):
            break
        if beam is not None and len(ways.first) > beam + 1:
            ways, whole = ways.take(beam), False
        stage = _merged(limits, threshold, last, ways)
        _dominate(grid, stages, stage)
        best = max(best, float(stage.worth[:, 0].max(initial=np.float32(-np.inf))))
        num_cells += stage.rows.size
        stages.append(stage)
    return Found(bounds=limits, stages=tuple(stages), best=best, whole=whole)


def _start(grid: Grid, num_words: int) -> Stage:
    rows, spans = kernel.initial(grid)
    nothing = np.zeros(1, dtype=np.int64)
    return Stage(
        rows=rows,
        sites=np.full(1, len(grid.home), dtype=np.int64),
        memory=np.zeros((1, num_words), dtype=np.uint64),
        spans=spans,
        worth=np.full((1, 2), kernel.NONE, dtype=np.float32),
        origins=nothing,
        first=nothing,
        groups=nothing,
        used=nothing,
    )


@dataclass(frozen=True, slots=True)
class _Ways:
    """Ways to new labels, those to the same one together: from ``first[i]`` to ``first[i + 1]``.

    ``entries`` are of gains, and empty where cards do not count.
    """

    origins: Int64s
    targets: Int64s
    worth: Float32s
    memory: UInt64s
    used: Int64s
    entries: Int64s
    first: Int64s

    def take(self, most: int) -> "_Ways":
        """The ways to so many labels that can earn most."""
        worth = np.maximum.reduceat(self.worth, self.first[:-1])
        chosen = np.sort(np.argsort(-worth, kind="stable")[:most])
        sizes = np.diff(self.first)[chosen]
        first = np.concatenate([[0], np.cumsum(sizes)])
        ways = np.arange(first[-1]) + np.repeat(self.first[chosen] - first[:-1], sizes)
        return _Ways(
            self.origins[ways],
            self.targets[ways],
            self.worth[ways],
            self.memory[ways],
            self.used[ways],
            self.entries[ways] if len(self.entries) else self.entries,
            first,
        )


def _ways(
    limits: Bounds, last: Stage, keep: UInt64s, closing: tuple[Int64s, Int64s], threshold: float
) -> _Ways | None:
    """All ways on; None where there are too many."""
    most = max(MOST_WAYS, MOST_WORDS // keep.shape[1])
    origins, targets, worth, memory = kernel.expand(
        limits.grid,
        limits.onward,
        np.float32(threshold),
        last.rows,
        last.sites,
        last.memory,
        last.spans,
        keep,
        *closing,
        most,
    )
    if len(origins) == most:
        return None
    used, entries = np.zeros(len(origins), dtype=np.int64), kernel.NO_CARDS
    if limits.dear is not None:
        ways, entries = kernel.expand_with_cards(
            limits.grid,
            limits.gains,
            limits.ahead,
            limits.dear.ahead,
            np.float32(limits.toll),
            limits.cards,
            np.float32(threshold),
            last.rows,
            last.sites,
            last.used,
            last.spans,
            origins,
            targets,
        )
        origins, targets = origins[ways], targets[ways]
        worth, memory = worth[ways], memory[ways]
        used = last.used[origins] + limits.gains.people[entries]
    order = np.lexsort((origins, *([entries] if len(entries) else []), used, *memory.T, targets))
    targets, memory, used = targets[order], memory[order], used[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (targets[1:] != targets[:-1]) | (used[1:] != used[:-1])
    new[1:] |= (memory[1:] != memory[:-1]).any(axis=1)
    first = np.append(np.flatnonzero(new), len(order))
    entries = entries[order] if len(entries) else entries
    return _Ways(origins[order], targets, worth[order], memory, used, entries, first)


def _merged(limits: Bounds, threshold: float, last: Stage, ways: _Ways) -> Stage:
    """Labels of the next stage: ways to the same site with the same memory become one."""
    bonus = np.zeros(0, dtype=np.float32)
    dear = limits.ahead
    if limits.dear is not None:
        left = limits.cards - ways.used[ways.first[:-1]]
        bonus, dear = (limits.toll * left).astype(np.float32), limits.dear.ahead
    rows, spans, groups, worth = kernel.merge(
        limits.grid,
        limits.gains,
        limits.ahead,
        dear,
        bonus,
        np.float32(threshold),
        last.rows,
        last.sites,
        last.spans,
        ways.origins,
        ways.targets,
        ways.entries,
        ways.first,
    )
    leaders = ways.first[groups]
    return Stage(
        rows=rows,
        sites=ways.targets[leaders],
        memory=ways.memory[leaders],
        used=ways.used[leaders],
        spans=spans,
        worth=worth,
        origins=ways.origins,
        first=ways.first,
        groups=groups,
    )


def _dominate(grid: Grid, stages: list[Stage], stage: Stage) -> None:
    """Drop departures that earlier labels match, or others of the stage."""
    for other in (*stages[1:], stage):
        kernel.dominate(
            stage.rows,
            stage.sites,
            stage.memory,
            stage.spans,
            other.rows,
            other.sites,
            other.memory,
            other.spans,
            stage.used,
            other.used,
            other is stage,
            grid.early - grid.rested,
        )


def packed(remembered: Bools) -> UInt64s:
    """Sets of sites as bits, 64 to a word, shape ``(n, words)``."""
    num_sites = len(remembered)
    num_words = -(-num_sites // 64)
    padded = np.zeros((num_sites, num_words * 64), dtype=np.uint8)
    padded[:, :num_sites] = remembered
    # Little end first on every machine, as the kernels shift.
    octets = np.packbits(padded, axis=1, bitorder="little")
    return octets.view("<u8").astype(np.uint64)


def _latest(grid: Grid) -> Int64s:
    latest = np.zeros(len(grid.home), dtype=np.int64)
    owner = np.repeat(np.arange(len(latest)), np.diff(grid.window_first))
    np.maximum.at(latest, owner, grid.closing)
    return latest
