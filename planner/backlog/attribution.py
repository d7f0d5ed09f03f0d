"""Whose people were recorded: the one allocation of a plan, applied to what a week has done.

A tally says how many, not who. As long as no count of the register says otherwise, they are shared
out over groups by `planner.catchments`, and over the homes of a group by largest remainder.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial

import numpy as np

from planner.backlog.records import STRUCK, Group, Publication, SiteDemand, Tally
from planner.catchments import Allocation, Catchments
from planner.catchments.allocation import round_by_largest_remainder
from planner.venues import PRINTING, place_of

DONE = "recorded"
"""What happened to people who were recorded; others were struck off for a reason."""

UNPRINTED, PRINTED = "unprinted", "printed"
"""Recorded without getting a card there, and got the card they had been waiting for."""


_Counts = Mapping[str, Callable[[Tally], int]]


def _waits(tally: Tally) -> int:
    """Recorded from 17 on without a card; below 0 where others got theirs."""
    return tally.counts.get("recorded_17", 0) - tally.counts.get(PRINTING.key, 0)


def _told(name: str, tally: Tally) -> int:
    return tally.counts.get(name, 0)


_OUTCOMES: _Counts = {
    DONE: lambda tally: tally.recorded,
    **{name: partial(_told, name) for name in STRUCK},
}
_CARDS: _Counts = {
    UNPRINTED: lambda tally: max(0, _waits(tally)),
    PRINTED: lambda tally: max(0, -_waits(tally)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """People of a unit who were recorded or struck off, or what became of their cards.

    Attributes
    ----------
    day
        The last day of their week with a tally: a week counts as a whole.
    school
        Where those who live in the unit learn; empty for the others.
    outcome
        `DONE`, a key of `planner.backlog.STRUCK`, `UNPRINTED` or `PRINTED`.
    """

    day: date
    unit: str
    people: int
    outcome: str = DONE
    school: str = ""


def attribute(
    publications: Iterable[Publication], tallies: Iterable[Tally]
) -> tuple[Attributed, ...]:
    """The people of every week with tallies who were recorded or struck off, by unit.

    Parameters
    ----------
    publications
        In the order in which they were sent out; of a place the last one in its week says who was
        expected there. At a place that none of them has, people are the place's own.
    tallies
        One for each stop.
    """
    return _attribute(publications, tallies, _OUTCOMES)


def attribute_cards(
    publications: Iterable[Publication], tallies: Iterable[Tally]
) -> tuple[Attributed, ...]:
    """Likewise who was recorded without getting a card, and who got one that was awaited."""
    return _attribute(publications, tallies, _CARDS)


def _attribute(
    publications: Iterable[Publication], tallies: Iterable[Tally], outcomes: _Counts
) -> tuple[Attributed, ...]:
    published: defaultdict[str, list[Publication]] = defaultdict(list)
    for publication in publications:
        published[publication.week].append(publication)
    by_week: defaultdict[str, list[Tally]] = defaultdict(list)
    for tally in sorted(tallies, key=lambda tally: tally.key):
        by_week[tally.week].append(tally)
    return tuple(
        attributed
        for week, done in sorted(by_week.items())
        for attributed in _attribute_week(published[week], done, outcomes)
    )


def _attribute_week(
    publications: Sequence[Publication], tallies: Sequence[Tally], outcomes: _Counts
) -> Iterator[Attributed]:
    sites = {place: site for given in publications for place, site in given.sites.items()}
    groups = {name: group for given in publications for name, group in given.groups.items()}
    day = max(tally.day for tally in tallies)
    for outcome, count in outcomes.items():
        people: defaultdict[str, int] = defaultdict(int)
        for tally in tallies:
            people[tally.place] += count(tally)
        for (unit, school), number in sorted(_shares(people, sites, groups).items()):
            yield Attributed(day=day, unit=unit, school=school, outcome=outcome, people=number)


def _shares(
    people: Mapping[str, int], sites: Mapping[str, SiteDemand], groups: Mapping[str, Group]
) -> dict[tuple[str, str], int]:
    """People by unit and school; all of them."""
    shares: defaultdict[tuple[str, str], int] = defaultdict(int)
    places = [place for place, number in sorted(people.items()) if number]
    draws = {place: _draws(sites.get(place), groups) for place in places}
    shared = [place for place in places if draws[place]]
    for place in places:
        if not draws[place]:
            shares[place_of(place), ""] += people[place]
    own = [sites[place].own for place in shared]
    allocation = _allocate([people[place] for place in shared], own, [draws[p] for p in shared])
    for place, number in zip(shared, allocation.own, strict=True):
        if number:
            shares[place_of(place), ""] += number
    for name, number in allocation.groups.items():
        group = groups[name]
        for unit, part in _by_home(group.homes, number).items():
            if part:
                shares[unit, group.school] += part
    return dict(shares)


def _draws(site: SiteDemand | None, groups: Mapping[str, Group]) -> dict[str, int]:
    """Draws of groups whose homes are known."""
    drawn = site.draws if site else {}
    return {name: draw for name, draw in drawn.items() if draw and name in groups}


def _allocate(
    people: Sequence[int], own: Sequence[int], draws: Sequence[Mapping[str, int]]
) -> Allocation:
    """The most even allocation; where more came than expected, twice as many of everybody might."""
    expected, drawn = list(own), [dict(by_group) for by_group in draws]
    counted = np.array(people, dtype=np.int64)
    while True:
        catchments = Catchments(expected=expected, draws=drawn, recorded=[0] * len(expected))
        broken = catchments.broken_set(counted) if len(counted) else None
        if broken is None:
            return catchments.allocate(counted)
        for site in broken.sites:
            expected[site] *= 2
            drawn[site] = {name: 2 * draw for name, draw in drawn[site].items()}


def _by_home(homes: Mapping[str, int], number: int) -> dict[str, int]:
    total = sum(homes.values())
    return round_by_largest_remainder(
        {unit: Fraction(number * people, total) for unit, people in homes.items()}
    )
