"""What routes can at most earn, from each site and time on: a bound for every label."""

from dataclasses import dataclass

import numpy as np

from planner.arrays import Float32s, Int64s
from planner.solvers.columns import kernel
from planner.solvers.columns.amount_ranges import AmountRanges
from planner.solvers.columns.grid import Grid, ServiceOptions, grid_of
from planner.solvers.columns.profits import PricedProfits, service_options
from planner.solvers.columns.van_day_classes import VanDayClass


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

    def best_through_site(self, least: float = -np.inf) -> Float32s:
        """What any route with a stop at each site can at most earn; any less than a value."""
        return kernel.best_through_site(
            self.grid,
            self.services,
            self.departure_bound,
            self.arrival_bound,
            self.block,
            self.rounds,
            np.float32(least),
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


def quickest_drives(day_class: VanDayClass, step_s: int) -> Grid:
    """A grid of all sites as `kernel.best_by_quickest_drives` takes it."""
    grid = grid_of(day_class, np.arange(len(day_class.sites)), step_s)
    between, cost = grid.travel[:-1], grid.travel_cost[:-1]
    cheapest = np.where(between < grid.num_cells, cost, np.float32(np.inf)).min(axis=0)
    cheapest[cheapest == np.inf] = 0.0
    return grid._replace(
        travel=np.stack([between.min(axis=0), grid.travel[-1]]),
        travel_cost=np.stack([cheapest, grid.travel_cost[-1]]),
    )


def best_by_quickest_drives(grid: Grid, services: ServiceOptions) -> Float32s:
    """What any route with a stop at each site can at most earn, from a grid of quickest drives."""
    block = int(grid.travel[0].min(initial=grid.num_cells))
    if not block:
        return np.full(len(grid.last_departure), np.inf, dtype=np.float32)
    return kernel.best_by_quickest_drives(grid, services, block)


def bound_routes(
    day_class: VanDayClass,
    profits: PricedProfits,
    chosen: Int64s | AmountRanges,
    step_s: int,
    *,
    limited: bool = False,
) -> CompletionBounds:
    """Bounds of routes among chosen stops, on a grid of that step; `limited` as in its services."""
    ranges = chosen if isinstance(chosen, AmountRanges) else profits.ranges(day_class, chosen)
    grid = grid_of(day_class, ranges.positions, step_s, least_people=ranges.least)
    services = service_options(day_class, ranges, grid, profits, limited=limited)
    return bound_completions(grid, services, day_class.max_stops(len(ranges.positions)))


def rounding_margin(
    day_class: VanDayClass, bounds: CompletionBounds, multiplier_total: float = 0.0
) -> float:
    """More than rounding to single precision can take off the value of a route.

    A route has no more stops than there are sites, whatever cycles bounds allow.
    Each sum is off by at most half a unit in the last place of its size, and no partial sum is
    larger than what the stops earn, cost, and take away where they earn less than nothing.
    """
    stops = min(bounds.max_stops, len(bounds.grid.last_departure))
    lost = float(np.max(-bounds.services.value, initial=0.0))
    size = max(0.0, bounds.best) + multiplier_total
    size += 2 * (day_class.length_s * day_class.cost_per_s + stops * lost)
    return (4 * stops + 8) * 2.0**-24 * size
