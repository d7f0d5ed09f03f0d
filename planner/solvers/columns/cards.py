"""Cards on board, and what a card is worth to a route whose cards do not last."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from planner.arrays import Int64s
from planner.solvers.columns.bounds import bound_routes
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.van_day_classes import VanDayClass

GOLDEN = 0.618
"""Ratio of the golden section."""

WIDENED, TURNED, NARROWEST = 1.3, 0.5, 0.05
"""How far prices move: more where they go on the same way, less where they turn, the least."""


def binding_cards(day_class: VanDayClass) -> int | None:
    """Cards on board, or None where a shift is too short to use them up."""
    cards = day_class.van.max_people
    quickest_s = int(day_class.seconds_per_person.min(initial=day_class.length_s))
    at_most = day_class.length_s * day_class.van.kits // quickest_s if quickest_s else None
    return None if cards is None or (at_most is not None and at_most <= cards) else cards


class CardMultiplier:
    """The price of a card as one search for routes after the other learns it.

    Attributes
    ----------
    value
        None before the first search.
    reach
        How far the next one may be off.
    highest
        No next one comes nearer to it than half way: at that price nobody is worth a card.
    """

    def __init__(self, reach: float, highest: float) -> None:
        self.value: float | None = None
        self.highest = highest
        self.reach = self._widest = reach
        self._last_step = 0.0

    def next_from(self, value: float) -> tuple[float, float]:
        """Between which prices the next after one lies."""
        high = min(value + self.reach, max(value, (value + self.highest) / 2))
        return max(0.0, value - self.reach), high

    def move(self, value: float) -> None:
        """Take another price; the next may be farther off if prices go on the same way."""
        step = value - (value if self.value is None else self.value)
        self.value = value
        if step:
            factor = TURNED if step * self._last_step < 0 else WIDENED
            self.reach = min(max(factor * self.reach, NARROWEST * self._widest), self._widest)
            self._last_step = step


class CardRoutes:
    """Routes found at several prices of a card: these bound what others earn (Kelley 1960)."""

    def __init__(self, cards: int) -> None:
        self._cards = cards
        self._routes: set[tuple[float, int]] = set()

    def add(self, earned: float, used: int) -> None:
        """Note what a route earns before its cards are paid for, and how many it uses."""
        self._routes.add((earned, used))

    def best_price(self, low: float, high: float) -> tuple[float, float]:
        """Where, between two prices, the most that any of them earns is least, and that.

        Cards not used are paid for by a route, as are those beyond: the Lagrangian of the limit.
        """
        if not self._routes:
            return low, np.inf
        earned, used = np.array(sorted(self._routes), dtype=np.float64).T
        unused = self._cards - used
        with np.errstate(divide="ignore", invalid="ignore"):
            crossings = ((earned - earned[:, None]) / (unused[:, None] - unused)).ravel()
        prices = np.array([low, high, *crossings[(crossings > low) & (crossings < high)]])
        most = (earned + prices[:, None] * unused).max(axis=1)
        best = int(np.argmin(most))
        return float(prices[best]), float(most[best])


def best_card_multiplier(
    day_class: VanDayClass,
    profits: PricedProfits,
    chosen: Int64s,
    step_s: int,
    *,
    cards: int,
    tries: int,
) -> float:
    """The price of a card that bounds routes best: the Lagrangian of the limit is convex in it.

    Parameters
    ----------
    chosen, step_s
        Sites and step of the grid.
    """

    def bound(multiplier: float) -> float:
        priced = replace(profits, card_multiplier=multiplier)
        return bound_routes(day_class, priced, chosen, step_s).best + multiplier * cards

    highest = float(day_class.weight.max(initial=0.0))
    multiplier = _golden_section(bound, 0.0, highest, tries)
    return 0.0 if bound(0.0) <= bound(multiplier) else multiplier


def _golden_section(
    function: Callable[[float], float], low: float, high: float, tries: int
) -> float:
    """Where a convex function is about lowest."""
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = function(left), function(right)
    for _ in range(tries - 2):
        if at_left <= at_right:
            high, right, at_right = right, left, at_left
            left = high - GOLDEN * (high - low)
            at_left = function(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + GOLDEN * (high - low)
            at_right = function(right)
    return left if at_left <= at_right else right
