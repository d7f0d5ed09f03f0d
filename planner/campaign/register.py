"""Who is left from weekend to weekend, by unit, and who was asked before and did not come."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from planner.backlog import Inflow
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Coming:
    """People of one unit who would come to the same places.

    Attributes
    ----------
    turnout
        Share of them who come where they are asked.
    people, recorded
        Those of them who may come, and who did.
    """

    unit: Unit
    turnout: float
    people: int
    recorded: int


class Register:
    """The people of a district, as weekends pass; nobody is lost, and nobody counts twice.

    Parameters
    ----------
    district
        As on the first day.
    first
        From then on people are recorded and come to be unrecorded.
    repeat_turnout
        Of those who were asked before and did not come, the share that counts as if never asked.

    Attributes
    ----------
    initial
        People to be recorded on the first day.
    recorded
        Since then, by unit.
    """

    def __init__(
        self, district: District, first: date, inflow: Inflow, repeat_turnout: float
    ) -> None:
        known = as_of_morning(district, first)
        self._district = replace(known, outcomes=(), counted_on=None)
        self._before, self._inflow, self._repeat = first - DAY, inflow, repeat_turnout
        self.initial = count_people(self._district)
        self.recorded: defaultdict[Unit, int] = defaultdict(int)
        self._stayed_away: defaultdict[Unit, float] = defaultdict(float)

    def inflow(self, day: date) -> int:
        """People who have come to be unrecorded from the first day until before another."""
        homes = {home.id: None for home in self._district.neighbourhoods}
        venues = {venue.id: None for venue in self._district.venues}
        return sum(self._inflow(unit, self._before, day - DAY) for unit in (*homes, *venues))

    def left(self, day: date) -> int:
        """People to be recorded on the morning of a day."""
        return self.initial + self.inflow(day) - sum(self.recorded.values())

    def left_by_kelurahan(self, day: date) -> dict[str, int]:
        """Those left on the morning of a day by code of their kelurahan; under ``""`` all others.

        Those are the people whom a place alone counts, such as staff.
        """
        homes = self._grown(day).neighbourhoods
        code_of = {home.id: home.code for home in homes}
        people = dict.fromkeys(sorted(code_of.values()), 0)
        for home in homes:
            people[home.code] += home.backlog
        for (unit, _), recorded in self.recorded.items():
            if unit in code_of:
                people[code_of[unit]] -= recorded
        return people | {"": self.left(day) - sum(people.values())}

    def district(self, day: date, *, willing: bool) -> District:
        """The district on the morning of a day.

        Parameters
        ----------
        willing
            Without those who were asked before and will not come again; else with all who are
            left.
        """
        gone = defaultdict(int, self.recorded)
        for unit, people in self._stayed_away.items() if willing else ():
            gone[unit] += int((1 - self._repeat) * people)
        outcomes = (
            Outcome(day=date.min, unit=unit, school=school, people=people)
            for (unit, school), people in sorted(gone.items())
            if people
        )
        return replace(self._grown(day), outcomes=tuple(outcomes))

    def record(self, horizon: Horizon, plan: Plan) -> int:
        """Take those whom a plan records off; how many they are.

        Of those who were asked beside them, all but the share that comes stay away.
        """
        total = 0
        for coming in _coming(horizon, plan):
            unit, away = coming.unit, self._stayed_away[coming.unit]
            again = min(self._repeat * away, float(coming.people))
            asked = min(1.0, coming.recorded / (coming.turnout * coming.people))
            new = asked * (coming.people - again) * (1 - coming.turnout)
            self._stayed_away[unit] = max(0.0, away + new - asked * coming.turnout * again)
            self.recorded[unit] += coming.recorded
            total += coming.recorded
        return total

    def _grown(self, day: date) -> District:
        """With those who have come to be unrecorded since the first day."""
        seen: set[str] = set()

        def more(unit: str) -> int:
            if unit in seen:
                return 0
            seen.add(unit)
            return self._inflow(unit, self._before, day - DAY)

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


def count_people(district: District) -> int:
    """All unrecorded people of the tables who can be reached, each counted once."""
    zoned = sum(sum(pupils.values()) for pupils in zone_pupils(district).values())
    homes = sum(home.backlog for home in district.neighbourhoods)
    return homes + sum(venue.backlog for venue in district.venues) - zoned


def _coming(horizon: Horizon, plan: Plan) -> Iterator[_Coming]:
    """Who is recorded by a plan, by the one allocation of its people."""
    instance = horizon.instance
    allocation = instance.catchments.allocate(instance.people_at(plan))
    visited = set(plan.served())
    for site, recorded in zip(instance.sites, allocation.own, strict=True):
        if recorded:
            venue = horizon.venues[instance.site_index[site.id]]
            people = max(recorded, round(site.expected / venue.turnout))
            yield _Coming(
                unit=(venue.id, ""), turnout=venue.turnout, people=people, recorded=recorded
            )
    groups = {group.id: group for group in horizon.demand.groups}
    for name, recorded in allocation.groups.items():
        group = groups[name]
        drawn = max(draw for place, draw in group.draws.items() if place in visited)
        turnout = min(1.0, drawn / (PERSON * group.people))
        for home, part in _by_home(group.homes, recorded).items():
            if part:
                yield _Coming(
                    unit=(home, group.school),
                    turnout=turnout,
                    people=group.homes[home],
                    recorded=part,
                )


def _by_home(homes: Mapping[str, int], number: int) -> dict[str, int]:
    total = sum(homes.values())
    return round_by_largest_remainder(
        {unit: Fraction(number * people, total) for unit, people in homes.items()}
    )
