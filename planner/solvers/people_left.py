"""People whom the routes of a plan leave, where some may come to more than one site."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import compress

from planner.arrays import Bools, Float64s, Int64s
from planner.model import Instance
from planner.plan import Plan
from planner.solvers.programme import solve_set_packing
from planner.solvers.schedule import Visit


class PeopleLeft:
    """How many more people may be recorded beside those of the routes so far."""

    def __init__(self, instance: Instance, plan: Plan = Plan()) -> None:  # noqa: B008 - frozen
        self._catchments = instance.catchments
        self._served = instance.people_at(plan)
        self._at: dict[int, int] = {}

    def at(self, site: int) -> int:
        """People that a site may record, if no other one records more."""
        if site not in self._at:
            self._at[site] = self._catchments.headroom(self._served, site)
        return self._at[site]

    def beside(self, visits: Iterable[Visit], site: int) -> int:
        """People that a site may record beside a few more stops."""
        if not self._catchments.are_shared:
            return self.at(site)
        return self._catchments.headroom(self._with(visits), site)

    def suffice(self, visits: Iterable[Visit]) -> bool:
        """Whether a few more stops may all be made, if each of them may be."""
        return not self.broken_sets(visits)

    def broken_sets(self, visits: Iterable[Visit]) -> list[tuple[tuple[int, ...], int]]:
        """Sites that share people and would record too many with a few more stops.

        With each set of sites comes how many these stops may record there in all.
        """
        if not self._catchments.are_shared:
            return []
        return [
            (broken.sites, broken.capacity - int(self._served[list(broken.sites)].sum()))
            for broken in self._catchments.broken_sets(self._with(visits))
        ]

    def take(self, visits: Iterable[Visit]) -> None:
        """Count stops among those made."""
        self._served = self._with(visits)
        self._at.clear()

    def _with(self, visits: Iterable[Visit]) -> Int64s:
        served = self._served.copy()
        for site, people in visits:
            served[site] += people
        return served


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
