"""Who is left from weekend to weekend, by unit, and who was asked before and did not come."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from planner.backlog import Inflow
from planner.campaign.turnout_pool import Pool
from planner.catchments import PERSON
from planner.catchments.allocation import round_by_largest_remainder
from planner.demand import zone_pupils
from planner.district import District, Neighbourhood, Outcome, Venue
from planner.horizon import Horizon
from planner.horizon.as_of_dates import as_of_morning
from planner.plan import Plan

Unit = tuple[str, str]
"""Id of a neighbourhood, or of a venue for people who stand in none; and the school where they
learn, empty for the others."""

DAY = timedelta(days=1)

RESIDENTS, PUPILS = "residents", "pupils"
"""Pools of people who share a rounding: those of neighbourhoods, and those of them who learn at a
school. People of a venue are a pool of their own, by its id."""

SUMS = 1e-6
"""What sums of shares of people can be off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recorded:
    """People of one unit who would come to the same places.

    Attributes
    ----------
    turnout
        Share of them who come where they are asked.
    recorded
        Those of them who are recorded, not rounded.
    """

    unit: Unit
    turnout: float
    recorded: float


class Register:
    """The people of a district, as weekends pass; nobody is lost, and nobody counts twice.

    Who is recorded at a place is not known, so units have shares of people. Only whom a plan may
    ask are whole people, rounded so that no pool has more of them than may come.

    Parameters
    ----------
    district
        As on the first day.
    first
        From then on people are recorded and come to be unrecorded.
    repeat_turnout
        Of those who were asked before and did not come, the share that counts as if never asked.
    schools
        Those that may be open; pupils of others who live in the district are residents like all.

    Attributes
    ----------
    initial
        People to be recorded on the first day.
    recorded
        Since then.
    """

    def __init__(
        self,
        district: District,
        first: date,
        inflow: Inflow,
        repeat_turnout: float,
        schools: Collection[str],
    ) -> None:
        known = as_of_morning(district, first)
        # Stops for other services than recording finish nobody.
        self._district = replace(known, outcomes=(), counted_on=None, as_of=None, services=())
        self._before, self._inflow, self._repeat = first - DAY, inflow, repeat_turnout
        self._people = _units(self._district, schools)
        self._in_homes = {home.id for home in self._district.neighbourhoods}
        self._schools: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self._people:
            if unit[1]:
                self._schools[unit[0]].append(unit)
        self.initial = sum(self._people.values())
        self.recorded = 0
        self._may_come: Mapping[Unit, int] = {}
        # Taken from those never asked: recorded, or gone to those who stayed away.
        self._taken: defaultdict[Unit, float] = defaultdict(float)
        self._stayed_away: defaultdict[Unit, float] = defaultdict(float)

    def inflow(self, day: date) -> int:
        """People who have come to be unrecorded from the first day until before another."""
        return sum(self._since(unit, day) for unit in self._people)

    def left(self, day: date) -> int:
        """People to be recorded on the morning of a day."""
        return self.initial + self.inflow(day) - self.recorded

    def left_by_kelurahan(self, day: date) -> dict[str, int]:
        """Those left on the morning of a day by code of their kelurahan; under ``""`` all others.

        Those are the people whom a place alone counts, such as staff.
        """
        code_of = {home.id: home.code for home in self._district.neighbourhoods}
        people = dict.fromkeys([*sorted(set(code_of.values())), ""], Fraction(0))
        for unit in self._people:
            number = self._fresh(unit, day) + self._stayed_away[unit]
            people[code_of.get(unit[0], "")] += Fraction(round(number / SUMS)) * Fraction(SUMS)
        people[""] += self.left(day) - sum(people.values())
        return round_by_largest_remainder(people)

    def district(self, day: date, *, willing: bool) -> District:
        """The district on the morning of a day.

        Parameters
        ----------
        willing
            Without those who were asked before and will not come again; else with all who are
            left.
        """
        people = self._whole_people(day, self._repeat if willing else 1.0)
        if willing:
            self._may_come = people
        own = {v.id: v.backlog - v.counted_in_rt for v in self._district.venues}
        outcomes: list[Outcome] = []
        for unit, whole in people.items():
            gone = self._people[unit] + self._since(unit, day) - whole
            place, school = unit
            if place in own and not school and gone > own[place] + self._since(unit, day):
                # Pupils whom only the count of their school has, for whom no home was found.
                beyond = gone - own[place] - self._since(unit, day)
                outcomes.append(Outcome(day=date.min, unit="", school=place, people=beyond))
                gone -= beyond
            if gone:
                outcomes.append(Outcome(day=date.min, unit=place, school=school, people=gone))
        at_home: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for (place, school), whole in people.items():
            if school and whole:
                at_home[place][school] = whole
        return replace(self._grown(day), outcomes=tuple(outcomes), pupils_at_home=dict(at_home))

    def record(self, horizon: Horizon, plan: Plan) -> int:
        """Take those whom a plan records off; how many they are.

        Of those who were asked beside them, all but the share that comes stay away.

        Parameters
        ----------
        horizon
            Of the district as it was given last with the willing.
        """
        is_open = {venue.id for venue in horizon.demand.venues}
        for part in _recorded(horizon, plan):
            place, school = part.unit
            units = [part.unit]
            if not school:
                # Pupils of a school that is closed come with the others.
                pupils = (unit for unit in self._schools.get(place, ()) if unit[1] not in is_open)
                units = [part.unit, *pupils]
            people = sum(self._may_come[unit] for unit in units)
            asked = min(1.0, part.recorded / (part.turnout * people))
            for unit in units:
                again = self._repeat * self._stayed_away[unit]
                fresh = asked * (self._may_come[unit] - again)
                self._taken[unit] += fresh
                away = (1 - part.turnout) * fresh - part.turnout * asked * again
                self._stayed_away[unit] += away
        people = sum(plan.served().values())
        self.recorded += people
        return people

    def pools(self, day: date, turnouts: Mapping[str, float]) -> dict[str, Pool]:
        """Who may come in the weekends from a day on, by pool.

        Parameters
        ----------
        turnouts
            By pool, the largest share that comes.
        """
        fresh: defaultdict[str, float] = defaultdict(float)
        away: defaultdict[str, float] = defaultdict(float)
        for unit in self._people:
            fresh[self.pool(unit)] += self._fresh(unit, day)
            away[self.pool(unit)] += self._stayed_away[unit]
        return {
            name: Pool(
                fresh=max(0.0, people),
                away=away[name],
                turnout=turnouts.get(name, 1.0),
                repeat_turnout=self._repeat,
            )
            for name, people in fresh.items()
        }

    def pool(self, unit: Unit) -> str:
        """The pool of a unit."""
        place, school = unit
        if place not in self._in_homes:
            return place
        return PUPILS if school else RESIDENTS

    def _since(self, unit: Unit, day: date) -> int:
        """People of a unit who have come to be unrecorded since the first day."""
        place, school = unit
        return 0 if school else self._inflow(place, self._before, day - DAY)

    def _fresh(self, unit: Unit, day: date) -> float:
        """Those of a unit who were never asked."""
        return self._people[unit] + self._since(unit, day) - self._taken[unit]

    def _whole_people(self, day: date, repeat: float) -> dict[Unit, int]:
        """Those never asked and a share of those who stayed away, rounded in every pool."""
        by_pool: defaultdict[str, dict[Unit, float]] = defaultdict(dict)
        for unit in self._people:
            people = self._fresh(unit, day) + repeat * self._stayed_away[unit]
            by_pool[self.pool(unit)][unit] = people
        return {
            unit: whole for people in by_pool.values() for unit, whole in _rounded(people).items()
        }

    def _grown(self, day: date) -> District:
        """With those who have come to be unrecorded since the first day."""
        seen: set[str] = set()

        def more(unit: str) -> int:
            if unit in seen:
                return 0
            seen.add(unit)
            return self._since((unit, ""), day)

        def grow_home(home: Neighbourhood) -> Neighbourhood:
            people = more(home.id)
            return replace(home, unrecorded=home.unrecorded + people) if people else home

        def grow_venue(venue: Venue) -> Venue:
            people = more(venue.id)
            return replace(venue, backlog=venue.backlog + people) if people else venue

        return replace(
            self._district,
            neighbourhoods=tuple(map(grow_home, self._district.neighbourhoods)),
            venues=tuple(map(grow_venue, self._district.venues)),
        )


def _units(district: District, schools: Collection[str]) -> dict[Unit, int]:
    """Unrecorded people who can be reached, each counted once."""
    people: defaultdict[Unit, int] = defaultdict(int)
    zoned: defaultdict[str, int] = defaultdict(int)
    pupils = zone_pupils(district)
    for index, home in enumerate(district.neighbourhoods):
        here: Mapping[str, int] = pupils.get(index, {})
        people[home.id, ""] += home.backlog
        for school, number in here.items():
            zoned[school] += number
            if school in schools:
                people[home.id, ""] -= number
                people[home.id, school] += number
    for venue in district.venues:
        people[venue.id, ""] += venue.backlog - zoned[venue.id]
    return dict(people)


def _rounded(people: Mapping[Unit, float]) -> dict[Unit, int]:
    """Whole people, of no first units more than all of these have, and in all rounded down."""
    total, last = floor(sum(people.values()) + SUMS), 0
    whole, passed = {}, 0.0
    for unit, number in people.items():
        passed += number
        until = min(max(last, floor(passed + SUMS)), max(0, total))
        whole[unit], last = until - last, until
    return whole


def _recorded(horizon: Horizon, plan: Plan) -> Iterator[_Recorded]:
    """Who is recorded by a plan, by the one allocation of its people."""
    instance = horizon.instance
    allocation = instance.catchments.allocate(instance.people_at(plan))
    visited = set(plan.served())
    for site, recorded in zip(instance.sites, allocation.exact_own, strict=True):
        if recorded:
            turnout = horizon.venues[instance.site_index[site.id]].turnout
            yield _Recorded(unit=(site.id, ""), turnout=turnout, recorded=float(recorded))
    groups = {group.id: group for group in horizon.demand.groups}
    for name, recorded in allocation.exact_groups.items():
        group = groups[name]
        drawn = max(draw for place, draw in group.draws.items() if place in visited)
        turnout = min(1.0, drawn / (PERSON * group.people))
        for home, people in group.homes.items():
            part = float(recorded) * people / group.people
            yield _Recorded(unit=(home, group.school), turnout=turnout, recorded=part)
