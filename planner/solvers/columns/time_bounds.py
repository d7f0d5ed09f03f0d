"""What routes can at most earn by the time that their stops take: a fractional knapsack."""

import numpy as np

from planner.arrays import Float64s, Int64s
from planner.model import NO_ROAD
from planner.solvers.columns.grid import service_s
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.van_day_classes import VanDayClass


def best_by_time(day_class: VanDayClass, profits: PricedProfits) -> float:
    """What no route exceeds, whatever the hours of sites and the drives between them; at least 0.

    All of the shift but the quickest drives out and back earns what the best stops earn for the
    time of their work; or all of it but the quickest drive back what they earn for their work and
    the quickest drive to them (the linear knapsack of Dantzig 1957).
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
    out_s, back_s, into_s = _drives_s(day_class)
    length_s = day_class.length_s - _quickest(back_s)
    apart = _knapsack(site, value, work_s, len(sizes), length_s - _quickest(out_s))
    return min(apart, _knapsack(site, value, work_s + into_s[site], len(sizes), length_s))


def longest_stops_s(day_class: VanDayClass) -> Int64s:
    """Seconds of a stop for everybody at each site, and of the quickest drive to it."""
    sites = np.arange(len(day_class.sites))
    service = service_s(day_class, sites, day_class.expected)
    _, _, into_s = _drives_s(day_class)
    longest_s: Int64s = day_class.handling_s + service + into_s
    return longest_s


def _knapsack(site: Int64s, value: Float64s, size_s: Int64s, num_sites: int, room_s: int) -> float:
    """What stops earn in so much time, of every site one or parts of one."""
    rate, longest_s = np.zeros(num_sites), np.zeros(num_sites)
    np.maximum.at(rate, site, value / size_s)
    np.maximum.at(longest_s, site, size_s)
    order = np.argsort(-rate, kind="stable")
    used_s = np.append(0.0, np.cumsum(longest_s[order]))
    earned = np.append(0.0, np.cumsum((rate * longest_s)[order]))
    return float(np.interp(max(0, room_s), used_s, earned))


def _drives_s(day_class: VanDayClass) -> tuple[Int64s, Int64s, Int64s]:
    """Seconds to and from every site by the depots, and into it from wherever is nearest."""
    drive_s, places = day_class.instance.drive_s, day_class.place
    out_s, back_s = drive_s[day_class.start, places], drive_s[places, day_class.end]
    between_s = drive_s[np.ix_(places, places)].astype(np.int64)
    between_s[between_s == NO_ROAD] = day_class.length_s
    np.fill_diagonal(between_s, day_class.length_s)
    from_start_s = np.where(out_s == NO_ROAD, day_class.length_s, out_s)
    return out_s, back_s, np.minimum(from_start_s, between_s.min(axis=0, initial=2**31))


def _quickest(drive_s: Int64s) -> int:
    return int(drive_s[drive_s != NO_ROAD].min(initial=np.iinfo(drive_s.dtype).max))
