"""The hot loops of pricing, compiled by numba.

Values are in people, as float32: a vector register holds twice as many of them as of float64, and
`planner.solvers.columns.pricing` adds more to every bound than rounding can take away. The inner
loops run over slices of rows of the same length, from 0, without branches: only so are they
compiled to vector instructions.

All stand in one file, as what numba keeps on disk is only made anew when the file of a function
changes, not when one that it calls does.

``rested`` is 0 before the break and 1 after it. For rows see `planner.solvers.columns.grid`.
"""

import numpy as np

from planner.arrays import Float32s, Int32s, Int64s, UInt64s
from planner.solvers.columns.compiled import compiled
from planner.solvers.columns.grid import Gains, Grid

NONE = np.float32(-1e30)
"""The value of what cannot be."""

NO_CARDS = np.zeros(0, dtype=np.int64)
"""Cards used by labels, where cards do not count."""


@compiled
def _raise(target: Float32s, source: Float32s, gain: np.float32) -> None:
    """Raise the target to the source plus a gain, wherever that is more."""
    for x in range(len(target)):
        value = source[x] + gain
        target[x] = value if value > target[x] else target[x]


@compiled
def _departures(grid: Grid, rested: int) -> tuple[int, int, int]:
    """Where cell 0 stands in a row of departures, the first cell, and the end of the cells."""
    if rested == 0:
        return 0, 0, grid.early
    return grid.early - grid.rested, grid.rested, grid.num_cells


@compiled
def _arrivals(grid: Grid, rested: int) -> tuple[int, int, int]:
    """The same of a row of arrivals."""
    if rested == 0:
        return 0, 0, grid.early_arrivals
    return grid.early_arrivals - grid.rested, grid.rested, grid.num_cells


# Backward: what is still to be earned.


@compiled
def complete(grid: Grid, gains: Gains, block: int, rounds: int) -> tuple[Float32s, Float32s]:
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
    num_sites = len(grid.home)
    ahead = np.full((num_sites, grid.early + grid.num_cells - grid.rested), NONE)
    onward = np.full((num_sites, grid.early_arrivals + grid.num_cells - grid.rested), NONE)
    for late_first in range(2):
        rested = 1 - late_first
        _, first, end = _departures(grid, rested)
        if rested == 0:
            for site in range(num_sites):
                _onward_with_break(grid, gains, site, ahead[site], onward[site])
        for _ in range(rounds):
            before = onward.copy() if rounds > 1 else onward
            high = end
            while high > first:
                low = max(first, high - block)
                for site in range(num_sites):
                    _ahead(grid, site, rested, low, high, ahead[site], onward)
                for site in range(num_sites):
                    _onward(grid, gains, site, rested, low, high, ahead[site], onward[site])
                high = low
            if rounds == 1 or np.array_equal(before, onward):
                break
    return ahead, onward


@compiled
def _ahead(
    grid: Grid, site: int, rested: int, low: int, high: int, ahead: Float32s, onward: Float32s
) -> None:
    """The best of going home and of every site to go to, for departures of some cells."""
    here, _, _ = _departures(grid, rested)
    there, _, end = _arrivals(grid, rested)
    cells = ahead[here + low : here + high]
    for x in range(min(high, grid.home[site, rested] + 1) - low):
        cells[x] = max(cells[x], -grid.home_cost[site])
    for target in range(len(onward)):
        hop, cost = grid.hop[site, target], grid.hop_cost[site, target]
        stop = min(high, end - hop)
        # Both fall with time, so that the last and the first cell tell whether any is raised.
        if stop > low and onward[target, there + low + hop] - cost > cells[stop - low - 1]:
            source = onward[target, there + low + hop : there + stop + hop]
            _raise(cells[: stop - low], source, -cost)


@compiled
def _onward(
    grid: Grid,
    gains: Gains,
    site: int,
    rested: int,
    low: int,
    high: int,
    ahead: Float32s,
    onward: Float32s,
) -> None:
    """The best amount for arrivals of some cells, without a break; waiting allowed."""
    here, _, limit = _departures(grid, rested)
    there, _, end = _arrivals(grid, rested)
    for window in range(grid.window_first[site], grid.window_first[site + 1]):
        begin = max(low, grid.opening[window])
        for entry in range(gains.first[site], gains.first[site + 1]):
            cells = gains.cells[entry]
            stop = min(high, grid.closing[window] + 1 - cells, limit - cells)
            if stop <= begin:
                break
            _raise(
                onward[there + begin : there + stop],
                ahead[here + begin + cells : here + stop + cells],
                gains.value[entry],
            )
    for cell in range(min(high, end - 1) - 1, low - 1, -1):
        onward[there + cell] = max(onward[there + cell], onward[there + cell + 1])


@compiled
def _onward_with_break(
    grid: Grid, gains: Gains, site: int, ahead: Float32s, onward: Float32s
) -> None:
    """The best amount for arrivals before the break that take it while waiting or at the stop."""
    here, rested_cell, _ = _departures(grid, 1)
    there, _, end = _arrivals(grid, 1)
    late = min(grid.late[site] + 1, grid.early_arrivals)
    for cell in range(late):
        after = max(cell + grid.pause, grid.lunch[site])
        if after < end:
            onward[cell] = onward[there + after]
    for window in range(grid.window_first[site], grid.window_first[site + 1]):
        begin = grid.opening[window]
        for entry in range(gains.first[site], gains.first[site + 1]):
            longer = gains.cells[entry] + grid.pause
            stop = min(late, grid.closing[window] + 1 - longer)
            if rested_cell > grid.closing[window] or rested_cell >= grid.num_cells:
                break
            value = ahead[here + rested_cell] + gains.value[entry]
            for cell in range(begin, min(stop, rested_cell - longer)):
                onward[cell] = max(onward[cell], value)
            begin_after = max(begin, rested_cell - longer)
            if stop > begin_after:
                _raise(
                    onward[begin_after:stop],
                    ahead[here + begin_after + longer : here + stop + longer],
                    gains.value[entry],
                )
    for cell in range(grid.early_arrivals - 2, -1, -1):
        onward[cell] = max(onward[cell], onward[cell + 1])


# Forward: what can have been earned.


@compiled
def _serve(
    grid: Grid,
    gains: Gains,
    site: int,
    rested: int,
    low: int,
    high: int,
    entries: tuple[int, int],
    arrivals: Float32s,
    departures: Float32s,
) -> None:
    """Raise departures by amounts for arrivals of some cells; those too early wait."""
    here, _, limit = _departures(grid, rested)
    there, first, end = _arrivals(grid, rested)
    for window in range(grid.window_first[site], grid.window_first[site + 1]):
        opening, closing = max(grid.opening[window], first), grid.closing[window]
        if opening >= end:
            continue
        begin = max(opening, low)
        exact = arrivals[there + begin]
        if begin == opening:
            for cell in range(first, opening):
                arrivals[there + begin] = max(arrivals[there + begin], arrivals[there + cell])
        for entry in range(entries[0], entries[1]):
            cells, value = gains.cells[entry], gains.value[entry]
            stop = min(max(high, begin + 1), closing + 1 - cells)
            if stop <= begin:
                break
            if rested == 0:
                _serve_and_rest(
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


@compiled
def _serve_and_rest(
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
    longer = cells + grid.pause
    stop = min(stop, grid.late[site] + 1, closing + 1 - longer, limit - longer)
    if first >= limit or first > closing:
        return
    for cell in range(begin, min(stop, first - longer)):
        departures[here + first] = max(departures[here + first], arrivals[cell] + value)
    begin = max(begin, first - longer)
    if stop > begin:
        _raise(
            departures[here + begin + longer : here + stop + longer], arrivals[begin:stop], value
        )


@compiled
def _rest(grid: Grid, site: int, arrivals: Float32s) -> None:
    """Raise arrivals after the break by those before it that take it while waiting."""
    there, _, end = _arrivals(grid, 1)
    for cell in range(min(grid.late[site] + 1, grid.early_arrivals)):
        after = max(cell + grid.pause, grid.lunch[site])
        if after < end:
            arrivals[there + after] = max(arrivals[there + after], arrivals[cell])


@compiled
def through(grid: Grid, gains: Gains, onward: Float32s, block: int, rounds: int) -> Float32s:
    """What a route through each site can at most earn, cycles allowed; see `complete`."""
    num_sites = len(grid.home)
    # By target, as they are read here: columns of a large matrix are slow to walk along.
    hop, cost = grid.hop.T.copy(), grid.hop_cost.T.copy()
    arrivals = np.full_like(onward, NONE)
    departures = np.full((num_sites, grid.early + grid.num_cells - grid.rested), NONE)
    for rested in range(2):
        _, first, end = _arrivals(grid, rested)
        if rested == 1 and grid.early > 0:
            for site in range(num_sites):
                _rest(grid, site, arrivals[site])
        for _ in range(rounds):
            before = departures.copy() if rounds > 1 else departures
            for low in range(first, end, block):
                high = min(end, low + block)
                for site in range(num_sites):
                    _reach(
                        grid, rested, low, high, departures, hop[site], cost[site], arrivals[site]
                    )
                for site in range(num_sites):
                    entries = gains.first[site], gains.first[site + 1]
                    _serve(
                        grid,
                        gains,
                        site,
                        rested,
                        low,
                        high,
                        entries,
                        arrivals[site],
                        departures[site],
                    )
                    _wait(grid, rested, low, high, departures[site])
            if rounds == 1 or np.array_equal(before, departures):
                break
    best = np.full(num_sites, NONE)
    for site in range(num_sites):
        for cell in range(arrivals.shape[1]):
            best[site] = max(best[site], arrivals[site, cell] + onward[site, cell])
    return best


@compiled
def _wait(grid: Grid, rested: int, low: int, high: int, departures: Float32s) -> None:
    """Raise departures in some cells to earlier ones."""
    here, first, limit = _departures(grid, rested)
    for cell in range(max(low, first + 1), min(high, limit)):
        departures[here + cell] = max(departures[here + cell], departures[here + cell - 1])


@compiled
def _reach(
    grid: Grid,
    rested: int,
    low: int,
    high: int,
    departures: Float32s,
    hop: Int32s,
    cost: Float32s,
    arrivals: Float32s,
) -> None:
    """Raise arrivals at a site in some cells by departures from the start and all other sites."""
    here, first, limit = _departures(grid, rested)
    there, _, _ = _arrivals(grid, rested)
    start = len(departures)
    cell = first + hop[start]
    if first < limit and low <= cell < high:
        arrivals[there + cell] = max(arrivals[there + cell], -cost[start])
    for origin in range(start):
        begin, stop = max(low, first + hop[origin]), min(high, limit + hop[origin])
        # Both rise with time, so that the last and the first cell tell whether any is raised.
        if stop > begin and (
            departures[origin, here + stop - 1 - hop[origin]] - cost[origin]
            > arrivals[there + begin]
        ):
            source = departures[origin, here + begin - hop[origin] : here + stop - hop[origin]]
            _raise(arrivals[there + begin : there + stop], source, -cost[origin])
    for cell in range(max(low, first + 1), high):
        arrivals[there + cell] = max(arrivals[there + cell], arrivals[there + cell - 1])


@compiled
def opening(grid: Grid, onward: Float32s) -> np.float32:
    """The most that can be earned by a route with a stop; cycles allowed as in ``onward``."""
    best = NONE
    start = len(grid.home)
    for rested in range(2):
        _, first, limit = _departures(grid, rested)
        there, _, end = _arrivals(grid, rested)
        for site in range(start):
            cell = first + grid.hop[start, site]
            if first < limit and cell < end:
                best = max(best, onward[site, there + cell] - grid.hop_cost[start, site])
    return best


# Labels: a site, the visited sites it remembers, and a row of departures.


@compiled
def expand(
    grid: Grid,
    onward: Float32s,
    threshold: np.float32,
    rows: Float32s,
    sites: Int64s,
    memory: UInt64s,
    spans: Int64s,
    keep: UInt64s,
    latest: Int64s,
    nearest: Int64s,
    most: int,
) -> tuple[Int64s, Int64s, Float32s, UInt64s]:
    """All ways on from labels that may still earn more than the threshold.

    Parameters
    ----------
    keep
        Sites that each site remembers.
    latest
        Per site, the cell after which it is closed for arrivals.
    nearest
        Per site, the fewest cells of a drive to it.
    most
        So many ways are found at most.

    Returns
    -------
    tuple
        Label, site to go to, what can at most be earned, and what is remembered there.
    """
    num_words = keep.shape[1]
    room = 1024
    origins = np.empty(room, np.int64)
    targets = np.empty(room, np.int64)
    worths = np.empty(room, np.float32)
    found = np.empty((room, num_words), np.uint64)
    count = 0
    for label in range(len(rows)):
        for target in range(len(keep)):
            bit = np.uint64(1) << np.uint64(target & 63)
            if memory[label, target >> 6] & bit or target == sites[label]:
                continue
            worth, soonest = _worth(
                grid, onward, threshold, rows[label], sites[label], spans[label], target
            )
            if worth <= threshold:
                continue
            if count == most:
                return origins[:count], targets[:count], worths[:count], found[:count]
            if count == room:
                room *= 2
                origins = np.append(origins, np.empty(count, np.int64))
                targets = np.append(targets, np.empty(count, np.int64))
                worths = np.append(worths, np.empty(count, np.float32))
                found = np.concatenate((found, np.empty((count, num_words), np.uint64)))
            worths[count] = worth
            origins[count], targets[count] = label, target
            for word in range(num_words):
                left = memory[label, word] & keep[target, word]
                found[count, word] = left
                site = word << 6
                while left:
                    if left & np.uint64(1) and soonest + nearest[site] > latest[site]:
                        found[count, word] ^= np.uint64(1) << np.uint64(site & 63)
                    left >>= np.uint64(1)
                    site += 1
            found[count, target >> 6] |= bit
            count += 1
    return origins[:count], targets[:count], worths[:count], found[:count]


@compiled
def _worth(
    grid: Grid,
    onward: Float32s,
    threshold: np.float32,
    row: Float32s,
    origin: int,
    span: Int64s,
    target: int,
) -> tuple[np.float32, int]:
    """What a label can at most earn by a site, and the first arrival at which it may."""
    hop = grid.hop[origin, target]
    cost = grid.hop_cost[origin, target]
    worth, soonest = NONE, grid.num_cells
    for rested in range(2):
        here, _, _ = _departures(grid, rested)
        there, _, end = _arrivals(grid, rested)
        low, high = span[rested, 0], min(span[rested, 1], end - hop)
        if low >= high:
            continue
        # Rows rise and what is ahead falls, so that this bounds all cells at once.
        if row[here + high - 1] + onward[target, there + low + hop] - cost <= threshold:
            continue
        best = _most(
            row[here + low : here + high], onward[target, there + low + hop : there + high + hop]
        )
        worth = max(worth, best - cost)
        if best - cost > threshold:
            soonest = min(soonest, low + hop)
    return worth, soonest


@compiled
def _most(first: Float32s, second: Float32s) -> np.float32:
    """The largest sum of two entries."""
    best = NONE
    for x in range(len(first)):
        value = first[x] + second[x]
        best = value if value > best else best
    return best


@compiled
def expand_with_cards(
    grid: Grid,
    gains: Gains,
    ahead: Float32s,
    dear_ahead: Float32s,
    toll: np.float32,
    cards: int,
    threshold: np.float32,
    rows: Float32s,
    sites: Int64s,
    used: Int64s,
    spans: Int64s,
    origins: Int64s,
    targets: Int64s,
) -> tuple[Int64s, Int64s]:
    """Of ways on, the amounts that cards suffice for and that may earn more than the threshold.

    Parameters
    ----------
    dear_ahead
        As ``ahead``, where every person costs a toll.
    cards
        On board at the start.
    origins, targets
        Of every way.

    Returns
    -------
    tuple
        Way and entry of gains.
    """
    room = 1024
    ways = np.empty(room, np.int64)
    entries = np.empty(room, np.int64)
    count = 0
    for way in range(len(origins)):
        label, target = origins[way], targets[way]
        for entry in range(gains.first[target], gains.first[target + 1]):
            left = cards - used[label] - gains.people[entry]
            if left < 0:
                break
            cells = grid.hop[sites[label], target] + gains.cells[entry]
            cheap, dear = _soonest(
                grid, ahead[target], dear_ahead[target], rows[label], spans[label], cells
            )
            cost = grid.hop_cost[sites[label], target]
            value = gains.value[entry] - cost + min(cheap, dear + toll * np.float32(left))
            if value <= threshold:
                continue
            if count == room:
                room *= 2
                ways = np.append(ways, np.empty(count, np.int64))
                entries = np.append(entries, np.empty(count, np.int64))
            ways[count], entries[count] = way, entry
            count += 1
    return ways[:count], entries[:count]


@compiled
def _soonest(
    grid: Grid, ahead: Float32s, dear_ahead: Float32s, row: Float32s, span: Int64s, cells: int
) -> tuple[np.float32, np.float32]:
    """The most of a label and of what is ahead, both at their best; without and with the toll."""
    cheap, dear = NONE, NONE
    for rested in range(2):
        here, _, _ = _departures(grid, rested)
        low, high = span[rested, 0], span[rested, 1]
        if low >= high:
            continue
        top = row[here + high - 1]
        for after in range(rested, 2):
            there, begin, end = _departures(grid, after)
            cell = max(begin, low + cells)
            if cell < end:
                cheap = max(cheap, top + ahead[there + cell])
                dear = max(dear, top + dear_ahead[there + cell])
    return cheap, dear


@compiled
def merge(
    grid: Grid,
    gains: Gains,
    ahead: Float32s,
    dear_ahead: Float32s,
    dear_bonus: Float32s,
    threshold: np.float32,
    rows: Float32s,
    sites: Int64s,
    spans: Int64s,
    origins: Int64s,
    targets: Int64s,
    entries: Int64s,
    group_first: Int64s,
) -> tuple[Float32s, Int64s, Int64s, Float32s]:
    """A label of each group of ways that lead to one site and remember the same there.

    Parameters
    ----------
    dear_ahead, dear_bonus
        As ``ahead`` where every person costs a toll, and the tolls that each group may still pay;
        no bonus = cards do not count.
    entries
        The entry of gains of each way; none = all.

    Returns
    -------
    tuple
        Rows, spans of cells that may earn more than the threshold, groups, and the most that can
        be earned by going home, then by going on; only of labels that have such cells.
    """
    num_groups = len(group_first) - 1
    merged = np.empty((num_groups, rows.shape[1]), np.float32)
    new_spans = np.zeros((num_groups, 2, 2), np.int64)
    groups = np.empty(num_groups, np.int64)
    worth = np.empty((num_groups, 2), np.float32)
    arrivals = np.empty(grid.early_arrivals + grid.num_cells - grid.rested, np.float32)
    most = np.empty(rows.shape[1], np.float32)
    count = 0
    for group in range(num_groups):
        site = targets[group_first[group]]
        arrivals[:] = NONE
        row = merged[count]
        row[:] = NONE
        for way in range(group_first[group], group_first[group + 1]):
            label = origins[way]
            _arrive(grid, site, rows[label], sites[label], spans[label], arrivals)
            if len(entries) and (
                way + 1 == group_first[group + 1] or entries[way + 1] != entries[way]
            ):
                _stop(grid, gains, site, (entries[way], entries[way] + 1), arrivals, row)
                arrivals[:] = NONE
        if not len(entries):
            _stop(grid, gains, site, (gains.first[site], gains.first[site + 1]), arrivals, row)
        if len(dear_bonus):
            for x in range(len(most)):
                most[x] = min(ahead[site, x], dear_ahead[site, x] + dear_bonus[group])
        else:
            most[:] = ahead[site]
        _trim(grid, most, threshold, site, row, new_spans[count], worth[count])
        if worth[count, 1] > threshold:
            groups[count] = group
            count += 1
    return merged[:count], new_spans[:count], groups[:count], worth[:count]


@compiled
def _arrive(
    grid: Grid, site: int, row: Float32s, origin: int, span: Int64s, arrivals: Float32s
) -> None:
    """Raise arrivals by the departures of a label."""
    hop, cost = grid.hop[origin, site], grid.hop_cost[origin, site]
    for rested in range(2):
        here, _, _ = _departures(grid, rested)
        there, _, end = _arrivals(grid, rested)
        low, high = span[rested, 0], min(span[rested, 1], end - hop)
        if high > low:
            source = row[here + low : here + high]
            _raise(arrivals[there + low + hop : there + high + hop], source, -cost)


@compiled
def _stop(
    grid: Grid,
    gains: Gains,
    site: int,
    entries: tuple[int, int],
    arrivals: Float32s,
    departures: Float32s,
) -> None:
    """Raise departures by all that a stop of some amounts can make of the arrivals."""
    if grid.early > 0:
        _rest(grid, site, arrivals)
    for rested in range(2):
        there, first, end = _arrivals(grid, rested)
        low, high = first, end
        while low < high and arrivals[there + low] <= NONE:
            low += 1
        while low < high and arrivals[there + high - 1] <= NONE:
            high -= 1
        if low < high:
            _serve(grid, gains, site, rested, low, high, entries, arrivals, departures)


@compiled
def _trim(
    grid: Grid,
    ahead: Float32s,
    threshold: np.float32,
    site: int,
    row: Float32s,
    span: Int64s,
    worth: Float32s,
) -> None:
    """Let departures wait, find the cells that may earn enough, and the most they can."""
    worth[:] = NONE
    for rested in range(2):
        here, first, limit = _departures(grid, rested)
        span[rested, 0], span[rested, 1] = limit, first
        top = NONE
        for cell in range(first, limit):
            top = max(top, row[here + cell])
            row[here + cell] = top
            value = top + ahead[here + cell]
            if value > threshold:
                span[rested, 0] = min(span[rested, 0], cell)
                span[rested, 1] = cell + 1
                worth[1] = max(worth[1], value)
        last = min(grid.home[site, rested], limit - 1)
        if last >= first and row[here + last] > NONE:
            worth[0] = max(worth[0], row[here + last] - grid.home_cost[site])


@compiled
def dominate(
    rows: Float32s,
    sites: Int64s,
    memory: UInt64s,
    spans: Int64s,
    other_rows: Float32s,
    other_sites: Int64s,
    other_memory: UInt64s,
    other_spans: Int64s,
    used: Int64s,
    other_used: Int64s,
    same: bool,
    shift: int,
) -> None:
    """Drop departures of labels that others match which remember and used no more; sorted by site.

    Parameters
    ----------
    same
        The others are the labels themselves.
    shift
        Where cell 0 after the break stands in a row.
    """
    begin = 0
    for label in range(len(rows)):
        while begin < len(other_sites) and other_sites[begin] < sites[label]:
            begin += 1
        other = begin
        while other < len(other_sites) and other_sites[other] == sites[label]:
            apart = not (same and other == label)
            if (
                apart
                and other_used[other] <= used[label]
                and _within(other_memory[other], memory[label])
            ):
                for rested in range(2):
                    here = shift if rested else 0
                    _drop(
                        rows[label],
                        spans[label, rested],
                        other_rows[other],
                        other_spans[other, rested],
                        here,
                    )
            other += 1


@compiled
def _within(small: UInt64s, large: UInt64s) -> bool:
    beyond = np.uint64(0)
    for word in range(len(small)):
        beyond |= small[word] & ~large[word]
    return bool(beyond == 0)


@compiled
def _drop(row: Float32s, span: Int64s, other_row: Float32s, other_span: Int64s, here: int) -> None:
    """Drop the departures of a row that another's reach, and shorten its span."""
    low, high = max(span[0], other_span[0]), min(span[1], other_span[1])
    if high <= low:
        return
    mine, others = row[here + low : here + high], other_row[here + low : here + high]
    for x in range(len(mine)):
        mine[x] = NONE if others[x] >= mine[x] else mine[x]
    while span[0] < span[1] and row[here + span[0]] <= NONE:
        span[0] += 1
    while span[0] < span[1] and row[here + span[1] - 1] <= NONE:
        span[1] -= 1


@compiled
def initial(grid: Grid) -> tuple[Float32s, Int64s]:
    """The row and the span of the label at the start."""
    rows = np.full((1, grid.early + grid.num_cells - grid.rested), NONE)
    spans = np.zeros((1, 2, 2), np.int64)
    for rested in range(2):
        here, first, limit = _departures(grid, rested)
        if first < limit:
            rows[0, here + first] = 0.0
            spans[0, rested] = first, first + 1
    return rows, spans


# Back along the labels, to the route that earned a value.


@compiled
def _in_time(
    grid: Grid, site: int, window: int, cells: int, departure: int, gone: int, now: int
) -> int:
    """The last arrival after which a stop can end by a departure; below 0 where there is none.

    Parameters
    ----------
    cells
        How much longer than the least the stop is.
    gone, now
        Whether the break was taken before the arrival, and before the departure.
    """
    opening = grid.opening[window]
    end = min(departure, grid.closing[window])
    if gone == now:
        return end - cells if end - cells >= opening else -1
    waiting, inside = -1, -1
    if end - cells >= max(opening, grid.lunch[site]):
        waiting = min(end - cells - grid.pause, grid.late[site])
    if end >= grid.rested and grid.late[site] >= opening <= end - cells - grid.pause:
        inside = min(end - cells - grid.pause, grid.late[site])
    return max(waiting, inside)


@compiled
def came_from(
    grid: Grid,
    gains: Gains,
    rows: Float32s,
    sites: Int64s,
    spans: Int64s,
    origins: Int64s,
    site: int,
    rested: int,
    cell: int,
    used: Int64s,
    used_now: int,
) -> tuple[int, int, int, int]:
    """The label, rested or not, cell and entry of gains that earned most by a departure.

    The label is -1, and the entry that of the least people, where there is none.

    Parameters
    ----------
    used, used_now
        Cards that each label has used, and those used now; no entries = cards do not count.
    """
    best = NONE
    found = (-1, 0, 0, gains.first[site])
    for label in origins:
        hop, cost = grid.hop[sites[label], site], grid.hop_cost[sites[label], site]
        for gone in range(rested + 1):
            here, _, _ = _departures(grid, gone)
            low, high = spans[label, gone]
            for window in range(grid.window_first[site], grid.window_first[site + 1]):
                for entry in range(gains.first[site], gains.first[site + 1]):
                    if len(used) and used[label] + gains.people[entry] != used_now:
                        continue
                    arrival = _in_time(grid, site, window, gains.cells[entry], cell, gone, rested)
                    # Rows rise with time but for departures dropped.
                    departure = min(arrival - hop, high - 1)
                    while departure >= low and rows[label, here + departure] <= NONE:
                        departure -= 1
                    if departure < low:
                        continue
                    worth = rows[label, here + departure] - cost + gains.value[entry]
                    if worth > best:
                        best, found = worth, (label, gone, departure, entry)
    return found


@compiled
def along(grid: Grid, gains: Gains) -> Int64s:
    """The entries of gains that earn most when all sites are visited in order; empty = too long."""
    num_sites = len(grid.home)
    width = grid.early + grid.num_cells - grid.rested
    rows = np.full((num_sites + 1, width), NONE)
    spans = np.zeros((num_sites + 1, 2, 2), np.int64)
    order = np.arange(num_sites + 1)
    order[0], order[1:] = num_sites, np.arange(num_sites)
    rows[:1], spans[:1] = initial(grid)
    worth = np.empty(2, np.float32)
    anything = np.zeros(width, np.float32)
    for site in range(num_sites):
        arrivals = np.full(grid.early_arrivals + grid.num_cells - grid.rested, NONE)
        _arrive(grid, site, rows[site], order[site], spans[site], arrivals)
        entries = gains.first[site], gains.first[site + 1]
        _stop(grid, gains, site, entries, arrivals, rows[site + 1])
        _trim(grid, anything, NONE / 2, site, rows[site + 1], spans[site + 1], worth)
    best_entries = np.empty(num_sites, np.int64)
    if num_sites == 0 or worth[0] <= NONE / 2:
        return best_entries[:0]
    rested, cell = 0, 0
    best = NONE
    for after in range(2):
        here, first, limit = _departures(grid, after)
        last = min(grid.home[num_sites - 1, after], limit - 1)
        if last >= first and rows[num_sites, here + last] > best:
            best, rested, cell = rows[num_sites, here + last], after, last
    for site in range(num_sites - 1, -1, -1):
        origins = np.full(1, site)
        _, rested, cell, best_entries[site] = came_from(
            grid, gains, rows, order, spans, origins, site, rested, cell, NO_CARDS, 0
        )
    return best_entries
