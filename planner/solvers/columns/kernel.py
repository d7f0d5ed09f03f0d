"""The hot loops of pricing, compiled by numba.

Values are in people, as float32: a vector register holds twice as many of them as of float64, and
`planner.solvers.columns.pricing` adds more to every bound than rounding can take away. The inner
loops run over slices of rows of the same length, from 0, without branches: only so are they
compiled to vector instructions.

All stand in one file, as what numba keeps on disk is only made anew when the file of a function
changes, not when one that it calls does.

``after_break`` is 0 before the break and 1 after it. For rows see `planner.solvers.columns.grid`.
"""

from typing import NamedTuple

import numpy as np

from planner.arrays import Bools, Float32s, Int32s, Int64s, UInt64s
from planner.jit import jit_finite, jit_inner
from planner.solvers.columns.grid import Grid, ServiceOptions

IMPOSSIBLE = np.float32(-1e30)
"""The value of what cannot be."""

NO_CARDS = np.zeros(0, dtype=np.int64)
"""Cards used by labels, where cards do not count."""


class Labels(NamedTuple):
    """Labels sorted by site; a tuple, because numba takes tuples.

    Attributes
    ----------
    rows
        A row of departures each; see `planner.solvers.columns.grid`.
    sites
        Where each is; that of the start is the number of sites.
    memory
        Visits that each remembers, as bits, 64 to a word.
    spans
        Per label, before and after the break: the first cell that counts, and the end of them.
    used
        Cards that each has used.
    """

    rows: Float32s
    sites: Int64s
    memory: UInt64s
    spans: Int64s
    used: Int64s


class Exclusions(NamedTuple):
    """Which stops a route may not make after others; a tuple, because numba takes tuples.

    Sets of stops are bits, 64 to a word, a row for each stop.

    Attributes
    ----------
    keep
        Stops that each remembers.
    visits, same_site
        What each is remembered as, and what of that excludes it.
    related
        Stops that exclude each other, if only together with more, shape ``(n, n)``.
    first
        Limits of stop ``i`` are those from ``first[i]`` to ``first[i + 1]``.
    limit, member_first, member, people
        What members that are remembered may have recorded together, and how much each counts.
    """

    keep: UInt64s
    visits: UInt64s
    same_site: UInt64s
    related: Bools
    first: Int64s
    limit: Int64s
    member_first: Int64s
    member: Int64s
    people: Int64s


@jit_inner
def _raise(target: Float32s, source: Float32s, gain: np.float32) -> None:
    """Raise the target to the source plus a gain, wherever that is more."""
    for x in range(len(target)):
        value = source[x] + gain
        target[x] = value if value > target[x] else target[x]


@jit_inner
def _cells(grid: Grid, after_break: int, early: int) -> tuple[int, int, int]:
    if after_break == 0:
        return 0, 0, early
    return early - grid.depot_break_end, grid.depot_break_end, grid.num_cells


@jit_inner
def _departures(grid: Grid, after_break: int) -> tuple[int, int, int]:
    """Where cell 0 stands in a row of departures, the first cell, and the end of the cells."""
    return _cells(grid, after_break, grid.early_departures)


@jit_inner
def _arrivals(grid: Grid, after_break: int) -> tuple[int, int, int]:
    """The same of a row of arrivals."""
    return _cells(grid, after_break, grid.early_arrivals)


@jit_inner
def _no_departures(grid: Grid, count: int) -> Float32s:
    """Rows of departures of which none can be."""
    return np.full(
        (count, grid.early_departures + grid.num_cells - grid.depot_break_end), IMPOSSIBLE
    )


@jit_inner
def _no_arrivals(grid: Grid, count: int) -> Float32s:
    """Rows of arrivals of which none can be."""
    return np.full((count, grid.early_arrivals + grid.num_cells - grid.depot_break_end), IMPOSSIBLE)


# Backward: what is still to be earned.


@jit_finite
def completion_bounds(
    grid: Grid, services: ServiceOptions, block: int, rounds: int
) -> tuple[Float32s, Float32s]:
    """What can at most be earned after a departure, and from an arrival on; cycles allowed.

    Later cells first, so many at once as the quickest drive has; where that is none, all cells
    at once, so often as a route can have stops.

    Returns
    -------
    Float32s
        Per site a row of departures: the best way on and home.
    Float32s
        Per site a row of arrivals: the best amount there, then the best way on and home.
    """
    num_sites = len(grid.last_departure)
    departure_bound, arrival_bound = _no_departures(grid, num_sites), _no_arrivals(grid, num_sites)
    for after_break in (1, 0):
        _, first, end = _departures(grid, after_break)
        if after_break == 0:
            for site in range(num_sites):
                _bound_arrivals_with_break(
                    grid, services, site, departure_bound[site], arrival_bound[site]
                )
        for _ in range(rounds):
            before = arrival_bound.copy() if rounds > 1 else arrival_bound
            high = end
            while high > first:
                low = max(first, high - block)
                for site in range(num_sites):
                    _bound_departures(
                        grid, site, after_break, low, high, departure_bound[site], arrival_bound
                    )
                for site in range(num_sites):
                    _bound_arrivals(
                        grid,
                        services,
                        site,
                        after_break,
                        low,
                        high,
                        departure_bound[site],
                        arrival_bound[site],
                    )
                high = low
            if rounds == 1 or np.array_equal(before, arrival_bound):
                break
    return departure_bound, arrival_bound


@jit_inner
def _bound_departures(
    grid: Grid,
    site: int,
    after_break: int,
    low: int,
    high: int,
    departure_bound: Float32s,
    arrival_bound: Float32s,
) -> None:
    """The best of going home and of every site to go to, for departures of some cells."""
    here, _, _ = _departures(grid, after_break)
    there, _, end = _arrivals(grid, after_break)
    cells = departure_bound[here + low : here + high]
    for x in range(min(high, grid.last_departure[site, after_break] + 1) - low):
        cells[x] = max(cells[x], -grid.return_cost[site])
    for target in range(len(arrival_bound)):
        travel, cost = grid.travel[site, target], grid.travel_cost[site, target]
        stop = min(high, end - travel)
        # Both fall with time, so that the last and the first cell tell whether any is raised.
        if (
            stop > low
            and arrival_bound[target, there + low + travel] - cost > cells[stop - low - 1]
        ):
            source = arrival_bound[target, there + low + travel : there + stop + travel]
            _raise(cells[: stop - low], source, -cost)


@jit_inner
def _bound_arrivals(
    grid: Grid,
    services: ServiceOptions,
    site: int,
    after_break: int,
    low: int,
    high: int,
    departure_bound: Float32s,
    arrival_bound: Float32s,
) -> None:
    """The best amount for arrivals of some cells, without a break; waiting allowed."""
    here, _, limit = _departures(grid, after_break)
    there, _, end = _arrivals(grid, after_break)
    for window in range(grid.window_first[site], grid.window_first[site + 1]):
        begin = max(low, grid.opening[window])
        for entry in range(services.first[site], services.first[site + 1]):
            cells = services.cells[entry]
            stop = min(high, grid.closing[window] + 1 - cells, limit - cells)
            if stop <= begin:
                break
            _raise(
                arrival_bound[there + begin : there + stop],
                departure_bound[here + begin + cells : here + stop + cells],
                services.value[entry],
            )
    for cell in range(min(high, end - 1) - 1, low - 1, -1):
        arrival_bound[there + cell] = max(
            arrival_bound[there + cell], arrival_bound[there + cell + 1]
        )


@jit_inner
def _bound_arrivals_with_break(
    grid: Grid,
    services: ServiceOptions,
    site: int,
    departure_bound: Float32s,
    arrival_bound: Float32s,
) -> None:
    """The best amount for arrivals before the break that take it while waiting or at the stop."""
    here, rested_cell, _ = _departures(grid, 1)
    there, _, end = _arrivals(grid, 1)
    latest_before_break = min(grid.latest_before_break[site] + 1, grid.early_arrivals)
    for cell in range(latest_before_break):
        after = max(cell + grid.break_cells, grid.earliest_after_break[site])
        if after < end:
            arrival_bound[cell] = arrival_bound[there + after]
    for window in range(grid.window_first[site], grid.window_first[site + 1]):
        begin = grid.opening[window]
        for entry in range(services.first[site], services.first[site + 1]):
            longer = services.cells[entry] + grid.break_cells
            stop = min(latest_before_break, grid.closing[window] + 1 - longer)
            if rested_cell > grid.closing[window] or rested_cell >= grid.num_cells:
                break
            value = departure_bound[here + rested_cell] + services.value[entry]
            for cell in range(begin, min(stop, rested_cell - longer)):
                arrival_bound[cell] = max(arrival_bound[cell], value)
            begin_after = max(begin, rested_cell - longer)
            if stop > begin_after:
                _raise(
                    arrival_bound[begin_after:stop],
                    departure_bound[here + begin_after + longer : here + stop + longer],
                    services.value[entry],
                )
    for cell in range(grid.early_arrivals - 2, -1, -1):
        arrival_bound[cell] = max(arrival_bound[cell], arrival_bound[cell + 1])


# Forward: what can have been earned.


@jit_inner
def _serve(
    grid: Grid,
    services: ServiceOptions,
    site: int,
    after_break: int,
    low: int,
    high: int,
    entries: tuple[int, int],
    arrivals: Float32s,
    departures: Float32s,
) -> None:
    """Extend labels by each service option, for arrivals in cells [low, high).

    Early arrivals wait for the window to open.
    """
    here, _, limit = _departures(grid, after_break)
    there, first, end = _arrivals(grid, after_break)
    for window in range(grid.window_first[site], grid.window_first[site + 1]):
        opening, closing = max(grid.opening[window], first), grid.closing[window]
        if opening >= end:
            continue
        begin = max(opening, low)
        exact = arrivals[there + begin]
        for cell in range(low, opening):
            arrivals[there + begin] = max(arrivals[there + begin], arrivals[there + cell])
        for entry in range(entries[0], entries[1]):
            cells, value = services.cells[entry], services.value[entry]
            stop = min(max(high, begin + 1), closing + 1 - cells)
            if stop <= begin:
                break
            if after_break == 0:
                _serve_with_break(
                    grid, site, cells, begin, stop, closing, value, arrivals, departures
                )
            stop = min(stop, limit - cells)
            if stop > begin:
                _raise(
                    departures[here + begin + cells : here + stop + cells],
                    arrivals[there + begin : there + stop],
                    value,
                )
        arrivals[there + begin] = exact


@jit_inner
def _serve_with_break(
    grid: Grid,
    site: int,
    cells: int,
    begin: int,
    stop: int,
    closing: int,
    value: np.float32,
    arrivals: Float32s,
    departures: Float32s,
) -> None:
    """Raise departures after a break during the stop."""
    here, first, limit = _departures(grid, 1)
    longer = cells + grid.break_cells
    stop = min(stop, grid.latest_before_break[site] + 1, closing + 1 - longer, limit - longer)
    if first >= limit or first > closing:
        return
    for cell in range(begin, min(stop, first - longer)):
        departures[here + first] = max(departures[here + first], arrivals[cell] + value)
    begin = max(begin, first - longer)
    if stop > begin:
        _raise(
            departures[here + begin + longer : here + stop + longer], arrivals[begin:stop], value
        )


@jit_inner
def _break_while_waiting(grid: Grid, site: int, arrivals: Float32s) -> None:
    """Raise arrivals after the break by those before it that take it while waiting."""
    there, _, end = _arrivals(grid, 1)
    soonest, length = grid.earliest_after_break[site], grid.break_cells
    stop = min(grid.latest_before_break[site] + 1, grid.early_arrivals)
    if soonest < end:
        for cell in range(min(stop, soonest - length)):
            arrivals[there + soonest] = max(arrivals[there + soonest], arrivals[cell])
    begin, stop = max(0, soonest - length), min(stop, end - length)
    if stop > begin:
        _raise(
            arrivals[there + begin + length : there + stop + length],
            arrivals[begin:stop],
            np.float32(0.0),
        )


@jit_finite
def best_through_site(
    grid: Grid,
    services: ServiceOptions,
    departure_bound: Float32s,
    arrival_bound: Float32s,
    block: int,
    rounds: int,
    least: np.float32,
) -> Float32s:
    """What a route through each site can at most earn, cycles allowed; see `completion_bounds`.

    Parameters
    ----------
    least
        Sites through which no route earns more may be given any lower value.
    """
    num_sites = len(grid.last_departure)
    # By target, as they are read here: columns of a large matrix are slow to walk along.
    travel, cost = grid.travel.T.copy(), grid.travel_cost.T.copy()
    arrivals = np.full_like(arrival_bound, IMPOSSIBLE)
    departures = _no_departures(grid, num_sites)
    best = np.full(num_sites, IMPOSSIBLE)
    hopeless = np.empty(num_sites, np.int64)
    for after_break in range(2):
        here, _, limit = _departures(grid, after_break)
        there, first, end = _arrivals(grid, after_break)
        if after_break == 1 and grid.early_departures > 0:
            for site in range(num_sites):
                _break_while_waiting(grid, site, arrivals[site])
        # With several rounds the first must look at departures made before.
        hopeless[:] = 0 if rounds == 1 else end
        for _ in range(rounds):
            before = departures.copy() if rounds > 1 else departures
            for low in range(first, end, block):
                high = min(end, low + block)
                for site in range(num_sites):
                    _reach_site(
                        grid,
                        after_break,
                        low,
                        high,
                        departures,
                        hopeless,
                        travel[site],
                        cost[site],
                        arrivals[site],
                    )
                for site in range(num_sites):
                    worth = _max_sum(
                        arrivals[site, there + low : there + high],
                        arrival_bound[site, there + low : there + high],
                    )
                    best[site] = max(best[site], worth)
                    if worth > least:
                        entries = services.first[site], services.first[site + 1]
                        _serve(
                            grid,
                            services,
                            site,
                            after_break,
                            low,
                            high,
                            entries,
                            arrivals[site],
                            departures[site],
                        )
                    _wait(grid, after_break, low, high, departures[site])
                    stop = min(high, limit)
                    while stop > low and (
                        departures[site, here + stop - 1] + departure_bound[site, here + stop - 1]
                        <= least
                    ):
                        stop -= 1
                    if stop > low:
                        hopeless[site] = stop
            if rounds == 1 or np.array_equal(before, departures):
                break
    return best


@jit_finite
def best_by_quickest_drives(grid: Grid, services: ServiceOptions, block: int) -> Float32s:
    """What a route through each site can at most earn if any drive to a site were the quickest.

    As `best_through_site`, but in time that grows with sites, not with pairs of them.

    Parameters
    ----------
    grid
        Its drives are in two rows: the quickest to each site from another, and that from the start.
    block
        No drive between sites is quicker.
    """
    num_sites = len(grid.last_departure)
    departure_bound, arrival_bound = _no_departures(grid, num_sites), _no_arrivals(grid, num_sites)
    onward = _no_departures(grid, 1)[0]
    for after_break in (1, 0):
        here, first, end = _departures(grid, after_break)
        there, _, last = _arrivals(grid, after_break)
        if after_break == 0:
            for site in range(num_sites):
                _bound_arrivals_with_break(
                    grid, services, site, departure_bound[site], arrival_bound[site]
                )
        high = end
        while high > first:
            low = max(first, high - block)
            for site in range(num_sites):
                travel, cost = grid.travel[0, site], grid.travel_cost[0, site]
                stop = min(high, last - travel)
                if stop > low:
                    _raise(
                        onward[here + low : here + stop],
                        arrival_bound[site, there + low + travel : there + stop + travel],
                        -cost,
                    )
            for site in range(num_sites):
                cells = departure_bound[site, here + low : here + high]
                _raise(cells, onward[here + low : here + high], np.float32(0.0))
                for x in range(min(high, grid.last_departure[site, after_break] + 1) - low):
                    cells[x] = max(cells[x], -grid.return_cost[site])
                _bound_arrivals(
                    grid,
                    services,
                    site,
                    after_break,
                    low,
                    high,
                    departure_bound[site],
                    arrival_bound[site],
                )
            high = low
    arrivals = np.full_like(arrival_bound, IMPOSSIBLE)
    departures = _no_departures(grid, num_sites)
    onward[:] = IMPOSSIBLE
    for after_break in range(2):
        here, begin, limit = _departures(grid, after_break)
        there, first, end = _arrivals(grid, after_break)
        if after_break == 1 and grid.early_departures > 0:
            for site in range(num_sites):
                _break_while_waiting(grid, site, arrivals[site])
        for low in range(first, end, block):
            high = min(end, low + block)
            for site in range(num_sites):
                travel, cost = grid.travel[0, site], grid.travel_cost[0, site]
                cell = begin + grid.travel[1, site]
                if begin < limit and low <= cell < high:
                    arrivals[site, there + cell] = max(
                        arrivals[site, there + cell], -grid.travel_cost[1, site]
                    )
                start, stop = max(low, begin + travel), min(high, limit + travel)
                if stop > start:
                    _raise(
                        arrivals[site, there + start : there + stop],
                        onward[here + start - travel : here + stop - travel],
                        -cost,
                    )
                for later in range(max(low, first + 1), high):
                    arrivals[site, there + later] = max(
                        arrivals[site, there + later], arrivals[site, there + later - 1]
                    )
                entries = services.first[site], services.first[site + 1]
                _serve(
                    grid,
                    services,
                    site,
                    after_break,
                    low,
                    high,
                    entries,
                    arrivals[site],
                    departures[site],
                )
                _wait(grid, after_break, low, high, departures[site])
            stop = min(high, limit)
            for site in range(num_sites if stop > low else 0):
                _raise(
                    onward[here + low : here + stop],
                    departures[site, here + low : here + stop],
                    np.float32(0.0),
                )
    best = np.full(num_sites, IMPOSSIBLE)
    for site in range(num_sites):
        for cell in range(arrivals.shape[1]):
            best[site] = max(best[site], arrivals[site, cell] + arrival_bound[site, cell])
    return best


@jit_inner
def _wait(grid: Grid, after_break: int, low: int, high: int, departures: Float32s) -> None:
    """Raise departures in some cells to earlier ones."""
    here, first, limit = _departures(grid, after_break)
    for cell in range(max(low, first + 1), min(high, limit)):
        departures[here + cell] = max(departures[here + cell], departures[here + cell - 1])


@jit_inner
def _reach_site(
    grid: Grid,
    after_break: int,
    low: int,
    high: int,
    departures: Float32s,
    hopeless: Int64s,
    travel: Int32s,
    cost: Float32s,
    arrivals: Float32s,
) -> None:
    """Raise arrivals at a site in some cells by departures from the start and all other sites.

    Drives that begin at or after the cell in ``hopeless`` of an origin are left out.
    """
    here, first, limit = _departures(grid, after_break)
    there, _, _ = _arrivals(grid, after_break)
    start = len(departures)
    cell = first + travel[start]
    if first < limit and low <= cell < high:
        arrivals[there + cell] = max(arrivals[there + cell], -cost[start])
    for origin in range(start):
        begin, stop = max(low, first + travel[origin]), min(high, limit + travel[origin])
        # Both rise with time, so that the last and the first cell tell whether any is raised.
        if begin - travel[origin] >= hopeless[origin]:
            continue
        if stop > begin and (
            departures[origin, here + stop - 1 - travel[origin]] - cost[origin]
            > arrivals[there + begin]
        ):
            source = departures[
                origin, here + begin - travel[origin] : here + stop - travel[origin]
            ]
            _raise(arrivals[there + begin : there + stop], source, -cost[origin])
    for cell in range(max(low, first + 1), high):
        arrivals[there + cell] = max(arrivals[there + cell], arrivals[there + cell - 1])


@jit_finite
def best_route(grid: Grid, arrival_bound: Float32s) -> np.float32:
    """The most that a route with a stop can earn; cycles allowed as in ``arrival_bound``."""
    best = IMPOSSIBLE
    start = len(grid.last_departure)
    for after_break in range(2):
        _, first, limit = _departures(grid, after_break)
        there, _, end = _arrivals(grid, after_break)
        for site in range(start):
            cell = first + grid.travel[start, site]
            if first < limit and cell < end:
                best = max(best, arrival_bound[site, there + cell] - grid.travel_cost[start, site])
    return best


# Labels: a site, the visits it remembers, and a row of departures.


@jit_finite
def extend(
    grid: Grid,
    arrival_bound: Float32s,
    threshold: np.float32,
    labels: Labels,
    exclusions: Exclusions,
    latest: Int64s,
    nearest: Int32s,
    max_extensions: int,
) -> tuple[Int64s, Int64s, Float32s, UInt64s]:
    """All ways on from labels that may still earn more than the threshold.

    Parameters
    ----------
    exclusions
        Of the sites.
    latest
        Per site, the cell after which it is closed for arrivals.
    nearest
        Per site, the fewest cells of a drive to it.
    max_extensions
        So many extensions are made at most.

    Returns
    -------
    tuple
        Label, site to go to, what can at most be earned, and what is remembered there.
    """
    keep, visits = exclusions.keep, exclusions.visits
    num_words = keep.shape[1]
    room = 1024
    origins = np.empty(room, np.int64)
    targets = np.empty(room, np.int64)
    worths = np.empty(room, np.float32)
    memories = np.empty((room, num_words), np.uint64)
    count = 0
    for label in range(len(labels.rows)):
        for target in range(len(keep)):
            memory = labels.memory[label]
            if target == labels.sites[label] or _has_any(memory, exclusions.same_site[target]):
                continue
            worth, soonest = _bound_extension(grid, arrival_bound, threshold, labels, label, target)
            if worth <= threshold or _exceeds_limit(exclusions, memory, target):
                continue
            if count == max_extensions:
                return origins[:count], targets[:count], worths[:count], memories[:count]
            if count == room:
                room *= 2
                origins = np.append(origins, np.empty(count, np.int64))
                targets = np.append(targets, np.empty(count, np.int64))
                worths = np.append(worths, np.empty(count, np.float32))
                memories = np.concatenate((memories, np.empty((count, num_words), np.uint64)))
            worths[count] = worth
            origins[count], targets[count] = label, target
            for word in range(num_words):
                remembered = labels.memory[label, word] & keep[target, word]
                memories[count, word] = remembered
                site = word << 6
                while remembered:
                    if remembered & np.uint64(1) and soonest + nearest[site] > latest[site]:
                        memories[count, word] ^= np.uint64(1) << np.uint64(site & 63)
                    remembered >>= np.uint64(1)
                    site += 1
            for word in range(num_words):
                memories[count, word] |= visits[target, word]
            count += 1
    return origins[:count], targets[:count], worths[:count], memories[:count]


@jit_inner
def _has_any(memory: UInt64s, stops: UInt64s) -> bool:
    both = np.uint64(0)
    for word in range(len(memory)):
        both |= memory[word] & stops[word]
    return bool(both != 0)


@jit_inner
def _exceeds_limit(exclusions: Exclusions, memory: UInt64s, target: int) -> bool:
    """Whether a stop would record people that are remembered to be recorded."""
    for number in range(exclusions.first[target], exclusions.first[target + 1]):
        left = exclusions.limit[number]
        for entry in range(exclusions.member_first[number], exclusions.member_first[number + 1]):
            stop = exclusions.member[entry]
            if memory[stop >> 6] & (np.uint64(1) << np.uint64(stop & 63)):
                left -= exclusions.people[entry]
        if left < 0:
            return True
    return False


@jit_inner
def _bound_extension(
    grid: Grid,
    arrival_bound: Float32s,
    threshold: np.float32,
    labels: Labels,
    label: int,
    target: int,
) -> tuple[np.float32, int]:
    """What a label can at most earn by a site, and the first arrival at which it may."""
    row, span, origin = labels.rows[label], labels.spans[label], labels.sites[label]
    travel = grid.travel[origin, target]
    cost = grid.travel_cost[origin, target]
    worth, soonest = IMPOSSIBLE, grid.num_cells
    for after_break in range(2):
        here, _, _ = _departures(grid, after_break)
        there, _, end = _arrivals(grid, after_break)
        low, high = span[after_break, 0], min(span[after_break, 1], end - travel)
        if low >= high:
            continue
        # Rows rise and completion bounds fall, so that this bounds all cells at once.
        if row[here + high - 1] + arrival_bound[target, there + low + travel] - cost <= threshold:
            continue
        best = _max_sum(
            row[here + low : here + high],
            arrival_bound[target, there + low + travel : there + high + travel],
        )
        worth = max(worth, best - cost)
        if best - cost > threshold:
            soonest = min(soonest, low + travel)
    return worth, soonest


@jit_inner
def _max_sum(first: Float32s, second: Float32s) -> np.float32:
    """The largest sum of two entries."""
    best = IMPOSSIBLE
    for x in range(len(first)):
        value = first[x] + second[x]
        best = value if value > best else best
    return best


@jit_finite
def extend_with_cards(
    grid: Grid,
    services: ServiceOptions,
    departure_bound: Float32s,
    multiplied_bound: Float32s,
    card_multiplier: np.float32,
    cards: int,
    threshold: np.float32,
    labels: Labels,
    origins: Int64s,
    targets: Int64s,
) -> tuple[Int64s, Int64s]:
    """Of ways on, the amounts that cards suffice for and that may earn more than the threshold.

    Parameters
    ----------
    multiplied_bound
        As ``departure_bound``, where every person costs the card multiplier.
    cards
        On board at the start.
    origins, targets
        Of every way.

    Returns
    -------
    tuple
        Way and service option.
    """
    room = 1024
    extensions = np.empty(room, np.int64)
    entries = np.empty(room, np.int64)
    count = 0
    for way in range(len(origins)):
        label, target = origins[way], targets[way]
        for entry in range(services.first[target], services.first[target + 1]):
            cards_left = cards - labels.used[label] - services.people[entry]
            if cards_left < 0:
                break
            cells = grid.travel[labels.sites[label], target] + services.cells[entry]
            free, priced = _bound_with_cards(
                grid, departure_bound[target], multiplied_bound[target], labels, label, cells
            )
            cost = grid.travel_cost[labels.sites[label], target]
            bound = min(free, priced + card_multiplier * np.float32(cards_left))
            value = services.value[entry] - cost + bound
            if value <= threshold:
                continue
            if count == room:
                room *= 2
                extensions = np.append(extensions, np.empty(count, np.int64))
                entries = np.append(entries, np.empty(count, np.int64))
            extensions[count], entries[count] = way, entry
            count += 1
    return extensions[:count], entries[:count]


@jit_inner
def _bound_with_cards(
    grid: Grid,
    departure_bound: Float32s,
    multiplied_bound: Float32s,
    labels: Labels,
    label: int,
    cells: int,
) -> tuple[np.float32, np.float32]:
    """The best of a label plus its completion bound, without and with the card multiplier."""
    row, span = labels.rows[label], labels.spans[label]
    free, priced = IMPOSSIBLE, IMPOSSIBLE
    for after_break in range(2):
        here, _, _ = _departures(grid, after_break)
        low, high = span[after_break, 0], span[after_break, 1]
        if low >= high:
            continue
        top = row[here + high - 1]
        for after in range(after_break, 2):
            there, begin, end = _departures(grid, after)
            cell = max(begin, low + cells)
            if cell < end:
                free = max(free, top + departure_bound[there + cell])
                priced = max(priced, top + multiplied_bound[there + cell])
    return free, priced


@jit_finite
def merge(
    grid: Grid,
    services: ServiceOptions,
    departure_bound: Float32s,
    multiplied_bound: Float32s,
    multiplier_bonus: Float32s,
    threshold: np.float32,
    labels: Labels,
    origins: Int64s,
    targets: Int64s,
    entries: Int64s,
    group_first: Int64s,
) -> tuple[Float32s, Int64s, Int64s, Float32s]:
    """A label of each group of ways that lead to one site and remember the same there.

    Parameters
    ----------
    multiplied_bound, multiplier_bonus
        As ``departure_bound`` where every person costs the card multiplier, and what each group
        may still pay of it; no bonus = cards do not count.
    entries
        The service option of each way; none = all.

    Returns
    -------
    tuple
        Rows, spans of cells that may earn more than the threshold, groups, and the most that can
        be earned by going home, then by going on; only of labels that have such cells.
    """
    num_groups = len(group_first) - 1
    merged = np.empty((num_groups, labels.rows.shape[1]), np.float32)
    new_spans = np.zeros((num_groups, 2, 2), np.int64)
    groups = np.empty(num_groups, np.int64)
    worth = np.empty((num_groups, 2), np.float32)
    arrivals = _no_arrivals(grid, 1)[0]
    bound = np.empty(labels.rows.shape[1], np.float32)
    count = 0
    for group in range(num_groups):
        site = targets[group_first[group]]
        arrivals[:] = IMPOSSIBLE
        row = merged[count]
        row[:] = IMPOSSIBLE
        end = group_first[group + 1]
        for way in range(group_first[group], end):
            _raise_arrivals(grid, site, labels, origins[way], arrivals)
            stop_entries = services.first[site], services.first[site + 1]
            if len(entries):
                stop_entries = entries[way], entries[way] + 1
            if way + 1 == end or (len(entries) and entries[way + 1] != entries[way]):
                _make_stop(grid, services, site, stop_entries, arrivals, row)
                arrivals[:] = IMPOSSIBLE
        bonus = multiplier_bonus[group] if len(multiplier_bonus) else np.float32(np.inf)
        for x in range(len(bound)):
            bound[x] = min(departure_bound[site, x], multiplied_bound[site, x] + bonus)
        _trim(grid, bound, threshold, site, row, new_spans[count], worth[count])
        if worth[count, 1] > threshold:
            groups[count] = group
            count += 1
    return merged[:count], new_spans[:count], groups[:count], worth[:count]


@jit_inner
def _raise_arrivals(grid: Grid, site: int, labels: Labels, label: int, arrivals: Float32s) -> None:
    """Raise arrivals by the departures of a label."""
    row, span, origin = labels.rows[label], labels.spans[label], labels.sites[label]
    travel, cost = grid.travel[origin, site], grid.travel_cost[origin, site]
    for after_break in range(2):
        here, _, _ = _departures(grid, after_break)
        there, _, end = _arrivals(grid, after_break)
        low, high = span[after_break, 0], min(span[after_break, 1], end - travel)
        if high > low:
            source = row[here + low : here + high]
            _raise(arrivals[there + low + travel : there + high + travel], source, -cost)


@jit_inner
def _make_stop(
    grid: Grid,
    services: ServiceOptions,
    site: int,
    entries: tuple[int, int],
    arrivals: Float32s,
    departures: Float32s,
) -> None:
    """Raise departures by all that a stop of some amounts can make of the arrivals."""
    if grid.early_departures > 0:
        _break_while_waiting(grid, site, arrivals)
    for after_break in range(2):
        there, first, end = _arrivals(grid, after_break)
        low, high = first, end
        while low < high and arrivals[there + low] <= IMPOSSIBLE:
            low += 1
        while low < high and arrivals[there + high - 1] <= IMPOSSIBLE:
            high -= 1
        if low < high:
            _serve(grid, services, site, after_break, low, high, entries, arrivals, departures)


@jit_inner
def _trim(
    grid: Grid,
    departure_bound: Float32s,
    threshold: np.float32,
    site: int,
    row: Float32s,
    span: Int64s,
    worth: Float32s,
) -> None:
    """Let departures wait, find the cells that may earn enough, and the most they can.

    Whoever leaves when no more is to be earned may wait at the next stop.
    """
    worth[:] = IMPOSSIBLE
    for after_break in range(2):
        here, first, limit = _departures(grid, after_break)
        span[after_break, 0], span[after_break, 1] = limit, first
        top = IMPOSSIBLE
        for cell in range(first, limit):
            earned = row[here + cell]
            row[here + cell] = top
            if earned > top:
                top = earned
                row[here + cell] = top
                value = top + departure_bound[here + cell]
                if value > threshold:
                    span[after_break, 0] = min(span[after_break, 0], cell)
                    span[after_break, 1] = cell + 1
                    worth[1] = max(worth[1], value)
        last = min(grid.last_departure[site, after_break], limit - 1)
        if last >= first and row[here + last] > IMPOSSIBLE:
            worth[0] = max(worth[0], row[here + last] - grid.return_cost[site])


@jit_finite
def dominate(labels: Labels, others: Labels, same: bool, shift: int) -> None:
    """Drop departures of labels that others match which remember and used no more.

    Parameters
    ----------
    same
        The others are the labels themselves.
    shift
        Where cell 0 after the break stands in a row.
    """
    begin = 0
    for label in range(len(labels.rows)):
        site = labels.sites[label]
        while begin < len(others.sites) and others.sites[begin] < site:
            begin += 1
        other = begin
        while other < len(others.sites) and others.sites[other] == site:
            if (
                not (same and other == label)
                and others.used[other] <= labels.used[label]
                and _is_subset(others.memory[other], labels.memory[label])
            ):
                row, other_row = labels.rows[label], others.rows[other]
                for after_break in range(2):
                    span = labels.spans[label, after_break]
                    other_span = others.spans[other, after_break]
                    _drop_dominated(row, span, other_row, other_span, shift if after_break else 0)
            other += 1


@jit_inner
def _is_subset(small: UInt64s, large: UInt64s) -> bool:
    beyond = np.uint64(0)
    for word in range(len(small)):
        beyond |= small[word] & ~large[word]
    return bool(beyond == 0)


@jit_inner
def _drop_dominated(
    row: Float32s, span: Int64s, other_row: Float32s, other_span: Int64s, here: int
) -> None:
    """Drop the departures of a row that another's reach, and shorten its span.

    Beyond its span the other may wait.
    """
    low, high = max(span[0], other_span[0]), span[1] if other_span[1] > other_span[0] else 0
    if high <= low:
        return
    mine, others = row[here + low : here + high], other_row[here + low : here + high]
    for x in range(len(mine)):
        mine[x] = IMPOSSIBLE if others[x] >= mine[x] else mine[x]
    while span[0] < span[1] and row[here + span[0]] <= IMPOSSIBLE:
        span[0] += 1
    while span[0] < span[1] and row[here + span[1] - 1] <= IMPOSSIBLE:
        span[1] -= 1


@jit_finite
def initial_label(grid: Grid) -> tuple[Float32s, Int64s]:
    """The row and the span of the label at the start."""
    rows = _no_departures(grid, 1)
    spans = np.zeros((1, 2, 2), np.int64)
    _start_label(grid, rows[0], spans[0])
    return rows, spans


@jit_inner
def _start_label(grid: Grid, row: Float32s, span: Int64s) -> None:
    """Depart from the start as soon as may be, before and after a break there."""
    for after_break in range(2):
        here, first, limit = _departures(grid, after_break)
        if first < limit:
            row[here + first] = 0.0
            # One by one: an array or tuple assigned to a slice takes seconds to compile.
            span[after_break, 0], span[after_break, 1] = first, first + 1


# Back along the labels, to the route that earned a value.


@jit_inner
def _latest_arrival(
    grid: Grid, site: int, window: int, cells: int, departure: int, had_break: int, has_break: int
) -> int:
    """The last arrival after which a stop can end by a departure; below 0 where there is none.

    Parameters
    ----------
    cells
        How much longer than the least the stop is.
    had_break, has_break
        Whether the break was taken before the arrival, and before the departure.
    """
    opening = grid.opening[window]
    end = min(departure, grid.closing[window])
    if had_break == has_break:
        return end - cells if end - cells >= opening else -1
    waiting, inside = -1, -1
    if end - cells >= max(opening, grid.earliest_after_break[site]):
        waiting = min(end - cells - grid.break_cells, grid.latest_before_break[site])
    if (
        end >= grid.depot_break_end
        and grid.latest_before_break[site] >= opening <= end - cells - grid.break_cells
    ):
        inside = min(end - cells - grid.break_cells, grid.latest_before_break[site])
    return max(waiting, inside)


@jit_finite
def predecessor(
    grid: Grid,
    services: ServiceOptions,
    labels: Labels,
    origins: Int64s,
    site: int,
    after_break: int,
    cell: int,
    used_now: int,
) -> tuple[int, int, int, int]:
    """The label, after the break or not, cell and service option that earned most by a departure.

    The label is -1, and the entry that of the least people, where there is none.

    Parameters
    ----------
    used_now
        Cards used by then; no cards used by labels = cards do not count.
    """
    best = IMPOSSIBLE
    predecessor = (-1, 0, 0, services.first[site])
    for label in origins:
        origin, row = labels.sites[label], labels.rows[label]
        travel, cost = grid.travel[origin, site], grid.travel_cost[origin, site]
        for had_break in range(after_break + 1):
            here, _, _ = _departures(grid, had_break)
            low, high = labels.spans[label, had_break]
            for window in range(grid.window_first[site], grid.window_first[site + 1]):
                for entry in range(services.first[site], services.first[site + 1]):
                    if len(labels.used) and labels.used[label] + services.people[entry] != used_now:
                        continue
                    arrival = _latest_arrival(
                        grid, site, window, services.cells[entry], cell, had_break, after_break
                    )
                    # Rows rise with time but for departures dropped.
                    departure = min(arrival - travel, high - 1)
                    while departure >= low and row[here + departure] <= IMPOSSIBLE:
                        departure -= 1
                    if departure < low:
                        continue
                    worth = row[here + departure] - cost + services.value[entry]
                    if worth > best:
                        best, predecessor = worth, (label, had_break, departure, entry)
    return predecessor


@jit_finite
def best_amounts(grid: Grid, services: ServiceOptions) -> Int64s:
    """The service options that earn most when all sites are visited in order; empty = too long."""
    num_sites = len(grid.last_departure)
    rows = _no_departures(grid, num_sites + 1)
    spans = np.zeros((num_sites + 1, 2, 2), np.int64)
    _start_label(grid, rows[0], spans[0])
    order = np.arange(-1, num_sites)
    order[0] = num_sites
    nothing = np.zeros((num_sites + 1, 0), np.uint64)
    # All of the types that come from outside, so that nothing is compiled twice.
    labels = Labels(rows, order, nothing, spans, np.zeros(0, np.int64))
    threshold = np.float32(IMPOSSIBLE / 2)
    worth = np.empty(2, np.float32)
    anything = np.zeros(rows.shape[1], np.float32)
    for site in range(num_sites):
        arrivals = _no_arrivals(grid, 1)[0]
        _raise_arrivals(grid, site, labels, site, arrivals)
        entries = services.first[site], services.first[site + 1]
        _make_stop(grid, services, site, entries, arrivals, rows[site + 1])
        _trim(grid, anything, threshold, site, rows[site + 1], spans[site + 1], worth)
    best_entries = np.empty(num_sites, np.int64)
    if num_sites == 0 or worth[0] <= threshold:
        return best_entries[:0]
    zero = nothing.shape[1]  # a literal would be another type
    after_break, cell = zero, zero
    best = IMPOSSIBLE
    for after in range(2):
        here, first, limit = _departures(grid, after)
        last = min(grid.last_departure[num_sites - 1, after], limit - 1)
        if last >= first and rows[num_sites, here + last] > best:
            best, after_break, cell = rows[num_sites, here + last], after, last
    for site in range(num_sites - 1, -1, -1):
        origins = np.full(1, site)
        _, after_break, cell, best_entries[site] = predecessor(
            grid, services, labels, origins, site, after_break, cell, zero
        )
    return best_entries
