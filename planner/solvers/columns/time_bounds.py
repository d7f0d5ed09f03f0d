"""What routes can at most earn by the time that their stops take: a fractional knapsack."""

import numpy as np

from planner.arrays import Int64s
from planner.model import NO_ROAD
from planner.solvers.columns.grid import service_s
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.van_day_classes import VanDayClass


def best_by_time(day_class: VanDayClass, profits: PricedProfits) -> float:
    """What no route exceeds, whatever the hours of sites and the drives between them; at least 0.

    All of the shift but the quickest drives out and back earns what the best stops earn for the
    time of their work (the linear knapsack of Dantzig 1957).
    """
    sizes = np.diff(profits.first)
    site = np.repeat(np.arange(len(sizes)), sizes)
    people = np.arange(len(site)) - profits.first[site]
    allowed = (people >= day_class.least_people[site]) & (people <= profits.max_people[site])
    allowed &= profits.value > 0
    site, value = site[allowed], profits.value[allowed]
    work_s = day_class.handling_s[site] + service_s(day_class, site, people[allowed])
    if not work_s.all():
        return np.inf
    rate, longest_s = np.zeros(len(sizes)), np.zeros(len(sizes))
    np.maximum.at(rate, site, value / work_s)
    np.maximum.at(longest_s, site, work_s)
    order = np.argsort(-rate, kind="stable")
    used_s = np.append(0.0, np.cumsum(longest_s[order]))
    earned = np.append(0.0, np.cumsum((rate * longest_s)[order]))
    return float(np.interp(_work_s(day_class), used_s, earned))


def _work_s(day_class: VanDayClass) -> int:
    """Seconds of a shift that are left for stops at most."""
    drive_s, places = day_class.instance.drive_s, day_class.place
    out_s, back_s = drive_s[day_class.start, places], drive_s[places, day_class.end]
    return max(0, day_class.length_s - _quickest(out_s) - _quickest(back_s))


def _quickest(drive_s: Int64s) -> int:
    return int(drive_s[drive_s != NO_ROAD].min(initial=np.iinfo(drive_s.dtype).max))
