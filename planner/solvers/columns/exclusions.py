"""Stops that a route may not make after others: of a site visited, or of people counted before.

Sites that share people may all be visited by one route, but not for more people than would come to
any of them. A label remembers which sites were visited, not for how many people. So amounts are
parted into ranges, each a stop of its own; what a label remembers of a visit is that it recorded at
least so many people, and that tells which stops would count some twice.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from planner.arrays import Bools, Int64s, UInt64s
from planner.solvers.columns.amount_ranges import AmountRanges, SharedPeople, SiteSet
from planner.solvers.columns.kernel import Exclusions


def exclude_revisits(remembered: Bools) -> Exclusions:
    """No site is visited again that is remembered; by site, shape ``(n, n)``."""
    num_sites = len(remembered)
    ranges = AmountRanges(np.arange(num_sites), *np.zeros((2, num_sites), dtype=np.int64))
    return exclude(ranges, remembered, np.arange(num_sites), (), None)


def exclude(
    ranges: AmountRanges,
    remembered: Bools,
    sites: Int64s,
    sets: Iterable[SiteSet],
    people: SharedPeople | None,
) -> Exclusions:
    """Nor are more people recorded at a set of sites than remain, as far as ranges tell.

    Parameters
    ----------
    ranges
        The stops of the grid.
    remembered
        By stop, those that each remembers, shape ``(n, n)``.
    sites
        Index of the site of each stop.
    sets, people
        Sites that share people, and how many remain of them; None where nobody is shared.
    """
    same_site: Bools = sites[:, None] == sites
    follows = np.append(False, same_site.diagonal(1))
    # What a visit records for sure, more than one in the range before.
    more = ranges.least - np.append(0, ranges.least[:-1])[: len(sites)] * follows
    related = same_site.copy()
    limits: list[list[tuple[int, Int64s]]] = [[] for _ in range(len(sites))]
    for of_set in sets if people is not None else ():
        members = np.flatnonzero(np.isin(sites, of_set))
        if same_site[np.ix_(members, members)].all():
            continue
        related[np.ix_(members, members)] = True
        capacity = people.shared_limit(of_set) if people is not None else 0
        for stop in members.tolist():
            others = members[~same_site[stop, members]]
            limits[stop].append((capacity - int(ranges.least[stop]), others))
    flat = [limit for of_stop in limits for limit in of_stop]
    member = np.concatenate([np.zeros(0, np.int64), *(others for _, others in flat)])
    return Exclusions(
        keep=pack_bits(remembered),
        visits=pack_bits(np.tril(same_site)),
        same_site=pack_bits(same_site),
        related=related,
        first=_ends([len(of_stop) for of_stop in limits]),
        limit=np.array([limit for limit, _ in flat], dtype=np.int64),
        member_first=_ends([len(others) for _, others in flat]),
        member=member,
        people=more[member],
    )


def _ends(sizes: Sequence[int]) -> Int64s:
    return np.cumsum([0, *sizes]).astype(np.int64)


def pack_bits(remembered: Bools) -> UInt64s:
    """Sets of sites as bits, 64 to a word, shape ``(n, words)``."""
    num_sites = len(remembered)
    num_words = -(-num_sites // 64)
    padded = np.zeros((num_sites, num_words * 64), dtype=np.uint8)
    padded[:, :num_sites] = remembered
    # Little end first on every machine, as the kernels shift.
    octets = np.packbits(padded, axis=1, bitorder="little")
    return octets.view("<u8").astype(np.uint64)
