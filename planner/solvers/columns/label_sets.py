"""The labels that a search has made, and the routes that are read back from them."""

from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from planner.arrays import Float32s, Int64s
from planner.solvers.columns import kernel
from planner.solvers.columns.bounds import CompletionBounds
from planner.solvers.columns.grid import Grid
from planner.solvers.columns.kernel import Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelLayer:
    """All labels with as many stops, sorted by site.

    Attributes
    ----------
    worth
        What each earns by going home, and at most by going on.
    origins, first, groups
        Labels of the layer before that lead to label ``i`` are
        ``origins[first[g]:first[g + 1]]``, where ``g`` is ``groups[i]``.
    """

    labels: Labels
    worth: Float32s
    origins: Int64s
    first: Int64s
    groups: Int64s


class VisitOrder(NamedTuple):
    """Stops in order: positions of sites in the grid, and people as far as the grid can tell."""

    sites: tuple[int, ...]
    people: tuple[int, ...]

    def at(self, positions: Int64s) -> "VisitOrder":
        """The same by other numbers of the sites."""
        return self._replace(sites=tuple(positions[list(self.sites)].tolist()))

    def has_cycle(self) -> bool:
        """Whether a site is visited twice."""
        return len(set(self.sites)) < len(self.sites)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSet:
    """The labels of a search.

    Attributes
    ----------
    best
        What any route can at most earn; not below the threshold of the search.
    is_complete
        No label was given up for want of room or time, so that `best` is a bound.
    """

    bounds: CompletionBounds
    layers: tuple[LabelLayer, ...]
    best: float
    is_complete: bool
    _read: dict[tuple[int, int], VisitOrder | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def count(self) -> int:
        """How many labels there are."""
        return sum(len(layer.labels.rows) for layer in self.layers)

    def best_of_each_set(self, above: float) -> list[VisitOrder]:
        """Of all sets of sites remembered the best route that earns more, if there is one."""
        best: dict[bytes, tuple[float, int, int]] = {}
        for number, layer in enumerate(self.layers):
            for label, worth in enumerate(layer.worth[:, 0].tolist()):
                sites = layer.labels.memory[label].tobytes()
                if worth > above and (sites not in best or worth > best[sites][0]):
                    best[sites] = worth, number, label
        routes = (self._route(number, label) for _, number, label in best.values())
        return [route for route in routes if route is not None]

    def routes(self, most: int, above: float) -> list[VisitOrder]:
        """The best routes of so many labels that earn more.

        Labels that others match have none: those others have it.
        """
        ends = [
            (float(worth), number, label)
            for number, layer in enumerate(self.layers)
            for label, worth in enumerate(layer.worth[:, 0])
            if worth > above
        ]
        ends.sort(key=lambda end: (-end[0], end[1], end[2]))
        routes = (self._route(number, label) for _, number, label in ends)
        return list(islice((route for route in routes if route is not None), most))

    def _route(self, number: int, label: int) -> VisitOrder | None:
        """The route of a label of a layer, read back once."""
        if (number, label) not in self._read:
            self._read[number, label] = self._read_back(number, label)
        return self._read[number, label]

    def _read_back(self, number: int, label: int) -> VisitOrder | None:
        grid, services = self.bounds.grid, self.bounds.services
        limited = self.bounds.with_multiplier is not None
        layer = self.layers[number]
        departure = _best_return(grid, layer, label)
        if departure is None:
            return None
        after_break, cell = departure
        stops: list[tuple[int, int]] = []
        while number > 0:
            site, used = int(layer.labels.sites[label]), layer.labels.used[label]
            group = layer.groups[label]
            origins = layer.origins[layer.first[group] : layer.first[group + 1]]
            number -= 1
            layer = self.layers[number]
            labels = layer.labels if limited else layer.labels._replace(used=kernel.NO_CARDS)
            label, after_break, cell, entry = kernel.predecessor(
                grid, services, labels, origins, site, after_break, cell, used
            )
            stops.append((site, int(services.people[entry])))
            if label < 0:
                # The grid let a stop end earlier than it can: what is left is looked at anyway.
                break
        sites, people = zip(*reversed(stops), strict=True) if stops else ((), ())
        return VisitOrder(sites, people)


def _best_return(grid: Grid, layer: LabelLayer, label: int) -> tuple[int, int] | None:
    """Whether after the break, and the cell, of the departure from which going home earns most."""
    ends = []
    for after_break, here, limit in (
        (0, 0, grid.early_departures),
        (1, grid.early_departures - grid.depot_break_end, grid.num_cells),
    ):
        cell = min(int(grid.last_departure[layer.labels.sites[label], after_break]), limit - 1)
        if cell >= (grid.depot_break_end if after_break else 0):
            row, (first, end) = layer.labels.rows[label], layer.labels.spans[label, after_break]
            worth = float(row[here + cell])
            # Beyond its span a row stays as it was where others match what it earned last.
            if cell < end or (first < end and row[here + end - 1] >= worth):
                ends.append((worth, after_break, cell))
    worth, after_break, cell = max(ends, default=(float(kernel.IMPOSSIBLE), 0, 0))
    return None if worth <= kernel.IMPOSSIBLE else (after_break, cell)
