"""What searches for routes learn."""

import numpy as np

from planner.solvers.columns.pricing_memory import PricingMemory


def test_inside_a_cycle_sites_remember_where_it_began() -> None:
    """0, 1, 2, 0: 1 and 2 remember 0; 0 remembers nothing."""
    memory = PricingMemory(3)
    memory.remember_cycle(np.array([0, 1, 2, 0]))
    assert memory.remembered.tolist() == [[False] * 3, [True, False, False], [True, False, False]]


def test_the_sites_that_look_best_are_noted() -> None:
    """The best two of three; a look at fewer than that is no look at all."""
    memory = PricingMemory(3)
    memory.look(np.array([0, 1, 2]), np.array([1.0, 3.0, 2.0]), 2)
    assert memory.attractive.tolist() == [False, True, True]
    memory.look(np.array([0]), np.array([9.0]), 2)
    assert memory.attractive.tolist() == [False, True, True]
