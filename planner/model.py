"""What is given: the bare problem of one weekend, without geography or tables.

The rules are stated in `planner.check`; the letters of the mathematics are in docs/model.md.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import inf, isfinite

import numpy as np

from planner.arrays import Int32s
from planner.errors import InputError, Problem
from planner.i18n.messages import Message, say
from planner.plan import Plan, Route

NO_ROAD = -1
"""The entry of a matrix where no road leads."""

MAX_COUNT = 1_000_000
"""People of a site, cards and stops of a van, and worth of a person: more is a slip of the pen."""

MAX_KITS = 100
"""In one van."""

Interval = tuple[int, int]
"""Opening and closing, seconds after local midnight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Depot:
    """A place where vans start and end.

    Attributes
    ----------
    id
        Name, unique among depots.
    place
        Row and column in the matrices.
    """

    id: str
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The lunch-and-prayer break of a crew.

    Attributes
    ----------
    earliest_s, latest_s
        The break starts no earlier and no later than this.
    length_s
        Its duration.
    """

    earliest_s: int
    latest_s: int
    length_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place where people can be recorded.

    Attributes
    ----------
    id
        Name in the input table and on the printed sheet; unique among sites.
    place
        Row and column in the matrices.
    expected
        People expected to come if the vans stay long enough, >= 0.
    weight
        What one person recorded here is worth, >= 0; equity, 1 by default.
    seconds_per_person
        Seconds one kit needs for one person, >= 0.
    setup_s, packup_s
        Seconds before the first person and after the last.
    min_people
        A stop records at least so many, or all that are expected.
    classes
        Classes of van that fit.
    windows
        Opening hours by date; a stop lies inside one of them.
    """

    id: str
    place: int
    expected: int
    seconds_per_person: int
    setup_s: int
    packup_s: int
    classes: tuple[str, ...]
    windows: Mapping[date, tuple[Interval, ...]]
    weight: float = 1.0
    min_people: int = 5

    @property
    def least_people(self) -> int:
        """The fewest people a stop here may record."""
        return min(self.min_people, self.expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Van:
    """A van with its crew and kits.

    Attributes
    ----------
    id
        Name, unique among vans.
    van_class
        Compared with a site's classes.
    kits
        People recorded at the same time, >= 1.
    start, end
        Ids of depots.
    shifts
        Opening and closing of the shift by date; no entry = does not drive.
    crew_break
        The break, or None.
    max_people
        Cards on board on one route, or None.
    max_stops
        Most stops of one route, or None.
    """

    id: str
    van_class: str
    kits: int
    start: str
    end: str
    shifts: Mapping[date, Interval]
    crew_break: Break | None = None
    max_people: int | None = None
    max_stops: int | None = None


@dataclass(frozen=True, kw_only=True)
class Instance:
    """All checked input of one solve.

    Attributes
    ----------
    drive_s
        Seconds from place ``i`` to place ``j``, int32 of shape ``(n, n)``, read-only;
        `NO_ROAD` where none leads. Neither symmetric nor metric in general.
    drive_m
        The same in metres, or None.
    worth_s
        Seconds of driving that one person recorded is worth, > 0; None = driving only
        breaks ties.

    Raises
    ------
    InputError
        Where objects contradict each other or themselves; all problems at once.
    """

    drive_s: Int32s
    depots: tuple[Depot, ...]
    sites: tuple[Site, ...]
    vans: tuple[Van, ...]
    worth_s: float | None = None
    drive_m: Int32s | None = None

    def __post_init__(self) -> None:
        for name in ("drive_s", "drive_m"):
            matrix = getattr(self, name)
            if matrix is not None:
                matrix = np.array(matrix, dtype=np.int32)
                matrix.flags.writeable = False
                object.__setattr__(self, name, matrix)
        problems = tuple(_problems(self))
        if problems:
            raise InputError(problems)

    @property
    def num_places(self) -> int:
        """Rows of the matrices."""
        return len(self.drive_s)

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """Dates on which some van has a shift, ascending."""
        return tuple(sorted({day for van in self.vans for day in van.shifts}))

    @cached_property
    def van_days(self) -> tuple[tuple[int, date], ...]:
        """Index of the van and date of every shift, by date, then by van."""
        return tuple(
            (index, day)
            for day in self.dates
            for index, van in enumerate(self.vans)
            if day in van.shifts
        )

    @cached_property
    def depot_places(self) -> Mapping[str, int]:
        """Place of each depot by its id."""
        return {depot.id: depot.place for depot in self.depots}

    @cached_property
    def site_index(self) -> Mapping[str, int]:
        """Index in `sites` of each site id."""
        return {site.id: index for index, site in enumerate(self.sites)}

    @cached_property
    def van_index(self) -> Mapping[str, int]:
        """Index in `vans` of each van id."""
        return {van.id: index for index, van in enumerate(self.vans)}

    def site(self, site_id: str) -> Site:
        """The site with an id; KeyError where there is none."""
        return self.sites[self.site_index[site_id]]

    def van(self, van_id: str) -> Van:
        """The van with an id; KeyError where there is none."""
        return self.vans[self.van_index[van_id]]

    def with_site(self, site: Site) -> "Instance":
        """The instance with a site in place of the one with its id."""
        index = self.site_index[site.id]
        return replace(self, sites=(*self.sites[:index], site, *self.sites[index + 1 :]))

    def with_van(self, van: Van) -> "Instance":
        """The instance with a van in place of the one with its id."""
        index = self.van_index[van.id]
        return replace(self, vans=(*self.vans[:index], van, *self.vans[index + 1 :]))

    def left(self, plan: Plan) -> Counter[str]:
        """People expected at each site, by its id, whom a plan does not record."""
        left = Counter({site.id: site.expected for site in self.sites})
        left.subtract(plan.served())
        return left

    def make_plan(self, routes: Iterable[Route]) -> Plan:
        """A plan of routes in their one order: by date, then by the van's position here."""

        def position(route: Route) -> tuple[date, int]:
            return route.date, self.van_index[route.van_id]

        return Plan(routes=tuple(sorted(routes, key=position)))


def _problems(instance: Instance) -> Iterator[Problem]:
    yield from _matrix_problems(instance)
    worth_s = instance.worth_s
    if worth_s is not None and not (isfinite(worth_s) and worth_s > 0):
        yield _problem(
            "worth_s",
            say("'{worth_s}' is not above 0", worth_s=worth_s),
            say("use seconds above 0, or null"),
        )
    yield from _repeated("depots", (depot.id for depot in instance.depots))
    yield from _repeated("sites", (site.id for site in instance.sites))
    yield from _repeated("vans", (van.id for van in instance.vans))
    for depot in instance.depots:
        yield from _place_problems(f"depot {depot.id}", depot.place, instance.num_places)
    for site in instance.sites:
        yield from _place_problems(f"site {site.id}", site.place, instance.num_places)
        yield from _site_problems(site)
    depot_ids = {depot.id for depot in instance.depots}
    for van in instance.vans:
        yield from _van_problems(van, depot_ids)


def _matrix_problems(instance: Instance) -> Iterator[Problem]:
    for name in ("drive_s", "drive_m"):
        matrix = getattr(instance, name)
        if matrix is None:
            continue
        if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
            yield _problem(
                name,
                say("shape {shape} is not square", shape=matrix.shape),
                say("give a row per place"),
            )
        elif matrix.size and matrix.min() < NO_ROAD:
            i, j = np.argwhere(matrix < NO_ROAD)[0]
            yield _problem(
                f"{name}[{i}][{j}]",
                say("'{value}' is negative", value=matrix[i, j]),
                say("use 0 or more, or null"),
            )
    if instance.drive_m is not None and instance.drive_m.shape != instance.drive_s.shape:
        yield _problem(
            "drive_m", say("has another shape than drive_s"), say("give the same places")
        )


def _place_problems(where: str, place: int, num_places: int) -> Iterator[Problem]:
    if not 0 <= place < num_places:
        yield _problem(
            f"{where} place",
            say("'{place}' is not a row of drive_s", place=place),
            say("use 0 to {last}", last=num_places - 1),
        )


def _site_problems(site: Site) -> Iterator[Problem]:
    where = f"site {site.id}"
    for name in ("expected", "seconds_per_person", "setup_s", "packup_s", "min_people"):
        yield from _negative(f"{where} {name}", getattr(site, name))
    for name in ("expected", "weight"):
        yield from _too_many(f"{where} {name}", getattr(site, name), MAX_COUNT)
    if not (isfinite(site.weight) and site.weight >= 0):
        yield _problem(
            f"{where} weight",
            say("'{value}' is not 0 or more", value=site.weight),
            say("use 0 or more"),
        )
    for day, windows in site.windows.items():
        for window in windows:
            yield from _interval_problems(f"{where} windows {day}", window)


def _van_problems(van: Van, depot_ids: set[str]) -> Iterator[Problem]:
    where = f"van {van.id}"
    if van.kits < 1:
        yield _problem(
            f"{where} kits", say("'{value}' is below 1", value=van.kits), say("use 1 or more")
        )
    for name in ("max_people", "max_stops"):
        yield from _negative(f"{where} {name}", getattr(van, name) or 0)
    for name, most in (("kits", MAX_KITS), ("max_people", MAX_COUNT), ("max_stops", MAX_COUNT)):
        yield from _too_many(f"{where} {name}", getattr(van, name) or 0, most)
    for name in ("start", "end"):
        depot_id = getattr(van, name)
        if depot_id not in depot_ids:
            yield _problem(
                f"{where} {name}",
                say("'{depot_id}' is not a depot", depot_id=depot_id),
                say("use a depot's id"),
            )
    for day, shift in van.shifts.items():
        yield from _interval_problems(f"{where} shifts {day}", shift)
    if van.crew_break is not None:
        yield from _negative(f"{where} break length_s", van.crew_break.length_s)
        yield from _interval_problems(
            f"{where} break", (van.crew_break.earliest_s, van.crew_break.latest_s)
        )


def _negative(where: str, value: int) -> Iterator[Problem]:
    if value < 0:
        yield _problem(where, say("'{value}' is negative", value=value), say("use 0 or more"))


def _too_many(where: str, value: float, most: int) -> Iterator[Problem]:
    if most < value < inf:
        yield _problem(
            where,
            say("'{value}' is above {most}", value=value, most=most),
            say("use {most} or less", most=most),
        )


def _interval_problems(where: str, interval: Interval) -> Iterator[Problem]:
    opening, closing = interval
    if opening < 0:
        yield _problem(
            where,
            say("'{value}' is negative", value=opening),
            say("use seconds after midnight"),
        )
    if closing < opening:
        yield _problem(
            where,
            say(
                "ends at {closing}, before it starts at {opening}", closing=closing, opening=opening
            ),
            say("swap them"),
        )


def _repeated(where: str, ids: Iterable[Hashable]) -> Iterator[Problem]:
    seen: set[Hashable] = set()
    for key in ids:
        if key in seen:
            yield _problem(
                f"{where} id", say("'{key}' stands twice", key=key), say("give each its own id")
            )
        seen.add(key)


def _problem(where: str, what: Message, remedy: Message) -> Problem:
    return Problem(where=where, what=what, remedy=remedy)
