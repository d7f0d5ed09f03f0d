"""People whom the routes of a plan leave, where some may come to more than one site."""

from collections.abc import Iterable

from planner.arrays import Int64s
from planner.model import Instance
from planner.plan import Plan
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
