"""Turn-by-turn directions: which junctions of a drive a driver must be told about, and what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians

import numpy as np

from planner.travel.cost import Costs, metres, seconds, share_of
from planner.travel.earth import EARTH_M, Floats
from planner.travel.interface import Manoeuvre, Place, Step
from planner.travel.link_segment import Piece, points_of
from planner.travel.network import HIGHWAYS, Network

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

_TOLL_ROAD = HIGHWAYS.index("motorway")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leg:
    """A piece of a drive with what a driver sees of it."""

    piece: Piece
    points: Floats
    street: str
    toll: bool
    circular: bool
    drive_s: float
    drive_m: float


class Guide:
    """Directions on a network for those who may use roads that have a bit."""

    def __init__(self, network: Network, costs: Costs, bit: int, factor: float) -> None:
        self._network, self._costs, self._bit, self._factor = network, costs, bit, factor
        along = np.flatnonzero(network.forward & bit)
        against = np.flatnonzero(network.backward & bit)
        tail = np.concatenate([network.tail[along], network.head[against]])
        link = np.concatenate([2 * along, 2 * against + 1])
        order = np.argsort(tail, kind="stable")
        self._tail, self._link = tail[order], link[order]

    def steps(self, pieces: Sequence[Piece], destination: Place) -> tuple[Step, ...]:
        """What the driver does along pieces of road; the last step is the arrival."""
        # Drives that begin or end on a corner have pieces without length, and so have barriers.
        legs = [leg for leg in self._legs(pieces) if leg.drive_m > 0]
        if not legs:
            return ()
        steps, turned = [_step(Manoeuvre.DEPART, legs[0])], 0.0
        for before, after in pairwise(legs):
            steps[-1] = _driven(steps[-1], before)
            angle = _angle(before, after)
            found = self._manoeuvre(before, after, angle)
            if before.circular:
                steps[-1] = self._towards_exit(steps[-1], before, after)
            elif found is None:
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
                steps.append(_step(found, after))
            turned = angle
        steps[-1] = _driven(steps[-1], legs[-1])
        return (*steps, _arrival(legs[-1], destination))

    def _legs(self, pieces: Sequence[Piece]) -> Iterator[_Leg]:
        network = self._network
        road = np.array([piece.link // 2 for piece in pieces], dtype=np.intp)
        ends = [[piece.begin, piece.end] for piece in pieces]
        driven = share_of(self._costs[road, None], np.array(ends).reshape(-1, 2))
        cost = np.abs(driven[:, 1] - driven[:, 0])
        ways = network.way[road].tolist()
        times, lengths = (seconds(cost) * self._factor).tolist(), metres(cost).tolist()
        for piece, way, drive_s, drive_m in zip(pieces, ways, times, lengths, strict=True):
            yield _Leg(
                piece=piece,
                points=points_of(network, piece),
                street=str(network.names[network.way_name[way]]),
                toll=int(network.way_highway[way]) == _TOLL_ROAD,
                circular=bool(network.way_circular[way]),
                drive_s=drive_s,
                drive_m=drive_m,
            )

    def _towards_exit(self, step: Step, before: _Leg, after: _Leg) -> Step:
        """The step of a roundabout one piece of it further: exits counted, at the last named."""
        exits = step.exit + sum(
            not self._network.way_circular[self._network.way[link // 2]]
            for link in self._others(before)
        )
        return replace(step, exit=exits, street="" if after.circular else after.street)

    def _others(self, leg: _Leg) -> Iterator[int]:
        """Links out of the junction at the end of a leg, except back where it came from."""
        network, link = self._network, leg.piece.link
        junction = network.tail[link // 2] if link % 2 else network.head[link // 2]
        begin, end = np.searchsorted(self._tail, [junction, junction + 1])
        for other in self._link[begin:end].tolist():
            if other != link ^ 1 and network.length_m[other // 2] > 0:
                yield other

    def _manoeuvre(self, before: _Leg, after: _Leg, angle: float) -> Manoeuvre | None:
        """What to tell at a junction; None where the driver just follows the road."""
        if after.piece.link == before.piece.link ^ 1:
            return Manoeuvre.TURN_ROUND
        if after.circular:
            return Manoeuvre.ROUNDABOUT
        if after.toll != before.toll:
            return Manoeuvre.ENTER_TOLL_ROAD if after.toll else Manoeuvre.LEAVE_TOLL_ROAD
        renamed = after.street not in {before.street, ""}
        if abs(angle) < _NO_TURN and not renamed:
            return None
        return self._among_others(before, after, angle, renamed)

    def _among_others(
        self, before: _Leg, after: _Leg, angle: float, renamed: bool
    ) -> Manoeuvre | None:
        """What to tell of a bend, seeing what else leads on from the junction."""
        arriving = _arriving(before)
        others = [
            abs(_turn(arriving, _heading(points_of(self._network, _whole(link)))))
            for link in self._others(before)
            if link != after.piece.link
        ]
        straightest = not others or abs(angle) <= min(others)
        if not others or (abs(angle) < _SLIGHT and straightest):
            return Manoeuvre.STRAIGHT if renamed else None
        if abs(angle) < _STRAIGHT and not renamed and min(others) > _SLIGHT:
            return None
        return _turning(angle)


def _driven(step: Step, leg: _Leg) -> Step:
    """The step with one more leg behind it."""
    return replace(step, drive_s=step.drive_s + leg.drive_s, drive_m=step.drive_m + leg.drive_m)


def _arriving(leg: _Leg) -> float:
    """Heading at the end of a leg."""
    return (_heading(leg.points[::-1]) + 180) % 360


def _angle(before: _Leg, after: _Leg) -> float:
    """Degrees clockwise that one turns from one leg into the next."""
    return _turn(_arriving(before), _heading(after.points))


def _step(manoeuvre: Manoeuvre, leg: _Leg) -> Step:
    lat, lon = leg.points[0].tolist()
    heading = _heading(leg.points) % 360
    return Step(manoeuvre=manoeuvre, street=leg.street, lat=lat, lon=lon, heading=heading)


def _arrival(leg: _Leg, destination: Place) -> Step:
    """The last step, with the side of the road on which the place lies."""
    here = leg.points[-1]
    place = np.array([destination.lat, destination.lon])
    heading = _arriving(leg)
    manoeuvre = Manoeuvre.ARRIVE
    aside = np.stack([here, place])
    if hypot(*next(_offsets_m(aside))) > _BESIDE_M:
        side = _turn(heading, _heading(aside))
        manoeuvre = Manoeuvre.ARRIVE_RIGHT if side > 0 else Manoeuvre.ARRIVE_LEFT
    lat, lon = here.tolist()
    return Step(manoeuvre=manoeuvre, street=leg.street, lat=lat, lon=lon, heading=heading)


def _turning(angle: float) -> Manoeuvre:
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


def _whole(link: int) -> Piece:
    return Piece(link=link, begin=float(link % 2), end=float(1 - link % 2))


def _turn(before: float, after: float) -> float:
    """Degrees clockwise from one heading to another, from -180 to below 180."""
    return (after - before + 180) % 360 - 180


def _heading(points: Floats) -> float:
    """Direction in which a line sets out, degrees clockwise from north."""
    east, north = 0.0, 0.0
    for east, north in _offsets_m(points):
        if hypot(east, north) >= _LOOK_M:
            break
    return degrees(atan2(east, north))


def _offsets_m(points: Floats) -> Iterator[tuple[float, float]]:
    """Metres east and north from a line's first point to each of the others."""
    (lat, lon), *others = points.tolist()
    north_m = radians(EARTH_M)
    east_m = north_m * cos(radians(lat))
    for other_lat, other_lon in others:
        yield (other_lon - lon) * east_m, (other_lat - lat) * north_m
