"""Whose people were recorded, as long as nobody but the crews knows."""

from datetime import date

from planner.backlog import (
    Attributed,
    Group,
    Publication,
    SiteDemand,
    Tally,
    attribute,
)

SATURDAY, SUNDAY = date(2026, 11, 28), date(2026, 11, 29)


def tally(place: str, day: date = SATURDAY, **counts: int) -> Tally:
    return Tally(day=day, van="A", place=place, counts=counts)


def published(version: int = 1, /, **sites: SiteDemand) -> Publication:
    groups = {
        "g": Group(homes={"RT 1": 30, "RT 2": 10}),
        "h": Group(homes={"RT 3": 20}, school="S1"),
    }
    return Publication(week="2026-W48", version=version, stops=(), sites=sites, groups=groups)


def shares(*tallies: Tally, **sites: SiteDemand) -> dict[str, int]:
    done = attribute([published(1, **sites)], tallies)
    return {each.unit: each.people for each in done}


def test_people_of_a_group_come_from_its_homes_by_their_numbers() -> None:
    """Of 30 and 10 people 8 were recorded: 6 and 2."""
    sites = {"P": SiteDemand(own=0, draws={"g": 20_000})}
    assert shares(tally("P", recorded_17=8), **sites) == {"RT 1": 6, "RT 2": 2}


def test_both_ages_count_and_other_districts_do_not() -> None:
    """A pupil of 16 and one of 17; five who live elsewhere."""
    sites = {"P": SiteDemand(own=0, draws={"h": 20_000})}
    given = tally("P", recorded_16=1, recorded_17=1, recorded_others=5)
    assert shares(given, **sites) == {"RT 3": 2}


def test_groups_are_drawn_on_evenly() -> None:
    """A place that draws 20 and 10 takes 2 and 1, as the allocation of a plan does."""
    sites = {"P": SiteDemand(own=0, draws={"g": 20_000, "h": 10_000})}
    assert shares(tally("P", recorded_17=6), **sites) == {"RT 1": 3, "RT 2": 1, "RT 3": 2}


def test_more_than_would_have_come_are_all_attributed() -> None:
    """Ten were expected, and 33 came."""
    sites = {"P": SiteDemand(own=2, draws={"h": 8_000})}
    assert sum(shares(tally("P", recorded_17=33), **sites).values()) == 33


def test_people_of_a_place_itself_are_its_own_unit() -> None:
    """Staff of an office, and whoever came to a place that nobody had planned."""
    sites = {"K1": SiteDemand(own=9)}
    given = shares(tally("K1", recorded_17=4), tally("Pasar", recorded_17=3), **sites)
    assert given == {"K1": 4, "Pasar": 3}


def test_those_struck_off_have_a_reason() -> None:
    """Two had moved."""
    (done,) = attribute([published(P=SiteDemand(own=0, draws={"h": 9_000}))], [tally("P", moved=2)])
    assert done == Attributed(day=SATURDAY, unit="RT 3", people=2, outcome="moved", school="S1")


def test_a_week_counts_as_a_whole_by_its_last_day() -> None:
    """The same place on both days."""
    site = SiteDemand(own=0, draws={"h": 9_000})
    done = attribute(
        [published(P=site)], [tally("P", recorded_17=2), tally("P", SUNDAY, recorded_17=3)]
    )
    assert [(each.day, each.people) for each in done] == [(SUNDAY, 5)]


def test_the_last_version_of_a_week_says_who_was_expected() -> None:
    """A place that only the first one had is known from there."""
    first = published(P=SiteDemand(own=0, draws={"g": 9_000}), Q=SiteDemand(own=5))
    last = published(2, P=SiteDemand(own=0, draws={"h": 9_000}))
    done = attribute([first, last], [tally("P", recorded_17=2), tally("Q", recorded_17=1)])
    assert {each.unit: each.people for each in done} == {"RT 3": 2, "Q": 1}
