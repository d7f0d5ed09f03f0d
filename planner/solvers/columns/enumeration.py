"""All routes that a plan better than a known one can have, where they are few.

By a Lagrangian bound a plan with a route is worth no more than the bound, less what the best route
of the class earns, plus what this one does (route enumeration: Baldacci, Christofides and Mingozzi
2008). Routes with which no plan can be better are left out.
"""

from collections.abc import Callable

from planner.solvers.columns.generation import ColumnGenerator, Proof
from planner.solvers.columns.routes import Column, make_column


def all_columns(
    generator: ColumnGenerator, proof: Proof, value: float, should_stop: Callable[[], bool]
) -> list[Column] | None:
    """Columns of which every plan worth more than a value is made; None where not all were found.

    Of routes that record the same people at the same sites only the best is needed.
    """
    columns: list[Column] = []
    for index, pricer in enumerate(generator.pricers):
        if not generator.master.counts[index]:
            continue
        above = value - proof.bound + max(0.0, proof.route_bounds[index])
        profits = generator.master.pricing_profits(index, proof.duals)
        routes = pricer.enumerate_routes(profits, above, should_stop)
        if routes is None:
            return None
        columns += (make_column(index, pricer.day_class, visits) for _, visits in routes)
        if len(columns) > pricer.params.enumeration.max_routes or should_stop():
            return None
    return columns
