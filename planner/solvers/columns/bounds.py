"""What routes can at most earn, from each site and time on: a bound for every label."""

from dataclasses import dataclass

from planner.arrays import Float32s
from planner.solvers.columns import kernel
from planner.solvers.columns.grid import Grid, ServiceOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionBounds:
    """What can still be earned, cycles allowed: a bound for every label.

    Attributes
    ----------
    block, rounds
        As `kernel.completion_bounds` takes them.
    departure_bound, arrival_bound
        As it returns them.
    best
        What any route with a stop can at most earn.
    with_multiplier
        The same where every person costs the card multiplier; None where cards do not count.
    card_multiplier, cards
        That multiplier, and the cards on board.
    """

    grid: Grid
    services: ServiceOptions
    block: int
    rounds: int
    departure_bound: Float32s
    arrival_bound: Float32s
    best: float
    with_multiplier: "CompletionBounds | None" = None
    card_multiplier: float = 0.0
    cards: int = 0

    @property
    def max_stops(self) -> int:
        """The most stops that a route can have by the clock, and by the limit on stops."""
        return self.rounds if self.rounds > 1 else self.grid.num_cells // self.block + 1

    def best_through_site(self) -> Float32s:
        """What any route with a stop at each site can at most earn."""
        return kernel.best_through_site(
            self.grid, self.services, self.arrival_bound, self.block, self.rounds
        )


def bound_completions(grid: Grid, services: ServiceOptions, max_stops: int) -> CompletionBounds:
    """Bounds for all routes with at most so many stops."""
    quickest = int(grid.travel[:-1].min(initial=grid.num_cells))
    block, rounds = (quickest, 1) if quickest else (grid.num_cells, max_stops)
    departure_bound, arrival_bound = kernel.completion_bounds(grid, services, block, rounds)
    return CompletionBounds(
        grid=grid,
        services=services,
        block=block,
        rounds=rounds,
        departure_bound=departure_bound,
        arrival_bound=arrival_bound,
        best=float(kernel.best_route(grid, arrival_bound)),
    )
