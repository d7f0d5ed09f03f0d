"""The day of a van in cells of equal length, rounded so that it can do no less than in truth.

A moment lies in the cell of its seconds divided by the step, rounded down, and so does every
duration; as ``floor(a) + floor(b) <= floor(a + b)``, whatever fits into the seconds fits into the
cells. With a step of one second both are the same. A careful grid rounds the other way, durations
and openings up: what fits into its cells fits into the seconds.

An **arrival** at a site is counted not when the van stops there, but when it could leave at the
earliest, after recording the least people: drive, set-up, least service and pack-up are then
rounded once, together. A row of departures holds the cells before the break, then those after it;
a row of arrivals likewise.
"""

from typing import NamedTuple

import numpy as np

from planner.arrays import Float32s, Int32s, Int64s
from planner.jit import jit_finite
from planner.model import NO_ROAD
from planner.solvers.columns.van_day_classes import VanDayClass
from planner.solvers.params import GridParams

NEVER = -(1 << 40)
"""A time so early that nothing is."""

NO_BREAK = (0, 0, -1)
"""In place of earliest start, latest start and length of the break."""


class Grid(NamedTuple):
    """What the kernels know of time and place; a tuple, because numba takes tuples.

    Arrays have an entry for each site, in cells of `step_s` seconds from the opening of the shift.

    Attributes
    ----------
    num_cells
        Cells of the shift.
    early_departures
        Departures before the break lie in cells below this; 0 where there is no break.
    early_arrivals
        The same of arrivals.
    depot_break_end
        The cell in which a van can leave that took its break at the depot.
    break_cells
        Length of the break.
    travel
        From a departure to an arrival, a row for every site, then one for the start; `num_cells`
        where no road leads.
    travel_cost
        What that drive costs, in people.
    window_first, opening, closing
        As in `VanDayClass`; an opening is counted as an arrival.
    latest_before_break
        The last arrival that leaves time to begin the break.
    earliest_after_break
        The first arrival after a break taken while waiting.
    last_departure
        The last departure for the end, before and after the break; `NEVER` where it is too far.
    return_cost
        What the drive there costs.
    """

    step_s: int
    num_cells: int
    early_departures: int
    early_arrivals: int
    depot_break_end: int
    break_cells: int
    travel: Int32s
    travel_cost: Float32s
    window_first: Int64s
    opening: Int64s
    closing: Int64s
    latest_before_break: Int64s
    earliest_after_break: Int64s
    last_departure: Int64s
    return_cost: Float32s


class ServiceOptions(NamedTuple):
    """What a stop earns for staying on, and how many cells longer than the least it takes.

    Attributes
    ----------
    first
        Entries of site ``i`` are those from ``first[i]`` to ``first[i + 1]``.
    people, cells, value
        Of every entry; cells ascend within a site, and start at 0.
    """

    first: Int64s
    people: Int64s
    cells: Int64s
    value: Float32s


def grid_of(
    day_class: VanDayClass,
    chosen: Int64s,
    step_s: int,
    *,
    careful: bool = False,
    least_people: Int64s | None = None,
) -> Grid:
    """The grid of some sites of a class, given by their positions in ``day_class.sites``.

    Parameters
    ----------
    least_people
        Of stops at each; None = those of the sites. A site may then be chosen several times.
    """
    least = day_class.least_people[chosen] if least_people is None else least_people
    return make_grid(
        day_class.instance.drive_s,
        day_class.place[chosen],
        np.array([day_class.start, day_class.end]),
        day_class.handling_s[chosen] + service_s(day_class, chosen, least),
        day_class.window_first,
        day_class.opening_s,
        day_class.closing_s,
        chosen,
        day_class.length_s,
        np.array(NO_BREAK if day_class.crew_break is None else day_class.crew_break),
        day_class.cost_per_s,
        step_s,
        careful,
    )


def service_s(day_class: VanDayClass, sites: Int64s, people: Int64s) -> Int64s:
    """Seconds to record people at sites, given as positions in ``day_class.sites``; rounded up."""
    needed_s = -(-people * day_class.seconds_per_person[sites] // day_class.van.kits)
    longer_s: Int64s = np.maximum(day_class.min_service_s[sites], needed_s)
    return longer_s


def grid_steps_s(day_class: VanDayClass, params: GridParams) -> tuple[int, ...]:
    """Steps of the grids, the last of one second; the coarsest still tells stops apart."""
    length_s = day_class.length_s
    drive_s = day_class.instance.drive_s[np.ix_(day_class.place, day_class.place)]
    drive_s[drive_s == NO_ROAD] = length_s
    np.fill_diagonal(drive_s, length_s)
    every_site = np.arange(len(day_class.sites))
    least_s = day_class.handling_s + service_s(day_class, every_site, day_class.least_people)
    into_s = drive_s.min(axis=0, initial=length_s)
    quickest_s = int((into_s + least_s).min(initial=length_s))
    step_s = min(quickest_s // params.cells_per_stop, length_s // params.min_cells)
    steps_s = [max(step_s, length_s // params.max_cells, 1)]
    while steps_s[-1] > 1:
        steps_s.append(max(1, steps_s[-1] // params.refinement))
    return tuple(steps_s)


@jit_finite
def make_grid(
    drive_s: Int32s,
    place: Int64s,
    depots: Int64s,
    least_s: Int64s,
    all_first: Int64s,
    opening_s: Int64s,
    closing_s: Int64s,
    chosen: Int64s,
    length_s: int,
    crew_break: Int64s,
    cost_per_s: float,
    step_s: int,
    careful: bool,
) -> Grid:
    """What `grid_of` returns, from arrays."""
    num_sites, up = len(chosen), step_s - 1 if careful else 0
    num_cells = length_s // step_s + 1
    early_departures, depot_break_end, break_cells = 0, 0, 0
    if crew_break[2] >= 0:
        early_departures = min(max(0, crew_break[1] // step_s + 1), num_cells)
        depot_break_end = min((crew_break[0] + crew_break[2] + up) // step_s, num_cells)
        break_cells = (crew_break[2] + up) // step_s
    latest_before_break = np.zeros(num_sites, np.int64)
    earliest_after_break = np.zeros(num_sites, np.int64)
    last_departure, return_cost = np.full((num_sites, 2), NEVER), np.zeros(num_sites, np.float32)
    travel = np.full((num_sites + 1, num_sites), num_cells, np.int32)
    travel_cost = np.zeros((num_sites + 1, num_sites), np.float32)
    window_first = np.zeros(num_sites + 1, np.int64)
    most_least_s = 0
    for site in range(num_sites):
        work_s = least_s[site]
        most_least_s = max(most_least_s, work_s)
        back_s = drive_s[place[site], depots[1]]
        return_cost[site] = back_s * cost_per_s
        if back_s != NO_ROAD:
            last_departure[site, 1] = (length_s - back_s) // step_s
            if crew_break[2] >= 0:
                last_departure[site, 0] = (min(crew_break[1], length_s) - back_s) // step_s
        if crew_break[2] >= 0:
            latest_before_break[site] = (crew_break[1] + work_s) // step_s
            earliest_after_break[site] = (crew_break[0] + work_s + crew_break[2] + up) // step_s
        for origin in range(num_sites + 1):
            there_s = drive_s[place[origin] if origin < num_sites else depots[0], place[site]]
            travel_cost[origin, site] = there_s * cost_per_s
            same = origin < num_sites and chosen[origin] == chosen[site]
            if there_s != NO_ROAD and not same:
                travel[origin, site] = min((there_s + work_s + up) // step_s, num_cells)
        windows = all_first[chosen[site] + 1] - all_first[chosen[site]]
        window_first[site + 1] = window_first[site] + windows
    opening = np.empty(window_first[num_sites], np.int64)
    closing = np.empty(window_first[num_sites], np.int64)
    for site in range(num_sites):
        for window in range(window_first[site], window_first[site + 1]):
            known = all_first[chosen[site]] + window - window_first[site]
            opening[window] = (opening_s[known] + least_s[site] + up) // step_s
            closing[window] = closing_s[known] // step_s
    early_arrivals = 0
    if early_departures:
        early_arrivals = min(early_departures + (most_least_s + up) // step_s + 1, num_cells)
    return Grid(
        step_s,
        num_cells,
        early_departures,
        early_arrivals,
        depot_break_end,
        break_cells,
        travel,
        travel_cost,
        window_first,
        opening,
        closing,
        latest_before_break,
        earliest_after_break,
        last_departure,
        return_cost,
    )
