"""What is given: the bare problem of one weekend, without geography or tables.

The rules of a plan are stated in `planner.check`; the letters of the mathematics are in
docs/model.md. An object that breaks a rule of its own cannot be made: it raises an `InputError`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import isfinite

import numpy as np

from planner.arrays import Int32s, Int64s
from planner.catchments import PERSON, Catchments
from planner.errors import Mistake, Problem
from planner.i18n.messages import say
from planner.plan import Plan, Route
from planner.units import service_s
from planner.value_rules import (
    check_at_most,
    check_interval,
    check_not_negative,
    check_unique,
    check_weight,
    refuse,
)

NO_ROAD = -1
"""The entry of a matrix where no road leads."""

ID_MARK = "\N{INFORMATION SEPARATOR ONE}"
"""Stands in ids that are made of those of a table; no id of a table holds it."""

MAX_COUNT = 1_000_000
"""People of a site, cards and stops of a van, and worth of a person: more is a slip of the pen."""

MAX_S = 2**31 - 1
"""Of any duration or time of day: what an int32 of a matrix holds. Sums of them need an int64."""

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

    def __post_init__(self) -> None:
        refuse(
            (
                *check_not_negative("break", length_s=self.length_s),
                *check_at_most("break", MAX_S, length_s=self.length_s),
                *check_interval("break", (self.earliest_s, self.latest_s), MAX_S),
            )
        )


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
        People expected to come if the vans stay long enough, to this site or to none, >= 0.
    draws
        Of groups who may come to other sites too, by their names, the most of each that would
        come here: thousandths of a person, > 0.
    recorded
        People recorded here already by stops that are not decided any more, >= 0.
    weight
        What one person recorded here is worth, >= 0; equity, 1 by default.
    seconds_per_person
        Seconds one kit needs for one person, >= 0.
    setup_s, packup_s
        Seconds before the first person and after the last.
    min_people
        A stop records at least so many, or all who would come.
    min_service_s
        Seconds that serving takes at least, however few the people, >= 0.
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
    min_service_s: int = 0
    draws: Mapping[str, int] = field(default_factory=dict)
    recorded: int = 0

    def __post_init__(self) -> None:
        refuse(_site_problems(self))

    @property
    def max_people(self) -> int:
        """The most people that stops here may record, whole."""
        most = self.expected + sum(self.draws.values()) // PERSON
        return max(0, most - self.recorded)

    @property
    def least_people(self) -> int:
        """The fewest people a stop here may record."""
        return min(self.min_people, self.max_people)

    def expecting(self, people: int) -> "Site":
        """The site to which so many would come in all.

        More or fewer of those who come nowhere else; where these are too few, also a smaller
        share of each group.
        """
        share = Fraction(people * PERSON, max(people * PERSON, sum(self.draws.values()), 1))
        draws = {group: int(draw * share) for group, draw in self.draws.items()}
        return replace(
            self,
            draws={group: draw for group, draw in draws.items() if draw},
            expected=people + self.recorded - sum(draws.values()) // PERSON,
        )

    def service_s(self, people: int, kits: int) -> int:
        """Seconds that serving so many people takes at least."""
        return max(self.min_service_s, service_s(people, self.seconds_per_person, kits))


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

    def __post_init__(self) -> None:
        refuse(_van_problems(self))


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
        Where objects contradict each other; all problems at once.
    """

    drive_s: Int32s
    depots: tuple[Depot, ...]
    sites: tuple[Site, ...]
    vans: tuple[Van, ...]
    worth_s: float | None = None
    drive_m: Int32s | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "drive_s", _read_only(self.drive_s))
        if self.drive_m is not None:
            object.__setattr__(self, "drive_m", _read_only(self.drive_m))
        refuse(_instance_problems(self))

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
    def min_stay_s(self) -> int:
        """The least service time of the site that asks for most; no shorter hours are published."""
        return max((site.min_service_s for site in self.sites), default=0)

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

    @cached_property
    def catchments(self) -> Catchments:
        """How many people the sites can record together."""
        return Catchments(
            expected=[site.expected for site in self.sites],
            draws=[site.draws for site in self.sites],
            recorded=[site.recorded for site in self.sites],
        )

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

    def people_at(self, plan: Plan) -> Int64s:
        """People recorded at each site by a plan, by index of the site."""
        served = plan.served()
        return np.array([served[site.id] for site in self.sites], dtype=np.int64)

    def left(self, plan: Plan) -> Counter[str]:
        """People that each site may still record beside a plan, by its id.

        Of two sites that share people not both may record them.
        """
        headrooms = self.catchments.headrooms(self.people_at(plan)).tolist()
        return Counter(dict(zip((site.id for site in self.sites), headrooms, strict=True)))

    def make_plan(self, routes: Iterable[Route]) -> Plan:
        """A plan of routes in their one order: by date, then by the van's position here."""

        def position(route: Route) -> tuple[date, int]:
            return route.date, self.van_index[route.van_id]

        return Plan(routes=tuple(sorted(routes, key=position)))


def table_id(made_id: str) -> str:
    """The id of a table that an id was made of."""
    return made_id.partition(ID_MARK)[0]


def _read_only(matrix: Int32s) -> Int32s:
    matrix = np.array(matrix, dtype=np.int32)
    matrix.flags.writeable = False
    return matrix


def _site_problems(site: Site) -> Iterator[Problem]:
    where = f"site {site.id}"
    yield from check_not_negative(
        where,
        expected=site.expected,
        seconds_per_person=site.seconds_per_person,
        setup_s=site.setup_s,
        packup_s=site.packup_s,
        min_people=site.min_people,
        min_service_s=site.min_service_s,
        recorded=site.recorded,
    )
    yield from check_at_most(where, MAX_COUNT, expected=site.expected, weight=site.weight)
    durations = {
        "setup_s": site.setup_s,
        "packup_s": site.packup_s,
        "min_service_s": site.min_service_s,
    }
    yield from check_at_most(where, MAX_S, seconds_per_person=site.seconds_per_person, **durations)
    yield from check_weight(f"{where} weight", site.weight)
    yield from _draw_problems(site)
    for day, windows in site.windows.items():
        for window in windows:
            yield from check_interval(f"{where} windows {day}", window, MAX_S)


def _draw_problems(site: Site) -> Iterator[Problem]:
    for group, draw in site.draws.items():
        where = f"site {site.id} draws {group}"
        if draw <= 0:
            remedy = say("use more, or leave the group out")
            yield Mistake.of(draw / PERSON, say("is not above 0"), remedy).at(where)
    drawn = sum(site.draws.values()) // PERSON
    yield from check_at_most(f"site {site.id}", MAX_COUNT, draws=drawn)


def _van_problems(van: Van) -> Iterator[Problem]:
    where = f"van {van.id}"
    if van.kits < 1:
        fault = say("is below {minimum:g}", minimum=1)
        yield Mistake.of(van.kits, fault, say("use 1 or more")).at(f"{where} kits")
    limits = {"max_people": van.max_people or 0, "max_stops": van.max_stops or 0}
    yield from check_not_negative(where, **limits)
    yield from check_at_most(where, MAX_KITS, kits=van.kits)
    yield from check_at_most(where, MAX_COUNT, **limits)
    for day, shift in van.shifts.items():
        yield from check_interval(f"{where} shifts {day}", shift, MAX_S)


def _instance_problems(instance: Instance) -> Iterator[Problem]:
    """Problems of the matrices and of objects with each other; each alone is sound by now."""
    yield from _matrix_problems("drive_s", instance.drive_s)
    if (drive_m := instance.drive_m) is not None:
        yield from _matrix_problems("drive_m", drive_m)
        if drive_m.shape != instance.drive_s.shape:
            yield Problem(
                where="drive_m",
                what=say("has another shape than drive_s"),
                remedy=say("give the same places"),
            )
    worth_s = instance.worth_s
    if worth_s is not None and not (isfinite(worth_s) and worth_s > 0):
        remedy = say("use seconds above 0, or null")
        yield Mistake.of(worth_s, say("is not above 0"), remedy).at("worth_s")
    yield from check_unique("depots", (depot.id for depot in instance.depots))
    yield from check_unique("sites", (site.id for site in instance.sites))
    yield from check_unique("vans", (van.id for van in instance.vans))
    yield from _reference_problems(instance)


def _matrix_problems(name: str, matrix: Int32s) -> Iterator[Problem]:
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        yield Problem(
            where=name,
            what=say("shape {shape} is not square", shape=matrix.shape),
            remedy=say("give a row per place"),
        )
    elif matrix.size and matrix.min() < NO_ROAD:
        i, j = np.argwhere(matrix < NO_ROAD)[0]
        mistake = Mistake.of(matrix[i, j], say("is negative"), say("use 0 or more, or null"))
        yield mistake.at(f"{name}[{i}][{j}]")


def _reference_problems(instance: Instance) -> Iterator[Problem]:
    places = (
        *((f"depot {depot.id}", depot.place) for depot in instance.depots),
        *((f"site {site.id}", site.place) for site in instance.sites),
    )
    for where, place in places:
        if not 0 <= place < instance.num_places:
            remedy = say("use 0 to {last}", last=instance.num_places - 1)
            yield Mistake.of(place, say("is not a row of drive_s"), remedy).at(f"{where} place")
    for van in instance.vans:
        for end, depot_id in (("start", van.start), ("end", van.end)):
            if depot_id not in instance.depot_places:
                mistake = Mistake.of(depot_id, say("is not a depot"), say("use the id of a depot"))
                yield mistake.at(f"van {van.id} {end}")
