"""Turn-by-turn directions: which junctions of a drive a driver must be told about, and what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, degrees, hypot

import numpy as np

from planner.arrays import Float64s, Int32s
from planner.geo import DEGREE_M, degree_of_longitude_m
from planner.travel.cost import cost_share, metres, seconds
from planner.travel.graph import OutgoingArcs
from planner.travel.interface import Manoeuvre, Place, Step
from planner.travel.link_segment import LinkSegment, segment_points
from planner.travel.network import HIGHWAYS, Network
from planner.travel.profile import FERRY, VANS
from planner.travel.routing_dataset import RoutingDataset

_LOOK_M = 20.0
"""So far before and behind a junction a road's direction is taken: beyond its rounded corner."""

_BESIDE_M = 4.0
"""A place farther than this from the middle of its road lies to the left or right of it."""

_NO_TURN = 15.0
"""Degrees of a bend that nobody takes for a turn, whatever else leads on."""

_STRAIGHT, _SLIGHT, _SHARP, _ROUND = 30.0, 60.0, 120.0, 170.0
"""Degrees up to which a turn is none, is slight, is a usual one, is sharp; beyond: a turn round."""

_GAP_M, _BACK = 40.0, 150.0
"""Two turns so close together that lead so far round are one turn round, degrees."""

_TOLL_ROAD, _FERRY = HIGHWAYS.index("motorway"), HIGHWAYS.index(FERRY)


@dataclass(frozen=True, slots=True, kw_only=True)
class _DrivenSegment:
    """A segment of a drive with what a driver sees of it."""

    segment: LinkSegment
    points: Float64s
    street: str
    toll: bool
    ferry: bool
    circular: bool
    drive_s: float
    drive_m: float


class DirectionsWriter:
    """Directions as a driver sees the roads: also those that his van may not use."""

    def __init__(self, dataset: RoutingDataset) -> None:
        self._network, self._costs = dataset.network, dataset.costs
        self._factor = dataset.speeds.factor
        self._link, self._leaving = _visible_links(dataset.network)

    def steps(self, segments: Sequence[LinkSegment], destination: Place) -> tuple[Step, ...]:
        """What the driver does along segments; the last step is the arrival."""
        # Drives that begin or end on a corner have segments without length, and so have barriers.
        parts = [part for part in self._driven_segments(segments) if part.drive_m > 0]
        if not parts:
            return ()
        steps, turned = [_step(Manoeuvre.DEPART, parts[0])], 0.0
        for before, after in pairwise(parts):
            steps[-1] = _extend_step(steps[-1], before)
            angle = _turn_angle(before, after)
            manoeuvre = self._manoeuvre(before, after, angle)
            if before.circular:
                steps[-1] = self._towards_exit(steps[-1], before, after)
            elif manoeuvre is None:
                continue
            elif steps[-1].drive_m <= _GAP_M and turned * angle > 0 and abs(turned + angle) > _BACK:
                # Two turns to one side over the gap between carriageways are one for the driver.
                begun = steps.pop()
                steps.append(
                    replace(
                        _step(Manoeuvre.TURN_ROUND, after),
                        drive_s=begun.drive_s,
                        drive_m=begun.drive_m,
                    )
                )
            else:
                steps.append(_step(manoeuvre, after))
            turned = angle
        steps[-1] = _extend_step(steps[-1], parts[-1])
        return (*steps, _arrival_step(parts[-1], destination))

    def _driven_segments(self, segments: Sequence[LinkSegment]) -> Iterator[_DrivenSegment]:
        network = self._network
        road = np.array([segment.link // 2 for segment in segments], dtype=np.intp)
        ends = [[segment.begin, segment.end] for segment in segments]
        driven = cost_share(self._costs[road, None], np.array(ends).reshape(-1, 2))
        cost = np.abs(driven[:, 1] - driven[:, 0])
        ways = network.way[road].tolist()
        times, lengths = (seconds(cost) * self._factor).tolist(), metres(cost).tolist()
        for segment, way, drive_s, drive_m in zip(segments, ways, times, lengths, strict=True):
            yield _DrivenSegment(
                segment=segment,
                points=segment_points(network, segment),
                street=str(network.names[network.way_name[way]]),
                toll=int(network.way_highway[way]) == _TOLL_ROAD,
                ferry=int(network.way_highway[way]) == _FERRY,
                circular=bool(network.way_circular[way]),
                drive_s=drive_s,
                drive_m=drive_m,
            )

    def _towards_exit(self, step: Step, before: _DrivenSegment, after: _DrivenSegment) -> Step:
        """The step of a roundabout one segment of it further: exits counted, at the last named."""
        exits = step.exit + sum(
            not self._network.way_circular[self._network.way[link // 2]]
            for link in self._others(before)
        )
        return replace(step, exit=exits, street="" if after.circular else after.street)

    def _others(self, part: _DrivenSegment) -> Iterator[int]:
        """Links out of the junction at the end of a part, except back where it came from."""
        network, link = self._network, part.segment.link
        junction = network.tail[link // 2] if link % 2 else network.head[link // 2]
        for other in self._link[self._leaving[int(junction)]].tolist():
            if other != link ^ 1 and network.length_m[other // 2] > 0:
                yield other

    def _manoeuvre(
        self, before: _DrivenSegment, after: _DrivenSegment, angle: float
    ) -> Manoeuvre | None:
        """What to tell at a junction; None where the driver just follows the road."""
        if after.segment.link == before.segment.link ^ 1:
            return Manoeuvre.TURN_ROUND
        if after.circular or (after.ferry and not before.ferry):
            return Manoeuvre.ROUNDABOUT if after.circular else Manoeuvre.FERRY
        if after.toll != before.toll:
            return Manoeuvre.ENTER_TOLL_ROAD if after.toll else Manoeuvre.LEAVE_TOLL_ROAD
        renamed = after.street not in {before.street, ""}
        arriving, size = _final_heading(before), abs(angle)
        others = [
            abs(_angle_between(arriving, self._departing_heading(link)))
            for link in self._others(before)
            if link != after.segment.link
        ]
        # At a fork the driver must be told also where both branches bend alike.
        clearly = _NO_TURN if size >= _NO_TURN else 0.0
        is_straightest = all(size + clearly <= other for other in others)
        if is_straightest and size < (_STRAIGHT if renamed or others else _SLIGHT):
            return Manoeuvre.STRAIGHT if renamed else None
        return _turn_manoeuvre(angle) if renamed or size >= _NO_TURN else None

    def _departing_heading(self, link: int) -> float:
        return _heading(segment_points(self._network, _whole_link(link)))


def _visible_links(network: Network) -> tuple[Int32s, OutgoingArcs]:
    """Links that some van fits on, and which of them lead out of each junction."""
    along = np.flatnonzero(network.forward & VANS).astype(np.int32)
    against = np.flatnonzero(network.backward & VANS).astype(np.int32)
    tail = np.concatenate([network.tail[along], network.head[against]])
    return (
        np.concatenate([2 * along, 2 * against + 1]),
        OutgoingArcs(tail, network.num_junctions),
    )


def _extend_step(step: Step, part: _DrivenSegment) -> Step:
    """The step with one more leg behind it."""
    return replace(step, drive_s=step.drive_s + part.drive_s, drive_m=step.drive_m + part.drive_m)


def _final_heading(part: _DrivenSegment) -> float:
    """Heading at the end of a leg."""
    return (_heading(part.points[::-1]) + 180) % 360


def _turn_angle(before: _DrivenSegment, after: _DrivenSegment) -> float:
    """Degrees clockwise that one turns from one leg into the next."""
    return _angle_between(_final_heading(before), _heading(after.points))


def _step(manoeuvre: Manoeuvre, part: _DrivenSegment) -> Step:
    lat, lon = part.points[0].tolist()
    heading = _heading(part.points) % 360
    return Step(manoeuvre=manoeuvre, street=part.street, lat=lat, lon=lon, heading=heading)


def _arrival_step(part: _DrivenSegment, destination: Place) -> Step:
    """The last step, with the side of the road on which the place lies."""
    here = part.points[-1]
    place = np.array([destination.lat, destination.lon])
    heading = _final_heading(part)
    manoeuvre = Manoeuvre.ARRIVE
    aside = np.stack([here, place])
    if hypot(*next(_offsets_m(aside))) > _BESIDE_M:
        side = _angle_between(heading, _heading(aside))
        manoeuvre = Manoeuvre.ARRIVE_RIGHT if side > 0 else Manoeuvre.ARRIVE_LEFT
    lat, lon = here.tolist()
    return Step(manoeuvre=manoeuvre, street=part.street, lat=lat, lon=lon, heading=heading)


def _turn_manoeuvre(angle: float) -> Manoeuvre:
    """A turn by its angle, degrees clockwise."""
    size = abs(angle)
    if size > _ROUND:
        return Manoeuvre.TURN_ROUND
    left, right = (
        (Manoeuvre.SLIGHT_LEFT, Manoeuvre.SLIGHT_RIGHT)
        if size < _SLIGHT
        else (Manoeuvre.LEFT, Manoeuvre.RIGHT)
        if size < _SHARP
        else (Manoeuvre.SHARP_LEFT, Manoeuvre.SHARP_RIGHT)
    )
    return right if angle > 0 else left


def _whole_link(link: int) -> LinkSegment:
    return LinkSegment(link=link, begin=float(link % 2), end=float(1 - link % 2))


def _angle_between(before: float, after: float) -> float:
    """Degrees clockwise from one heading to another, from -180 to below 180."""
    return (after - before + 180) % 360 - 180


def _heading(points: Float64s) -> float:
    """Direction in which a line sets out, degrees clockwise from north."""
    east, north = 0.0, 0.0
    for east, north in _offsets_m(points):
        if hypot(east, north) >= _LOOK_M:
            break
    return degrees(atan2(east, north))


def _offsets_m(points: Float64s) -> Iterator[tuple[float, float]]:
    """Metres east and north from a line's first point to each of the others."""
    (lat, lon), *others = points.tolist()
    east_m = degree_of_longitude_m(lat)
    for other_lat, other_lon in others:
        yield (other_lon - lon) * east_m, (other_lat - lat) * DEGREE_M
