"""The instance as it is after the news: what is true from now on, and still true of the past.

It is loosened where the past itself would break a rule: a stop that ended early has fewer people
than a stop should, and a van that was late may be home after its shift.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from planner.model import Instance, Interval, Site, Van
from planner.plan import Route, Stop
from planner.replan.disruption import Disruption
from planner.replan.van_state import VanState

DatedStops = Sequence[tuple[date, Stop]]


def changed_instance(
    instance: Instance, disruption: Disruption, van_states: Sequence[VanState]
) -> tuple[Instance, tuple[VanState, ...]]:
    """The instance that the past and every plan for the rest keep the rules of.

    Returns
    -------
    tuple
        With it the states of the vans, with no more people than come to each site.
    """
    van_states = tuple(_cap_people(instance, disruption, van_states))
    halts: defaultdict[str, list[tuple[date, Stop]]] = defaultdict(list)
    for van_state in van_states:
        for stop in van_state.past_stops:
            halts[stop.site_id].append((van_state.date, stop))
    sites = tuple(_change_site(site, disruption, halts[site.id]) for site in instance.sites)
    by_van: defaultdict[int, list[VanState]] = defaultdict(list)
    for van_state in van_states:
        by_van[van_state.van_index].append(van_state)
    vans = tuple(
        _change_van(instance, van, disruption, by_van[index])
        for index, van in enumerate(instance.vans)
    )
    return replace(instance, sites=sites, vans=vans), van_states


def route_home(instance: Instance, van_state: VanState) -> Route | None:
    """The route of a van that makes no stop but those done; None where it made none.

    A break taken where it waited falls away if the van is at home by then anyway.
    """
    if not van_state.past_stops or van_state.leave_s is None:
        return None
    van = van_state.van(instance)
    end = instance.depot_places[van.end]
    last = van_state.past_stops[-1]
    place = instance.sites[instance.site_index[last.site_id]].place
    return_s = last.depart_s + max(0, int(instance.drive_s[place, end]))
    extend_labels = van_state.drives_through_break(instance, return_s)
    return Route(
        van_id=van.id,
        date=van_state.date,
        leave_s=van_state.leave_s,
        return_s=return_s,
        stops=van_state.past_stops,
        break_start_s=None if extend_labels else van_state.break_start_s,
    )


def _cap_people(
    instance: Instance, disruption: Disruption, van_states: Iterable[VanState]
) -> Iterable[VanState]:
    """Standings whose unfinished stops record no more people than are expected by now."""
    van_states = list(van_states)
    left = _people_for_unfinished(disruption, van_states)
    for van_state in van_states:
        if not van_state.past_stops:
            yield van_state
            continue
        stops = list(van_state.past_stops)
        for number, stop in enumerate(stops):
            if _is_unfinished(disruption, van_state, stop) and stop.site_id in left:
                people = min(stop.people, left[stop.site_id])
                left[stop.site_id] -= people
                stops[number] = replace(stop, people=people)
        yield replace(van_state, past_stops=tuple(stops))


def _people_for_unfinished(
    disruption: Disruption, van_states: Iterable[VanState]
) -> dict[str, int]:
    """By site in the news, people expected less those recorded at stops that are over."""
    left = dict(disruption.people)
    for van_state in van_states:
        for stop in van_state.past_stops:
            if stop.site_id in left and not _is_unfinished(disruption, van_state, stop):
                left[stop.site_id] = max(0, left[stop.site_id] - stop.people)
    return left


def _is_unfinished(disruption: Disruption, van_state: VanState, stop: Stop) -> bool:
    return van_state.date == disruption.day and stop.packup_s > disruption.time_s


def _change_site(site: Site, disruption: Disruption, halts: DatedStops) -> Site:
    recorded = sum(stop.people for _, stop in halts)
    expected = max(recorded, disruption.people.get(site.id, site.expected))
    windows = dict(site.windows)
    if site.id in disruption.closed:
        windows = _close_windows(windows, disruption, halts)
    fewest = min((stop.people for _, stop in halts), default=expected)
    loosened = fewest < min(site.min_people, expected)
    return replace(
        site,
        expected=expected,
        windows=windows,
        min_people=fewest if loosened else site.min_people,
    )


def _close_windows(
    windows: Mapping[date, tuple[Interval, ...]], disruption: Disruption, halts: DatedStops
) -> dict[date, tuple[Interval, ...]]:
    """Hours before now, and until the last stop is packed up that was begun."""
    until_s = max(
        (stop.depart_s for day, stop in halts if day == disruption.day), default=disruption.time_s
    )
    until_s = (
        max(until_s, disruption.time_s) if any(day == disruption.day for day, _ in halts) else 0
    )
    found = {day: hours for day, hours in windows.items() if day < disruption.day}
    today = tuple(
        (opens, min(closes, until_s))
        for opens, closes in windows.get(disruption.day, ())
        if opens < until_s
    )
    return found | ({disruption.day: today} if today else {})


def _change_van(
    instance: Instance, van: Van, disruption: Disruption, van_states: Sequence[VanState]
) -> Van:
    """The van without the shifts it does not drive any more, its rules no harder than its past."""
    shifts, crew_break = dict(van.shifts), van.crew_break
    for van_state in van_states:
        if (
            van_state.is_over
            and not van_state.past_stops
            and disruption.is_broken_down(van.id, van_state.date)
        ):
            del shifts[van_state.date]
        home = route_home(instance, van_state)
        if home is None:
            continue
        opens, closes = shifts[van_state.date]
        shifts[van_state.date] = opens, max(closes, home.return_s)
        if (
            crew_break is not None
            and home.break_start_s is None
            and home.return_s > crew_break.latest_s
        ):
            crew_break = replace(crew_break, latest_s=home.return_s)
    return replace(van, shifts=shifts, crew_break=crew_break)
