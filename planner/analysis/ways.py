"""What goes on beside the vans of a campaign: other ways, their costs, and printing."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf

from planner.analysis.campaign import Campaign, CampaignWeek
from planner.district import District, Way
from planner.units import HOUR_S


@dataclass(frozen=True, slots=True, kw_only=True)
class WayWorth:
    """A way beside the vans of a campaign.

    Attributes
    ----------
    from_week
        From then on vans cost more for every person; None = in no weekend to its end.
    people
        Whom vans record from then on.
    weeks
        That it takes for them; None = it has no capacity.
    saving
        Rupiah that it would cost less for them; None = they are no people for vans.
    """

    way: Way
    from_week: str | None = None
    people: int = 0
    weeks: int | None = None
    saving: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPercent:
    """The people recorded last, a hundredth of those whom vans reach.

    Attributes
    ----------
    from_week
        The weekend in which the first of them is recorded.
    weekends
        In which some of them are.
    """

    people: int
    from_week: str
    weekends: int
    van_h: float
    cost: float


def van_cost(district: District, week: CampaignWeek) -> float:
    """Rupiah for the hours in which vans are out in a weekend."""
    hourly = {
        vehicle.id: district.van_hour_cost if vehicle.cost_per_h is None else vehicle.cost_per_h
        for vehicle in district.vehicles
    }
    return sum(
        (route.return_s - route.leave_s) / HOUR_S * hourly[route.van_id]
        for route in week.plan.routes
    )


def value_ways(district: District, campaign: Campaign) -> tuple[WayWorth, ...]:
    """Each way of the office beside the weekends to come of a campaign."""
    weeks = campaign.weeks
    costs = [van_cost(district, week) for week in weeks]
    gone = campaign.official - campaign.initial
    return tuple(
        _value(way, weeks, costs) if way.records else _value_cleaning(way, weeks, gone)
        for way in district.ways
    )


def _value_cleaning(way: Way, weeks: Sequence[CampaignWeek], people: int) -> WayWorth:
    """Of people who cannot be recorded at all, whom no van helps from the first weekend on."""
    if not (weeks and people):
        return WayWorth(way=way)
    return WayWorth(way=way, from_week=weeks[0].week, people=people, weeks=_weeks_for(way, people))


def _weeks_for(way: Way, people: int) -> int | None:
    return ceil(people / way.capacity) if way.capacity else None


def _value(way: Way, weeks: Sequence[CampaignWeek], costs: Sequence[float]) -> WayWorth:
    first = len(weeks)
    while first and _for_one(weeks[first - 1], costs[first - 1]) > way.cost:
        first -= 1
    if first == len(weeks):
        return WayWorth(way=way)
    people = sum(week.people for week in weeks[first:])
    return WayWorth(
        way=way,
        from_week=weeks[first].week,
        people=people,
        weeks=_weeks_for(way, people),
        saving=sum(costs[first:]) - people * way.cost,
    )


def _for_one(week: CampaignWeek, cost: float) -> float:
    """Rupiah for a person; a weekend in which no van drives costs nothing, and is passed over."""
    return cost / week.people if week.people else inf


def cost_of_last_percent(
    district: District, weeks: Sequence[CampaignWeek], reachable: int
) -> LastPercent | None:
    """What it takes to record a hundredth of those reachable, at the end; None = they are fewer."""
    wanted = ceil(reachable / 100)
    left, hours, cost = wanted, 0.0, 0.0
    for number, week in enumerate(reversed(weeks), start=1):
        share = min(1.0, left / week.people) if week.people else 1.0
        hours += share * week.van_s / HOUR_S
        cost += share * van_cost(district, week)
        left -= min(left, week.people)
        if not left and wanted:
            return LastPercent(
                people=wanted, from_week=week.week, weekends=number, van_h=hours, cost=cost
            )
    return None


def weeks_of_printing(weeks: Sequence[CampaignWeek], cards_a_week: int) -> int:
    """Weeks after the last weekend until a card is printed for everybody recorded."""
    waiting = 0
    for week in weeks:
        waiting = max(0, waiting - cards_a_week) + week.people
    return ceil(waiting / cards_a_week)
