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
from planner.model import NO_ROAD
from planner.solvers.columns.compiled import compiled
from planner.solvers.columns.van_day_classes import Kind

NEVER = -(1 << 40)
"""A time so early that nothing is."""

NO_REST = (0, 0, -1)
"""In place of earliest start, latest start and length of the break."""


class Grid(NamedTuple):
    """What the kernels know of time and place; a tuple, because numba takes tuples.

    Arrays have an entry for each site, in cells of `step_s` seconds from the opening of the shift.

    Attributes
    ----------
    num_cells
        Cells of the shift.
    early
        Departures before the break lie in cells below this; 0 where there is no break.
    early_arrivals
        The same of arrivals.
    rested
        The cell in which a van can leave that took its break at the depot.
    pause
        Length of the break.
    hop
        From a departure to an arrival, a row for every site, then one for the start; `num_cells`
        where no road leads.
    hop_cost
        What that drive costs, in people.
    window_first, opening, closing
        As in `Kind`; an opening is counted as an arrival.
    late
        The last arrival that leaves time to begin the break.
    lunch
        The first arrival after a break taken while waiting.
    home
        The last departure for the end, before and after the break; `NEVER` where it is too far.
    home_cost
        What the drive there costs.
    """

    step_s: int
    num_cells: int
    early: int
    early_arrivals: int
    rested: int
    pause: int
    hop: Int32s
    hop_cost: Float32s
    window_first: Int64s
    opening: Int64s
    closing: Int64s
    late: Int64s
    lunch: Int64s
    home: Int64s
    home_cost: Float32s


class Gains(NamedTuple):
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


def grid_of(kind: Kind, chosen: Int64s, step_s: int, *, careful: bool = False) -> Grid:
    """The grid of some sites of a kind, given by their positions in ``kind.sites``."""
    return _grid(
        kind.instance.drive_s,
        kind.place[chosen],
        np.array([kind.start, kind.end]),
        kind.hands_s[chosen] + service_s(kind, chosen, kind.least[chosen]),
        kind.window_first,
        kind.opening_s,
        kind.closing_s,
        chosen,
        kind.length_s,
        np.array(NO_REST if kind.rest is None else kind.rest),
        kind.per_s,
        step_s,
        careful,
    )


def service_s(kind: Kind, sites: Int64s, people: Int64s) -> Int64s:
    """Seconds to record people at sites given by their positions in ``kind.sites``, rounded up."""
    return -(-people * kind.seconds_per_person[sites] // kind.van.kits)


@compiled
def _grid(
    drive_s: Int32s,
    place: Int64s,
    depots: Int64s,
    least_s: Int64s,
    all_first: Int64s,
    opening_s: Int64s,
    closing_s: Int64s,
    chosen: Int64s,
    length_s: int,
    rest: Int64s,
    per_s: float,
    step_s: int,
    careful: bool,
) -> Grid:
    num_sites, up = len(chosen), step_s - 1 if careful else 0
    num_cells = length_s // step_s + 1
    early, rested, pause = 0, 0, 0
    if rest[2] >= 0:
        early = min(max(0, rest[1] // step_s + 1), num_cells)
        rested = min((rest[0] + rest[2] + up) // step_s, num_cells)
        pause = (rest[2] + up) // step_s
    late, lunch = np.zeros(num_sites, np.int64), np.zeros(num_sites, np.int64)
    home, home_cost = np.full((num_sites, 2), NEVER), np.zeros(num_sites, np.float32)
    hop = np.full((num_sites + 1, num_sites), num_cells, np.int32)
    hop_cost = np.zeros((num_sites + 1, num_sites), np.float32)
    window_first = np.zeros(num_sites + 1, np.int64)
    most_least_s = 0
    for site in range(num_sites):
        least = least_s[site]
        most_least_s = max(most_least_s, least)
        back_s = drive_s[place[site], depots[1]]
        home_cost[site] = back_s * per_s
        if back_s != NO_ROAD:
            home[site, 1] = (length_s - back_s) // step_s
            if rest[2] >= 0:
                home[site, 0] = (min(rest[1], length_s) - back_s) // step_s
        if rest[2] >= 0:
            late[site] = (rest[1] + least) // step_s
            lunch[site] = (rest[0] + least + rest[2] + up) // step_s
        for origin in range(num_sites + 1):
            there_s = drive_s[place[origin] if origin < num_sites else depots[0], place[site]]
            hop_cost[origin, site] = there_s * per_s
            if there_s != NO_ROAD and origin != site:
                hop[origin, site] = min((there_s + least + up) // step_s, num_cells)
        windows = all_first[chosen[site] + 1] - all_first[chosen[site]]
        window_first[site + 1] = window_first[site] + windows
    opening = np.empty(window_first[num_sites], np.int64)
    closing = np.empty(window_first[num_sites], np.int64)
    for site in range(num_sites):
        for window in range(window_first[site], window_first[site + 1]):
            known = all_first[chosen[site]] + window - window_first[site]
            opening[window] = (opening_s[known] + least_s[site] + up) // step_s
            closing[window] = closing_s[known] // step_s
    early_arrivals = min(early + (most_least_s + up) // step_s + 1, num_cells) if early else 0
    return Grid(
        step_s,
        num_cells,
        early,
        early_arrivals,
        rested,
        pause,
        hop,
        hop_cost,
        window_first,
        opening,
        closing,
        late,
        lunch,
        home,
        home_cost,
    )
