"""A greedy plan: quick at any size, feasible always, and the yardstick for the others.

Van-day after van-day, the stop that earns most for each second it takes is added at the end of the
route, until none earns anything. A stop is timed roughly for all sites at once, without the break;
then exactly for the most promising ones until one fits. This takes a fraction of a second at any
size, so it is finished whatever the limits say: there always is a plan.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from planner.arrays import Float64s, Int64s
from planner.model import NO_ROAD, Instance, Van
from planner.plan import Plan, Route
from planner.solvers.amounts import min_stop_people
from planner.solvers.base import (
    ProgressListener,
    SolveOptions,
    SolveReport,
    is_better,
    plan_progress,
    report_without_bound,
)
from planner.solvers.params import DEFAULT_PARAMS, GreedyParams
from planner.solvers.people_left import PeopleLeft
from planner.solvers.schedule import Visit, maximise_people
from planner.solvers.stopping import StoppingCriterion


def greedy(
    instance: Instance,
    *,
    seed: int,
    stopping: StoppingCriterion,
    options: SolveOptions,
    on_progress: ProgressListener,
) -> SolveReport:
    """The greedy plan, or the one given if that is better; the same for every seed."""
    plan, start = greedy_plan(instance, options.params.greedy), options.start
    if start is not None and is_better(instance, start, plan, options.required):
        plan = start
    on_progress(plan_progress(instance, plan, stopping))
    return report_without_bound(instance, plan, solver="greedy", seed=seed, stopping=stopping)


def greedy_plan(instance: Instance, params: GreedyParams = DEFAULT_PARAMS.greedy) -> Plan:
    """Routes of the van-days in their order."""
    sites = _Sites.of(instance)
    routes = (
        _route(instance, sites, van_index, day, params.timed_sites)
        for van_index, day in instance.van_days
    )
    return Plan(routes=tuple(route for route in routes if route is not None))


@dataclass(slots=True)
class _Sites:
    """The sites in columns; ``remaining`` counts down, to no less than what ``left`` says."""

    place: Int64s
    weight: Float64s
    least: Float64s
    seconds_per_person: Float64s
    setup_s: Float64s
    packup_s: Float64s
    min_service_s: Float64s
    remaining: Float64s
    left: PeopleLeft

    @classmethod
    def of(cls, instance: Instance) -> "_Sites":
        sites = instance.sites
        return cls(
            place=np.array([site.place for site in sites], dtype=np.int64),
            weight=np.array([site.weight for site in sites], dtype=float),
            least=np.array([min_stop_people(site) for site in sites], dtype=float),
            seconds_per_person=np.array([site.seconds_per_person for site in sites], dtype=float),
            setup_s=np.array([site.setup_s for site in sites], dtype=float),
            packup_s=np.array([site.packup_s for site in sites], dtype=float),
            min_service_s=np.array([site.min_service_s for site in sites], dtype=float),
            left=PeopleLeft(instance),
            remaining=np.array([site.max_people for site in sites], dtype=float),
        )

    def take(self, site: int, people: int) -> None:
        """Count a stop; sites that share people with it are lowered once they look promising."""
        self.left.take([(site, people)])
        self.remaining[site] -= people

    def lower(self, site: int) -> bool:
        """Whether fewer people are left at a site than thought; then they are fewer."""
        people = self.left.at(site)
        is_overrated = people < self.remaining[site]
        self.remaining[site] = people
        return bool(is_overrated)


def _route(
    instance: Instance, sites: _Sites, van_index: int, day: date, timed_sites: int
) -> Route | None:
    """The greedy route of one van-day; takes its people off those remaining."""
    van = instance.vans[van_index]
    most_stops = len(instance.sites) if van.max_stops is None else van.max_stops
    windows = _windows(instance, van, day)
    visits: list[Visit] = []
    route = None
    while len(visits) < most_stops:
        cards = np.inf
        if van.max_people is not None:
            cards = van.max_people - sum(people for _, people in visits)
        longer, is_overrated = None, False
        promising = _promising(instance, sites, van, day, windows, route, cards)
        for site in promising[:timed_sites]:
            is_overrated = sites.lower(site)
            if is_overrated:
                break
            least, most = int(sites.least[site]), int(min(sites.remaining[site], cards))
            tried = [*visits, (site, least)]
            longer = maximise_people(instance, van_index, day, tried, len(visits), most)
            if longer is not None:
                break
        if is_overrated:
            continue
        if longer is None:
            break
        route = longer
        visits.append((site, route.stops[-1].people))
        sites.take(*visits[-1])
        windows[site] = np.nan
    return route


def _windows(instance: Instance, van: Van, day: date) -> Float64s:
    """Opening and closing of each window of each site; NaN where there is none for the van."""
    hours = [
        site.windows.get(day, ()) if van.van_class in site.classes else ()
        for site in instance.sites
    ]
    windows = np.full((len(hours), max(map(len, hours), default=0), 2), np.nan)
    for site, intervals in enumerate(hours):
        for number, interval in enumerate(intervals):
            windows[site, number] = interval
    return windows


def _promising(
    instance: Instance,
    sites: _Sites,
    van: Van,
    day: date,
    windows: Float64s,
    route: Route | None,
    cards: float,
) -> Int64s:
    """Sites worth a stop at the end of a route, the most earned a second first."""
    home = instance.depot_places[van.end]
    opening_s, closing_s = van.shifts[day]
    if route is None:
        place, now_s, home_s = instance.depot_places[van.start], opening_s, 0
    else:
        place = instance.site(route.stops[-1].site_id).place
        now_s, home_s = route.stops[-1].depart_s, int(instance.drive_s[place, home])
    there_s = instance.drive_s[place, sites.place].astype(np.int64)
    back_s = instance.drive_s[sites.place, home].astype(np.int64)
    begin_s = np.maximum((now_s + there_s)[:, None], windows[:, :, 0])
    end_s = np.minimum((closing_s - back_s)[:, None], windows[:, :, 1])
    room_s = end_s - begin_s - (sites.setup_s + sites.packup_s)[:, None]
    people = np.minimum(_fitting(sites, van, room_s), np.minimum(sites.remaining, cards)[:, None])
    worth_s = instance.worth_s or np.inf
    earned = sites.weight[:, None] * people - ((there_s + back_s - home_s) / worth_s)[:, None]
    serve_s = people * sites.seconds_per_person[:, None] / van.kits
    taken_s = end_s - room_s + np.maximum(serve_s, sites.min_service_s[:, None]) - now_s
    ok = (people >= sites.least[:, None]) & (earned > 0)
    ok &= ((there_s != NO_ROAD) & (back_s != NO_ROAD))[:, None]
    rate = np.where(ok, earned / np.maximum(taken_s, 1), -np.inf).max(axis=1, initial=-np.inf)
    order: Int64s = np.argsort(-rate, kind="stable")
    return order[: np.count_nonzero(rate > -np.inf)]


def _fitting(sites: _Sites, van: Van, room_s: Float64s) -> Float64s:
    """People that can be recorded in the seconds left; NaN where there are none left."""
    takes_s, least_s = sites.seconds_per_person[:, None], sites.min_service_s[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        people = np.where(takes_s > 0, room_s * van.kits // takes_s, np.inf)
    return np.where(room_s >= least_s, people, np.nan)
