"""When a campaign is finished if fewer or more people come and vans break down: a range."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.analysis.campaign import CampaignWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """How far weekends are from what is planned; all assumed.

    Attributes
    ----------
    lasting, weekly
        Standard deviations of the logarithm of people recorded over people planned: of a course as
        a whole, as turnout and minutes are not known, and of each weekend.
    breakdown
        Share of van-days that are lost.
    """

    lasting: float = 0.15
    weekly: float = 0.1
    breakdown: float = 0.03


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

    After every weekend it is planned on from what happened, so a course records what the campaign
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
    people = np.array([week.people - week.inflow for week in weeks], dtype=np.float64)
    van_days = np.array([week.van_days for week in weeks], dtype=np.float64)
    left = np.full(courses, float(initial))
    # A mean of 1: some courses go better than planned, others worse.
    course = np.exp(rng.normal(-(uncertainty.lasting**2) / 2, uncertainty.lasting, courses))
    rows = [left]
    while np.any(left > allowed_left + 1e-9) and len(rows) <= 3 * len(weeks) + 8:
        usual = np.interp(left, before[order], people[order])
        vans = np.maximum(1, np.rint(np.interp(left, before[order], van_days[order])).astype(int))
        driven = rng.binomial(vans, 1 - uncertainty.breakdown) / vans
        week = np.exp(rng.normal(-(uncertainty.weekly**2) / 2, uncertainty.weekly, courses))
        is_open = left > allowed_left
        left = np.where(is_open, left - np.minimum(left, usual * course * week * driven), left)
        rows.append(left)
    return np.array(rows)


def finish_shares(courses: Courses, allowed_left: int) -> tuple[float, ...]:
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
