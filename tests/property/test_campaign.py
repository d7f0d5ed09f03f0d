"""Campaigns of tiny districts beside all orders of all plans."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import permutations, product
from math import floor
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

Amounts = tuple[int, ...]

Left = tuple[tuple[Fraction, Fraction], ...]
"""People of each school never asked, and those who were asked and stayed away."""


def tiny(seed: int, turnouts: Sequence[float] = (1.0,)) -> District:
    """Three schools of a few slow pupils each, and one van on Saturdays."""
    rng = Random(seed)
    given = district()
    others = Random(f"turnout {seed}")
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
                turnout=others.choice(turnouts),
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


def campaign(
    given: District, goal: Goal, *, looks_ahead: bool = True, repeat_turnout: float = 1.0
) -> Campaign:
    """The campaign of a district, its search ended by rounds."""
    search = CampaignSearch(
        arguments={"limits": Limits(iterations=20), "cores": 1},
        looks_ahead=looks_ahead,
        repeat_turnout=repeat_turnout,
    )
    campaigner = Campaigner(given, WEEK, goal, search)
    for _ in campaigner.weeks():
        pass
    return campaigner.campaign


def least_weekends(
    given: District, allowed: int, most: int, repeat_turnout: float = 1.0
) -> int | None:
    """The least weekends of any order of plans that leave no more than allowed, up to a number."""
    instance = build_horizon(given, WEEK).instance
    people = tuple(site.expected for site in instance.sites)
    fitting = {
        amounts
        for amounts in product(*(range(number + 1) for number in people))
        if any(_fits(instance, amounts, order) for order in permutations(range(len(people))))
    }
    schools = {school.id: school for school in given.venues}
    turnouts = [Fraction(str(schools[site.id].turnout)) for site in instance.sites]
    repeat = Fraction(str(repeat_turnout))
    repeats = [repeat] * len(people)
    first = tuple((Fraction(schools[site.id].backlog), Fraction(0)) for site in instance.sites)
    unvisited = sum(school.backlog for school in given.venues) - sum(n for n, _ in first)
    if unvisited + sum(map(sum, first)) <= allowed:
        return 0
    states: set[Left] = {first}
    for number in range(1, most + 1):
        # The last of so many weekends records most.
        if any(
            unvisited + sum(map(sum, left)) - max(map(sum, chosen)) <= allowed
            for left in states
            if (chosen := _allowed(instance, left, fitting, turnouts, repeat))
        ):
            return number
        if number < most:
            states = {
                tuple(map(_without, left, amounts, may_come(left, repeat), turnouts, repeats))
                for left in states
                for amounts in _allowed(instance, left, fitting, turnouts, repeat)
            }
    return None


def _fits(instance: Instance, amounts: Amounts, order: Amounts) -> bool:
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


def may_come(left: Left, repeat: Fraction) -> list[int]:
    """People of each school who may be asked."""
    return [floor(fresh + repeat * away) for fresh, away in left]


def _allowed(
    instance: Instance,
    left: Left,
    fitting: set[Amounts],
    turnouts: Sequence[Fraction],
    repeat: Fraction,
) -> list[Amounts]:
    """All plans of a weekend, of those fitting its hours, for who is left before it."""
    asked = zip(may_come(left, repeat), turnouts, strict=True)
    expected = [floor(people * turnout) for people, turnout in asked]
    return [
        amounts
        for amounts in fitting
        if all(
            q == 0 or min(site.min_people, n) <= q <= n
            for q, n, site in zip(amounts, expected, instance.sites, strict=True)
        )
    ]


def _without(
    left: tuple[Fraction, Fraction],
    recorded: int,
    people: int,
    turnout: Fraction,
    repeat: Fraction,
) -> tuple[Fraction, Fraction]:
    """People of a school after some of those who may come were recorded."""
    fresh, away = left
    if not recorded:
        return left
    asked = recorded / (turnout * people)
    asked_first, asked_again = asked * (people - repeat * away), asked * repeat * away
    return fresh - asked_first, away + (1 - turnout) * asked_first - turnout * asked_again


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
@pytest.mark.parametrize("repeat_turnout", [0.0, 0.5, 1.0])
def test_bound_and_campaign_never_cross_where_some_stay_away(
    seed: int, repeat_turnout: float
) -> None:
    """Of those asked a half to nine tenths come: any two weekends beside bound and campaign."""
    given = tiny(seed, turnouts=(0.5, 0.75, 0.9))
    # Nobody is too far away to be worth the drive.
    given = replace(given, rates=replace(given.rates, worth_s=36_000))
    goal = Goal(target=0.4 + 0.1 * (seed % 4), max_weekends=5)
    planned = campaign(given, goal, repeat_turnout=repeat_turnout)
    true = least_weekends(given, planned.allowed_left, 2, repeat_turnout)
    if true is not None:
        assert planned.least_weekends is not None
        assert planned.least_weekends <= true
    finished = len(planned.weeks) if planned.is_finished else 5
    assert finished >= (3 if true is None else true)
    for number, week in enumerate(planned.weeks, start=1):
        recorded = sum(before.people for before in planned.weeks[:number])
        assert recorded + week.left == planned.initial


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


def test_a_weekend_that_looks_ahead_is_planned_alone_before_it_is_given_up() -> None:
    """What records enough in an hour alone is driven, whatever a plan for later weekends does."""
    given = tiny(5)
    alone = campaign(given, Goal(max_weekends=1), looks_ahead=False)
    rate = alone.weeks[0].people_per_h
    assert campaign(given, Goal(stop_below=rate, max_weekends=1)).weeks
    assert not campaign(given, Goal(stop_below=rate + 0.1, max_weekends=1)).weeks


@pytest.mark.parametrize(("until", "weekends"), [(date(2026, 12, 4), 1), (date(2026, 12, 5), 2)])
def test_no_weekend_begins_after_the_last_day(until: date, weekends: int) -> None:
    """Its Saturday counts, not the Monday of its week: until Friday there is one, then two."""
    goal = Goal(until=until)
    assert len(campaign(tiny(5), goal, looks_ahead=False).weeks) == weekends
