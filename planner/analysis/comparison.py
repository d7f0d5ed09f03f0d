"""Scenarios beside the plan without changes, in numbers, and what is proven of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from planner.analysis.itinerary import Itinerary
from planner.analysis.origins import people_reached, recorded_by_kelurahan
from planner.analysis.summary import Summary, summarise_plan
from planner.horizon import Horizon
from planner.i18n.messages import msgid
from planner.plan import Result
from planner.scenarios import Change


class Verdict(StrEnum):
    """What is proven about the best plans of two cases."""

    MORE = msgid("more")
    FEWER = msgid("fewer")
    SAME = msgid("same")
    UNDECIDED = msgid("undecided")
    UNSEARCHED = msgid("not searched long enough")
    OTHER_WEIGHTS = msgid("other weights")


@dataclass(frozen=True, kw_only=True)
class Case:
    """The plan of one scenario.

    Attributes
    ----------
    name
        Of the scenario; empty for the plan without changes.
    """

    name: str
    changes: tuple[Change, ...]
    horizon: Horizon
    result: Result

    @cached_property
    def summary(self) -> Summary:
        """What its plan comes to."""
        return summarise_plan(self.horizon, self.result)

    @cached_property
    def near(self) -> int:
        """Unrecorded residents who would come to a stop, each counted once."""
        return people_reached(self.horizon, self.result.plan)

    @cached_property
    def by_kelurahan(self) -> Mapping[str, int]:
        """People recorded who live in each kelurahan, by its code."""
        return recorded_by_kelurahan(self.horizon, self.result.plan)

    @cached_property
    def kelurahan(self) -> int:
        """Kelurahan in which its plan has a stop."""
        itinerary = Itinerary(self.horizon, self.result.plan)
        return len({itinerary.kelurahan(at.venue) for at in itinerary.all_stops()} - {""})


def num_other_stops(base: Case, case: Case) -> int:
    """Stops of a case at places where the plan without changes has none."""
    visited = set(base.result.plan.served())
    return sum(stop.site_id not in visited for _, stop in case.result.plan.stops())


def verdict(
    value: float, bound: float | None, other: float, other_bound: float | None, slack: float = 1e-6
) -> Verdict:
    """Whether the best of another case is proven to exceed the best of this one.

    The best of a case lies between what its plan comes to and its bound, None = not known. Where
    the two ranges meet, a better plan of either could turn the difference round.
    """
    if bound is not None and other > bound + slack:
        return Verdict.MORE
    if other_bound is not None and value > other_bound + slack:
        return Verdict.FEWER
    if bound is None or other_bound is None:
        return Verdict.UNDECIDED
    numbers = (value, bound, other, other_bound)
    return Verdict.SAME if max(numbers) - min(numbers) <= slack else Verdict.UNDECIDED


def people_verdict(base: Case, case: Case) -> Verdict:
    """Whether more people can be recorded than without the changes.

    Where nothing is proven, that no difference was found tells nothing.
    """
    one, other = base.result, case.result
    known = verdict(one.people, one.people_bound, other.people, other.people_bound)
    if known is Verdict.UNDECIDED and one.people == other.people:
        return Verdict.UNSEARCHED
    return known


def worth_verdict(base: Case, case: Case) -> Verdict:
    """Whether the best plan is worth more: weighted people less driving."""
    if not have_same_weights(base, case):
        return Verdict.OTHER_WEIGHTS
    one, other = base.result, case.result
    return verdict(one.objective, one.bound, other.objective, other.bound)


def have_same_weights(base: Case, case: Case) -> bool:
    """Whether people and driving count alike in both, so that worth can be compared."""
    one, other = base.horizon.instance, case.horizon.instance
    weights = {site.id: site.weight for site in one.sites}
    return one.worth_s == other.worth_s and all(
        site.weight == weights.get(site.id, site.weight) for site in other.sites
    )
