"""All routes that a better plan can have, on weekends where they can be counted."""

from dataclasses import replace

from planner.model import Instance
from planner.solvers.columns.enumeration import all_columns
from planner.solvers.columns.generation import ColumnGenerator, Proof
from tests.builders.columns import column, generator
from tests.builders.instances import VAN, instance, site

WHOLE = instance(site(1, min_people=10), site(2, min_people=10))
"""Each site is served whole or not at all."""


def proven(given: Instance) -> tuple[ColumnGenerator, Proof]:
    """What is proven from the best route to the first site on."""
    made = generator(given, column(given, (0, 10)))
    proof = made.converge(lambda: True, proving=True)
    assert proof is not None
    return made, proof


def visits(given: Instance, value: float) -> set[tuple[tuple[int, int], ...]] | None:
    """Stops of the routes, in the order of the sites."""
    made, proof = proven(given)
    columns = all_columns(made, proof, value, lambda: False)
    return None if columns is None else {tuple(sorted(c.visits)) for c in columns}


def test_of_each_set_of_sites_there_is_one_route() -> None:
    """The first site, the second, or both in one of two orders."""
    assert visits(WHOLE, 0.0) == {((0, 10),), ((1, 10),), ((0, 10), (1, 10))}


def test_routes_with_which_no_plan_is_better_are_left_out() -> None:
    """Only with both sites a plan is worth 18."""
    assert visits(WHOLE, 18.0) == {((0, 10), (1, 10))}


def test_nothing_is_enumerated_where_amounts_can_differ() -> None:
    """Five to ten people at each site."""
    assert visits(instance(site(1), site(2)), 0.0) is None


def test_routes_that_are_too_many_are_not_enumerated() -> None:
    """One van of two has no time; of the other there are three routes, where two are allowed."""
    made, proof = proven(replace(WHOLE, vans=(VAN, replace(VAN, id="B", shifts={}))))
    (pricer,) = made.pricers
    params = replace(pricer.params.enumeration, max_routes=2)
    pricer.params = replace(pricer.params, enumeration=params)
    assert all_columns(made, proof, 0.0, lambda: False) is None
