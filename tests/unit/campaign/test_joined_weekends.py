"""Weekends that are left as one instance."""

from dataclasses import replace
from datetime import date, timedelta

from planner.campaign.joined_weekends import by_week, fullest_first, join_weekends
from planner.model import Instance
from planner.plan import Plan, Route, Stop
from tests.builders.instances import instance, site

ONE = instance(site(1), site(2))
WEEK = timedelta(weeks=1)


def later(given: Instance) -> Instance:
    """The same a week later."""
    sites = tuple(
        replace(one, windows={day + WEEK: spans for day, spans in one.windows.items()})
        for one in given.sites
    )
    vans = tuple(
        replace(van, shifts={day + WEEK: hours for day, hours in van.shifts.items()})
        for van in given.vans
    )
    return replace(given, sites=sites, vans=vans)


def test_two_weekends_have_the_dates_of_both() -> None:
    """Everybody of the first one is there once, on either date."""
    both = join_weekends([ONE, later(ONE)])
    assert both is not None
    assert both.dates == (*ONE.dates, *(day + WEEK for day in ONE.dates))
    assert [one.max_people for one in both.sites] == [one.max_people for one in ONE.sites]


def test_weekends_with_other_people_are_not_joined() -> None:
    """Somebody more at one site, longer roads, or one place more."""
    first, *others = ONE.sites
    assert join_weekends([ONE, later(instance(*ONE.sites, drive_s=9))]) is None
    more = replace(instance(*ONE.sites, site(3)), sites=ONE.sites)
    assert join_weekends([ONE, later(more)]) is None
    other = replace(ONE, sites=(replace(first, expected=first.expected + 1), *others))
    assert join_weekends([ONE, later(other)]) is None


def route(day: date, people: int) -> Route:
    """One stop, its times of no matter."""
    times = dict.fromkeys(("arrive_s", "setup_s", "serve_s", "packup_s", "depart_s"), 0)
    stop = Stop(site_id=ONE.sites[0].id, people=people, **times)
    return Route(van_id=ONE.vans[0].id, date=day, leave_s=0, return_s=0, stops=(stop,))


def test_the_fullest_route_is_driven_first() -> None:
    """3 people on the first weekend and 7 on the second change places."""
    both = join_weekends([ONE, later(ONE)])
    assert both is not None
    days = ONE.dates[0], ONE.dates[0] + WEEK
    plan = Plan(routes=tuple(route(day, people) for day, people in zip(days, (3, 7), strict=True)))
    weeks = by_week(fullest_first(both, plan))
    assert [sum(plan.served().values()) for plan in weeks.values()] == [7, 3]
