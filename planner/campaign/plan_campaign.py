"""Weekend after weekend is planned with an eye on what is left after it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from math import ceil, inf
from pathlib import Path

import numpy as np

from planner.analysis.campaign import Campaign, CampaignWeek, Goal
from planner.analysis.origins import recorded_by_kelurahan
from planner.backlog import Inflow, no_inflow
from planner.campaign.equity import Equity
from planner.campaign.joined_weekends import by_week, fullest_first, join_weekends
from planner.campaign.least_weekends import LeastWeekends, monday, schools_to_open, shift_week
from planner.campaign.promising import bound_people, keep_promising
from planner.campaign.register import Register
from planner.campaign.simulation import (
    Courses,
    Uncertainty,
    finish_shares,
    left_bands,
    simulate,
)
from planner.campaign.weights import share_ahead, weigh_by_prices
from planner.check import violations, with_plan
from planner.district import District
from planner.horizon import Horizon, begin_of_weekend, build_horizon, learned_before
from planner.model import Instance
from planner.plan import Plan, Result, Route, Status, Stop
from planner.solvers import (
    DEFAULT,
    Limits,
    Prices,
    SearchArguments,
    StoppingCriterion,
    solve_with_duals,
)
from planner.units import HOUR_S

PRICE_ROUNDS = 200
"""Searches for routes for each weekend's prices, at most."""

PRICE_SHARE, FIRST_PRICE_SHARE, BOUND_SHARE = 0.5, 3.0, 0.1
"""Seconds for prices, as a share of those for the plan of a weekend; the first time more, and less
where they serve the bound alone."""

REST_WEEKENDS, REST_VAN_DAYS = 8, 100
"""So few weekends that are left are planned as one, if they have no more van-days."""

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
    equity
        What makes people of some kelurahan count more.
    cache
        Folder in which prepared roads are kept.
    """

    arguments: SearchArguments
    looks_ahead: bool = True
    repeat_turnout: float = 1.0
    inflow: Inflow = no_inflow
    equity: Equity = field(default_factory=Equity)
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class WeekendPlan:
    """What a search found for a weekend.

    Attributes
    ----------
    looks_ahead
        Whether it is the best for the weekends after it, too, and not for this one alone.
    prices
        That bound all plans, where the search did not look at all sites.
    """

    result: Result
    looks_ahead: bool = False
    prices: Prices | None = None


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
    like
        Another way through the same campaign; what is proven before its first weekend holds here.
    """

    def __init__(
        self,
        district: District,
        first_week: str,
        goal: Goal,
        search: CampaignSearch,
        done: Sequence[CampaignWeek] = (),
        before: tuple[int, int] = (0, 0),
        like: "Campaigner | None" = None,
    ) -> None:
        district = replace(district, services=())  # Their people are not on the way to the goal.
        self._goal, self._search, self._first_week = goal, search, first_week
        self._district, self._recorded_before = district, before[1]
        first = monday(first_week)
        schools = schools_to_open(district, first_week, search.cache)
        self._register = Register(district, first, search.inflow, search.repeat_turnout, schools)
        self._official = sum(home.unrecorded for home in district.neighbourhoods)
        self._official += sum(venue.backlog - venue.counted_in_rt for venue in district.venues)
        self._uncertainty = Uncertainty().learning(learned_before(district, first))
        self._weekends: list[CampaignWeek] = []
        self._rest: dict[str, Plan] = {}
        self._least = LeastWeekends(
            district=district,
            first_week=first_week,
            register=self._register,
            cores=search.arguments.get("cores"),
            cache=search.cache,
        )
        self._reachable = self._least.reachable(first_week)
        self._before, recorded = before
        needed = ceil(goal.target * (self._reachable + recorded) - 1e-9) - recorded
        self._allowed = self._register.initial - max(0, needed)
        self._is_beside = like is not None
        if like is None:
            self._bounds = [self._bound(first_week)]
        else:
            self._least.begin_like(like._least)
            self._bounds = like._bounds[:1]
        for planned in done:
            self._register.record(self._horizon(planned.week), planned.plan)
            self._weekends.append(planned)
            self._bounds.append(planned.least_weekends)
        if done and (week := self._next_week()) is not None:
            self._bound(week, num_done=len(done))  # Prices of those who are left by now.

    @property
    def campaign(self) -> Campaign:
        """What is planned by now."""
        courses = self._simulate()
        return Campaign(
            goal=self._goal,
            weeks=tuple(self._weekends),
            official=self._official,
            initial=self._register.initial,
            reachable=self._reachable,
            allowed_left=self._allowed,
            least_weekends=self._bounds[0],
            is_finished=self._is_finished(),
            is_complete=self._next_week() is None,
            finish_shares=finish_shares(courses, self._allowed),
            official_finish_shares=finish_shares(courses, self._allowed_by_register()),
            left_bands=left_bands(courses),
        )

    @property
    def num_planned(self) -> int:
        """Weekends planned by now."""
        return len(self._weekends)

    def alone(self, done: Sequence[CampaignWeek] = ()) -> "Campaigner":
        """The same campaign, each weekend planned without an eye on the others.

        It begins with those planned so here, or with those that are done.
        """
        begun = tuple(takewhile(lambda week: not week.looks_ahead, self._weekends))
        done = max(tuple(done), begun, key=len)
        search = replace(self._search, looks_ahead=False)
        before = self._before, self._recorded_before
        return Campaigner(
            self._district, self._first_week, self._goal, search, done, before, like=self
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
        begin = begin_of_weekend(week, self._district.office.service_days)
        if goal.until is not None and begin > goal.until:
            return None
        return week

    def _simulate(self) -> Courses:
        """People left in simulated courses; empty where the goal is not reached."""
        if not self._is_finished() or not self._weekends:
            return np.empty((0, 1))
        return simulate(
            self._weekends,
            self._register.initial,
            self._allowed,
            seed=self._search.arguments.get("seed", 0),
            uncertainty=self._uncertainty,
        )

    def _allowed_by_register(self) -> float:
        """People left of those who can be reached, when the register's count is at its target."""
        beyond = self._official - self._register.initial
        return (1 - self._goal.target) * self._official - beyond

    def _is_finished(self) -> bool:
        left = self._weekends[-1].left if self._weekends else self._register.initial
        return left <= self._allowed

    def _plan(self, week: str) -> CampaignWeek | None:
        """A weekend; None where one would record too few to be driven."""
        horizon = self._horizon(week)
        found = self._search_plan(horizon)
        if found.looks_ahead and _people_per_h(found.result.plan) < self._goal.stop_below:
            # Perhaps one with more people is worth driving.
            found = self._solve(horizon.instance)
        plan = found.result.plan
        if _people_per_h(plan) < self._goal.stop_below:
            return None
        recorded = self._register.record(horizon, plan)
        result = replace(with_plan(horizon.instance, found.result, plan), bound=None)
        bound = min(self._least.max_people(horizon), self._bound_among_many(horizon, found))
        if bound < (inf if result.people_bound is None else result.people_bound):
            result = replace(result, people_bound=max(recorded, int(bound + 1e-6)))
        drafts = {venue.id for venue in horizon.venues if not venue.is_confirmed}
        day, after = monday(week), monday(next_week := shift_week(week, 1))
        self._bounds.append(self._bound(next_week, num_done=len(self._weekends) + 1))
        return CampaignWeek(
            week=week,
            result=result,
            left=self._register.left(after),
            left_by_kelurahan=self._register.left_by_kelurahan(after),
            recorded_by_kelurahan=recorded_by_kelurahan(horizon, plan),
            inflow=self._register.inflow(after) - self._register.inflow(day),
            van_s=_out_s(plan),
            van_days=len(plan.routes),
            least_weekends=self._bounds[-1],
            looks_ahead=found.looks_ahead,
            num_drafts=sum(stop.site_id in drafts for _, stop in plan.stops()),
        )

    def _search_plan(self, horizon: Horizon) -> WeekendPlan:
        """A plan of a weekend, one that looks ahead where that is worth it."""
        instance = self._search.equity.weigh(horizon, self._weekends)
        needed = self._needed(horizon.week)
        if self._search.looks_ahead and instance is horizon.instance:
            self._plan_rest(horizon, needed)
            if (plan := self._rest.pop(horizon.week, None)) and not violations(instance, plan):
                return WeekendPlan(self._result(instance, plan), looks_ahead=True)
        cover = self._least.cover
        if cover is None or not self._search.looks_ahead or not (share := share_ahead(cover)):
            return self._solve(instance)
        weighted = weigh_by_prices(instance, cover.worth.prices, share)
        found = self._solve(weighted, self._routes_like(instance))
        least, done = self._bounds[-1], self._before + len(self._weekends)
        if found.result.people < needed and (least is None or least - done <= 1):
            # Perhaps this weekend can be the last one.
            plain = self._solve(horizon.instance)
            if plain.result.people >= needed:
                return plain
        return replace(found, looks_ahead=True)

    def _plan_rest(self, horizon: Horizon, needed: int) -> None:
        """Plan all weekends that are left as one, where that reaches the goal, or one more.

        Where it is proven that so few do not, the bound is raised.
        """
        least, done = self._bounds[-1], self._before + len(self._weekends)
        if least is None:
            return
        district = self._register.district(monday(horizon.week), willing=True)
        everybody_comes = all(venue.turnout == 1.0 for venue in horizon.venues)
        known = Plan(routes=tuple(route for plan in self._rest.values() for route in plan.routes))
        for weekends in range(max(2, least - done), min(REST_WEEKENDS, least - done + 1) + 1):
            weeks = [shift_week(horizon.week, number) for number in range(weekends)]
            instance = join_weekends(
                [build_horizon(district, week, cache=self._search.cache).instance for week in weeks]
            )
            if instance is None or len(instance.van_days) > REST_VAN_DAYS:
                return
            if self._rest.keys() <= set(weeks) and _reaches(instance, known, needed):
                return
            result = self._solve(instance, (*self._routes_like(instance), *known.routes)).result
            if result.people >= needed:
                self._rest = by_week(fullest_first(instance, result.plan))
                return
            is_proven = result.people_bound is not None and result.people_bound < needed
            if everybody_comes and is_proven:
                self._bounds[-1] = done + weekends + 1

    def _result(self, instance: Instance, plan: Plan) -> Result:
        """A plan that is known before, with what is proven of it."""
        arguments = self._search.arguments
        return with_plan(
            instance,
            Result(
                plan=plan,
                people=0,
                objective=0.0,
                status=Status.SEARCH_ENDED,
                seed=arguments.get("seed", 0),
                solver=arguments.get("solver", DEFAULT),
            ),
            plan,
        )

    def _routes_like(self, instance: Instance) -> tuple[Route, ...]:
        """Routes that the LP solution drives, on the first date of their weekday; without times."""
        cover = self._least.cover
        first = {day.weekday(): day for day in reversed(instance.dates)}

        def stop(site_id: str, people: int) -> Stop:
            times = dict.fromkeys(("arrive_s", "setup_s", "serve_s", "packup_s", "depart_s"), 0)
            return Stop(site_id=site_id, people=people, **times)

        return tuple(
            Route(
                van_id=van,
                date=first[day.weekday()],
                leave_s=0,
                return_s=0,
                stops=tuple(stop(*visit) for visit in visits),
            )
            for van, day, visits in (() if cover is None else cover.driven)
            if day.weekday() in first
        )

    def _solve(self, instance: Instance, routes: tuple[Route, ...] = ()) -> WeekendPlan:
        """The best plan found; where not all sites are looked at, bounds are left to prices."""
        looked_at = keep_promising(instance, routes)
        are_many = looked_at is not instance
        report = solve_with_duals(
            looked_at, routes=routes, with_duals=are_many, **self._search.arguments
        )
        result = report.result
        if not are_many:
            return WeekendPlan(result)
        return WeekendPlan(replace(result, bound=None, people_bound=None), prices=report.prices)

    def _bound_among_many(self, horizon: Horizon, found: WeekendPlan) -> float:
        """No plan of a weekend records more, where its own solve looked at few of the sites."""
        if found.prices is None or found.looks_ahead or self._is_beside:
            return inf
        is_over = self._price_limits(num_done=1).is_interrupted
        return bound_people(horizon.instance, found.prices, is_over)

    def _horizon(self, week: str) -> Horizon:
        district = self._register.district(monday(week), willing=True)
        return build_horizon(district, week, cache=self._search.cache)

    def _bound(self, week: str, num_done: int = 0) -> int | None:
        """Weekends that the whole campaign takes at least, so many of them done before a week."""
        bound = self._least.bound(week, self._needed(week), self._price_limits(num_done))
        return None if bound is None else self._before + num_done + bound

    def _needed(self, week: str) -> int:
        """People to be recorded before the goal is reached, before a week."""
        return self._register.left(monday(week)) - self._allowed

    def _price_limits(self, num_done: int) -> StoppingCriterion:
        """For prices of people; on the first day they begin with nothing."""
        limits = self._search.arguments.get("limits") or Limits()
        stop = self._search.arguments.get("stop", lambda: False)
        if limits.iterations is not None:
            return StoppingCriterion(Limits(iterations=PRICE_ROUNDS), stop)
        later = PRICE_SHARE if self._search.looks_ahead else BOUND_SHARE
        share = later if num_done else FIRST_PRICE_SHARE
        return StoppingCriterion(Limits(time_limit_s=share * (limits.time_limit_s or inf)), stop)


def _out_s(plan: Plan) -> int:
    """Seconds for which vans are out."""
    return sum(route.return_s - route.leave_s for route in plan.routes)


def _people_per_h(plan: Plan) -> float:
    """Recorded in a van-hour; infinite where no van drives."""
    out_s = _out_s(plan)
    return HOUR_S * sum(plan.served().values()) / out_s if out_s else inf


def _reaches(instance: Instance, plan: Plan, needed: int) -> bool:
    """Whether a plan keeps all rules and records so many."""
    return sum(plan.served().values()) >= needed and not violations(instance, plan)
