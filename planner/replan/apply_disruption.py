"""The instance as it is after a disruption: what is true from now on, and still true of the past.

It is loosened where the past itself would break a rule: a stop that ended early has fewer people
than a stop should, and a van that was late may be home after its shift.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from planner.model import NO_ROAD, Instance, Interval, Site, Van
from planner.plan import Route, Stop
from planner.replan.disruption import Disruption
from planner.replan.van_state import VanState
from planner.solvers.timeline import work_s


def apply_disruption(
    instance: Instance, disruption: Disruption, van_states: Sequence[VanState]
) -> tuple[Instance, tuple[VanState, ...]]:
    """The instance that the past and every plan for what remains keep the rules of.

    Returns
    -------
    tuple
        With it the states of the vans, with no more people than come to each site.
    """
    van_states = tuple(_cap_people(disruption, van_states))
    past = defaultdict[str, list[tuple[VanState, Stop]]](list)
    for van_state in van_states:
        for stop in van_state.past_stops:
            past[stop.site_id].append((van_state, stop))
    sites = tuple(
        _change_site(instance, site, disruption, past[site.id]) for site in instance.sites
    )
    vans = tuple(
        _change_van(
            instance, van, disruption, [state for state in van_states if state.van_index == index]
        )
        for index, van in enumerate(instance.vans)
    )
    changed = _with_recorded(replace(instance, sites=sites, vans=vans), van_states)
    return changed, van_states


def route_home(instance: Instance, van_state: VanState) -> Route | None:
    """The route of a van that makes no more stops; None where it made none.

    A break taken where it waited falls away if the van is at home by then anyway.
    """
    if not van_state.past_stops or van_state.leave_s is None:
        return None
    van, last = van_state.van(instance), van_state.past_stops[-1]
    place, end = instance.site(last.site_id).place, instance.depot_places[van.end]
    return_s = last.depart_s + max(0, int(instance.drive_s[place, end]))
    drive_s, planned = int(instance.drive_s[van_state.place, end]), van_state.planned
    if planned is not None and van_state.past_stops == planned.stops:
        return_s = max(return_s, planned.return_s)
    if van_state.is_diverted(end) and drive_s != NO_ROAD:
        return_s = max(return_s, van_state.free_s + drive_s)
    is_home_by_then = van_state.drives_through_break(instance, return_s)
    return Route(
        van_id=van.id,
        date=van_state.date,
        leave_s=van_state.leave_s,
        return_s=return_s,
        stops=van_state.past_stops,
        break_start_s=None if is_home_by_then else van_state.break_start_s,
    )


def _cap_people(disruption: Disruption, van_states: Sequence[VanState]) -> Iterator[VanState]:
    """States whose unfinished stops record no more people than are expected by now."""
    left = dict(disruption.people)
    for van_state in van_states:
        for stop in van_state.past_stops:
            if stop.site_id in left and not _is_unfinished(disruption, van_state, stop):
                left[stop.site_id] = max(0, left[stop.site_id] - stop.people)
    for van_state in van_states:
        stops = []
        for stop in van_state.past_stops:
            people = stop.people
            if stop.site_id in left and _is_unfinished(disruption, van_state, stop):
                people = min(people, left[stop.site_id])
                left[stop.site_id] -= people
            stops.append(replace(stop, people=people))
        yield replace(van_state, past_stops=tuple(stops))


def _is_unfinished(disruption: Disruption, van_state: VanState, stop: Stop) -> bool:
    return van_state.date == disruption.day and stop.packup_s > disruption.time_s


def _change_site(
    instance: Instance, site: Site, disruption: Disruption, past: Sequence[tuple[VanState, Stop]]
) -> Site:
    """The site with the people and hours that it has now, its rules no harder than its past."""
    recorded = sum(stop.people for _, stop in past)
    expected = max(recorded, disruption.people.get(site.id, site.max_people))
    windows = dict(site.windows)
    if site.id in disruption.closed:
        today = [stop for state, stop in past if state.date == disruption.day]
        windows = _close_windows(site, disruption, today)
    fewest = min((stop.people for _, stop in past), default=expected)
    loosened = fewest < min(site.min_people, expected)
    served_s = (
        work_s(stop.serve_s, stop.packup_s, state.van(instance).crew_break, state.break_start_s)
        for state, stop in past
    )
    return replace(
        site if expected == site.max_people else site.expecting(expected),
        windows=windows,
        min_people=fewest if loosened else site.min_people,
        min_service_s=min([site.min_service_s, *served_s]),
    )


def _with_recorded(instance: Instance, van_states: Sequence[VanState]) -> Instance:
    """The instance with more people where sites recorded more together than would come by now."""
    served = np.zeros(len(instance.sites), dtype=np.int64)
    for van_state in van_states:
        for stop in van_state.past_stops:
            served[instance.site_index[stop.site_id]] += stop.people
    while broken := instance.catchments.broken_set(served):
        site = instance.sites[broken.sites[0]]
        more = replace(site, expected=site.expected + round(broken.excess))
        instance = instance.with_site(more)
    return instance


def _close_windows(
    site: Site, disruption: Disruption, today: Sequence[Stop]
) -> dict[date, tuple[Interval, ...]]:
    """Hours of days before, and today's until the last stop is packed up that was begun."""
    windows = {day: hours for day, hours in site.windows.items() if day < disruption.day}
    if today:
        until_s = max(disruption.time_s, *(stop.depart_s for stop in today))
        windows[disruption.day] = tuple(
            (opening_s, min(closing_s, until_s))
            for opening_s, closing_s in site.windows.get(disruption.day, ())
            if opening_s < until_s
        )
    return windows


def _change_van(
    instance: Instance, van: Van, disruption: Disruption, van_states: Sequence[VanState]
) -> Van:
    """The van without the shifts it does not drive any more, its rules no harder than its past."""
    shifts, crew_break = dict(van.shifts), van.crew_break
    for van_state in van_states:
        home = route_home(instance, van_state)
        if home is not None:
            opening_s, closing_s = shifts[van_state.date]
            if disruption.is_broken_down(van.id, van_state.date):
                closing_s = home.return_s
            shifts[van_state.date] = opening_s, max(closing_s, home.return_s)
            if crew_break is not None and home.break_start_s is None:
                latest_s = max(crew_break.latest_s, home.return_s)
                crew_break = replace(crew_break, latest_s=latest_s)
        elif disruption.is_broken_down(van.id, van_state.date) and not van_state.past_stops:
            del shifts[van_state.date]
    return replace(van, shifts=shifts, crew_break=crew_break)
