"""Weekend after weekend is planned with an eye on what is left after it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import ceil, inf
from pathlib import Path

from planner.analysis.campaign import Campaign, CampaignWeek, Goal
from planner.backlog import Inflow, no_inflow
from planner.campaign.register import Register
from planner.campaign.simulation import Uncertainty, finish_shares, left_bands, simulate
from planner.check import with_plan
from planner.demand import holidays_between, zone_pupils
from planner.district import District
from planner.horizon import Horizon, build_horizon, service_dates
from planner.model import Instance
from planner.plan import Result
from planner.solvers import Limits, SearchArguments, StoppingCriterion, solve
from planner.solvers.columns.covering import Cover, ToCover, cover, round_up, route_worth
from planner.units import HOUR_S

AHEAD = 0.9
"""Share of a weight that follows from the price of a person; the rest counts everybody alike."""

PRICE_ROUNDS = 200
"""Searches for routes for each weekend's prices, at most."""

PRICE_SHARE = 1.0
"""Seconds for prices, as a share of those for the plan of a weekend."""

NOTHING_MORE = 8
"""Weekends in a row without a stop after which there is nothing left to try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSearch:
    """How a campaign is searched for.

    Attributes
    ----------
    arguments
        Of the solve of every weekend, as `planner.solvers.solve` takes them.
    looks_ahead
        Whether people count by what recording them later would take.
    repeat_turnout
        As `planner.campaign.register.Register` takes it.
    cache
        Folder in which prepared roads are kept.
    """

    arguments: SearchArguments
    looks_ahead: bool = True
    repeat_turnout: float = 1.0
    inflow: Inflow = no_inflow
    cache: Path | None = None


class Campaigner:
    """Plans weekend after weekend.

    Parameters
    ----------
    district
        As its tables and its ledger have it.
    first_week
        ISO week of the first weekend.
    done
        Weekends planned before, to go on from.
    before
        Weekends of the same campaign that are over, and people recorded by them; numbers of
        weekends and the goal count them in.
    """

    def __init__(
        self,
        district: District,
        first_week: str,
        goal: Goal,
        search: CampaignSearch,
        done: Sequence[CampaignWeek] = (),
        before: tuple[int, int] = (0, 0),
    ) -> None:
        district = replace(district, services=())  # Their people are not on the way to the goal.
        self._goal, self._search, self._first_week = goal, search, first_week
        self._service_days = district.office.service_days
        self._calendar = _Calendar(district, first_week)
        first = date.fromisoformat(f"{first_week}-1")
        self._register = Register(district, first, search.inflow, search.repeat_turnout)
        self._official = sum(home.unrecorded for home in district.neighbourhoods)
        self._official += sum(venue.backlog - venue.counted_in_rt for venue in district.venues)
        self._weekends: list[CampaignWeek] = []
        self._cover: Cover | None = None
        self._reachable = sum(group.people for group in people_to_cover(self._usual(first)))
        self._before, recorded = before
        needed = ceil(goal.target * (self._reachable + recorded) - 1e-9) - recorded
        self._allowed = self._register.initial - max(0, needed)
        self._least = self._bound(first, 0)
        for planned in done:
            self._register.record(self._horizon(planned.week), planned.plan)
            self._weekends.append(planned)

    @property
    def campaign(self) -> Campaign:
        """What is planned by now."""
        shares, bands = self._simulate()
        return Campaign(
            goal=self._goal,
            weeks=tuple(self._weekends),
            official=self._official,
            initial=self._register.initial,
            reachable=self._reachable,
            allowed_left=self._allowed,
            least_weekends=self._least,
            is_finished=self._is_finished(),
            is_complete=self._next_week() is None,
            finish_shares=shares,
            left_bands=bands,
        )

    def weeks(self) -> Iterator[CampaignWeek]:
        """Each further weekend as soon as it is planned; none where a solve was interrupted."""
        stop = self._search.arguments.get("stop", lambda: False)
        while (week := self._next_week()) is not None and not stop():
            planned = self._plan(week)
            if stop():
                return
            if planned is None:
                self._given_up = True
                return
            self._weekends.append(planned)
            yield planned

    _given_up = False

    def _next_week(self) -> str | None:
        """The week to be planned next; None where nothing more is to be done."""
        goal, number = self._goal, len(self._weekends)
        week = shift_week(self._first_week, number)
        last = self._weekends[-NOTHING_MORE:]
        is_idle = len(last) == NOTHING_MORE and not any(planned.people for planned in last)
        if self._given_up or self._is_finished() or number >= goal.max_weekends or is_idle:
            return None
        if goal.until is not None and date.fromisoformat(f"{week}-1") > goal.until:
            return None
        return week

    def _simulate(self) -> tuple[tuple[float, ...], tuple[tuple[int, int, int], ...]]:
        """Shares of courses finished, and people left in them, by number of weekends."""
        if not self._is_finished() or not self._weekends:
            return (), ()
        courses = simulate(
            self._weekends,
            self._register.initial,
            self._allowed,
            seed=self._search.arguments.get("seed", 0),
            uncertainty=Uncertainty(),
        )
        return finish_shares(courses, self._allowed), left_bands(courses)

    def _is_finished(self) -> bool:
        left = self._weekends[-1].left if self._weekends else self._register.initial
        return left <= self._allowed

    def _plan(self, week: str) -> CampaignWeek | None:
        """A weekend; None where one would record too few to be driven."""
        horizon = self._horizon(week)
        day = _monday(week)
        before = self._register.left(day)
        weights, looks_ahead = horizon.instance, False
        if self._search.looks_ahead and self._cover is not None and self._cover.need:
            weights, looks_ahead = _weighted(horizon.instance, self._cover.prices), True
        result = self._solve(weights)
        if looks_ahead and result.people < before - self._allowed <= (result.people_bound or inf):
            # Perhaps this weekend can be the last one.
            plain = self._solve(horizon.instance)
            if plain.people >= before - self._allowed:
                result, looks_ahead = plain, False
        plan = result.plan
        recorded = self._register.record(horizon, plan)
        result = replace(with_plan(horizon.instance, result, plan), bound=None)
        after = day + timedelta(days=7)
        van_s = sum(route.return_s - route.leave_s for route in plan.routes)
        rate = HOUR_S * recorded / van_s if van_s else inf
        if rate < self._goal.stop_below:
            return None
        return CampaignWeek(
            week=week,
            result=result,
            left=self._register.left(after),
            left_by_kelurahan=self._register.left_by_kelurahan(after),
            inflow=self._register.inflow(after) - self._register.inflow(day),
            van_s=van_s,
            van_days=len(plan.routes),
            least_weekends=self._bound(after, len(self._weekends) + 1),
            looks_ahead=looks_ahead,
        )

    def _solve(self, instance: Instance) -> Result:
        return solve(instance, **self._search.arguments)

    def _horizon(self, week: str) -> Horizon:
        district = self._register.district(_monday(week), willing=True)
        return build_horizon(district, week, cache=self._search.cache)

    def _usual(self, day: date) -> Horizon:
        """All who are left, on a weekend without exceptions and holidays."""
        district = self._register.district(day, willing=False)
        usual = replace(district, calendar=(), agreements=())
        return build_horizon(usual, self._calendar.usual_week, cache=self._search.cache)

    def _bound(self, day: date, done: int) -> int | None:
        """Weekends that the whole campaign takes at least, so many of them done."""
        left = self._register.left(day) - self._allowed
        if left <= 0:
            return self._before + done
        horizon = self._usual(day)
        limits = self._search.arguments.get("limits") or Limits()
        if limits.iterations is None:
            price_limits = Limits(time_limit_s=PRICE_SHARE * (limits.time_limit_s or inf))
        else:
            price_limits = Limits(iterations=PRICE_ROUNDS)
        self._cover = cover(
            horizon.instance,
            people_to_cover(horizon),
            left,
            like=self._cover,
            stopping=StoppingCriterion(
                price_limits, self._search.arguments.get("stop", lambda: False)
            ),
            cores=self._search.arguments.get("cores"),
        )
        if self._cover.bound == inf:
            return None
        return self._before + self._calendar.count(
            done, self._cover, self._register, self._search.cache
        )


@dataclass(slots=True)
class _Calendar:
    """Which weeks offer what a usual one does, or less.

    Attributes
    ----------
    usual_week
        One without holidays on its service days.
    """

    district: District
    first_week: str
    usual_week: str = field(init=False)

    def __post_init__(self) -> None:
        weeks = (shift_week(self.first_week, number) for number in range(104))
        self.usual_week = next(filter(self._has_no_holiday, weeks), self.first_week)

    def _dates(self, week: str) -> tuple[date, ...]:
        return service_dates(week, self.district.office.service_days)

    def _has_no_holiday(self, week: str) -> bool:
        dates = self._dates(week)
        return not any(day in holidays_between(dates[0], dates[-1]) for day in dates)

    def count(self, done: int, needed: Cover, register: Register, cache: Path | None) -> int:
        """Weekends from the first one on, until all of them together may suffice.

        A week with exceptions that open something counts with what it offers itself.
        """
        usual = needed.need / needed.bound
        number, left = done, needed.need
        while left > 1e-6 * needed.need and number < done + 520:
            week = shift_week(self.first_week, number)
            worth = usual
            if self._opens_more(week):
                district = register.district(_monday(week), willing=False)
                instance = build_horizon(district, week, cache=cache).instance
                worth = max(usual, route_worth(instance, needed.prices))
            if worth == usual and not self._opens_more_after(week):
                return number + round_up(left / usual)
            left -= worth
            number += 1
        return number

    def _opens_more(self, week: str) -> bool:
        dates = set(self._dates(week))
        return any(entry.date in dates and entry.hours for entry in self.district.calendar) or any(
            agreed.day in dates for agreed in self.district.agreements
        )

    def _opens_more_after(self, week: str) -> bool:
        last = self._dates(week)[-1]
        return any(entry.date > last and entry.hours for entry in self.district.calendar) or any(
            agreed.day > last for agreed in self.district.agreements
        )


def people_to_cover(horizon: Horizon) -> list[ToCover]:
    """All who are left and whom a van may record, by the places they would come to."""
    sites = {site.id for site in horizon.instance.sites}
    zoned: dict[str, int] = {}
    for pupils in zone_pupils(horizon.district).values():
        for school, number in pupils.items():
            zoned[school] = zoned.get(school, 0) + number
    own = (
        ToCover(people=venue.backlog - zoned.get(venue.id, 0), sites=(venue.id,))
        for site, venue in zip(horizon.instance.sites, horizon.venues, strict=True)
        if site.expected
    )
    groups = (
        ToCover(people=group.people, sites=tuple(sorted(sites & group.draws.keys())))
        for group in horizon.demand.groups
    )
    return [group for group in (*own, *groups) if group.people and group.sites]


def _weighted(instance: Instance, prices: Mapping[str, float]) -> Instance:
    """People worth what recording them later takes, blended with one for everybody."""
    worth = [prices.get(site.id, 0.0) for site in instance.sites]
    people = sum(site.max_people for site in instance.sites)
    mean = (
        sum(price * site.max_people for price, site in zip(worth, instance.sites, strict=True))
        / people
        if people
        else 0.0
    )
    if not mean:
        return instance
    sites = tuple(
        replace(site, weight=site.weight * (AHEAD * price / mean + 1 - AHEAD))
        for price, site in zip(worth, instance.sites, strict=True)
    )
    return replace(instance, sites=sites)


def shift_week(week: str, number: int) -> str:
    """The ISO week so many weeks after another."""
    year, of_year, _ = (_monday(week) + timedelta(weeks=number)).isocalendar()
    return f"{year}-W{of_year:02}"


def _monday(week: str) -> date:
    return date.fromisoformat(f"{week}-1")
