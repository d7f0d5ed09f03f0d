"""The most promises that any plan for the rest of a tiny weekend keeps, by trying everything.

Knows neither solver nor chains: every order of sites, every second at which the break may start,
and every second at which set-up, service and pack-up may begin. Every place must be
reachable from every other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations, product

import numpy as np

from planner.model import Instance, Site, Van
from planner.plan import Plan, Route, Stop
from planner.promise import Promise
from planner.replan.disruption import Disruption

Uses = tuple[int, ...]
"""People taken at each site."""

Numbered = tuple[int, Promise]
"""Of two promises with the same hours each is one of its own."""

Outcome = tuple[frozenset[int], Uses]


def most_promises(
    instance: Instance,
    true: Instance,
    plan: Plan,
    disruption: Disruption,
    wanted: Sequence[Promise],
) -> int:
    """Promises kept by the past and the best rest together; for vans that break down, or none."""
    routes = {(route.van_id, route.date): route for route in plan.routes}
    choices: list[list[Outcome]] = []
    none = (0,) * len(true.sites)
    numbered: list[Numbered] = [*enumerate(wanted)]
    done: list[set[int]] = []
    taken = list(none)
    for van_index, day in instance.van_days:
        van = instance.vans[van_index]
        past = _Past.of(instance, true, van_index, day, routes.get((van.id, day)), disruption)
        for stop in past.done:
            taken[true.site_index[stop.site_id]] += stop.people
            done.append({n for n, p in numbered if p.date == day and p.is_kept_by(stop)})
        outcomes = {(frozenset[int](), none)}
        if not past.over:
            outcomes |= set(
                _outcomes(true, past, [each for each in numbered if each[1].date == day])
            )
        choices.append(sorted(outcomes, key=lambda each: (-len(each[0]), each[1]))[:400])
    by_past = {frozenset(kept) for kept in product(*({None, *may} for may in done))}
    fixed_options = [frozenset(n for n in kept if n is not None) for kept in by_past]
    best = 0
    for chosen in product(*choices):
        uses = [sum(each) for each in zip(taken, *(use for _, use in chosen), strict=True)]
        if true.catchments.broken_set(np.array(uses)) is None:
            kept = frozenset[int]().union(*(found for found, _ in chosen))
            best = max(best, *(len(fixed | kept) for fixed in fixed_options))
    return best


@dataclass(frozen=True)
class _Past:
    """What has happened to a van, restated from the plan alone.

    Attributes
    ----------
    origin, depart_s
        The place it leaves next or has left, and when; None = it is still at its depot.
    place, there_s
        Where it is going or waiting, and when it is there.
    """

    van: Van
    van_index: int
    day: object
    done: tuple[Stop, ...]
    origin: int
    depart_s: int | None
    place: int
    there_s: int
    break_start_s: int | None
    over: bool

    @classmethod
    def of(
        cls,
        instance: Instance,
        true: Instance,
        van_index: int,
        day: object,
        route: Route | None,
        disruption: Disruption,
    ) -> "_Past":
        van = instance.vans[van_index]
        depot = instance.depot_places[van.start]
        gone = van.id in disruption.without
        shift = next(shift for each, shift in van.shifts.items() if each == day)
        now_s = disruption.time_s if day == disruption.day else -1
        start_s = max(shift[0], now_s)
        if day < disruption.day:  # type: ignore[operator]
            done = route.stops if route else ()
            return cls(van, van_index, day, done, depot, None, depot, 0, None, True)
        if route is None or route.leave_s > now_s:
            begun_s = route.break_start_s if route else None
            if begun_s is not None and begun_s <= now_s and van.crew_break:
                start_s = max(start_s, begun_s + van.crew_break.length_s)
            else:
                begun_s = None
            return cls(van, van_index, day, (), depot, None, depot, start_s, begun_s, gone)
        done = tuple(stop for stop in route.stops if stop.setup_s <= now_s)
        rested_s = route.break_start_s
        if rested_s is not None and rested_s > now_s:
            inside = any(stop.setup_s <= rested_s < stop.depart_s for stop in done)
            rested_s = rested_s if inside else None
        if gone or route.return_s <= now_s:
            return cls(
                van,
                van_index,
                day,
                _ended(done, now_s, route.break_start_s, van) if gone else done,
                depot,
                0,
                depot,
                0,
                None,
                True,
            )
        site_places = [instance.sites[instance.site_index[s.site_id]].place for s in route.stops]
        depart_s = done[-1].depart_s if done else route.leave_s
        origin = site_places[len(done) - 1] if done else depot
        if done and now_s < depart_s:
            return cls(
                van, van_index, day, done, origin, depart_s, origin, depart_s, rested_s, False
            )
        ahead = route.stops[len(done)] if len(done) < len(route.stops) else None
        place = site_places[len(done)] if ahead else instance.depot_places[van.end]
        there_s = max(now_s, ahead.arrive_s if ahead else route.return_s)
        if rested_s is not None and van.crew_break:
            there_s = max(there_s, rested_s + van.crew_break.length_s)
        return cls(van, van_index, day, done, origin, depart_s, place, there_s, rested_s, False)


def _ended(done: tuple[Stop, ...], now_s: int, rested_s: int | None, van: Van) -> tuple[Stop, ...]:
    """With the last stop cut off now, its people served at an even pace until then."""
    if not done or now_s >= done[-1].packup_s:
        return done
    last = done[-1]
    seconds = set(range(last.serve_s, last.packup_s))
    if rested_s is not None and van.crew_break and rested_s <= now_s:
        seconds -= set(range(rested_s, rested_s + van.crew_break.length_s))
    people = last.people * sum(each < now_s for each in seconds) // max(1, len(seconds))
    if now_s <= last.serve_s or people == 0:
        return done[:-1]
    return (*done[:-1], replace(last, packup_s=now_s, people=people))


def _outcomes(true: Instance, past: _Past, wanted: Sequence[Numbered]) -> Iterator[Outcome]:
    """Promises kept and people needed by every sequence of sites that a van can make."""
    van = true.vans[past.van_index]
    if past.day not in van.shifts:
        return
    been = {stop.site_id for stop in past.done}
    sites = [
        site
        for site in true.sites
        if van.van_class in site.classes
        and site.id not in been
        and site.max_people > 0
        and any(each.site_id == site.id for _, each in wanted)
    ]
    room = None if van.max_people is None else van.max_people - sum(s.people for s in past.done)
    for size in range(1, len(sites) + 1):
        if van.max_stops is not None and size + len(past.done) > van.max_stops:
            break
        for order in permutations(sites, size):
            people = sum(max(1, site.least_people) for site in order)
            if room is not None and people > room:
                continue
            uses = [0] * len(true.sites)
            for site in order:
                uses[true.site_index[site.id]] = max(1, site.least_people)
            for found in _kept_on(true, past, order, wanted):
                yield found, tuple(uses)


def _kept_on(
    true: Instance, past: _Past, order: Sequence[Site], wanted: Sequence[Numbered]
) -> set[frozenset[int]]:
    """Sets of promises that stops in this order can keep."""
    van = true.vans[past.van_index]
    starts: list[int | None] = [past.break_start_s]
    if past.break_start_s is None and van.crew_break is not None:
        starts += list(range(van.crew_break.earliest_s, van.crew_break.latest_s + 1))
    found: set[frozenset[int]] = set()
    options = [[None, *(each for each in wanted if each[1].site_id == site.id)] for site in order]
    for start_s in starts:
        for kept in product(*options):
            promised = [frozenset({each[1]} if each else ()) for each in kept]
            if any(kept) and _possible(true, past, order, promised, start_s):
                found.add(frozenset(each[0] for each in kept if each))
    return found


def _possible(
    true: Instance,
    past: _Past,
    order: Sequence[Site],
    kept: Sequence[frozenset[Promise]],
    start_s: int | None,
) -> bool:
    """Whether the van can make the stops in order, each through its hours, and get home."""
    van = true.vans[past.van_index]
    opens, closes = van.shifts[past.day]  # type: ignore[index]
    length_s = van.crew_break.length_s if van.crew_break and start_s is not None else 0
    rest = None if start_s is None else (start_s, start_s + length_s)

    def drives(departure_s: int, arrival_s: int) -> bool:
        return rest is None or arrival_s <= rest[0] or rest[1] <= departure_s

    under_way = past.depart_s is not None and past.break_start_s is None
    if rest is not None and under_way and rest[0] < past.there_s:
        return False
    first = order[0].place
    if past.depart_s is None:
        drive_s = int(true.drive_s[past.place, first])
        ready = {
            leave_s + drive_s: leave_s + drive_s
            for leave_s in range(max(opens, past.there_s), closes + 1)
            if drives(leave_s, leave_s + drive_s)
        }
    else:
        direct_s = int(true.drive_s[past.origin, first])
        onward_s = int(true.drive_s[past.place, first])
        said_s = past.depart_s + direct_s
        if not drives(past.depart_s, said_s):
            return False
        # A break that begins where the van waits now lasts before it drives on.
        ready = {said_s: max(said_s, past.there_s + onward_s)}
    for number, (site, promises) in enumerate(zip(order, kept, strict=True)):
        if not ready:
            return False
        there_s = min(ready.values())
        said_s = min(ready)
        departures = set(_departures(van, past.day, site, promises, said_s, there_s, rest))
        last = number + 1 == len(order)
        place = true.depot_places[van.end] if last else order[number + 1].place
        drive_s = int(true.drive_s[site.place, place])
        ready = {
            each + drive_s: each + drive_s for each in departures if drives(each, each + drive_s)
        }
    home = [each for each in ready if each <= closes]
    if van.crew_break is not None and start_s is None:
        home = [each for each in home if each <= van.crew_break.latest_s]
    return bool(home)


def _departures(
    van: Van,
    day: object,
    site: Site,
    promises: frozenset[Promise],
    said_s: int,
    there_s: int,
    rest: tuple[int, int] | None,
) -> Iterator[int]:
    """Every second at which the van may leave a stop that serves through the hours promised."""
    from_s = min((each.from_s for each in promises), default=10**9)
    until_s = max((each.until_s for each in promises), default=0)
    need_s = site.service_s(max(1, site.least_people), van.kits)

    def worked(begin_s: int, end_s: int) -> int:
        overlap_s = 0 if rest is None else max(0, min(end_s, rest[1]) - max(begin_s, rest[0]))
        return end_s - begin_s - overlap_s

    for opens, closes in site.windows.get(day, ()):  # type: ignore[call-overload]
        for setup_s in range(max(there_s, opens), closes + 1):
            for serve_s in range(setup_s, min(from_s, closes) + 1):
                if worked(setup_s, serve_s) != site.setup_s:
                    continue
                for packup_s in range(max(serve_s, until_s), closes + 1):
                    if worked(serve_s, packup_s) < need_s:
                        continue
                    for depart_s in range(packup_s, closes + 1):
                        if worked(packup_s, depart_s) == site.packup_s:
                            yield depart_s
