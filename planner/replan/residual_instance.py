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

from planner.arrays import Int32s
from planner.model import NO_ROAD, Break, Depot, Instance, Site, Van
from planner.plan import Plan, Route, Stop
from planner.replan.chains import Chain, stop_capacity
from planner.replan.remaining_route import RemainingRoute, people_left
from planner.replan.van_state import VanState
from planner.solvers import schedule

ID_MARK = "\N{INFORMATION SEPARATOR ONE}"
"""Stands in ids that are made here; no id of a table holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedStop:
    """A stop that keeps promises, and who may make it."""

    site_id: str
    stop: Stop
    van_index: int
    bound: bool
    promised_to: Chain

    @property
    def date(self) -> date:
        """Of the stop."""
        return self.promised_to.van_state.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidualInstance:
    """The instance of what is left to decide, and what its parts stand for.

    Attributes
    ----------
    held
        By id of the site that stands for it.
    van_states
        By id of the van that stands for it.
    start
        The promises kept, and what else of the plan before can be kept with them.
    """

    true: Instance
    instance: Instance
    held: dict[str, PromisedStop]
    van_states: dict[str, VanState]
    start: Plan

    @property
    def required(self) -> frozenset[str]:
        """Sites that stand for promises."""
        return frozenset(self.held)


def build_residual(
    true: Instance,
    before: Plan,
    van_states: Sequence[VanState],
    remaining_routes: Sequence[RemainingRoute],
    chains: Sequence[Chain],
) -> ResidualInstance | None:
    """What is left to decide; None where no van can do anything any more.

    Parameters
    ----------
    remaining_routes
        The promises kept, with their people, for each van-day.
    chains
        The same with the services that they are kept by.
    """
    acting = {_van_id(true, each): each for each in van_states if _can_act(true, each)}
    if not acting:
        return None
    held = {each.site_id: each for each in _promised_stops(true, remaining_routes, chains)}
    drive_s, depots, starts = _start_depots(true, acting)
    instance = Instance(
        drive_s=drive_s,
        depots=depots,
        sites=(
            *(_promised_site(true, each, acting) for each in held.values()),
            *_open_sites(true, van_states, remaining_routes, held, acting),
        ),
        vans=tuple(
            _residual_van(true, van_id, van_state, starts[van_id], held)
            for van_id, van_state in acting.items()
        ),
        worth_s=true.worth_s,
    )
    bare = ResidualInstance(
        true=true, instance=instance, held=held, van_states=acting, start=Plan()
    )
    return replace(bare, start=_start_plan(bare, before))


def read_back(
    residual: ResidualInstance, plan: Plan, remaining_routes: Sequence[RemainingRoute]
) -> tuple[RemainingRoute, ...]:
    """What a plan of the rest means for each van-day.

    Parameters
    ----------
    remaining_routes
        As given to `build_residual`: breaks that lie in a stop that keeps a promise stand there.
    """
    routes = {route.van_id: route for route in plan.routes}
    found = []
    for given in remaining_routes:
        van_id = _van_id(residual.true, given.van_state)
        route = routes.get(van_id)
        if route is None or not route.stops:
            found.append(replace(given, stops=(), break_start_s=given.van_state.break_start_s))
            continue
        stops = [_original_stop(residual, stop) for stop in route.stops]
        arrive_s = given.van_state.arrive_s(residual.true, _place(residual.true, stops[0].site_id))
        if arrive_s is not None:
            stops[0] = replace(stops[0], arrive_s=arrive_s)
        found.append(
            RemainingRoute(
                van_state=given.van_state,
                stops=tuple(stops),
                break_start_s=_original_break(residual, given, route, arrive_s),
            )
        )
    return tuple(found)


def _can_act(true: Instance, van_state: VanState) -> bool:
    """Whether a van-day can make another stop."""
    if van_state.is_over:
        return False
    van = van_state.van(true)
    shift = van.shifts.get(van_state.date)
    if shift is None or van_state.free_s >= shift[1]:
        return False
    if van_state.leave_s is None or van.crew_break is None or van_state.break_start_s is not None:
        return True
    return van_state.free_s <= van.crew_break.latest_s


def _van_id(true: Instance, van_state: VanState) -> str:
    return f"{van_state.van(true).id}{ID_MARK}{van_state.date}"


def _promised_stops(
    true: Instance, remaining_routes: Sequence[RemainingRoute], chains: Sequence[Chain]
) -> Iterator[PromisedStop]:
    by_van_day = {
        (each.van_state.van_index, each.van_state.date): each for each in remaining_routes
    }
    number = 0
    for chain in chains:
        van = chain.van_state.van(true)
        remaining = by_van_day[chain.van_state.van_index, chain.van_state.date]
        for service, stop in zip(chain.services, remaining.stops, strict=True):
            number += 1
            yield PromisedStop(
                site_id=f"{service.site_id}{ID_MARK}{number}",
                stop=stop,
                van_index=chain.van_state.van_index,
                bound=van.id in service.van_ids or _has_break_in(van, stop, chain.break_start_s),
                promised_to=chain,
            )


def _has_break_in(van: Van, stop: Stop, start_s: int | None) -> bool:
    if van.crew_break is None or start_s is None:
        return False
    return start_s < stop.depart_s and stop.setup_s < start_s + van.crew_break.length_s


def _start_depots(
    true: Instance, acting: dict[str, VanState]
) -> tuple[Int32s, tuple[Depot, ...], dict[str, str]]:
    """The matrix with a place for each van on its way, and the depot that each van starts at."""
    under_way = [van_id for van_id, each in acting.items() if each.leave_s is not None]
    num = true.num_places
    drive_s = np.full((num + len(under_way),) * 2, NO_ROAD, dtype=np.int32)
    drive_s[:num, :num] = true.drive_s
    depots = list(true.depots)
    starts = {van_id: each.van(true).start for van_id, each in acting.items()}
    for row, van_id in enumerate(under_way, start=num):
        drive_s[row, :num] = [acting[van_id].reach_s(true, place) for place in range(num)]
        depots.append(Depot(id=f"{ID_MARK}{van_id}", place=row))
        starts[van_id] = f"{ID_MARK}{van_id}"
    return drive_s, tuple(depots), starts


def _promised_site(true: Instance, held: PromisedStop, acting: dict[str, VanState]) -> Site:
    """A site that is open for one stop alone, which always lasts as long."""
    site = true.sites[true.site_index[held.stop.site_id]]
    stop = held.stop
    vans = [
        van_id
        for van_id, van_state in acting.items()
        if van_state.date == held.date
        and (van_state.van_index == held.van_index or not held.bound)
        and _may_stop(true, van_state, site)
        and stop_capacity(true, van_state, stop, None) >= stop.people
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
    van_states: Sequence[VanState],
    remaining_routes: Sequence[RemainingRoute],
    held: dict[str, PromisedStop],
    acting: dict[str, VanState],
) -> Iterator[Site]:
    """Sites where more people can be recorded than at stops past or promised."""
    stops = [stop for each in van_states for stop in each.past_stops]
    left = people_left(true, [*stops, *(each.stop for each in held.values())])
    holding = {(each.stop.site_id, each.date, each.van_index) for each in held.values()}
    free = {(each.stop.site_id, each.date) for each in held.values() if not each.bound}
    for site in true.sites:
        if left[site.id] < max(1, site.least_people):
            continue
        vans = [
            van_id
            for van_id, each in acting.items()
            if _may_stop(true, each, site)
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


def _may_stop(true: Instance, van_state: VanState, site: Site) -> bool:
    fits = van_state.van(true).van_class in site.classes
    return fits and all(stop.site_id != site.id for stop in van_state.past_stops)


def _residual_van(
    true: Instance, van_id: str, van_state: VanState, start: str, held: dict[str, PromisedStop]
) -> Van:
    van = van_state.van(true)
    people = sum(stop.people for stop in van_state.past_stops)
    return Van(
        id=van_id,
        van_class=van_id,
        kits=van.kits,
        start=start,
        end=van.end,
        shifts={van_state.date: (van_state.free_s, van.shifts[van_state.date][1])},
        crew_break=_remaining_break(true, van_state, held),
        max_people=None if van.max_people is None else max(0, van.max_people - people),
        max_stops=None
        if van.max_stops is None
        else max(0, van.max_stops - len(van_state.past_stops)),
    )


def _remaining_break(
    true: Instance, van_state: VanState, held: dict[str, PromisedStop]
) -> Break | None:
    """The break that is left; None where it is taken, or lies in a promise."""
    van = van_state.van(true)
    if van.crew_break is None or van_state.break_start_s is not None:
        return None
    for each in held.values():
        same = each.van_index == van_state.van_index and each.date == van_state.date
        if same and _has_break_in(van, each.stop, each.promised_to.break_start_s):
            return None
    if van_state.leave_s is None:
        return van.crew_break
    return replace(van.crew_break, earliest_s=max(van.crew_break.earliest_s, van_state.free_s))


def _start_plan(residual: ResidualInstance, before: Plan) -> Plan:
    """The promises kept, and as much as fits of what was planned beside them."""
    routes = []
    left = Counter({site.id: site.expected for site in residual.instance.sites})
    planned = {(route.van_id, route.date): route for route in before.routes}
    for van_index, van in enumerate(residual.instance.vans):
        van_state = residual.van_states[van.id]
        route = planned.get((van_state.van(residual.true).id, van_state.date))
        stops = route.stops[len(van_state.past_stops) :] if route else ()
        found = _start_route(residual, van_index, van_state, stops, left)
        if found is not None:
            routes.append(found)
            left.subtract({stop.site_id: stop.people for stop in found.stops})
    return Plan(routes=tuple(routes))


def _start_route(
    residual: ResidualInstance,
    van_index: int,
    van_state: VanState,
    planned: Sequence[Stop],
    left: Counter[str],
) -> Route | None:
    """The van's promises with its other planned stops, as many as fit."""
    index, van = residual.instance.site_index, residual.instance.vans[van_index]
    must = [
        (each.stop.setup_s, index[name], residual.instance.sites[index[name]].expected)
        for name, each in residual.held.items()
        if each.van_index == van_state.van_index and each.date == van_state.date
    ]
    may = [
        (stop.setup_s, index[stop.site_id], min(stop.people, left[stop.site_id]))
        for stop in planned
        if stop.site_id in index and van.id in residual.instance.sites[index[stop.site_id]].classes
    ]
    may = [each for each in may if each[2] >= residual.instance.sites[each[1]].least_people]
    while must or may:
        visits = [(site, people) for _, site, people in sorted([*must, *may])]
        people = sum(people for _, people in visits)
        fits = (van.max_stops is None or len(visits) <= van.max_stops) and (
            van.max_people is None or people <= van.max_people
        )
        route = (
            schedule.schedule_route(residual.instance, van_index, van_state.date, visits)
            if fits
            else None
        )
        if route is not None or not may:
            return route
        may.remove(min(may, key=lambda each: each[2]))
    return None


def _original_stop(residual: ResidualInstance, stop: Stop) -> Stop:
    """The stop as the real site has it."""
    held = residual.held.get(stop.site_id)
    if held is None:
        return stop
    return replace(held.stop, arrive_s=stop.arrive_s, people=stop.people)


def _original_break(
    residual: ResidualInstance, given: RemainingRoute, route: Route, arrive_s: int | None
) -> int | None:
    """When the van rests; at the place it drives to first rather than where it stands."""
    if given.van_state.break_start_s is not None:
        return given.van_state.break_start_s
    if route.break_start_s is not None:
        if arrive_s is not None and route.break_start_s < route.leave_s:
            return max(route.break_start_s, arrive_s)
        return route.break_start_s
    van = given.van_state.van(residual.true)
    for stop in route.stops:
        held = residual.held.get(stop.site_id)
        if held is not None and _has_break_in(van, held.stop, held.promised_to.break_start_s):
            return held.promised_to.break_start_s
    return None


def _place(true: Instance, site_id: str) -> int:
    return true.sites[true.site_index[site_id]].place
