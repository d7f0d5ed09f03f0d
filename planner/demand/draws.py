"""How many people would come to each place; those who may come to several are groups."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import floor
from operator import itemgetter

import numpy as np

from planner.catchments import PERSON
from planner.demand.decay import share_coming
from planner.demand.zoning import zone_pupils
from planner.district import District, Neighbourhood, Venue, part_name
from planner.geo import Walks

Reach = tuple[tuple[str, float], ...]
"""Ids of places that people would come to and the share that does, the largest share first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People of one RW who would come to the same places, and prefer them in the same order.

    All draws of such people are largest at the same place of any set of places, so that their sums
    say the same as their draws do one by one.

    Attributes
    ----------
    id
        Of the RW and its RT; of pupils with that of their school behind it.
    code, rw
        Of the RW.
    people
        Unrecorded people who can be reached.
    draws
        Thousandths of a person by id of the place, above 0.
    homes
        People by id of the neighbourhood.
    school
        Where all of them learn; empty for the others.
    """

    id: str
    code: str
    rw: str
    people: int
    draws: Mapping[str, int]
    homes: Mapping[str, int]
    school: str = ""


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Who would come where.

    Attributes
    ----------
    venues, walks
        What it was found for, see `find_demand`.
    own
        People who come to this place or to none, by id of the place.
    groups
        People who may come to several places, in the order of the neighbourhoods.
    uncovered
        Unrecorded people with no place within reach, by index of their neighbourhood.
    backlog
        Unrecorded people of the whole district who can be reached, each counted once.
    """

    venues: tuple[Venue, ...]
    walks: Walks
    own: Mapping[str, int]
    groups: tuple[Group, ...]
    uncovered: Mapping[int, int]
    backlog: int

    @cached_property
    def draws(self) -> Mapping[str, Mapping[str, int]]:
        """Thousandths of a person by id of the group, by id of the place."""
        draws: dict[str, dict[str, int]] = {place: {} for place in self.own}
        for group in self.groups:
            for place, thousandths in group.draws.items():
                draws[place][group.id] = thousandths
        return draws


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Unrecorded people of one neighbourhood, all pupils of one school or of none."""

    home: Neighbourhood
    school: str
    people: int
    reach: Reach

    @property
    def alike(self) -> tuple[str, str, str, tuple[str, ...]]:
        """What all parts of a group have in common."""
        return self.home.code, self.home.rw, self.school, tuple(place for place, _ in self.reach)


def find_demand(district: District, venues: Sequence[Venue], walks: Walks) -> Demand:
    """Who would come to each of some venues.

    Parameters
    ----------
    venues
        Those that can be visited.
    walks
        From the neighbourhoods to those of `venues` that people walk to, in their order.
    """
    pupils = zone_pupils(district)
    zoned = sum(pupils.values(), Counter[str]())
    schools = {venue.id: venue for venue in venues if zoned[venue.id]}
    reaches = _reaches(district, venues, walks)
    alike: defaultdict[tuple[object, ...], list[_Part]] = defaultdict(list)
    uncovered: dict[int, int] = {}
    for index, home in enumerate(district.neighbourhoods):
        for part in _parts(home, reaches.get(index, ()), pupils.get(index, {}), schools):
            if part.reach:
                alike[part.alike].append(part)
            else:
                uncovered[index] = part.people
    return Demand(
        venues=tuple(venues),
        walks=walks,
        own={v.id: floor((v.backlog - zoned[v.id]) * v.turnout + 1e-9) for v in venues},
        groups=tuple(map(_join, alike.values())),
        uncovered=uncovered,
        backlog=sum(home.backlog for home in district.neighbourhoods)
        + sum(venue.backlog - zoned[venue.id] for venue in district.venues),
    )


def _reaches(district: District, venues: Sequence[Venue], walks: Walks) -> dict[int, Reach]:
    """Where the people of each neighbourhood walk to, by its index."""
    points = [venue for venue in venues if venue.type.is_walk_in]
    turnout = np.array([point.turnout for point in points], dtype=np.float64)
    share = share_coming(walks.walk_m, turnout[walks.point], district.rates)
    order = np.lexsort((walks.point, -share, walks.home))
    order = order[share[order] > 0]
    columns = (column[order].tolist() for column in (walks.home, walks.point, share))
    rows = zip(*columns, strict=True)
    return {
        home: tuple((points[point].id, part) for _, point, part in walked)
        for home, walked in groupby(rows, key=itemgetter(0))
    }


def _parts(
    home: Neighbourhood, reach: Reach, pupils: Mapping[str, int], schools: Mapping[str, Venue]
) -> Iterator[_Part]:
    """The people of a neighbourhood: pupils of each school that can be visited, and the others."""
    others = home.backlog
    for school in sorted({*pupils} & {*schools}):
        ways = [*reach, *([(school, schools[school].turnout)] if schools[school].turnout else [])]
        ways.sort(key=lambda way: -way[1])
        others -= pupils[school]
        yield _Part(home=home, school=school, people=pupils[school], reach=tuple(ways))
    if others:
        yield _Part(home=home, school="", people=others, reach=reach)


def _join(parts: Sequence[_Part]) -> Group:
    """The group of parts that are alike."""
    home, school = parts[0].home, parts[0].school
    rt = _ranges(sorted(part.home.rt for part in parts if part.home.rt))
    spots = _ranges(sorted(f"{part.home.spot:03}" for part in parts if part.home.spot))
    names = (
        home.code,
        part_name(home.rw),
        rt and f"RT {rt}",
        spots and f"#{spots}",
        school and f"({school})",
    )
    people: defaultdict[str, float] = defaultdict(float)
    homes: Counter[str] = Counter()
    for part in parts:
        homes[part.home.id] += part.people
        for place, share in part.reach:
            people[place] += part.people * share
    draws = {place: round(drawn * PERSON) for place, drawn in people.items()}
    return Group(
        id=" ".join(filter(None, names)),
        code=home.code,
        rw=home.rw,
        people=sum(part.people for part in parts),
        draws={place: thousandths for place, thousandths in draws.items() if thousandths},
        homes=homes,
        school=school,
    )


def _ranges(numbers: Sequence[str]) -> str:
    """Ascending numbers of three digits, those in a row as ``001-004``."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and int(number) == int(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
