"""Routes that earn most, found by labels: sites visited, the visited ones each label remembers.

Remembering only some of the visited sites leaves cycles possible among the others (ng-routes of
Baldacci, Mingozzi and Roberti). What is found then bounds from above what routes can earn; where
the best has no cycle it is a route, and the bound is met.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.solvers.columns import kernel
from planner.solvers.columns.grid import Gains, Grid, Single
from planner.solvers.columns.kernel import Words
from planner.solvers.columns.kinds import Whole

MOST_WAYS, MOST_WORDS = 100_000, 10_000_000
"""Ways on from the labels of a stage: so many are possible in any case, and as many more as take so
many words to remember.
"""

Sites = NDArray[np.bool_]
"""Which sites each site remembers, shape ``(n, n)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What can still be earned, cycles allowed: a bound for every label.

    Attributes
    ----------
    block, rounds
        As `kernel.complete` takes them.
    ahead, onward
        As it returns them.
    best
        What any route with a stop can at most earn.
    dear
        The same where every person costs a toll, its gains left as they are by amount; None where
        cards do not count.
    toll, cards
        That toll, and the cards on board.
    """

    grid: Grid
    gains: Gains
    block: int
    rounds: int
    ahead: Single
    onward: Single
    best: float
    dear: "Bounds | None" = None
    toll: float = 0.0
    cards: int = 0

    @property
    def longest(self) -> int:
        """The most stops that a route can have by the clock, and by the limit on stops."""
        return self.rounds if self.rounds > 1 else self.grid.num_cells // self.block + 1

    def through(self) -> Single:
        """What any route with a stop at each site can at most earn."""
        return kernel.through(self.grid, self.gains, self.onward, self.block, self.rounds)


def bounds(grid: Grid, gains: Gains, most_stops: int) -> Bounds:
    """Bounds for all routes with at most so many stops."""
    quickest = int(grid.hop[:-1].min(initial=grid.num_cells))
    block, rounds = (quickest, 1) if quickest else (grid.num_cells, most_stops)
    ahead, onward = kernel.complete(grid, gains, block, rounds)
    return Bounds(
        grid=grid,
        gains=gains,
        block=block,
        rounds=rounds,
        ahead=ahead,
        onward=onward,
        best=float(kernel.opening(grid, onward)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """All labels with as many stops, sorted by site.

    Attributes
    ----------
    rows, sites, memory, spans, used
        As the kernels take them.
    worth
        What each earns by going home, and at most by going on.
    origins, first, groups
        Labels of the stage before that lead to label ``i`` are
        ``origins[first[g]:first[g + 1]]``, where ``g`` is ``groups[i]``.
    """

    rows: Single
    sites: Whole
    memory: Words
    spans: Whole
    used: Whole
    worth: Single
    origins: Whole
    first: Whole
    groups: Whole


class Order(NamedTuple):
    """Stops in order: positions of sites in the grid, and people as far as the grid can tell."""

    sites: tuple[int, ...]
    people: tuple[int, ...]

    def has_cycle(self) -> bool:
        """Whether a site is visited twice."""
        return len(set(self.sites)) < len(self.sites)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The labels of a search.

    Attributes
    ----------
    best
        What any route can at most earn; not below the threshold of the search.
    whole
        No label was given up for want of room or time, so that `best` is a bound.
    """

    bounds: Bounds
    stages: tuple[Stage, ...]
    best: float
    whole: bool

    def routes(self, most: int, above: float) -> list[Order]:
        """The best routes of so many labels that earn more.

        Labels that others match have none: those others have it.
        """
        ends = [
            (float(worth), number, label)
            for number, stage in enumerate(self.stages)
            for label, worth in enumerate(stage.worth[:, 0])
            if worth > above
        ]
        ends.sort(key=lambda end: (-end[0], end[1], end[2]))
        routes = (self._route(number, label) for _, number, label in ends)
        return list(islice((route for route in routes if route is not None), most))

    def _route(self, number: int, label: int) -> Order | None:
        grid, gains = self.bounds.grid, self.bounds.gains
        limited = self.bounds.dear is not None
        stage = self.stages[number]
        departure = _homeward(grid, stage, label)
        if departure is None:
            return None
        rested, cell = departure
        stops: list[tuple[int, int]] = []
        while number > 0:
            site, group, used = int(stage.sites[label]), stage.groups[label], stage.used[label]
            number -= 1
            origins = stage.origins[stage.first[group] : stage.first[group + 1]]
            stage = self.stages[number]
            label, rested, cell, entry = kernel.came_from(
                grid,
                gains,
                stage.rows,
                stage.sites,
                stage.spans,
                origins,
                site,
                rested,
                cell,
                stage.used if limited else kernel.NO_CARDS,
                used,
            )
            stops.append((site, int(gains.people[entry])))
            if label < 0:
                # The grid let a stop end earlier than it can: what is left is looked at anyway.
                break
        sites, people = zip(*reversed(stops), strict=True) if stops else ((), ())
        return Order(sites, people)


def _homeward(grid: Grid, stage: Stage, label: int) -> tuple[int, int] | None:
    """Whether rested, and the cell, from which a label earns most by going home, if any is left."""
    ends = []
    for rested, here, limit in (
        (0, 0, grid.early),
        (1, grid.early - grid.rested, grid.num_cells),
    ):
        cell = min(int(grid.home[stage.sites[label], rested]), limit - 1)
        if cell >= (grid.rested if rested else 0):
            ends.append((float(stage.rows[label, here + cell]), rested, cell))
    worth, rested, cell = max(ends)
    return None if worth <= kernel.NONE else (rested, cell)


def explore(
    limits: Bounds,
    remembered: Sites,
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

    origins: Whole
    targets: Whole
    worth: Single
    memory: Words
    used: Whole
    entries: Whole
    first: Whole

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
    limits: Bounds, last: Stage, keep: Words, closing: tuple[Whole, Whole], threshold: float
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


def packed(remembered: Sites) -> Words:
    """Sets of sites as bits, 64 to a word, shape ``(n, words)``."""
    num_sites = len(remembered)
    num_words = -(-num_sites // 64)
    padded = np.zeros((num_sites, num_words * 64), dtype=np.uint8)
    padded[:, :num_sites] = remembered
    # Little end first on every machine, as the kernels shift.
    octets = np.packbits(padded, axis=1, bitorder="little")
    return octets.view("<u8").astype(np.uint64)


def _latest(grid: Grid) -> Whole:
    latest = np.zeros(len(grid.home), dtype=np.int64)
    owner = np.repeat(np.arange(len(latest)), np.diff(grid.window_first))
    np.maximum.at(latest, owner, grid.closing)
    return latest
