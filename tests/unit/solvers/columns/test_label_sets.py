"""Routes read back from labels."""

from planner.solvers.columns.label_sets import VisitOrder
from tests.unit.solvers.columns.test_labels import labels


def test_the_best_routes_come_first_with_their_amounts() -> None:
    """Both sites in either order, then one of them; all their people."""
    both, other, one = labels(2).routes(3, 0.0)
    assert {both.sites, other.sites} == {(0, 1), (1, 0)}
    assert both.people == (10, 10)
    assert len(one.sites) == 1


def test_only_routes_above_a_value_are_read_back() -> None:
    """More than nine: none with a single stop."""
    assert [len(order.sites) for order in labels(2).routes(9, 9.0)] == [2, 2]


def test_cycles_are_told() -> None:
    """The first site again, after the second."""
    assert VisitOrder((0, 1, 0), (1, 1, 1)).has_cycle()
    assert not VisitOrder((0, 1), (1, 1)).has_cycle()
    assert labels(2, remember=False).routes(1, 0.0)[0].has_cycle()
