"""Routes that earn most, found by labels: sites visited, the visited ones each label remembers.

Remembering only some of the visited sites leaves cycles possible among the others (ng-routes of
Baldacci, Mingozzi and Roberti). What is found then bounds from above what routes can earn; where
the best has no cycle it is a route, and the bound is met.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.arrays import Float32s, Int32s, Int64s, UInt64s
from planner.solvers.columns import kernel
from planner.solvers.columns.bounds import CompletionBounds
from planner.solvers.columns.grid import Grid
from planner.solvers.columns.kernel import Exclusions, Labels
from planner.solvers.columns.label_sets import LabelLayer, LabelSet
from planner.solvers.params import PricingParams
from planner.solvers.stopping import never

MERGED_TOGETHER = 10_000
"""Labels between two questions whether to end."""


def search_labels(
    bounds: CompletionBounds,
    exclusions: Exclusions,
    params: PricingParams,
    *,
    threshold: float,
    max_stops: int,
    beam: int | None = None,
    all_sets: bool = False,
    should_stop: Callable[[], bool] = never,
) -> LabelSet:
    """Labels of all routes that may earn more than the threshold, or the most promising ones.

    Parameters
    ----------
    exclusions
        Of the stops of the grid.
    max_stops
        Of a route.
    beam
        So many labels of a layer are extended; None = all.
    all_sets
        Keep a label of every set of sites remembered, however good those of others are.
    should_stop
        Asked several times a layer whether to end.
    """
    grid = bounds.grid
    latest, nearest = _latest_arrivals(grid), grid.travel[:-1].min(axis=0, initial=grid.num_cells)
    # A visit matters as long as any of the stops can be made that it may exclude.
    latest = np.where(exclusions.related, latest, -1).max(axis=1, initial=-1)
    nearest = np.where(exclusions.related, nearest, grid.num_cells).min(
        axis=1, initial=grid.num_cells
    )
    num_words = exclusions.keep.shape[1]
    if all_sets:
        # Sites that are closed by then are remembered, too.
        latest[:] = 3 * grid.num_cells
    layers = [_initial_layer(grid, num_words)]
    max_extensions = max(params.max_extensions, params.max_memory_words // max(1, num_words))
    best, is_complete, num_cells = threshold, True, 0
    while len(layers) <= max_stops:
        if should_stop():
            is_complete = False
            break
        last = layers[-1]
        extensions = _extend_labels(
            bounds, last, exclusions, (latest, nearest), threshold, max_extensions
        )
        if extensions is None or should_stop():
            is_complete = False
            break
        if not len(extensions.origins):
            break
        if beam is not None and len(extensions.first) > beam + 1:
            extensions, is_complete = extensions.take(beam), False
        most = params.max_cells - num_cells
        layer = _merge_extensions(bounds, threshold, last, extensions, most, should_stop)
        if layer is None:
            is_complete = False
            break
        if not all_sets:
            _dominate(grid, layers, layer, should_stop)
        best = max(best, float(layer.worth[:, 0].max(initial=np.float32(-np.inf))))
        num_cells += layer.labels.rows.size
        layers.append(layer)
    return LabelSet(bounds=bounds, layers=tuple(layers), best=best, is_complete=is_complete)


def _initial_layer(grid: Grid, num_words: int) -> LabelLayer:
    rows, spans = kernel.initial_label(grid)
    nothing = np.zeros(1, dtype=np.int64)
    start = np.full(1, len(grid.last_departure), dtype=np.int64)
    memory = np.zeros((1, num_words), dtype=np.uint64)
    return LabelLayer(
        labels=Labels(rows, start, memory, spans, nothing),
        worth=np.full((1, 2), kernel.IMPOSSIBLE, dtype=np.float32),
        origins=nothing,
        first=nothing,
        groups=nothing,
    )


@dataclass(frozen=True, slots=True)
class _Extensions:
    """Ways to new labels, those to the same one together: from ``first[i]`` to ``first[i + 1]``.

    ``entries`` are service options, and empty where cards do not count.
    """

    origins: Int64s
    targets: Int64s
    worth: Float32s
    memory: UInt64s
    used: Int64s
    entries: Int64s
    first: Int64s

    def take(self, most: int) -> "_Extensions":
        """The extensions to so many labels that can earn most."""
        worth = np.maximum.reduceat(self.worth, self.first[:-1])
        chosen = np.sort(np.argsort(-worth, kind="stable")[:most])
        sizes = np.diff(self.first)[chosen]
        first = np.concatenate([[0], np.cumsum(sizes)])
        extensions = np.arange(first[-1]) + np.repeat(self.first[chosen] - first[:-1], sizes)
        return _Extensions(
            self.origins[extensions],
            self.targets[extensions],
            self.worth[extensions],
            self.memory[extensions],
            self.used[extensions],
            self.entries[extensions] if len(self.entries) else self.entries,
            first,
        )


def _extend_labels(
    bounds: CompletionBounds,
    last: LabelLayer,
    exclusions: Exclusions,
    closing: tuple[Int64s, Int32s],
    threshold: float,
    max_extensions: int,
) -> _Extensions | None:
    """All extensions of labels; None where there are too many."""
    origins, targets, worth, memory = kernel.extend(
        bounds.grid,
        bounds.arrival_bound,
        np.float32(threshold),
        last.labels,
        exclusions,
        *closing,
        max_extensions,
    )
    if len(origins) == max_extensions:
        return None
    used, entries = np.zeros(len(origins), dtype=np.int64), kernel.NO_CARDS
    if bounds.with_multiplier is not None:
        extensions, entries = kernel.extend_with_cards(
            bounds.grid,
            bounds.services,
            bounds.departure_bound,
            bounds.with_multiplier.departure_bound,
            np.float32(bounds.card_multiplier),
            bounds.cards,
            np.float32(threshold),
            last.labels,
            origins,
            targets,
        )
        if len(extensions) >= max_extensions:
            return None
        origins, targets = origins[extensions], targets[extensions]
        worth, memory = worth[extensions], memory[extensions]
        used = last.labels.used[origins] + bounds.services.people[entries]
    order = np.lexsort((origins, *([entries] if len(entries) else []), used, *memory.T, targets))
    targets, memory, used = targets[order], memory[order], used[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (targets[1:] != targets[:-1]) | (used[1:] != used[:-1])
    new[1:] |= (memory[1:] != memory[:-1]).any(axis=1)
    first = np.append(np.flatnonzero(new), len(order))
    entries = entries[order] if len(entries) else entries
    return _Extensions(origins[order], targets, worth[order], memory, used, entries, first)


def _merge_extensions(
    bounds: CompletionBounds,
    threshold: float,
    last: LabelLayer,
    extensions: _Extensions,
    max_cells: int,
    should_stop: Callable[[], bool],
) -> LabelLayer | None:
    """Labels of the next layer: extensions to the same site with the same memory become one.

    None where they have too many cells, or the search is to end.
    """
    bonus, multiplied = np.zeros(0, dtype=np.float32), bounds.departure_bound
    if bounds.with_multiplier is not None:
        cards_left = bounds.cards - extensions.used[extensions.first[:-1]]
        bonus = (bounds.card_multiplier * cards_left).astype(np.float32)
        multiplied = bounds.with_multiplier.departure_bound
    parts, num_cells = [], 0
    for begin in range(0, max(1, len(extensions.first) - 1), MERGED_TOGETHER):
        if num_cells > max_cells or (begin and should_stop()):
            return None
        rows, spans, groups, worth = kernel.merge(
            bounds.grid,
            bounds.services,
            bounds.departure_bound,
            multiplied,
            bonus[begin : begin + MERGED_TOGETHER],
            np.float32(threshold),
            last.labels,
            extensions.origins,
            extensions.targets,
            extensions.entries,
            extensions.first[begin : begin + MERGED_TOGETHER + 1],
        )
        parts.append((rows, spans, groups + begin, worth))
        num_cells += rows.size
    if num_cells > max_cells:
        return None
    rows, spans, groups, worth = (
        part[0] if len(part) == 1 else np.concatenate(part) for part in zip(*parts, strict=True)
    )
    leaders = extensions.first[groups]
    sites, memory = extensions.targets[leaders], extensions.memory[leaders]
    return LabelLayer(
        labels=Labels(rows, sites, memory, spans, extensions.used[leaders]),
        worth=worth,
        origins=extensions.origins,
        first=extensions.first,
        groups=groups,
    )


def _dominate(
    grid: Grid, layers: list[LabelLayer], layer: LabelLayer, should_stop: Callable[[], bool]
) -> None:
    """Drop departures that earlier labels match, or others of the layer."""
    shift = grid.early_departures - grid.depot_break_end
    for other in (*layers[1:], layer):
        if should_stop():
            return
        kernel.dominate(layer.labels, other.labels, other is layer, shift)


def _latest_arrivals(grid: Grid) -> Int64s:
    latest = np.zeros(len(grid.last_departure), dtype=np.int64)
    owner = np.repeat(np.arange(len(latest)), np.diff(grid.window_first))
    np.maximum.at(latest, owner, grid.closing)
    return latest
