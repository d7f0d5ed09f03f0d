"""What routes can at most earn, from each site and time on: a bound for every label."""

from dataclasses import dataclass

from planner.arrays import Float32s
from planner.solvers.columns import kernel
from planner.solvers.columns.grid import Gains, Grid


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
    ahead: Float32s
    onward: Float32s
    best: float
    dear: "Bounds | None" = None
    toll: float = 0.0
    cards: int = 0

    @property
    def longest(self) -> int:
        """The most stops that a route can have by the clock, and by the limit on stops."""
        return self.rounds if self.rounds > 1 else self.grid.num_cells // self.block + 1

    def through(self) -> Float32s:
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
