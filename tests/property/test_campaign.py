"""Campaigns of tiny districts beside all orders of all plans."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import permutations, product
from random import Random

import pytest

from planner.analysis.campaign import Campaign, Goal
from planner.campaign.plan_campaign import Campaigner, CampaignSearch
from planner.demand import zone_pupils
from planner.district import District
from planner.horizon import build_horizon
from planner.model import Instance
from planner.solvers import Limits
from planner.venues import SCHOOL
from tests.builders.districts import MORNING, WEEK, closure, district, venue

Left = tuple[int, ...]


def tiny(seed: int) -> District:
    """Three schools of a few slow pupils each, and one van on Saturdays."""
    rng = Random(seed)
    given = district()
    return replace(
        given,
        office=replace(given.office, service_days=(5,)),
        rates=replace(given.rates, setup_s=900, packup_s=600, min_people=rng.choice([1, 2])),
        neighbourhoods=(),
        calendar=(),
        venues=tuple(
            venue(
                f"S{number}",
                SCHOOL,
                -7.0 + rng.uniform(-0.08, 0.02),
                turnout=1.0,
                backlog=rng.randint(1, 6),
                seconds_per_person=rng.choice([1500, 2400, 3600]),
            )
            for number in range(3)
        ),
        vehicles=tuple(
            replace(vehicle, shifts={5: (MORNING[0] - 3600, MORNING[1])})
            for vehicle in given.vehicles[:1]
        ),
    )


def campaign(given: District, goal: Goal, *, looks_ahead: bool = True) -> Campaign:
    """The campaign of a district, its search ended by rounds."""
    search = CampaignSearch(
        arguments={"limits": Limits(iterations=20), "cores": 1}, looks_ahead=looks_ahead
    )
    campaigner = Campaigner(given, WEEK, goal, search)
    for _ in campaigner.weeks():
        pass
    return campaigner.campaign


def least_weekends(given: District, allowed: int, most: int) -> int | None:
    """The least weekends of any order of plans that leave no more than allowed, up to a number."""
    instance = build_horizon(given, WEEK).instance
    people = tuple(site.expected for site in instance.sites)
    fitting = {
        amounts
        for amounts in product(*(range(number + 1) for number in people))
        if any(_fits(instance, amounts, order) for order in permutations(range(len(people))))
    }
    states = {people}
    for number in range(most + 1):
        if any(sum(left) <= allowed for left in states):
            return number
        states = {after for left in states for after in _after(instance, left, fitting)}
    return None


def _fits(instance: Instance, amounts: Left, order: Left) -> bool:
    """Whether the only van can record so many on its only day, stops in an order."""
    van = instance.vans[0]
    ((day, shift),) = van.shifts.items()
    here, now_s = instance.depot_places[van.start], shift[0]
    for site in (instance.sites[index] for index in order if amounts[index]):
        ((opens_s, closes_s),) = site.windows[day]
        now_s = max(opens_s, now_s + int(instance.drive_s[here, site.place])) + site.setup_s
        people = amounts[instance.site_index[site.id]]
        now_s += site.service_s(people, van.kits) + site.packup_s
        if now_s > closes_s:
            return False
        here = site.place
    return now_s + int(instance.drive_s[here, instance.depot_places[van.end]]) <= shift[1]


def _after(instance: Instance, left: Left, fitting: set[Left]) -> Iterator[Left]:
    for amounts in fitting:
        stops = zip(amounts, left, instance.sites, strict=True)
        if all(q == 0 or min(site.min_people, n) <= q <= n for q, n, site in stops):
            yield tuple(n - q for n, q in zip(left, amounts, strict=True))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("target", [0.8, 1.0])
def test_bound_least_weekends_and_campaign_never_cross(seed: int, target: float) -> None:
    """Three sites: bound <= least number of weekends of any order of plans <= campaign."""
    given = tiny(seed)
    planned = campaign(given, Goal(target=target, max_weekends=8))
    true = least_weekends(given, planned.allowed_left, 8)
    assert planned.least_weekends is not None
    if true is not None:
        assert planned.least_weekends <= true
        assert not planned.is_finished or len(planned.weeks) >= true
    else:
        assert not planned.is_finished


@pytest.mark.parametrize("seed", range(12))
def test_people_are_conserved(seed: int) -> None:
    """Those on the first day are recorded or left after every weekend, none of them twice."""
    given = tiny(seed)
    assert not zone_pupils(given)
    planned = campaign(given, Goal(max_weekends=6), looks_ahead=False)
    recorded = 0
    for week in planned.weeks:
        recorded += week.people
        assert recorded + week.left == planned.initial
    assert planned.initial == sum(school.backlog for school in given.venues)


def test_the_same_seed_plans_the_same_campaign_on_one_core_and_two() -> None:
    """Rounds end every search, so that the clock plays no part."""
    given = tiny(3)
    weeks = []
    for cores in (1, 2):
        search = CampaignSearch(arguments={"limits": Limits(iterations=20), "cores": cores})
        campaigner = Campaigner(given, WEEK, Goal(), search)
        weeks.append(tuple(campaigner.weeks()))
    assert weeks[0] == weeks[1]


def test_a_campaign_goes_on_from_the_weekends_planned_before() -> None:
    """Two weekends are planned, then the rest; nobody is recorded twice."""
    given = tiny(5)
    search = CampaignSearch(arguments={"limits": Limits(iterations=20), "cores": 1})
    first = Campaigner(given, WEEK, Goal(max_weekends=1), search)
    done = tuple(first.weeks())
    second = Campaigner(given, WEEK, Goal(), search, done)
    for _ in second.weeks():
        pass
    whole = second.campaign
    assert whole.weeks[: len(done)] == done
    assert whole.recorded + whole.left == whole.initial


def test_a_holiday_passes() -> None:
    """Where vans stay at home on the second Saturday, nobody is recorded then."""
    given = tiny(5)

    closed = replace(given, calendar=(closure("vans", "libur", date(2026, 12, 5)),))
    planned = campaign(closed, Goal(max_weekends=3))
    assert planned.weeks[1].people == 0
