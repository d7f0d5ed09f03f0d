"""Which promises are kept, and by which van: the most there is, exactly.

An integer program chooses one chain for each van-day. On a date on which every van can still keep
all it has promised, that is the choice, and nothing need be listed.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

import numpy as np

from planner.model import Instance
from planner.replan.chains import Chain, Service, build_chain, enumerate_sequences, may_serve
from planner.replan.van_state import VanState
from planner.solvers.amounts import min_stop_people
from planner.solvers.option_choice import choose_options
from planner.solvers.people_left import PeopleLeft
from planner.units import people_in

SAME_VAN = 0.01
"""Of two ways to keep the same promises for as many people, that with the fewer other vans."""


def assign_promises(
    instance: Instance,
    van_states: Sequence[VanState],
    services: Sequence[Service],
    left: PeopleLeft,
) -> tuple[Chain, ...]:
    """Chains that keep the most promises; of such, about those that record the most people.

    Parameters
    ----------
    van_states
        Stops planned that promise nothing break ties: a van that has some is better left to them.
    left
        By all that has been recorded.

    Returns
    -------
    tuple
        At most one chain for each van-day. No others keep more promises, unless a detour is
        quicker than the direct road.
    """
    undisturbed = _undisturbed_dates(instance, van_states, services, left)
    options = [option for same_date in undisturbed.values() for option in same_date]
    options += [
        _Option(van_state=van_state, services=sequence)
        for van_state in van_states
        if not van_state.is_over and van_state.date not in undisturbed
        for sequence in ((), *enumerate_sequences(instance, van_state, services, left))
    ]
    if not options:
        return ()
    chains = (
        build_chain(instance, option.van_state, option.services)
        for option in _choose_options(instance, options, services, left)
        if option.services
    )
    return tuple(chain for chain in chains if chain is not None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Option:
    """Services that one van-day can do, in their order."""

    van_state: VanState
    services: tuple[Service, ...]


def _undisturbed_dates(
    instance: Instance,
    van_states: Sequence[VanState],
    services: Sequence[Service],
    left: PeopleLeft,
) -> dict[date, list[_Option]]:
    """Dates on which each van can do all it was to do, with just that for each."""
    own: defaultdict[tuple[str, date], list[Service]] = defaultdict(list)
    disturbed: set[date] = set()
    for service in services:
        if service.van_id is None:
            disturbed.add(service.date)
        else:
            own[service.van_id, service.date].append(service)
    options: defaultdict[date, list[_Option]] = defaultdict(list)
    needed = Counter[int]()
    for van_state in van_states:
        sequence = own.pop((van_state.van(instance).id, van_state.date), [])
        sequence.sort(key=lambda service: service.promise.from_s)
        may = all(may_serve(instance, van_state, service, left) for service in sequence)
        if sequence and (
            van_state.is_over or not may or build_chain(instance, van_state, sequence) is None
        ):
            disturbed.add(van_state.date)
        for service in sequence:
            site = instance.site_index[service.site_id]
            needed[site] += min_stop_people(instance.sites[site])
        if not van_state.is_over:
            options[van_state.date].append(_Option(van_state=van_state, services=tuple(sequence)))
    disturbed |= {day for _, day in own}
    enough = all(people <= left.at(site) for site, people in needed.items())
    if not (enough and left.suffice(needed.items())):
        return {}
    return {day: same for day, same in options.items() if day not in disturbed}


def _choose_options(
    instance: Instance,
    options: Sequence[_Option],
    services: Sequence[Service],
    left: PeopleLeft,
) -> list[_Option]:
    """The most promises, then the most people; proven.

    A van-day has one option, a promise is kept once, and every stop has people enough: of two vans
    that keep the same promise one may as well not stop there.
    """
    promised = {(service.date, service.site_id) for service in services}
    values = [_option_value(instance, option, left, promised) for option in options]
    first = 1.0 + max(0.0, *values) * len({option.van_state.van_day for option in options})
    columns = []
    for option in options:
        column = Counter[Hashable]([option.van_state.van_day])
        for service in option.services:
            site = instance.site_index[service.site_id]
            column[site] += min_stop_people(instance.sites[site])
            column[service] += 1
        columns.append(column)
    rows = dict.fromkeys(row for column in columns for row in column)
    limits = {row: left.at(row) if isinstance(row, int) else 1 for row in rows}
    kept = [len(option.services) for option in options]
    profits = first * np.array(kept) + np.array(values)
    chosen = choose_options(left, profits, columns, limits, margin=first)
    return [*compress(options, chosen)]


def _option_value(
    instance: Instance,
    option: _Option,
    left: PeopleLeft,
    promised: set[tuple[date, str]],
) -> float:
    """Weighted people that a van-day can record, more where its places are those planned.

    Parameters
    ----------
    promised
        Dates and places of all promises. Other stops that were planned on this van-day count
        where the van is not elsewhere meanwhile.
    """
    van_state = option.van_state
    van = van_state.van(instance)
    cards = van_state.cards_left(instance)
    value = 0.0
    busy = []
    for service in option.services:
        site = instance.site(service.site_id)
        from_s, until_s = service.planned_hours()
        busy.append((from_s - site.setup_s, until_s + site.packup_s))
        most = people_in(until_s - from_s, site.seconds_per_person, van.kits)
        enough = left.at(instance.site_index[site.id])
        people = min(service.people, enough, cards, site.max_people if most is None else most)
        cards -= people
        value += site.weight * people + SAME_VAN * (van.id == service.van_id)
    for stop in van_state.planned.stops if van_state.planned else ():
        site = instance.site(stop.site_id)
        is_promised = (van_state.date, site.id) in promised
        is_free = all(stop.depart_s <= begin_s or end_s <= stop.setup_s for begin_s, end_s in busy)
        open_then = stop.setup_s >= van_state.free_s and site.windows.get(van_state.date)
        if is_free and open_then and not is_promised:
            enough = left.at(instance.site_index[site.id])
            people = max(0, min(stop.people, enough, cards))
            cards -= people
            value += site.weight * people
    return value
