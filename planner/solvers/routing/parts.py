"""A part of a plan that is small enough to be routed anew: some van-days and promising sites."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from random import Random

import numpy as np

from planner.model import NO_ROAD, Break, Instance
from planner.solvers.amounts import min_stop_people
from planner.solvers.params import RoutingParams
from planner.solvers.schedule import Visit
from planner.units import people_in

VanDay = tuple[int, date]
"""Index of a van, and a date on which it has a shift."""

Crew = tuple[int, Break | None]
"""Kits and break: all that decides how long a stop takes, whoever makes it."""


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
    params: RoutingParams,
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
    count = rng.randint(1, min(params.max_van_days, len(instance.van_days)))
    van_days = tuple(rng.sample(instance.van_days, count))
    served = np.zeros(len(instance.sites), dtype=np.int64)
    for site, people in chain.from_iterable(visits.values()):
        served[site] += people
    remaining: list[int] = instance.catchments.headrooms(served).tolist()
    pieces = _Pieces(instance, {crew_of(instance, van_day) for van_day in van_days})
    shares: defaultdict[int, int] = defaultdict(int)
    starts: list[list[int]] = [[] for _ in van_days]
    kept = rng.choice(params.kept_shares)
    for start, van_day in zip(starts, van_days, strict=True):
        for site, people in visits.get(van_day, ()):
            share = shares[site]
            shares[site] += 1
            # Those left may all be recorded by the first van, or else by one that is not there yet.
            more = remaining[site] if share == 0 and rng.random() < 0.5 else 0
            remaining[site] -= more
            pieces.add(site, share, {people, people + more, people // 2})
            if rng.random() < kept:
                start.append(pieces.number(site, share, people, crew_of(instance, van_day)))
    for site in _promising(instance, remaining, van_days, visits, params, rng):
        pieces.add(site, shares[site], {remaining[site], remaining[site] // 2})
    return Part(
        van_days=van_days,
        pieces=tuple(pieces.found),
        starts=tuple(map(tuple, starts)),
        pauses=_pauses(instance, van_days, pauses, rng),
    )


def crew_of(instance: Instance, van_day: VanDay) -> Crew:
    """Kits and break of the van."""
    van = instance.vans[van_day[0]]
    return van.kits, van.crew_break


class _Pieces:
    """Pieces found so far, each once."""

    def __init__(self, instance: Instance, crews: set[Crew]) -> None:
        self.instance = instance
        self.crews = sorted(crews, key=repr)
        self.found: dict[Piece, int] = {}

    def add(self, site: int, share: int, levels: set[int]) -> None:
        """Pieces of all crews with so many people, or as many as a window has time for."""
        fewest = min_stop_people(self.instance.sites[site])
        for crew in self.crews:
            most = self._most(site, crew)
            for people in sorted({min(level, most) for level in levels}):
                if people >= fewest:
                    self.number(site, share, people, crew)

    def number(self, site: int, share: int, people: int, crew: Crew) -> int:
        """Number of a piece, whether found before or not."""
        given = self.instance.sites[site]
        serve_s = given.service_s(people, crew[0])
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
        return given.max_people if most is None else most


def _promising(
    instance: Instance,
    remaining: Sequence[int],
    van_days: Sequence[VanDay],
    visits: Mapping[VanDay, Sequence[Visit]],
    params: RoutingParams,
    rng: Random,
) -> list[int]:
    """Sites with people left that earn much for the time they take, roughly and by chance."""
    van_index, day = rng.choice(van_days)
    van = instance.vans[van_index]
    stops = visits.get((van_index, day), ())
    near = instance.sites[rng.choice(stops)[0]].place if stops else instance.depot_places[van.start]
    looked_at = rng.sample(range(len(remaining)), min(len(remaining), params.sampled_sites))

    def rate(index: int) -> float:
        site = instance.sites[index]
        serve_s = site.service_s(remaining[index], van.kits)
        drive_s = int(instance.drive_s[near, site.place])
        work_s = site.setup_s + serve_s + site.packup_s
        return rng.random() * site.weight * remaining[index] / (1 + work_s + drive_s)

    fitting = (
        site
        for site in looked_at
        if remaining[site] >= min_stop_people(instance.sites[site])
        and instance.drive_s[near, instance.sites[site].place] != NO_ROAD
    )
    return sorted(fitting, key=rate, reverse=True)[: params.max_sites]


def _pauses(
    instance: Instance, van_days: Sequence[VanDay], used: Sequence[int], rng: Random
) -> dict[Break, int]:
    """A second for each break: one at which some van rests now, or either end of its time."""
    chosen: dict[Break, int] = {}
    for van_day in van_days:
        _, crew_break = crew_of(instance, van_day)
        if crew_break is not None and crew_break not in chosen:
            ends = crew_break.earliest_s, crew_break.latest_s
            fitting = [start_s for start_s in used if ends[0] <= start_s <= ends[1]]
            chosen[crew_break] = rng.choice([*fitting, *ends])
    return chosen
