"""The most profitable options that record nobody twice."""

from collections.abc import Hashable, Mapping, Sequence
from itertools import compress

from planner.arrays import Bools, Float64s
from planner.solvers.people_left import PeopleLeft
from planner.solvers.programme import solve_set_packing


def choose_options(
    left: PeopleLeft,
    profits: Float64s,
    options: Sequence[Mapping[Hashable, int]],
    limits: Mapping[Hashable, int],
    *,
    margin: float,
) -> Bools:
    """As `solve_set_packing`, where rows that are indices of sites count people recorded there.

    Sites that would record too many together get a row of their own, until there are none.

    Parameters
    ----------
    left
        By all other stops.
    """
    columns, rows = [dict(option) for option in options], dict(limits)
    while True:
        chosen = solve_set_packing(profits, columns, rows, margin=margin)
        taken = (item for column in compress(columns, chosen) for item in column.items())
        visits = ((row, people) for row, people in taken if isinstance(row, int))
        broken_sets = left.broken_sets(visits)
        if not broken_sets:
            return chosen
        for sites, people in broken_sets:
            rows[sites] = people
            for column in columns:
                column[sites] = sum(column.get(site, 0) for site in sites)
