"""What is left to decide of the weekend made into an instance of its own, for a solver to fill.

- Every van-day that is not over is a van with a class of its own: it starts where it is, when it
  is free, with what it has left of cards, stops and break.
- Every promise kept is a site of its own that is open exactly as long as its stop lasts, and
  required. Where the van stays the one that was to come, or its break lies in the stop, only that
  van may make it.
- Every other site has the people that nobody has recorded or is promised to record, and is open
  to the vans that have not been there on that date.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

import numpy as np

from planner.arrays import Int32s
from planner.model import ID_MARK, NO_ROAD, Break, Depot, Instance, Site, Van
from planner.replan.chains import Chain
from planner.replan.remaining_instance import (
    PromisedStop,
    RemainingInstance,
    van_day_id,
)
from planner.replan.remaining_route import RemainingRoute, people_left, stop_capacity
from planner.replan.van_state import VanState
from planner.solvers.amounts import min_stop_people
from planner.solvers.fixing import residual_site
from planner.solvers.timeline import is_break_within


def build_remaining_instance(
    instance: Instance, remaining: Sequence[RemainingRoute], chains: Sequence[Chain]
) -> RemainingInstance | None:
    """What is left to decide; None where no van can do anything any more.

    Parameters
    ----------
    remaining
        The promises kept, with their people, for each van-day.
    chains
        The same with the services that they are kept by.
    """
    van_states = [route.van_state for route in remaining]
    acting = {
        van_day_id(instance, van_state): van_state
        for van_state in van_states
        if _may_act(instance, van_state)
    }
    if not acting:
        return None
    promised = [*_promised_stops(instance, remaining, chains)]
    drive_s, depots, starts = _start_depots(instance, acting)
    remaining_instance = Instance(
        drive_s=drive_s,
        depots=depots,
        sites=(
            *(_promised_site(instance, stop, promised, acting) for stop in promised),
            *_open_sites(instance, van_states, promised, acting),
        ),
        vans=tuple(
            _remaining_van(instance, van_id, van_state, starts[van_id], promised)
            for van_id, van_state in acting.items()
        ),
        worth_s=instance.worth_s,
    )
    return RemainingInstance(
        original=instance,
        instance=remaining_instance,
        promised={stop.id: stop for stop in promised},
        van_states=acting,
    )


def _may_act(instance: Instance, van_state: VanState) -> bool:
    """Whether a van-day can make another stop."""
    if van_state.is_over:
        return False
    van = van_state.van(instance)
    shift = van.shifts.get(van_state.date)
    if shift is None or van_state.free_s >= shift[1]:
        return False
    if van_state.leave_s is None or van_state.break_start_s is not None:
        return True
    return van.crew_break is None or van_state.free_s <= van.crew_break.latest_s


def _promised_stops(
    instance: Instance, remaining: Sequence[RemainingRoute], chains: Sequence[Chain]
) -> Iterator[PromisedStop]:
    stops = {route.van_state.van_day: route.stops for route in remaining}
    numbers = count(1)
    for chain in chains:
        van = chain.van_state.van(instance)
        pairs = zip(chain.services, stops[chain.van_state.van_day], strict=True)
        for service, stop in pairs:
            start_s = chain.break_start_s
            if not is_break_within(stop.setup_s, stop.depart_s, van.crew_break, start_s):
                start_s = None
            yield PromisedStop(
                id=f"{service.site_id}{ID_MARK}{next(numbers)}",
                stop=stop,
                van_state=chain.van_state,
                is_bound=van.id == service.van_id or start_s is not None,
                break_start_s=start_s,
            )


def _start_depots(
    instance: Instance, acting: Mapping[str, VanState]
) -> tuple[Int32s, tuple[Depot, ...], dict[str, str]]:
    """The matrix with a place for each van on its way, and the depot that each van starts at."""
    on_the_way = [van_id for van_id, van_state in acting.items() if van_state.leave_s is not None]
    num = instance.num_places
    drive_s = np.full((num + len(on_the_way),) * 2, NO_ROAD, dtype=np.int32)
    drive_s[:num, :num] = instance.drive_s
    depots = list(instance.depots)
    starts = {van_id: van_state.van(instance).start for van_id, van_state in acting.items()}
    for row, van_id in enumerate(on_the_way, start=num):
        drive_s[row, :num] = [acting[van_id].reach_s(instance, place) for place in range(num)]
        starts[van_id] = f"{ID_MARK}{van_id}"
        depots.append(Depot(id=starts[van_id], place=row))
    return drive_s, tuple(depots), starts


def _promised_site(
    instance: Instance,
    promised: PromisedStop,
    others: Sequence[PromisedStop],
    acting: Mapping[str, VanState],
) -> Site:
    """A site that is open for one stop alone, which always lasts as long.

    A van that is bound to another stop there makes that one.
    """
    stop = promised.stop
    elsewhere = {
        other.van_state.van_day
        for other in others
        if other.is_bound and other.id != promised.id and other.stop.site_id == stop.site_id
    }
    site = instance.site(stop.site_id)
    vans = tuple(
        van_id
        for van_id, van_state in acting.items()
        if van_state.date == promised.date
        and (van_state.van_day == promised.van_state.van_day or not promised.is_bound)
        and van_state.van_day not in elsewhere
        and van_state.may_stop(instance, site)
        and stop_capacity(instance, van_state, stop, None) >= stop.people
    )
    return Site(
        id=promised.id,
        place=site.place,
        expected=stop.people,
        weight=site.weight,
        seconds_per_person=0,
        setup_s=stop.depart_s - stop.setup_s,
        packup_s=0,
        min_people=min_stop_people(site),
        classes=vans,
        windows={promised.date: ((stop.setup_s, stop.depart_s),)},
    )


def _open_sites(
    instance: Instance,
    van_states: Sequence[VanState],
    promised: Sequence[PromisedStop],
    acting: Mapping[str, VanState],
) -> Iterator[Site]:
    """Sites where more people can be recorded than at stops past or promised.

    Where others draw the same people, those recorded at closed sites are kept in mind.
    """
    past = [stop for van_state in van_states for stop in van_state.past_stops]
    settled = [*past, *(keeping.stop for keeping in promised)]
    left, served = people_left(instance, settled), Counter[str]()
    for stop in settled:
        served[stop.site_id] += stop.people
    own = {(keeping.stop.site_id, keeping.van_state.van_day) for keeping in promised}
    unbound = {(keeping.stop.site_id, keeping.date) for keeping in promised if not keeping.is_bound}
    for index, site in enumerate(instance.sites):
        residual = residual_site(site, served[site.id], left.at(index))
        vans = tuple(
            van_id
            for van_id, van_state in acting.items()
            if van_state.may_stop(instance, site)
            and (site.id, van_state.van_day) not in own
            and (site.id, van_state.date) not in unbound
        )
        if vans and left.at(index) >= min_stop_people(site):
            yield replace(residual, min_people=min_stop_people(site), classes=vans)
        elif residual.recorded:
            yield replace(residual, classes=(), windows={})


def _remaining_van(
    instance: Instance,
    van_id: str,
    van_state: VanState,
    start: str,
    promised: Sequence[PromisedStop],
) -> Van:
    van = van_state.van(instance)
    max_people, max_stops = van.max_people, van.max_stops
    if max_people is not None:
        max_people = max(0, van_state.cards_left(instance))
    if max_stops is not None:
        max_stops = max(0, max_stops - len(van_state.past_stops))
    return replace(
        van,
        id=van_id,
        van_class=van_id,
        start=start,
        shifts={van_state.date: (van_state.free_s, van.shifts[van_state.date][1])},
        crew_break=_remaining_break(van, van_state, promised),
        max_people=max_people,
        max_stops=max_stops,
    )


def _remaining_break(
    van: Van, van_state: VanState, promised: Sequence[PromisedStop]
) -> Break | None:
    """The break that is left; None where it is taken, or lies in a promise."""
    is_promised = any(
        stop.break_start_s is not None and stop.van_state.van_day == van_state.van_day
        for stop in promised
    )
    if van.crew_break is None or van_state.break_start_s is not None or is_promised:
        return None
    if van_state.leave_s is None:
        return van.crew_break
    earliest_s = max(van.crew_break.earliest_s, van_state.free_s)
    return replace(van.crew_break, earliest_s=earliest_s)
