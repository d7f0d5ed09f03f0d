"""When a campaign is finished if fewer or more people come and vans break down: a range."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from planner.analysis.campaign import CampaignWeek
from planner.district import Estimate, LearnedRates

END_OF_RANGE = NormalDist().inv_cdf(0.9)
"""Standard deviations from the middle to either end of an 80 % range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """How far weekends are from what is planned; assumed, but for what is learned from tallies.

    Attributes
    ----------
    turnout, minutes
        Standard deviations of the logarithm of what is true of a whole course over what is planned.
    weekly, stop
        Likewise of the people who come on a weekend, and to a stop, over those who mostly do.
    breakdown
        Share of van-days that are lost.
    refused
        Share of stops without a confirmed permission that are refused.
    """

    turnout: float = 0.15
    minutes: float = 0.1
    weekly: float = 0.1
    stop: float = 0.25
    breakdown: float = 0.03
    refused: float = 0.1

    def learning(self, learned: LearnedRates | None) -> "Uncertainty":
        """With what tallies leave uncertain of turnout and minutes, as plans go by them."""
        kinds = [] if learned is None else list(learned.kinds.values())
        turnout = _deviation(kind.turnout for kind in kinds)
        minutes = _deviation(kind.seconds_per_person for kind in kinds)
        return replace(
            self,
            turnout=self.turnout if turnout is None else turnout,
            minutes=self.minutes if minutes is None else minutes,
        )


def _deviation(estimates: Iterable[Estimate | None]) -> float | None:
    """The mean over kinds, each by its visits, of the deviation of a logarithm."""
    told = [estimate for estimate in estimates if estimate is not None and estimate.low > 0]
    visits = sum(estimate.visits for estimate in told)
    if not visits:
        return None
    wide = sum(estimate.visits * log(estimate.high / estimate.low) for estimate in told)
    return wide / visits / (2 * END_OF_RANGE)


Courses = NDArray[np.float64]
"""People left by number of weekends, from none on, and by course."""


def simulate(
    weeks: Sequence[CampaignWeek],
    initial: int,
    allowed_left: int,
    *,
    seed: int,
    uncertainty: Uncertainty,
    courses: int = 2000,
) -> Courses:
    """People left after every weekend of simulated courses.

    After every weekend it is planned on from what happened, so a course plans what the campaign
    did when as many were left.

    Parameters
    ----------
    weeks
        Of a campaign that reaches its goal.
    initial, allowed_left
        People left at the beginning, and when the goal is reached.
    """
    rng = np.random.default_rng(seed)
    before = np.array([initial, *(week.left for week in weeks[:-1])], dtype=np.float64)
    order = np.argsort(before, kind="stable")

    def planned(left: Courses, values: Iterable[float]) -> Courses:
        of_weeks = np.array([*values], dtype=np.float64)
        interpolated: Courses = np.interp(left, before[order], of_weeks[order])
        return interpolated

    def vary(deviation: float) -> Courses:
        return np.exp(rng.normal(0.0, deviation, courses))

    def lost(share: float, number: Courses) -> Courses:
        whole = np.maximum(1, np.rint(number).astype(int))
        shares: Courses = rng.binomial(whole, share) / whole
        return shares

    turnout, minutes = vary(uncertainty.turnout), vary(uncertainty.minutes)
    left = np.full(courses, float(initial))
    rows = [left]
    while np.any(left > allowed_left + 1e-9) and len(rows) <= 3 * len(weeks) + 8:
        people = planned(left, (week.people for week in weeks))
        stops = planned(left, (week.num_stops for week in weeks))
        drafts = planned(left, (week.num_drafts for week in weeks))
        held = 1 - np.divide(drafts, stops, out=0 * stops, where=stops > 0) * lost(
            uncertainty.refused, drafts
        )
        held *= 1 - lost(uncertainty.breakdown, planned(left, (week.van_days for week in weeks)))
        come = share_recorded(turnout * vary(uncertainty.weekly), 1 / minutes, uncertainty.stop)
        new = weeks[min(len(rows), len(weeks)) - 1].inflow
        is_open = left > allowed_left + 1e-9
        left = np.where(is_open, left + new - np.minimum(left, people * come * held), left)
        rows.append(left)
    return np.array(rows)


def share_recorded(come: Courses, room: Courses, stop: float) -> Courses:
    """Of the people planned those recorded, where a share comes and there is time for another.

    To a single stop a log-normal multiple of the share comes, of mean 1; who comes to a full one is
    not recorded.
    """
    if stop == 0.0:
        return np.minimum(come, room)
    short = np.log(room / come) / stop
    recorded: Courses = come * ndtr(short - stop / 2) + room * ndtr(-short - stop / 2)
    return recorded


def finish_shares(courses: Courses, allowed_left: float) -> tuple[float, ...]:
    """By number of weekends, from none on, the share of courses finished by then."""
    return tuple(np.mean(courses <= allowed_left + 1e-9, axis=1).tolist())


def left_bands(courses: Courses) -> tuple[tuple[int, int, int], ...]:
    """By number of weekends, people left in the courses: a tenth below, half, a tenth above."""
    tenths = np.quantile(courses, [0.1, 0.5, 0.9], axis=1).round().astype(int)
    return tuple((low, middle, high) for low, middle, high in tenths.T.tolist())


def range_of(shares: Sequence[float], share: float = 0.8) -> tuple[int, int | None]:
    """Weekends between which so many courses finish, as many sooner as later; None = open."""
    tail = (1 - share) / 2

    def first_above(level: float) -> int | None:
        return next((number for number, value in enumerate(shares) if value >= level), None)

    return first_above(tail) or 0, first_above(1 - tail)
