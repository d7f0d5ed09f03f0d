"""Whether any van can stop at a site at all, found without a solver: every van-day is tried.

A stop records the fewest people it may. Straight from depot to site to depot it is tried exactly.
Where that fails, other stops on the way might still help: roads need not be metric, and a break may
be taken at them. So before a site is called impossible, everything such stops could help with is
granted: the quickest way over any of them, in any order, whatever their hours, and no break.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
from scipy.sparse.csgraph import csgraph_from_dense, dijkstra

from planner.i18n.messages import msgid
from planner.model import NO_ROAD, Instance, Site, Van
from planner.plan import Route
from planner.solvers.amounts import min_stop_people
from planner.solvers.schedule import schedule_route
from planner.units import DAY_S


class Obstacle(StrEnum):
    """What keeps one van on one date from stopping at a site, what is mended most easily first.

    `Code` has a code of the same name for each.
    """

    BREAK = msgid("no time for the break")
    SHIFT = msgid("shift too short")
    WINDOW = msgid("not open long enough")
    CARDS = msgid("too few cards")
    STOPS = msgid("not allowed to make a stop")
    ROAD = msgid("no road there and back")
    NO_DATE = msgid("closed on the date")
    NO_VAN = msgid("does not fit")


class Feasibility(StrEnum):
    """What is known of a van-day, or, as the first that is known of any, of all of them."""

    POSSIBLE = "possible"
    OPEN = "open"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of sending one van on one date straight to a site and back.

    Attributes
    ----------
    feasibility
        Open = not straight, but other stops on the way have not been ruled out to help.
    route
        Where it is possible.
    obstacle
        Where straight is not.
    shortfall
        Cards, or seconds that hours or shift are too short; 0 where no number tells.
    """

    van_id: str
    date: date
    feasibility: Feasibility
    route: Route | None = None
    obstacle: Obstacle | None = None
    shortfall: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFeasibility:
    """What came of all van-days."""

    trials: tuple[Trial, ...]

    @property
    def verdict(self) -> Feasibility:
        """Possible if any is; impossible, proven, if all are; else open."""
        outcomes = {trial.feasibility for trial in self.trials}
        return next((one for one in Feasibility if one in outcomes), Feasibility.IMPOSSIBLE)

    @property
    def nearest(self) -> Trial | None:
        """The van-day that lacks least: of those kept away by time, else by cards, else any."""
        kept_away = (
            min(
                (trial for trial in self.trials if trial.obstacle is obstacle),
                key=lambda trial: trial.shortfall,
                default=None,
            )
            for obstacle in Obstacle
        )
        return next(filter(None, kept_away), None)

    @property
    def nearest_obstacle(self) -> Obstacle:
        """What keeps the van away that lacks least; without any van-day there is no date."""
        return (self.nearest and self.nearest.obstacle) or Obstacle.NO_DATE


def site_feasibility(instance: Instance, site_id: str) -> SiteFeasibility:
    """What comes of sending each van on each date to a site alone."""
    site_index = instance.site_index[site_id]
    return SiteFeasibility(
        trials=tuple(
            _try_van_day(instance, van_index, day, site_index)
            for van_index, day in instance.van_days
        )
    )


def direct_route(instance: Instance, van_index: int, day: date, site_index: int) -> Route | None:
    """The route that stops at one site only, as briefly as it may, or None."""
    people = min_stop_people(instance.sites[site_index])
    return schedule_route(instance, van_index, day, [(site_index, people)])


def _try_van_day(instance: Instance, van_index: int, day: date, site_index: int) -> Trial:
    van, site = instance.vans[van_index], instance.sites[site_index]
    trial = Trial(van_id=van.id, date=day, feasibility=Feasibility.IMPOSSIBLE)
    obstacle, shortfall = _fixed_obstacle(van, site, day)
    if obstacle is None:
        route = direct_route(instance, van_index, day, site_index)
        if route is not None:
            return replace(trial, feasibility=Feasibility.POSSIBLE, route=route)
        obstacle, shortfall = _time_obstacle(instance, van_index, day, site_index)
        if _is_reachable_via_others(instance, van_index, day, site_index):
            trial = replace(trial, feasibility=Feasibility.OPEN)
    return replace(trial, obstacle=obstacle, shortfall=shortfall)


def _fixed_obstacle(van: Van, site: Site, day: date) -> tuple[Obstacle | None, int]:
    """What no way to the site could change, and by how much."""
    people = min_stop_people(site)
    if van.van_class not in site.classes:
        return Obstacle.NO_VAN, 0
    if not site.windows.get(day):
        return Obstacle.NO_DATE, 0
    if van.max_stops is not None and van.max_stops < 1:
        return Obstacle.STOPS, 0
    if van.max_people is not None and van.max_people < people:
        return Obstacle.CARDS, people - van.max_people
    work_s = min_stop_s(site, van)
    longest_s = max(closes - opens for opens, closes in site.windows[day])
    return (Obstacle.WINDOW, work_s - longest_s) if longest_s < work_s else (None, 0)


def min_stop_s(site: Site, van: Van) -> int:
    """Seconds of the shortest stop: set-up, the fewest people, pack-up."""
    service = site.service_s(min_stop_people(site), van.kits)
    return site.setup_s + service + site.packup_s


def _time_obstacle(
    instance: Instance, van_index: int, day: date, site_index: int
) -> tuple[Obstacle, int]:
    """What keeps a van from driving there and back in time, and for how many seconds."""
    van, site = instance.vans[van_index], instance.sites[site_index]
    there_s = int(instance.drive_s[instance.depot_places[van.start], site.place])
    back_s = int(instance.drive_s[site.place, instance.depot_places[van.end]])
    if NO_ROAD in {there_s, back_s}:
        return Obstacle.ROAD, 0

    def fits(changed: Van) -> bool:
        return direct_route(instance.with_van(changed), van_index, day, site_index) is not None

    obstacle = Obstacle.SHIFT
    if van.crew_break is not None and fits(replace(van, crew_break=None)):
        obstacle = Obstacle.BREAK
    opening_s, closing_s = van.shifts[day]
    earlier = first_true(lambda s: fits(_set_shift(van, day, opening_s - s, closing_s)), opening_s)
    later = first_true(lambda s: fits(_set_shift(van, day, opening_s, closing_s + s)), DAY_S)
    return obstacle, min((s for s in (earlier, later) if s is not None), default=0)


def _set_shift(van: Van, day: date, opening_s: int, closing_s: int) -> Van:
    return replace(van, shifts={day: (opening_s, closing_s)})


def first_true(holds: Callable[[int], bool], most: int) -> int | None:
    """The least whole number from 1 on for which a growing condition holds; None = up to none."""
    if most < 1 or not holds(most):
        return None
    return 1 + bisect_left(range(1, most), True, key=holds)


def _is_reachable_via_others(
    instance: Instance, van_index: int, day: date, site_index: int
) -> bool:
    """Whether a stop is in time where all that other stops could help with is granted."""
    van, site = instance.vans[van_index], instance.sites[site_index]
    opening_s, closing_s = van.shifts[day]
    start, end = instance.depot_places[van.start], instance.depot_places[van.end]
    between = [
        other
        for other in instance.sites
        if other != site and van.van_class in other.classes and other.windows.get(day)
    ]
    if van.max_stops == 1:
        between = []
    there_s = _quickest_path_s(instance, between, start, site.place, van)
    back_s = _quickest_path_s(instance, between, site.place, end, van)
    return any(
        max(opening_s + there_s, opens_s) + min_stop_s(site, van) <= closes_s
        and max(opening_s + there_s, opens_s) + min_stop_s(site, van) + back_s <= closing_s
        for opens_s, closes_s in site.windows[day]
    )


def _quickest_path_s(
    instance: Instance, between: Sequence[Site], origin: int, destination: int, van: Van
) -> float:
    """Seconds from place to place straight or over stops at other sites; infinite without a road.

    Each of these stops takes at least its shortest time.
    """
    places = [origin, *(site.place for site in between), destination]
    stop_s = np.array([0, *(min_stop_s(site, van) for site in between), 0], dtype=np.int64)
    drive_s = instance.drive_s[np.ix_(places, places)]
    legs_s = np.where(drive_s == NO_ROAD, np.inf, drive_s + stop_s[:, None])
    graph = csgraph_from_dense(legs_s, null_value=np.inf)
    return float(dijkstra(graph, indices=[0])[0, -1])
