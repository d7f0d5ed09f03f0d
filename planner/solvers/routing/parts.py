"""A part of a plan that is small enough to be routed anew: some van-days and promising sites."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from random import Random

from planner.model import NO_ROAD, Break, Instance
from planner.solvers.amounts import fewest_people
from planner.solvers.schedule import Visit
from planner.units import people_in, service_s

VanDay = tuple[int, date]
"""Index of a van, and a date on which it has a shift."""

Crew = tuple[int, Break | None]
"""Kits and break: all that decides how long a stop takes, whoever makes it."""

MOST_VAN_DAYS = 4
MOST_SITES = 40
SITES_LOOKED_AT = 200
KEPT = (0.5, 0.8, 1.0)
"""Shares of the stops that a new routing starts with, one of them chosen each time."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A possible stop: so many people at a site, recorded by one kind of crew.

    Attributes
    ----------
    share
        Of the pieces with the same site and share at most one is done, so that a site visited
        by several vans never gets more people than expected.
    work_s
        Set-up, serving and pack-up.
    """

    site: int
    share: int
    people: int
    crew: Crew
    work_s: int


@dataclass(frozen=True, slots=True)
class Part:
    """What one model is about.

    Attributes
    ----------
    starts
        Pieces, by index, that each van-day starts with.
    pauses
        Second at which the crews with this break take it.
    """

    van_days: tuple[VanDay, ...]
    pieces: tuple[Piece, ...]
    starts: tuple[tuple[int, ...], ...]
    pauses: Mapping[Break, int]


def draw_part(
    instance: Instance,
    visits: Mapping[VanDay, Sequence[Visit]],
    pauses: Sequence[int],
    rng: Random,
) -> Part:
    """Some van-days of a plan with their sites and others that look promising, drawn anew.

    Parameters
    ----------
    visits
        Of every van-day with a route.
    pauses
        Seconds at which vans take their break now.
    """
    count = rng.randint(1, min(MOST_VAN_DAYS, len(instance.van_days)))
    van_days = tuple(rng.sample(instance.van_days, count))
    left = [site.expected for site in instance.sites]
    for site, people in chain.from_iterable(visits.values()):
        left[site] -= people
    pieces = _Pieces(instance, {crew_of(instance, van_day) for van_day in van_days})
    starts = []
    kept = rng.choice(KEPT)
    shares: defaultdict[int, int] = defaultdict(int)
    for van_day in van_days:
        crew, start = crew_of(instance, van_day), []
        for site, people in visits.get(van_day, ()):
            share = shares[site]
            shares[site] += 1
            rest = left[site] if share == 0 and rng.random() < 0.5 else 0
            left[site] -= rest
            levels = {people, people + rest, people // 2}
            pieces.add(site, share, levels)
            if rng.random() < kept:
                start.append(pieces.index(site, share, people, crew))
        starts.append(tuple(start))
    for site in _promising(instance, left, van_days, visits, rng):
        pieces.add(site, shares[site], {left[site], left[site] // 2})
    return Part(
        van_days=van_days,
        pieces=tuple(pieces.found),
        starts=tuple(starts),
        pauses={
            rest: _pause_s(rest, pauses, rng)
            for rest in {crew_of(instance, van_day)[1] for van_day in van_days}
            if rest is not None
        },
    )


def crew_of(instance: Instance, van_day: VanDay) -> Crew:
    """Kits and break of the van."""
    van = instance.vans[van_day[0]]
    return van.kits, van.rest


class _Pieces:
    """Pieces found so far, each once."""

    def __init__(self, instance: Instance, crews: set[Crew]) -> None:
        self.instance = instance
        self.crews = sorted(crews, key=repr)
        self.found: dict[Piece, int] = {}

    def add(self, site: int, share: int, levels: set[int]) -> None:
        """Pieces of all crews with so many people, or as many as a window has time for."""
        fewest = fewest_people(self.instance.sites[site])
        for crew in self.crews:
            most = self._most(site, crew)
            for people in sorted({min(level, most) for level in levels}):
                if people >= fewest:
                    self._piece(site, share, people, crew)

    def index(self, site: int, share: int, people: int, crew: Crew) -> int:
        """Number of a piece, whether known before or not."""
        return self._piece(site, share, people, crew)

    def _piece(self, site: int, share: int, people: int, crew: Crew) -> int:
        given = self.instance.sites[site]
        serve_s = service_s(people, given.seconds_per_person, crew[0])
        piece = Piece(site, share, people, crew, given.setup_s + serve_s + given.packup_s)
        return self.found.setdefault(piece, len(self.found))

    def _most(self, site: int, crew: Crew) -> int:
        given = self.instance.sites[site]
        longest_s = max(
            (closes - opens for hours in given.windows.values() for opens, closes in hours),
            default=0,
        )
        room_s = longest_s - given.setup_s - given.packup_s
        most = people_in(room_s, given.seconds_per_person, crew[0])
        return given.expected if most is None else most


def _promising(
    instance: Instance,
    left: Sequence[int],
    van_days: Sequence[VanDay],
    visits: Mapping[VanDay, Sequence[Visit]],
    rng: Random,
) -> list[int]:
    """Sites with people left that earn much for the time they take, roughly and by chance."""
    van_index, day = rng.choice(van_days)
    van = instance.vans[van_index]
    stops = visits.get((van_index, day), ())
    near = instance.sites[rng.choice(stops)[0]].place if stops else instance.depot_places[van.start]
    looked_at = rng.sample(range(len(left)), min(len(left), SITES_LOOKED_AT))

    def rate(index: int) -> float:
        site = instance.sites[index]
        serve_s = service_s(left[index], site.seconds_per_person, van.kits)
        drive_s = int(instance.drive_s[near, site.place])
        work_s = site.setup_s + serve_s + site.packup_s
        return rng.random() * site.weight * left[index] / (1 + work_s + drive_s)

    fitting = (
        site
        for site in looked_at
        if left[site] >= fewest_people(instance.sites[site])
        and instance.drive_s[near, instance.sites[site].place] != NO_ROAD
    )
    return sorted(fitting, key=rate, reverse=True)[:MOST_SITES]


def _pause_s(rest: Break, pauses: Sequence[int], rng: Random) -> int:
    """A second for the break: one in use, or one at either end of the time allowed."""
    used = [pause for pause in pauses if rest.earliest_s <= pause <= rest.latest_s]
    return rng.choice([*used, rest.earliest_s, rest.latest_s])
