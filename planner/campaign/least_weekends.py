"""The least number of weekends: no order of any plans finishes sooner; docs/campaign.md has why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import inf
from pathlib import Path

from planner.campaign.register import PUPILS, RESIDENTS, Register
from planner.campaign.turnout_pool import Pool
from planner.demand import holidays_between, shift_on, zone_pupils
from planner.district import District
from planner.horizon import Horizon, build_horizon, service_dates
from planner.solvers import StoppingCriterion
from planner.solvers.columns.covering import Cover, cover, route_worth
from planner.solvers.columns.weekend_worth import (
    TOLERANCE,
    Ranked,
    ToCover,
    WeekendWorth,
    need,
    rank,
)

KEPT_PROOFS = 4
"""The latest ones."""

MOST_WEEKENDS = 520
"""No bound is looked for beyond."""


@dataclass(slots=True, kw_only=True)
class _Proof:
    """What weekends can do, as proven on a day.

    Attributes
    ----------
    inflow
        Who had come to be unrecorded by that day.
    special
        What weeks in which more is open than usual are worth, by week.
    """

    worth: WeekendWorth
    inflow: int
    special: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class LeastWeekends:
    """Bounds on the weekends that are needed, the better the more is proven.

    Attributes
    ----------
    usual_week
        One without holidays on its service days.
    cover
        The last one; None before the first bound.
    """

    district: District
    first_week: str
    register: Register
    cores: int | None = None
    cache: Path | None = None
    usual_week: str = field(init=False)
    cover: Cover | None = field(default=None, init=False)
    _proofs: list[_Proof] = field(default_factory=list, init=False)
    _first: tuple[Cover, _Proof] | None = field(default=None, init=False)
    _van_days: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.usual_week = usual_week(self.district, self.first_week)

    def reachable(self, week: str) -> int:
        """Those left before a week whom a van can record."""
        return sum(group.people for group in people_to_cover(self._usual(monday(week))))

    def bound(self, week: str, target: int, stopping: StoppingCriterion) -> int | None:
        """Weekends from a week on that are needed to record so many; None = no number will do.

        Parameters
        ----------
        target
            People, of those left before the week.
        stopping
            Ends the search for prices.
        """
        if target <= 0:
            return 0
        day = monday(week)
        horizon, inflow = self._usual(day), self.register.inflow(day)
        people = people_to_cover(horizon)
        self.cover = cover(
            horizon.instance,
            people,
            target,
            like=self.cover,
            stopping=stopping,
            cores=self.cores,
        )
        if self.cover.bound == inf:
            return None
        proof = _Proof(worth=self.cover.worth, inflow=inflow)
        self._first = self._first or (self.cover, proof)
        self._proofs = [*self._proofs[-KEPT_PROOFS:], proof]
        pools = self.register.pools(day, turnouts(horizon.district))
        # Those who have come since a proof are beside the people that it counts.
        bounds = [
            self._count(week, proof, people, target - (inflow - proof.inflow), pools)
            for proof in self._proofs
        ]
        known = [bound for bound in bounds if bound is not None]
        return max(known) if len(known) == len(bounds) else None

    def begin_like(self, other: "LeastWeekends") -> None:
        """Take over what was proven first for the same people; later proofs are of those left."""
        if other._first is not None:
            self.cover, proof = self._first = other._first
            self._proofs = [proof]

    def max_people(self, horizon: Horizon) -> float:
        """No plan of a weekend records more of those who may come; infinite where none is proven.

        Parameters
        ----------
        horizon
            With the willing alone.
        """
        people, inflow = people_to_cover(horizon), self.register.inflow(monday(horizon.week))
        bounds = (
            _max_people(rank(people, proof.worth.prices), self._worth_of(horizon.week, proof))
            + (inflow - proof.inflow)
            for proof in self._proofs
        )
        return min(bounds, default=inf)

    def _usual(self, day: date) -> Horizon:
        """All who are left, on a weekend without exceptions and holidays."""
        district = self.register.district(day, willing=False)
        usual = replace(district, calendar=(), agreements=())
        return build_horizon(usual, self.usual_week, cache=self.cache)

    def _count(
        self,
        first_week: str,
        proof: _Proof,
        people: Sequence[ToCover],
        target: int,
        pools: Mapping[str, Pool],
    ) -> int | None:
        """Weekends from one on, until all of them together may suffice."""
        ranked, done = rank(people, proof.worth.prices), 0.0
        for number in range(MOST_WEEKENDS):
            limits = {name: pool.max_recorded(number) for name, pool in pools.items()}
            if need(ranked, target, limits) * (1 - TOLERANCE) - TOLERANCE <= done:
                return number
            done += self._worth_of(shift_week(first_week, number), proof)
        return None

    def _worth_of(self, week: str, proof: _Proof) -> float:
        """What no plan of a week is worth more than.

        A week with exceptions that open something counts with what it offers itself, and others
        with the vans that drive.
        """
        if not self._opens_more(week):
            if week not in self._van_days:
                self._van_days[week] = tuple(self._driven(week))
            return sum(proof.worth.van_days.get(driven, 0.0) for driven in self._van_days[week])
        if week not in proof.special:
            district = self.register.district(monday(week), willing=False)
            instance = build_horizon(district, week, cache=self.cache).instance
            proof.special[week] = route_worth(instance, proof.worth.prices)
        return max(proof.worth.most, proof.special[week])

    def _driven(self, week: str) -> Iterator[tuple[str, int]]:
        """Vans and weekdays on which they drive in a week."""
        dates, calendar = self._dates(week), self.district.calendar
        days_off = holidays_between(dates[0], dates[-1]) if dates else {}
        for vehicle in self.district.vehicles:
            for day in dates:
                if shift_on(vehicle, day, calendar, days_off) is not None:
                    yield vehicle.id, day.weekday()

    def _dates(self, week: str) -> tuple[date, ...]:
        return service_dates(week, self.district.office.service_days)

    def _opens_more(self, week: str) -> bool:
        dates = set(self._dates(week))
        return any(entry.date in dates and entry.hours for entry in self.district.calendar) or any(
            agreed.day in dates for agreed in self.district.agreements
        )


def _max_people(ranked: Ranked, most: float) -> float:
    """What no plan of a weekend records more of than, at prices and what a weekend is worth.

    Whoever is recorded counts 1 - c y and c y, for any c; the sum of the first is that of the
    cheapest people, and that of the second c times what a weekend is worth. The best c is one over
    a price, as it is a linear programme.
    """
    best, people, worth = inf, 0, 0.0
    for price, number, _ in ranked:
        people, worth = people + number, worth + price * number
        if price > 0:
            best = min(best, people - worth / price + most / price)
    return min(best, float(people))


def turnouts(district: District) -> dict[str, float]:
    """The largest share of people that comes anywhere, by pool."""
    walk_in = max((v.turnout for v in district.venues if v.type.is_walk_in), default=0.0)
    at_school = max((v.turnout for v in district.venues if v.counted_in_rt), default=0.0)
    of_venues = {venue.id: venue.turnout for venue in district.venues}
    return of_venues | {RESIDENTS: walk_in, PUPILS: max(walk_in, at_school)}


def schools_to_open(district: District, first_week: str, cache: Path | None) -> set[str]:
    """Ids of places at which a van may stand on any weekend, or somebody has agreed to."""
    if any(entry.hours for entry in district.calendar):
        return {venue.id for venue in district.venues}
    usual = replace(district, calendar=(), agreements=())
    horizon = build_horizon(usual, usual_week(usual, first_week), cache=cache)
    agreed = {agreement.place for agreement in district.agreements}
    return agreed | {venue.id for venue in horizon.demand.venues}


def usual_week(district: District, first_week: str) -> str:
    """The first week from one on without holidays on its service days; or that one."""

    def has_holiday(week: str) -> bool:
        dates = service_dates(week, district.office.service_days)
        return not holidays_between(dates[0], dates[-1]).keys().isdisjoint(dates)

    weeks = (shift_week(first_week, number) for number in range(104))
    return next((week for week in weeks if not has_holiday(week)), first_week)


def people_to_cover(horizon: Horizon) -> list[ToCover]:
    """All who are left and whom a van may record, by the places they would come to."""
    sites = {site.id for site in horizon.instance.sites}
    zoned: dict[str, int] = {}
    for pupils in zone_pupils(horizon.district).values():
        for school, number in pupils.items():
            zoned[school] = zoned.get(school, 0) + number
    own = (
        ToCover(people=venue.backlog - zoned.get(venue.id, 0), sites=(venue.id,), pool=venue.id)
        for site, venue in zip(horizon.instance.sites, horizon.venues, strict=True)
        if site.expected
    )
    groups = (
        ToCover(
            people=group.people,
            sites=tuple(sorted(sites & group.draws.keys())),
            pool=PUPILS if group.school else RESIDENTS,
        )
        for group in horizon.demand.groups
    )
    return [group for group in (*own, *groups) if group.people and group.sites]


def shift_week(week: str, number: int) -> str:
    """The ISO week so many weeks after another."""
    year, of_year, _ = (monday(week) + timedelta(weeks=number)).isocalendar()
    return f"{year}-W{of_year:02}"


def monday(week: str) -> date:
    """The first day of an ISO week."""
    return date.fromisoformat(f"{week}-1")
