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
from numpy.typing import NDArray

from planner.model import NO_ROAD
from planner.solvers.columns.kinds import Kind, Whole

Single = NDArray[np.float32]

NEVER = -(1 << 40)
"""A time so early that nothing is."""


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
    hop: NDArray[np.int32]
    hop_cost: Single
    window_first: Whole
    opening: Whole
    closing: Whole
    late: Whole
    lunch: Whole
    home: Whole
    home_cost: Single


class Gains(NamedTuple):
    """What a stop earns for staying on, and how many cells longer than the least it takes.

    Attributes
    ----------
    first
        Entries of site ``i`` are those from ``first[i]`` to ``first[i + 1]``.
    people, cells, value
        Of every entry; cells ascend within a site, and start at 0.
    """

    first: Whole
    people: Whole
    cells: Whole
    value: Single


def grid_of(kind: Kind, chosen: Whole, step_s: int, *, careful: bool = False) -> Grid:
    """The grid of some sites of a kind, given by their positions in ``kind.sites``."""
    up = step_s - 1 if careful else 0
    least_s = kind.hands_s[chosen] + service_s(kind, chosen, kind.least[chosen])
    window_first, windows = _windows(kind, chosen)
    num_windows = np.diff(window_first)
    back_s = kind.instance.drive_s[kind.place[chosen], kind.end].astype(np.int64)
    num_cells = kind.length_s // step_s + 1
    early, rested, pause = 0, 0, 0
    late = lunch = np.zeros(len(chosen), dtype=np.int64)
    home = np.full((len(chosen), 2), NEVER)
    home[:, 1] = (kind.length_s - back_s) // step_s
    if kind.rest is not None:
        earliest_s, latest_s, length_s = kind.rest
        early = min(max(0, latest_s // step_s + 1), num_cells)
        rested = min((earliest_s + length_s + up) // step_s, num_cells)
        pause = (length_s + up) // step_s
        late = (latest_s + least_s) // step_s
        lunch = (earliest_s + least_s + length_s + up) // step_s
        home[:, 0] = (min(latest_s, kind.length_s) - back_s) // step_s
    home[back_s == NO_ROAD] = NEVER
    hop, hop_cost = _drives(kind, chosen, least_s, step_s, up, num_cells)
    early_arrivals = min(early + (int(least_s.max(initial=0)) + up) // step_s + 1, num_cells)
    return Grid(
        step_s=step_s,
        num_cells=num_cells,
        early=early,
        early_arrivals=early_arrivals if early else 0,
        rested=rested,
        pause=pause,
        hop=hop,
        hop_cost=hop_cost,
        window_first=window_first,
        opening=(kind.opening_s[windows] + np.repeat(least_s, num_windows) + up) // step_s,
        closing=kind.closing_s[windows] // step_s,
        late=late,
        lunch=lunch,
        home=home,
        home_cost=(back_s * kind.per_s).astype(np.float32),
    )


def service_s(kind: Kind, sites: Whole, people: Whole) -> Whole:
    """Seconds to record people at sites given by their positions in ``kind.sites``, rounded up."""
    return -(-people * kind.seconds_per_person[sites] // kind.van.kits)


def _windows(kind: Kind, chosen: Whole) -> tuple[Whole, Whole]:
    """First window of each chosen site among those of all, and indices of these in the kind."""
    counts = np.diff(kind.window_first)[chosen]
    first = np.concatenate([[0], np.cumsum(counts)])
    windows = np.arange(first[-1]) + np.repeat(kind.window_first[chosen] - first[:-1], counts)
    return first, windows


def _drives(
    kind: Kind, chosen: Whole, least_s: Whole, step_s: int, up: int, num_cells: int
) -> tuple[NDArray[np.int32], Single]:
    """Cells and cost of the drive to each site from the others and the start."""
    places = kind.place[chosen]
    drive_s = kind.instance.drive_s[np.ix_(np.append(places, kind.start), places)]
    hop = (drive_s + least_s.astype(np.int32) + np.int32(up)) // np.int32(step_s)
    hop[drive_s == NO_ROAD] = num_cells
    np.fill_diagonal(hop, num_cells)
    return np.minimum(hop, num_cells), (drive_s * kind.per_s).astype(np.float32)
