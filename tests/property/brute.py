"""The best plan of a tiny instance, by trying everything; knows no solver.

Every order of every choice of sites, every number of people at each, and every second at which the
break may start. For a given break all moments at which a van can leave a stop are kept as the bits
of one number, so no argument about which of them is best is needed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, pairwise

from planner.model import NO_ROAD, Instance, Interval, Site, Van
from planner.plan import Plan, Route, Stop
from planner.units import service_s

Visit = tuple[int, int]
"""Index of a site, and the people recorded there."""

Amounts = tuple[int, ...]
"""People recorded at each site of the instance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """A best plan, its objective, and the most people that any plan records."""

    plan: Plan
    objective: float
    most_people: int


def objectives(instance: Instance) -> dict[Amounts, float]:
    """What the best plan with each of the amounts that can be recorded is worth."""
    found = {}
    for amounts, (drive_s, _) in _plans(instance).items():
        people = sum(s.weight * q for s, q in zip(instance.sites, amounts, strict=True))
        found[amounts] = people - (drive_s / instance.worth_s if instance.worth_s else 0.0)
    return found


def _plans(instance: Instance) -> dict[Amounts, tuple[int, Plan]]:
    """A plan with the least driving, and its seconds, for each of the amounts."""
    plans: dict[Amounts, tuple[int, Plan]] = {(0,) * len(instance.sites): (0, Plan())}
    for van_index, day in instance.van_days:
        plans = _with_routes(instance, plans, van_index, day)
    return plans


def optimum(instance: Instance) -> Optimum:
    """A plan that no other exceeds, of such the one with the least driving."""
    plans = _plans(instance)

    def worth(amounts: Amounts) -> tuple[float, int]:
        drive_s = plans[amounts][0]
        people = sum(s.weight * q for s, q in zip(instance.sites, amounts, strict=True))
        driving = 0.0 if instance.worth_s is None else drive_s / instance.worth_s
        return people - driving, -drive_s

    best = max(plans, key=worth)
    return Optimum(
        plan=plans[best][1],
        objective=worth(best)[0],
        most_people=max(sum(amounts) for amounts in plans),
    )


def _with_routes(
    instance: Instance, plans: dict[Amounts, tuple[int, Plan]], van_index: int, day: date
) -> dict[Amounts, tuple[int, Plan]]:
    """Plans with one more van-day, used or not, with the least driving for each of the amounts."""
    found = dict(plans)
    limits = _limits(instance)
    for amounts, (route_drive_s, route) in _routes(instance, van_index, day).items():
        for served, (plan_drive_s, plan) in plans.items():
            total = tuple(q + more for q, more in zip(served, amounts, strict=True))
            drive_s = plan_drive_s + route_drive_s
            if any(sum(total[site] for site in sites) > most for sites, most in limits):
                continue
            if total not in found or drive_s < found[total][0]:
                found[total] = (drive_s, Plan(routes=(*plan.routes, route)))
    return found


def _limits(instance: Instance) -> list[tuple[tuple[int, ...], int]]:
    """The most people that each site records, and each set of sites that share people."""
    given = instance.sites
    sizes = range(1, len(given) + 1 if any(site.draws for site in given) else 2)
    limits = []
    for sites in (sites for size in sizes for sites in combinations(range(len(given)), size)):
        chosen = [given[site] for site in sites]
        groups = {group for site in chosen for group in site.draws}
        drawn = sum(max(site.draws.get(group, 0) for site in chosen) for group in groups)
        limits.append((sites, sum(site.expected for site in chosen) + drawn // 1000))
    return limits


def _routes(instance: Instance, van_index: int, day: date) -> dict[Amounts, tuple[int, Route]]:
    """The route with the least driving for each of the amounts that one van-day can record."""
    best: dict[Amounts, tuple[int, Route]] = {}
    for visits in _sequences(instance, van_index, day):
        amounts = [0] * len(instance.sites)
        for site, people in visits:
            amounts[site] = people
        van_day = VanDay(instance, van_index, day)
        drive_s = van_day.drive_s(visits)
        known = best.get(tuple(amounts))
        if known is None or drive_s < known[0]:
            route = van_day.route(visits)
            if route is not None:
                best[tuple(amounts)] = (drive_s, route)
    return best


def _sequences(instance: Instance, van_index: int, day: date) -> Iterator[tuple[Visit, ...]]:
    """Sites in every order with every amount, within the limits of the van.

    What cannot even be begun in time is not gone on with: stops are only ever added at the end.
    """
    van = instance.vans[van_index]
    van_day = VanDay(instance, van_index, day)
    stack: list[tuple[Visit, ...]] = [()]
    while stack:
        visits = stack.pop()
        if visits:
            yield visits
        if van.max_stops is not None and len(visits) >= van.max_stops:
            continue
        room = van.max_people
        for index, site in enumerate(instance.sites):
            if index in {visited for visited, _ in visits} or van.van_class not in site.classes:
                continue
            for people in range(site.least_people, site.max_people + 1):
                longer = (*visits, (index, people))
                fits = room is None or sum(q for _, q in longer) <= room
                if fits and van_day.reaches(longer):
                    stack.append(longer)


@dataclass(frozen=True)
class VanDay:
    """One van on one date."""

    instance: Instance
    van_index: int
    day: date

    @property
    def van(self) -> Van:
        return self.instance.vans[self.van_index]

    @cached_property
    def breaks(self) -> tuple[int | None, ...]:
        """Every second at which the break may start, None first: no break."""
        rest = self.van.crew_break
        return (None,) if rest is None else (None, *range(rest.earliest_s, rest.latest_s + 1))

    def legs(self, visits: Sequence[Visit]) -> list[int]:
        """Seconds of every drive, depot to depot; `NO_ROAD` where none leads."""
        places = [
            self.instance.depot_places[self.van.start],
            *(self.instance.sites[site].place for site, _ in visits),
            self.instance.depot_places[self.van.end],
        ]
        drive_s = self.instance.drive_s
        return [int(drive_s[i, j]) for i, j in pairwise(places)]

    def drive_s(self, visits: Sequence[Visit]) -> int:
        """Seconds driven on all legs."""
        return sum(self.legs(visits))

    def reaches(self, visits: Sequence[Visit]) -> bool:
        """Whether the last stop can be done, wherever the van ends."""
        return any(_Clock(self, start_s).departures(visits) for start_s in self.breaks)

    def route(self, visits: Sequence[Visit]) -> Route | None:
        """A route with these stops, or None where there is none."""
        for break_start_s in self.breaks:
            found = _Clock(self, break_start_s).route(visits)
            if found is not None:
                return found
        return None


class _Clock:
    """The day of a van whose break starts at a given second, or that takes none."""

    def __init__(self, van_day: VanDay, break_start_s: int | None) -> None:
        self.van_day, self.break_start_s = van_day, break_start_s
        rest = van_day.van.crew_break
        self.length_s = 0 if rest is None or break_start_s is None else rest.length_s
        self.opening_s, self.closing_s = van_day.van.shifts[van_day.day]
        self.worked_s = [0]
        for second in range(self.closing_s + 1):
            self.worked_s.append(self.worked_s[-1] + (not self._resting(second)))

    def _resting(self, second: int) -> bool:
        start_s = self.break_start_s
        return start_s is not None and start_s <= second < start_s + self.length_s

    def _may_drive(self, departure_s: int, arrival_s: int) -> bool:
        start_s = self.break_start_s
        return start_s is None or arrival_s <= start_s or start_s + self.length_s <= departure_s

    def _drivable(self, departures: int, drive_s: int) -> int:
        """Of the moments in bits of ``departures`` those at which the drive can begin."""
        if drive_s == NO_ROAD:
            return 0
        return sum(
            1 << second
            for second in _bits(departures)
            if second + drive_s <= self.closing_s and self._may_drive(second, second + drive_s)
        )

    def departures(self, visits: Sequence[Visit]) -> int:
        """Bits of all moments at which the van can leave the last stop; 0 = it cannot make it."""
        departures = _span(self.opening_s, self.closing_s)
        for (site_index, people), drive_s in zip(visits, self.van_day.legs(visits), strict=False):
            leaving = self._drivable(departures, drive_s)
            if not leaving:
                return 0
            departures = self._through(site_index, people, _lowest(leaving) + drive_s)
        return departures

    def _through(self, site_index: int, people: int, arrival_s: int) -> int:
        """Bits of all moments at which a stop reached at ``arrival_s`` or later can end."""
        found = 0
        for opening_s, closing_s in self._windows(site_index):
            for setup_s in range(max(arrival_s, opening_s), closing_s + 1):
                work_s = self._work_s(site_index, people)
                done_s = self.worked_s[closing_s] - self.worked_s[setup_s]
                if done_s >= work_s:
                    found |= _span(self._after(setup_s, work_s), closing_s)
        return found

    def _windows(self, site_index: int) -> list[Interval]:
        windows = self.van_day.instance.sites[site_index].windows.get(self.van_day.day, ())
        return [(opens, min(closes, self.closing_s)) for opens, closes in windows]

    def _work_s(self, site_index: int, people: int) -> int:
        site = self.van_day.instance.sites[site_index]
        return site.setup_s + self._serve_s(site, people) + site.packup_s

    def _serve_s(self, site: Site, people: int) -> int:
        needed_s = service_s(people, site.seconds_per_person, self.van_day.van.kits)
        return max(site.min_service_s, needed_s)

    def _after(self, begin_s: int, work_s: int) -> int:
        """The first moment by which so much is done."""
        end_s = begin_s
        while self.worked_s[end_s] - self.worked_s[begin_s] < work_s:
            end_s += 1
        return end_s

    def route(self, visits: Sequence[Visit]) -> Route | None:
        """A route with these stops, each left as early as the next drive can begin."""
        legs = self.van_day.legs(visits)
        leaving = self._drivable(_span(self.opening_s, self.closing_s), legs[0])
        times, stops = [], []
        for number, (site_index, people) in enumerate(visits):
            if not leaving:
                return None
            times.append(_lowest(leaving))
            arrival_s = times[-1] + legs[number]
            leaving = self._drivable(self._through(site_index, people, arrival_s), legs[number + 1])
            if leaving:
                stops.append(self._stop(site_index, people, arrival_s, _lowest(leaving)))
        if not leaving:
            return None
        return_s = _lowest(leaving) + legs[-1]
        rest = self.van_day.van.crew_break
        if rest is not None and self.break_start_s is None and return_s > rest.latest_s:
            return None
        return Route(
            van_id=self.van_day.van.id,
            date=self.van_day.day,
            leave_s=times[0],
            return_s=return_s,
            stops=tuple(stops),
            break_start_s=self.break_start_s,
        )

    def _stop(self, site_index: int, people: int, arrival_s: int, departure_s: int) -> Stop:
        site = self.van_day.instance.sites[site_index]
        setup_s = next(
            max(arrival_s, opens)
            for opens, closes in self._windows(site_index)
            if departure_s <= closes
            and max(arrival_s, opens) <= departure_s
            and self.worked_s[departure_s] - self.worked_s[max(arrival_s, opens)]
            >= self._work_s(site_index, people)
        )
        serve_s = self._after(setup_s, site.setup_s)
        served_s = self.worked_s[departure_s] - self.worked_s[serve_s] - site.packup_s
        return Stop(
            site_id=site.id,
            arrive_s=arrival_s,
            setup_s=setup_s,
            serve_s=serve_s,
            packup_s=self._after(serve_s, served_s),
            depart_s=departure_s,
            people=people,
        )


def _span(first: int, last: int) -> int:
    """Bits of all seconds from the first to the last; none where it ends before it starts."""
    return ((1 << (last - first + 1)) - 1) << first if first <= last else 0


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _bits(bits: int) -> Iterator[int]:
    while bits:
        yield _lowest(bits)
        bits &= bits - 1
