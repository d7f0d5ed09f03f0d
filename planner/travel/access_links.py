"""How drives begin and end part-way along a road."""

from dataclasses import dataclass

import numpy as np

from planner.arrays import Indices, Int32s, concat_ranges
from planner.travel.cost import Costs, cost_share
from planner.travel.graph import Graph
from planner.travel.snap import SnappedPlaces


@dataclass(frozen=True, slots=True, kw_only=True)
class Connectors:
    """Connectors between places and the states of a graph, or between two places.

    Attributes
    ----------
    origin, destination
        Number of the place or state each one leads from, and to.
    link
        Link it drives a part of.
    cost
        Cost of that part.
    """

    origin: Int32s
    destination: Int32s
    link: Int32s
    cost: Costs


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLinks:
    """All that connects places with a graph. Places are numbered in the order of the snaps.

    Attributes
    ----------
    leaving
        From a place to the state at the end of its road.
    arriving
        From a state to a place along its road; as many for a link as the link has arcs.
    direct
        From a place to another along the road both lie on, and from each to itself.
    """

    num_places: int
    leaving: Connectors
    arriving: Connectors
    direct: Connectors


def find_access_links(graph: Graph, snaps: SnappedPlaces, costs: Costs) -> AccessLinks:
    """What connects snapped places with the graph they are snapped on.

    Parameters
    ----------
    costs
        Cost of each road.
    """
    number = np.arange(len(snaps.places), dtype=np.int32)
    whole = costs[snaps.road]
    along = cost_share(whole, snaps.share)
    links = np.concatenate([2 * snaps.road, 2 * snaps.road + 1]).astype(np.int32)
    driven, rest = np.concatenate([along, whole - along]), np.concatenate([whole - along, along])
    return AccessLinks(
        num_places=len(number),
        leaving=_leaving(graph, np.tile(number, 2), links, rest),
        arriving=_arriving(graph, np.tile(number, 2), links, driven),
        direct=_direct(graph, np.tile(number, 2), links, driven),
    )


def _leaving(graph: Graph, place: Int32s, link: Int32s, rest: Costs) -> Connectors:
    # Arcs out of junctions come first: they alone say which state a drive that begins here is in.
    links, first = np.unique(graph.link, return_index=True)
    known = np.isin(link, links)
    place, link, rest = place[known], link[known], rest[known]
    state = graph.head[first[np.searchsorted(links, link)]]
    return Connectors(origin=place, destination=state, link=link, cost=rest)


def _arriving(graph: Graph, place: Int32s, link: Int32s, driven: Costs) -> Connectors:
    arcs = np.flatnonzero(np.isin(graph.link, link))
    arcs = arcs[np.argsort(graph.link[arcs], kind="stable")]
    begin, end = (np.searchsorted(graph.link[arcs], link, side=side) for side in ("left", "right"))
    many = end - begin
    which = concat_ranges(begin, many)
    return Connectors(
        origin=graph.tail[arcs[which]],
        destination=np.repeat(place, many),
        link=np.repeat(link, many),
        cost=np.repeat(driven, many),
    )


def _direct(graph: Graph, place: Int32s, link: Int32s, driven: Costs) -> Connectors:
    known = np.flatnonzero(np.isin(link, graph.link))
    order = known[np.lexsort((driven[known], link[known]))]
    groups = np.split(order, np.flatnonzero(np.diff(link[order])) + 1) if len(order) else []
    pairs = np.concatenate([_pairs(group, driven) for group in groups] or [np.empty((0, 2), int)])
    origin, destination = pairs.T
    return Connectors(
        origin=place[origin],
        destination=place[destination],
        link=link[origin],
        cost=driven[destination] - driven[origin],
    )


def _pairs(group: Indices, driven: Costs) -> Indices:
    """Pairs of places on one link of which the second is not before the first."""
    first, second = np.meshgrid(group, group, indexing="ij")
    ahead = driven[second] >= driven[first]
    return np.column_stack([first[ahead], second[ahead]])
