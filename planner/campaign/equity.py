"""People of kelurahan that are behind, or that no van has visited for long, count more."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.analysis.campaign import CampaignWeek, count_by_kelurahan, weekends_without_stop
from planner.horizon import Horizon
from planner.model import Instance

BEHIND = 1.0
"""Added to the worth of a person of a kelurahan below its floor, and for each weekend too many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equity:
    """What a campaign owes to every kelurahan.

    Attributes
    ----------
    floor
        Share of its people below which they count more; 0 = none.
    visit_weeks
        Weekends without a stop after which they count more with each further one; 0 = never.
    """

    floor: float = 0.0
    visit_weeks: int = 0

    def weigh(self, horizon: Horizon, weeks: Sequence[CampaignWeek]) -> Instance:
        """The instance of a weekend, its people worth what those before it make them.

        A place has the mean worth of those who would come.
        """
        worth = self._worth(weeks)
        if not worth:
            return horizon.instance
        draws: Counter[str] = Counter()
        owed: defaultdict[str, float] = defaultdict(float)
        for group in horizon.demand.groups:
            for place, draw in group.draws.items():
                draws[place] += draw
                owed[place] += draw * worth.get(group.code, 0.0)
        sites = tuple(
            replace(site, weight=site.weight * (1 + owed[site.id] / max(1, draws[site.id])))
            for site in horizon.instance.sites
        )
        return replace(horizon.instance, sites=sites)

    def _worth(self, weeks: Sequence[CampaignWeek]) -> dict[str, float]:
        """What is added to a person of each kelurahan that is owed something."""
        owed: Counter[str] = Counter()
        for code, (recorded, left) in count_by_kelurahan(weeks).items():
            if code and recorded < self.floor * (recorded + left):
                owed[code] += 1
        for code, number in weekends_without_stop(weeks).items():
            if code and self.visit_weeks:
                owed[code] += max(0, number - self.visit_weeks + 1)
        return {code: BEHIND * number for code, number in owed.items() if number}
