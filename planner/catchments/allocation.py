"""Who is recorded: of all ways to share people out over groups, the most even one.

Of the shares taken from each group's people the greatest is as small as it can be, then the next
greatest, and so on: the lexicographically optimal flow of Megiddo (1974), which is unique. It is
found share by share, from the greatest down, in whole numbers and fractions without rounding.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from planner.catchments.maximum_flow import SINK, SOURCE, maximum_flow

Amounts = dict[int, dict[int, Fraction]]
"""By site, what it records of each group."""

Key = TypeVar("Key", int, str)

PERSON = 1000
"""Thousandths in which people are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """Who is recorded, in whole people but for what is exact.

    Attributes
    ----------
    groups
        People of each group of which any are recorded, by its name, in order of the names.
    own
        By site, people who come to this site or to none.
    at_sites
        By site, people of each group who are recorded there; they and its own people are those of
        its stops. Rounded site by site, so that sums over sites may differ from ``groups``.
    exact_groups, exact_own
        As ``groups`` and ``own``, not rounded.
    """

    groups: Mapping[str, int]
    own: tuple[int, ...]
    at_sites: tuple[Mapping[str, int], ...]
    exact_groups: Mapping[str, Fraction]
    exact_own: tuple[Fraction, ...]


def allocate(
    people: Sequence[int], expected: Sequence[int], draws: Sequence[Mapping[str, int]]
) -> Allocation:
    """The most even allocation, as `planner.catchments.Catchments.allocate` has it."""
    names = sorted({group for by_group in draws for group in by_group})
    number = {name: index for index, name in enumerate(names)}
    # A site's own people are one more group, and come after those with names.
    numbered = [
        {number[name]: draw for name, draw in by_group.items()}
        | ({len(names) + site: expected[site] * PERSON} if expected[site] else {})
        for site, by_group in enumerate(draws)
    ]
    amounts = _most_even_by_part(people, numbered)
    totals: defaultdict[int, Fraction] = defaultdict(Fraction)
    for by_group in amounts:
        for group, amount in by_group.items():
            totals[group] += amount
    whole = round_by_largest_remainder(totals)

    def named(numbers: Mapping[int, int]) -> dict[str, int]:
        return {names[group]: n for group, n in sorted(numbers.items()) if group < len(names) and n}

    return Allocation(
        groups=named(whole),
        own=tuple(whole.get(len(names) + site, 0) for site in range(len(people))),
        at_sites=tuple(named(round_by_largest_remainder(by_group)) for by_group in amounts),
        exact_groups={names[group]: n for group, n in sorted(totals.items()) if group < len(names)},
        exact_own=tuple(totals.get(len(names) + s, Fraction(0)) for s in range(len(people))),
    )


def _most_even_by_part(
    people: Sequence[int], draws: Sequence[Mapping[int, int]]
) -> list[dict[int, Fraction]]:
    """By site, people of each group; sites that share none are looked at one after another."""
    sizes: dict[int, int] = {}
    for by_group in draws:
        for group, draw in by_group.items():
            sizes[group] = max(draw, sizes.get(group, 0))
    amounts: list[dict[int, Fraction]] = [{} for _ in people]
    for part in _parts({site: draws[site] for site, number in enumerate(people) if number}):
        asked = {site: people[site] * PERSON for site in part}
        for site, shares in most_even(asked, {s: draws[s] for s in part}, sizes).items():
            amounts[site] = {group: amount / PERSON for group, amount in shares.items()}
    return amounts


def _parts(draws: Mapping[int, Mapping[int, int]]) -> Iterator[list[int]]:
    """Sites joined by groups that they share, directly or through others."""
    at: defaultdict[int, list[int]] = defaultdict(list)
    for site, by_group in draws.items():
        for group in by_group:
            at[group].append(site)
    seen: set[int] = set()
    for first in draws:
        part = [] if first in seen else [first]
        seen.add(first)
        for site in part:
            joined = {other for group in draws[site] for other in at[group]} - seen
            part += sorted(joined)
            seen |= joined
        if part:
            yield part


def most_even(
    people: Mapping[int, int], draws: Mapping[int, Mapping[int, int]], sizes: Mapping[int, int]
) -> Amounts:
    """What each site records of each group, as evenly over the groups as it can be.

    Parameters
    ----------
    people
        By site, what it records in all, > 0, in the unit of the draws.
    draws
        By site, the most of each group that would come to it, > 0.
    sizes
        By group, that of which shares are taken.

    Raises
    ------
    ValueError
        Where some people would be recorded twice.
    """
    open_sites = _OpenSites(dict(people), {site: dict(draws[site]) for site in people}, sizes)
    amounts: Amounts = {}
    while open_sites.people:
        amounts |= open_sites.settle_greatest()
    return amounts


class _OpenSites:
    """Sites and groups whose shares are below those settled so far."""

    def __init__(
        self,
        people: dict[int, int],
        draws: dict[int, dict[int, int]],
        sizes: Mapping[int, int],
    ) -> None:
        self.people, self.draws, self._sizes = people, draws, sizes
        self._taken: defaultdict[int, int] = defaultdict(int)

    def settle_greatest(self) -> Amounts:
        """Settle the greatest share that is still open, and what the sites record that need it."""
        groups = {group for draws in self.draws.values() for group in draws}
        taken, size = (sum(by[group] for group in groups) for by in (self._taken, self._sizes))
        if not size:
            raise ValueError("people would be recorded twice")
        average = Fraction(sum(self.people.values()) + taken, size)
        begun = (group for group in groups if self._taken[group])
        least = (Fraction(self._taken[group], self._sizes[group]) for group in begun)
        share = max([average, *least])
        sites: Iterable[int] = self.people if share == average else ()
        while True:
            amounts, overfull = self._flow(share)
            if not overfull:
                break
            share, sites = self._least_share(overfull, share), overfull
        settled = {site: amounts[site] for site in sites}
        self._close(settled, groups, share)
        return settled

    def _room(self, group: int, share: Fraction) -> int:
        """What may still be taken of a group up to a share, times the share's denominator."""
        return share.numerator * self._sizes[group] - self._taken[group] * share.denominator

    def _largest(self, sites: Iterable[int]) -> dict[int, int]:
        """The largest draw of each group at some sites."""
        largest: dict[int, int] = {}
        for site in sites:
            for group, draw in self.draws[site].items():
                largest[group] = max(draw, largest.get(group, 0))
        return largest

    def _least_share(self, sites: Iterable[int], share: Fraction) -> Fraction:
        """A greater share, the least with which these sites might record their people."""
        need, size = sum(self.people[site] for site in sites), 0
        for group, draw in self._largest(sites).items():
            if self._room(group, share) < draw * share.denominator:
                size += self._sizes[group]
                need += self._taken[group]
            else:
                need -= draw
        if not size:
            raise ValueError("people would be recorded twice")
        return Fraction(need, size)

    def _close(self, settled: Amounts, groups: Iterable[int], share: Fraction) -> None:
        """Take out what is settled, and the groups of which no more than the share is taken."""
        largest = self._largest(settled)
        full = {
            group
            for group in groups
            if self._room(group, share) <= largest.get(group, 0) * share.denominator
        }
        for site in settled:
            del self.people[site], self.draws[site]
        for group, draw in largest.items():
            self._taken[group] += draw
        self.draws = {
            site: {
                group: draw - largest.get(group, 0)
                for group, draw in draws.items()
                if group not in full and draw > largest.get(group, 0)
            }
            for site, draws in self.draws.items()
        }

    def _flow(self, share: Fraction) -> tuple[Amounts, list[int]]:
        """What sites record where groups give up to a share, and the sites that need more."""
        scale = share.denominator
        node = {site: SINK + 1 + number for number, site in enumerate(self.people)}
        arcs = [(SOURCE, node[site]) for site in self.people]
        capacities = [people * scale for people in self.people.values()]
        first_draw, next_node = len(arcs), SINK + 1 + len(node)
        drawn = list(self._drawn())
        for place, (group, draw, site) in enumerate(drawn):
            is_largest = place + 1 == len(drawn) or drawn[place + 1][0] != group
            arcs += (node[site], next_node), (next_node, SINK if is_largest else next_node + 1)
            room = min(draw * scale, self._room(group, share)) if is_largest else draw * scale
            capacities += draw * scale, room
            next_node += 1
        flow = maximum_flow(next_node, arcs, capacities)
        amounts: Amounts = {site: {} for site in self.people}
        for (group, _, site), amount in zip(drawn, flow.by_arc[first_draw::2], strict=True):
            if amount:
                amounts[site][group] = Fraction(amount, scale)
        overfull = [site for site in self.people if flow.reached[node[site]]]
        return amounts, overfull

    def _drawn(self) -> Iterator[tuple[int, int, int]]:
        """Group, draw and site, by group, then from the smallest draw up."""
        drawn = (
            (group, draw, site)
            for site, draws in self.draws.items()
            for group, draw in draws.items()
        )
        return iter(sorted(drawn))


def round_by_largest_remainder(amounts: Mapping[Key, Fraction]) -> dict[Key, int]:
    """Whole numbers with the sum of the amounts; of equal remainders the lowest key goes up."""
    whole = {key: int(amount) for key, amount in amounts.items()}
    missing = int(sum(amounts.values())) - sum(whole.values())
    for key in sorted(amounts, key=lambda key: (whole[key] - amounts[key], key))[:missing]:
        whole[key] += 1
    return whole
