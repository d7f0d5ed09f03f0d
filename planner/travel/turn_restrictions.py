"""Forbidden turns as sequences of links that may not be driven one after the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.travel.osm import TurnRestriction

LinksByKey = Mapping[int, Sequence["Link"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One direction of a road, from junction to junction."""

    number: int
    tail: int
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BannedSequence:
    """Links that may not be driven one after the other.

    Attributes
    ----------
    profiles
        Both bits of the profiles it is meant for.
    is_u_turn
        Whether turning round is what is forbidden, rather than the way it leads to.
    """

    links: tuple[int, ...]
    profiles: int
    is_u_turn: bool = False


Chain = tuple[Link, ...]


def banned_sequences(
    restrictions: Sequence[TurnRestriction],
    by_way: LinksByKey,
    leaving: LinksByKey,
    junctions: Mapping[int, int],
) -> list[BannedSequence]:
    """What turn restrictions forbid to drive, each sequence once.

    Parameters
    ----------
    by_way
        Links of the ways that turns speak of, by OpenStreetMap's number of the way.
    leaving
        Links out of each junction that these ways touch.
    junctions
        Junction of each node over which a turn goes; a node may be missing.
    """
    sequences: dict[tuple[int, ...], BannedSequence] = {}
    for restriction in restrictions:
        for chain in _forbidden_chains(restriction, by_way, leaving, junctions):
            links = tuple(link.number for link in chain)
            new = BannedSequence(
                links=links,
                profiles=restriction.profiles,
                is_u_turn=restriction.kind == "no_u_turn",
            )
            old = sequences.setdefault(links, new)
            sequences[links] = replace(
                old,
                profiles=old.profiles | new.profiles,
                is_u_turn=old.is_u_turn and new.is_u_turn,
            )
    return [*sequences.values()]


def _forbidden_chains(
    restriction: TurnRestriction,
    by_way: LinksByKey,
    leaving: LinksByKey,
    junctions: Mapping[int, int],
) -> Iterator[Chain]:
    for chain in _driven_chains(restriction, by_way, junctions):
        if restriction.only:
            for other in leaving.get(chain[-2].head, ()):
                if other != chain[-1]:
                    yield (*chain[:-1], other)
        else:
            yield chain


def _driven_chains(
    restriction: TurnRestriction, by_way: LinksByKey, junctions: Mapping[int, int]
) -> Iterator[Chain]:
    """Every way to drive what a turn speaks of: from its first way over its via to its last."""
    chains: list[Chain] = [(link,) for link in by_way.get(restriction.from_way, ())]
    if restriction.via_node is not None:
        via = junctions.get(restriction.via_node)
        chains = [chain for chain in chains if chain[-1].head == via]
    vias = {way: by_way.get(way, ()) for way in restriction.via_ways}
    for first in chains:
        for chain in _through_vias(first, vias):
            for link in by_way.get(restriction.to_way, ()):
                if link.tail == chain[-1].head:
                    yield (*chain, link)


def _through_vias(chain: Chain, vias: LinksByKey) -> Iterator[Chain]:
    """A chain with all via ways behind it, in whatever order they lead on."""
    if not vias:
        yield chain
    for way, links in vias.items():
        others = {other: links for other, links in vias.items() if other != way}
        for stretch in _stretches(links):
            if stretch[0].tail == chain[-1].head:
                yield from _through_vias((*chain, *stretch), others)


def _stretches(links: Sequence[Link]) -> Iterator[Chain]:
    """The whole of a way, driven along its nodes and against them."""
    along = tuple(link for link in links if link.number % 2 == 0)
    against = tuple(link for link in reversed(links) if link.number % 2 == 1)
    yield from (stretch for stretch in (along, against) if stretch)
