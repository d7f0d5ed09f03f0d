"""The labels that a search has made, and the routes that are read back from them."""

from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from planner.arrays import Float32s, Int64s, UInt64s
from planner.solvers.columns import kernel
from planner.solvers.columns.bounds import Bounds
from planner.solvers.columns.grid import Grid


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

    rows: Float32s
    sites: Int64s
    memory: UInt64s
    spans: Int64s
    used: Int64s
    worth: Float32s
    origins: Int64s
    first: Int64s
    groups: Int64s


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
    for rested, here, limit in ((0, 0, grid.early), (1, grid.early - grid.rested, grid.num_cells)):
        cell = min(int(grid.home[stage.sites[label], rested]), limit - 1)
        if cell >= (grid.rested if rested else 0):
            ends.append((float(stage.rows[label, here + cell]), rested, cell))
    worth, rested, cell = max(ends)
    return None if worth <= kernel.NONE else (rested, cell)
