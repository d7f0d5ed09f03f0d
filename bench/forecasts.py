"""Forecasts of campaigns beside what became of them, where the truth is hidden and drawn.

Turnout and minutes of every kind of place, what comes on a weekend and to a stop, vans that break
down and hosts who refuse are drawn from a seed. An office plans, sees what became of it, learns
from its tallies after four weekends, and says when it will have finished.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from planner.analysis.campaign import Goal
from planner.analysis.rate_models import Fit, ShareVisit, TimeVisit, fit_share, fit_time
from planner.backlog import no_inflow
from planner.campaign.least_weekends import monday, schools_to_open, shift_week
from planner.campaign.plan_campaign import Campaigner, CampaignSearch
from planner.campaign.register import Register
from planner.campaign.simulation import Uncertainty, range_of
from planner.district import District, KindRates, LearnedRates
from planner.horizon import build_horizon
from planner.model import Instance
from planner.office.district_folder import read_district
from planner.plan import Plan, Route, Stop
from planner.solvers import solve
from planner.solvers.people_left import PeopleLeft

WEEKS_TOLD = 4
MAX_WEEKENDS = 60
LEARN_FROM = 10
DRAWN = Uncertainty()

HEAD = ("seed", "from", "to", "finished after", "inside")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Weekends between which four in five courses finish, and those that it took."""

    seed: int
    earliest: int
    latest: int | None
    truth: int | None

    @property
    def holds(self) -> bool:
        """Whether the truth lies in the range."""
        until = MAX_WEEKENDS if self.latest is None else self.latest
        return self.truth is not None and self.earliest <= self.truth <= until


@dataclass(slots=True)
class _World:
    """What an office does not know."""

    rng: np.random.Generator
    turnout: Mapping[str, float]
    minutes: Mapping[str, float]
    shares: defaultdict[str, list[ShareVisit]] = field(default_factory=lambda: defaultdict(list))
    times: defaultdict[str, list[TimeVisit]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of_seed(cls, district: District, seed: int) -> "_World":
        rng = np.random.default_rng(seed)
        kinds = [of.key for of in district.venue_types]

        def draw(deviation: float) -> dict[str, float]:
            return dict(zip(kinds, np.exp(rng.normal(0, deviation, len(kinds))), strict=True))

        return cls(rng, draw(DRAWN.turnout), draw(DRAWN.minutes))

    def true_district(self, district: District) -> District:
        """With the turnout that is."""
        venues = tuple(
            replace(venue, turnout=min(0.98, venue.turnout * self.turnout[venue.type.key]))
            for venue in district.venues
        )
        return replace(district, venues=venues, learned=())

    def outcome(self, district: District, planned: Instance, true: Instance, plan: Plan) -> Plan:
        """What became of a plan; what a crew would tell of it is noted."""
        left, weekend = PeopleLeft(true), np.exp(self.rng.normal(0, DRAWN.weekly))
        venues = {venue.id: venue for venue in district.venues}
        routes: list[Route] = []
        for route in plan.routes:
            stops: list[Stop] = []
            is_lost = self.rng.random() < DRAWN.breakdown
            for stop in route.stops:
                venue, kind = venues[stop.site_id], venues[stop.site_id].type.key
                is_refused = not venue.is_confirmed and self.rng.random() < DRAWN.refused
                if is_lost or is_refused or stop.site_id not in true.site_index:
                    continue
                site = true.site_index[stop.site_id]
                around = self.rng.normal(-(DRAWN.stop**2) / 2, DRAWN.stop)
                come = self.rng.poisson(true.sites[site].max_people * weekend * np.exp(around))
                room = int(stop.people / self.minutes[kind])
                people = min(int(come), room, left.at(site))
                of = planned.site(stop.site_id).max_people / venue.turnout
                self.shares[kind].append(
                    ShareVisit(
                        place=venue.id, people=people, of=round(of), is_cut=people == room < come
                    )
                )
                if people:
                    spent_s = people * venue.seconds_per_person * self.minutes[kind]
                    self.times[kind].append(
                        TimeVisit(place=venue.id, seconds=spent_s, people=people)
                    )
                    left.take([(site, people)])
                    stops.append(replace(stop, people=people))
            if stops:
                routes.append(replace(route, stops=tuple(stops)))
        return Plan(routes=tuple(routes))

    def learned(self, district: District, day: date) -> LearnedRates:
        """What tallies teach by a day."""

        def rates(key: str, turnout: float, seconds: float) -> KindRates:
            if len(self.shares[key]) < LEARN_FROM:
                return KindRates()
            shares: Fit = fit_share(self.shares[key], turnout)
            times: Fit = fit_time(self.times[key], seconds)
            return KindRates(turnout=shares.rate, seconds_per_person=times.rate)

        return LearnedRates(
            day=day,
            kinds={
                of.key: rates(of.key, of.turnout, of.seconds_per_person)
                for of in district.venue_types
            },
            places={},
            assumed={of.key: (of.turnout, of.seconds_per_person) for of in district.venue_types},
            assumed_setup_s=district.rates.setup_s,
        )


def forecasts(folder: Path, first_week: str, target: float, seeds: int) -> list[Forecast]:
    """A forecast for each seed, for a district along straight lines."""
    district = replace(read_district(folder), roads=None)
    return [forecast(district, first_week, target, seed) for seed in range(seeds)]


def forecast(district: District, first_week: str, target: float, seed: int) -> Forecast:
    """A forecast after four weekends, and when the campaign finished."""
    world = _World.of_seed(district, seed)
    # Whoever stays away may come later: tallies do not say who that was.
    search = CampaignSearch(arguments={"solver": "greedy", "seed": seed}, looks_ahead=False)
    register = Register(
        district, monday(first_week), no_inflow, 1.0, schools_to_open(district, first_week, None)
    )
    reachable = _Office(district, first_week, Goal(target=target), search).campaign
    earliest, latest, truth = 0, None, None
    for number in range(MAX_WEEKENDS):
        week = shift_week(first_week, number)
        if register.left(monday(week)) <= reachable.allowed_left:
            truth = number
            break
        if number == WEEKS_TOLD:
            learned = world.learned(district, monday(week) - timedelta(days=1))
            district = replace(district, learned=(learned,))
            earliest, latest = _range(district, week, register, reachable.allowed_left, search)
        _drive(world, register, district, week)
    return Forecast(seed=seed, earliest=earliest, latest=latest, truth=truth)


class _Office(Campaigner):
    """A campaign of which nothing is proven."""

    def _bound(self, week: str, num_done: int = 0) -> int | None:
        del week, num_done
        return None


def _range(
    district: District, week: str, register: Register, allowed_left: int, search: CampaignSearch
) -> tuple[int, int | None]:
    """Weekends of the whole campaign between which four in five courses finish."""
    left = replace(
        register.district(monday(week), willing=False), learned=district.learned, counted_on=None
    )
    target = 1 - allowed_left / max(1, register.left(monday(week)))
    office = _Office(left, week, Goal(target=target, max_weekends=MAX_WEEKENDS), search)
    reachable = office.campaign.reachable
    needed = register.left(monday(week)) - allowed_left
    office = _Office(left, week, Goal(target=min(1.0, needed / reachable)), search)
    for _ in office.weeks():
        pass
    shares = office.campaign.finish_shares
    earliest, latest = range_of(shares) if shares else (MAX_WEEKENDS, None)
    return WEEKS_TOLD + earliest, None if latest is None else WEEKS_TOLD + latest


def _drive(world: _World, register: Register, district: District, week: str) -> None:
    """A weekend as the office plans it, and as it turns out."""
    willing = register.district(monday(week), willing=True)
    planned = build_horizon(replace(willing, learned=district.learned), week)
    true = build_horizon(world.true_district(willing), week)
    plan = solve(planned.instance, solver="greedy").plan
    register.record(true, world.outcome(planned.district, planned.instance, true.instance, plan))


def rows(forecasts: list[Forecast]) -> Iterator[tuple[str, ...]]:
    """A row for each seed, and one for the share of ranges that hold."""
    for told in forecasts:
        until = "-" if told.latest is None else str(told.latest)
        truth = "-" if told.truth is None else str(told.truth)
        yield str(told.seed), str(told.earliest), until, truth, "yes" if told.holds else "no"
    share = sum(told.holds for told in forecasts) / len(forecasts)
    yield "all", "", "", "", f"{share:.0%}"
