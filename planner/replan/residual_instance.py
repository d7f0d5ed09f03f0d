"""The rest of the weekend as an instance of its own, for a solver to fill.

- Every van-day that is not over is a van with a class of its own: it starts where it stands, when
  it is free, with what it has left of cards, stops and break.
- Every promise kept is a site of its own that is open exactly as long as its stop lasts, and
  required. Where the van stays the one that was to come, or its break lies in the stop, only that
  van may make it.
- Every other site has the people that nobody has recorded or is promised to record, and is open
  to the vans that have not been there on that date.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from planner.model import NO_ROAD, Break, Depot, Instance, Matrix, Site, Van
from planner.plan import Plan, Route, Stop
from planner.replan.chains import Chain, most_served
from planner.replan.remaining_route import Rest, people_left
from planner.replan.van_state import Standing
from planner.solvers import schedule

HOLD = "\N{INFORMATION SEPARATOR ONE}"
"""Stands in ids that are made here; no id of a table holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A stop that keeps promises, and who may make it."""

    site_id: str
    stop: Stop
    van_index: int
    bound: bool
    promised_to: Chain

    @property
    def date(self) -> date:
        """Of the stop."""
        return self.promised_to.standing.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Remainder:
    """The instance of the rest, and what its parts stand for.

    Attributes
    ----------
    held
        By id of the site that stands for it.
    standings
        By id of the van that stands for it.
    start
        The promises kept, and what else of the plan before can be kept with them.
    """

    true: Instance
    instance: Instance
    held: dict[str, Held]
    standings: dict[str, Standing]
    start: Plan

    @property
    def required(self) -> frozenset[str]:
        """Sites that stand for promises."""
        return frozenset(self.held)


def remainder(
    true: Instance,
    before: Plan,
    standings: Sequence[Standing],
    rests: Sequence[Rest],
    chains: Sequence[Chain],
) -> Remainder | None:
    """What is left to decide; None where no van can do anything any more.

    Parameters
    ----------
    rests
        The promises kept, with their people, for each standing.
    chains
        The same with the services that they are kept by.
    """
    acting = {_van_id(true, each): each for each in standings if _acts(true, each)}
    if not acting:
        return None
    held = {each.site_id: each for each in _held(true, rests, chains)}
    drive_s, depots, starts = _starts(true, acting)
    instance = Instance(
        drive_s=drive_s,
        depots=depots,
        sites=(
            *(_held_site(true, each, acting) for each in held.values()),
            *_open_sites(true, standings, rests, held, acting),
        ),
        vans=tuple(
            _van(true, van_id, standing, starts[van_id], held)
            for van_id, standing in acting.items()
        ),
        worth_s=true.worth_s,
    )
    bare = Remainder(true=true, instance=instance, held=held, standings=acting, start=Plan())
    return replace(bare, start=_start(bare, before))


def put_back(rest: Remainder, plan: Plan, rests: Sequence[Rest]) -> tuple[Rest, ...]:
    """What a plan of the rest means for each standing.

    Parameters
    ----------
    rests
        As given to `remainder`: breaks that lie in a stop that keeps a promise stand there.
    """
    routes = {route.van_id: route for route in plan.routes}
    found = []
    for given in rests:
        van_id = _van_id(rest.true, given.standing)
        route = routes.get(van_id)
        if route is None or not route.stops:
            found.append(replace(given, stops=(), break_start_s=given.standing.break_start_s))
            continue
        stops = [_true_stop(rest, stop) for stop in route.stops]
        arrive_s = given.standing.arrive_s(rest.true, _place(rest.true, stops[0].site_id))
        if arrive_s is not None:
            stops[0] = replace(stops[0], arrive_s=arrive_s)
        found.append(
            Rest(
                standing=given.standing,
                stops=tuple(stops),
                break_start_s=_true_break(rest, given, route, arrive_s),
            )
        )
    return tuple(found)


def _acts(true: Instance, standing: Standing) -> bool:
    """Whether a van-day can make another stop."""
    if standing.over:
        return False
    van = standing.van(true)
    shift = van.shifts.get(standing.date)
    if shift is None or standing.free_s >= shift[1]:
        return False
    if standing.leave_s is None or van.crew_break is None or standing.break_start_s is not None:
        return True
    return standing.free_s <= van.crew_break.latest_s


def _van_id(true: Instance, standing: Standing) -> str:
    return f"{standing.van(true).id}{HOLD}{standing.date}"


def _held(true: Instance, rests: Sequence[Rest], chains: Sequence[Chain]) -> Iterator[Held]:
    by_van_day = {(each.standing.van_index, each.standing.date): each for each in rests}
    number = 0
    for chain in chains:
        van = chain.standing.van(true)
        rest = by_van_day[chain.standing.van_index, chain.standing.date]
        for service, stop in zip(chain.services, rest.stops, strict=True):
            number += 1
            yield Held(
                site_id=f"{service.site_id}{HOLD}{number}",
                stop=stop,
                van_index=chain.standing.van_index,
                bound=van.id in service.van_ids or _rests_in(van, stop, chain.break_start_s),
                promised_to=chain,
            )


def _rests_in(van: Van, stop: Stop, start_s: int | None) -> bool:
    if van.crew_break is None or start_s is None:
        return False
    return start_s < stop.depart_s and stop.setup_s < start_s + van.crew_break.length_s


def _starts(
    true: Instance, acting: dict[str, Standing]
) -> tuple[Matrix, tuple[Depot, ...], dict[str, str]]:
    """The matrix with a place for each van on its way, and the depot that each van starts at."""
    under_way = [van_id for van_id, each in acting.items() if each.leave_s is not None]
    num = true.num_places
    drive_s = np.full((num + len(under_way),) * 2, NO_ROAD, dtype=np.int32)
    drive_s[:num, :num] = true.drive_s
    depots = list(true.depots)
    starts = {van_id: each.van(true).start for van_id, each in acting.items()}
    for row, van_id in enumerate(under_way, start=num):
        drive_s[row, :num] = [acting[van_id].reach_s(true, place) for place in range(num)]
        depots.append(Depot(id=f"{HOLD}{van_id}", place=row))
        starts[van_id] = f"{HOLD}{van_id}"
    return drive_s, tuple(depots), starts


def _held_site(true: Instance, held: Held, acting: dict[str, Standing]) -> Site:
    """A site that is open for one stop alone, which always lasts as long."""
    site = true.sites[true.site_index[held.stop.site_id]]
    stop = held.stop
    vans = [
        van_id
        for van_id, standing in acting.items()
        if standing.date == held.date
        and (standing.van_index == held.van_index or not held.bound)
        and _may_visit(true, standing, site)
        and most_served(true, standing, stop, None) >= stop.people
    ]
    return Site(
        id=held.site_id,
        place=site.place,
        expected=stop.people,
        weight=site.weight,
        seconds_per_person=0,
        setup_s=stop.depart_s - stop.setup_s,
        packup_s=0,
        min_people=max(1, site.least_people),
        classes=tuple(vans),
        windows={held.date: ((stop.setup_s, stop.depart_s),)},
    )


def _open_sites(
    true: Instance,
    standings: Sequence[Standing],
    rests: Sequence[Rest],
    held: dict[str, Held],
    acting: dict[str, Standing],
) -> Iterator[Site]:
    """Sites where more people can be recorded than at stops past or promised."""
    stops = [stop for each in standings for stop in each.done]
    left = people_left(true, [*stops, *(each.stop for each in held.values())])
    holding = {(each.stop.site_id, each.date, each.van_index) for each in held.values()}
    free = {(each.stop.site_id, each.date) for each in held.values() if not each.bound}
    for site in true.sites:
        if left[site.id] < max(1, site.least_people):
            continue
        vans = [
            van_id
            for van_id, each in acting.items()
            if _may_visit(true, each, site)
            and (site.id, each.date, each.van_index) not in holding
            and (site.id, each.date) not in free
        ]
        if vans:
            yield replace(
                site,
                expected=left[site.id],
                min_people=max(1, site.least_people),
                classes=tuple(vans),
            )


def _may_visit(true: Instance, standing: Standing, site: Site) -> bool:
    fits = standing.van(true).van_class in site.classes
    return fits and all(stop.site_id != site.id for stop in standing.done)


def _van(true: Instance, van_id: str, standing: Standing, start: str, held: dict[str, Held]) -> Van:
    van = standing.van(true)
    people = sum(stop.people for stop in standing.done)
    return Van(
        id=van_id,
        van_class=van_id,
        kits=van.kits,
        start=start,
        end=van.end,
        shifts={standing.date: (standing.free_s, van.shifts[standing.date][1])},
        crew_break=_rest(true, standing, held),
        max_people=None if van.max_people is None else max(0, van.max_people - people),
        max_stops=None if van.max_stops is None else max(0, van.max_stops - len(standing.done)),
    )


def _rest(true: Instance, standing: Standing, held: dict[str, Held]) -> Break | None:
    """The break that is left; None where it is taken, or lies in a promise."""
    van = standing.van(true)
    if van.crew_break is None or standing.break_start_s is not None:
        return None
    for each in held.values():
        same = each.van_index == standing.van_index and each.date == standing.date
        if same and _rests_in(van, each.stop, each.promised_to.break_start_s):
            return None
    if standing.leave_s is None:
        return van.crew_break
    return replace(van.crew_break, earliest_s=max(van.crew_break.earliest_s, standing.free_s))


def _start(rest: Remainder, before: Plan) -> Plan:
    """The promises kept, and as much as fits of what was planned beside them."""
    routes = []
    left = Counter({site.id: site.expected for site in rest.instance.sites})
    planned = {(route.van_id, route.date): route for route in before.routes}
    for van_index, van in enumerate(rest.instance.vans):
        standing = rest.standings[van.id]
        route = planned.get((standing.van(rest.true).id, standing.date))
        stops = route.stops[len(standing.done) :] if route else ()
        found = _kept_route(rest, van_index, standing, stops, left)
        if found is not None:
            routes.append(found)
            left.subtract({stop.site_id: stop.people for stop in found.stops})
    return Plan(routes=tuple(routes))


def _kept_route(
    rest: Remainder,
    van_index: int,
    standing: Standing,
    planned: Sequence[Stop],
    left: Counter[str],
) -> Route | None:
    """The van's promises with its other planned stops, as many as fit."""
    index, van = rest.instance.site_index, rest.instance.vans[van_index]
    must = [
        (each.stop.setup_s, index[name], rest.instance.sites[index[name]].expected)
        for name, each in rest.held.items()
        if each.van_index == standing.van_index and each.date == standing.date
    ]
    may = [
        (stop.setup_s, index[stop.site_id], min(stop.people, left[stop.site_id]))
        for stop in planned
        if stop.site_id in index and van.id in rest.instance.sites[index[stop.site_id]].classes
    ]
    may = [each for each in may if each[2] >= rest.instance.sites[each[1]].least_people]
    while must or may:
        visits = [(site, people) for _, site, people in sorted([*must, *may])]
        people = sum(people for _, people in visits)
        fits = (van.max_stops is None or len(visits) <= van.max_stops) and (
            van.max_people is None or people <= van.max_people
        )
        route = schedule.timed(rest.instance, van_index, standing.date, visits) if fits else None
        if route is not None or not may:
            return route
        may.remove(min(may, key=lambda each: each[2]))
    return None


def _true_stop(rest: Remainder, stop: Stop) -> Stop:
    """The stop as the real site has it."""
    held = rest.held.get(stop.site_id)
    if held is None:
        return stop
    return replace(held.stop, arrive_s=stop.arrive_s, people=stop.people)


def _true_break(rest: Remainder, given: Rest, route: Route, arrive_s: int | None) -> int | None:
    """When the van rests; at the place it drives to first rather than where it stands."""
    if given.standing.break_start_s is not None:
        return given.standing.break_start_s
    if route.break_start_s is not None:
        if arrive_s is not None and route.break_start_s < route.leave_s:
            return max(route.break_start_s, arrive_s)
        return route.break_start_s
    van = given.standing.van(rest.true)
    for stop in route.stops:
        held = rest.held.get(stop.site_id)
        if held is not None and _rests_in(van, held.stop, held.promised_to.break_start_s):
            return held.promised_to.break_start_s
    return None


def _place(true: Instance, site_id: str) -> int:
    return true.sites[true.site_index[site_id]].place
