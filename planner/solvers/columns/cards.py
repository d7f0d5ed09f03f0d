"""Cards on board, and what a card is worth to a route whose cards do not last."""

from collections.abc import Callable
from dataclasses import replace

from planner.arrays import Int64s
from planner.solvers.columns.bounds import bound_routes
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.van_day_classes import VanDayClass

GOLDEN = 0.618
"""Ratio of the golden section."""


def binding_cards(day_class: VanDayClass) -> int | None:
    """Cards on board, or None where a shift is too short to use them up."""
    cards = day_class.van.max_people
    quickest_s = int(day_class.seconds_per_person.min(initial=day_class.length_s))
    at_most = day_class.length_s * day_class.van.kits // quickest_s if quickest_s else None
    return None if cards is None or (at_most is not None and at_most <= cards) else cards


def best_card_multiplier(
    day_class: VanDayClass,
    profits: PricedProfits,
    chosen: Int64s,
    step_s: int,
    *,
    cards: int,
    last: float | None,
    tries: int,
    nearby: float,
) -> float:
    """The price of a card that bounds routes best: the Lagrangian of the limit is convex in it.

    Parameters
    ----------
    chosen, step_s
        Sites and step of the grid.
    last
        An earlier price: only prices this near are tried, as a share of the largest weight.
    """

    def bound(multiplier: float) -> float:
        priced = replace(profits, card_multiplier=multiplier)
        return bound_routes(day_class, priced, chosen, step_s).best + multiplier * cards

    highest = float(day_class.weight.max(initial=0.0))
    low, high = 0.0, highest
    if last is not None:
        low, high = max(0.0, last - nearby * highest), min(highest, last + nearby * highest)
    multiplier = _golden_section(bound, low, high, tries)
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
