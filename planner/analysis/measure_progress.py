"""Measures how far a district is from the ledger's numbers, to the person."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from shapely import Point, STRtree

from planner.analysis.progress import (
    ELSEWHERE,
    OUTCOMES,
    STOCK,
    AreaProgress,
    Missed,
    Progress,
    Stock,
    UnitProgress,
    WeekProgress,
)
from planner.backlog import DONE, Attributed, Balance, Publication, StruckOff, Tally, find_residuals
from planner.district import District
from planner.plan import Plan
from planner.venues import RECORDING, SERVICES, service_of

WEEKS = 26
"""So many weeks are drawn of those left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the ledger says, as progress is made of it.

    Attributes
    ----------
    balances
        The balances of all units at the end of a day.
    plans
        The plan in force, by week.
    not_printed
        Who of every unit waits for a card at the end of the day of the report.
    """

    balances: Callable[[date], Mapping[str, Balance]]
    first_count: date
    attributed: Sequence[Attributed]
    publications: Sequence[Publication]
    tallies: Sequence[Tally]
    plans: Mapping[str, Plan]
    not_printed: Mapping[str, int] = field(default_factory=dict)
    struck_off: Sequence[StruckOff] = ()


def measure_progress(district: District, history: History, day: date) -> Progress:
    """How far a district is at the end of a day."""
    tallies = [tally for tally in history.tallies if tally.day <= day]
    areas = _areas(district, history, tallies, day)
    return Progress(
        day=day,
        areas=areas,
        units=tuple(_units(district, history, day)),
        weeks=tuple(_weeks(history, tallies)),
        burn_down=_burn_down(history, day),
        printed=sum(tally.counts.get("printed", 0) for tally in tallies),
        stock={item: _stock(item, tallies) for item in STOCK},
        spread=_spread([area.visits for area in areas if area.code != ELSEWHERE]),
    )


def _areas(
    district: District, history: History, tallies: Sequence[Tally], day: date
) -> tuple[AreaProgress, ...]:
    code_of = {home.id: home.code for home in district.neighbourhoods}
    by_area: defaultdict[str, list[Balance]] = defaultdict(list)
    for unit, balance in history.balances(day).items():
        by_area[code_of.get(unit, ELSEWHERE)].append(balance)
    recorded: Counter[str] = Counter()
    for event in history.attributed:
        if event.outcome == DONE and event.day <= day:
            recorded[code_of.get(event.unit, ELSEWHERE)] += event.people
    waiting: Counter[str] = Counter()
    for unit, people in history.not_printed.items():
        waiting[code_of.get(unit, ELSEWHERE)] += people
    visits, eligible = _visits(district, tallies), _eligible(district)
    names = {area.code: area for area in district.kelurahan}
    kecamatan = {a.code.rpartition(".")[0]: a.kecamatan for a in district.areas if a.kecamatan}
    areas = [
        AreaProgress(
            code=code,
            name=names[code].name if code in names else code,
            kecamatan=kecamatan.get(code.rpartition(".")[0], code.rpartition(".")[0]),
            eligible=_with_inflow(eligible.get(code, 0), by_area[code]),
            by_vans=recorded[code],
            struck_off=sum(balance.struck_off for balance in by_area[code]),
            left=sum(balance.left for balance in by_area[code]),
            stuck=sum(balance.stuck for balance in by_area[code]),
            not_printed=waiting[code],
            visits=visits[code],
        )
        for code in sorted({*code_of.values(), *names, *by_area, *recorded} - {ELSEWHERE})
    ]
    if by_area[ELSEWHERE] or recorded[ELSEWHERE] or waiting[ELSEWHERE]:
        others = _elsewhere(by_area[ELSEWHERE], recorded[ELSEWHERE], visits[ELSEWHERE])
        areas.append(replace(others, not_printed=waiting[ELSEWHERE]))
    return tuple(sorted(areas, key=lambda a: (a.code == ELSEWHERE, a.kecamatan, a.name, a.code)))


def _units(district: District, history: History, day: date) -> Iterable[UnitProgress]:
    homes = {home.id: home for home in district.neighbourhoods}
    venues = {venue.id: venue.name for venue in district.venues}
    eligible = Counter({home.id: home.eligible or 0 for home in district.neighbourhoods})
    residuals = find_residuals(history.balances(day), history.attributed, history.struck_off, day)
    for residual in residuals:
        balance, home = residual.balance, homes.get(residual.unit)
        told = eligible[home.id] if home and home.eligible is not None else None
        area = AreaProgress(
            code=residual.unit,
            name=venues.get(residual.unit, residual.unit),
            kecamatan="",
            eligible=_with_inflow(told, [balance]),
            by_vans=balance.recorded,
            struck_off=balance.struck_off,
            left=balance.left,
            stuck=balance.stuck,
            not_printed=history.not_printed.get(residual.unit, 0),
        )
        kelurahan = district.kelurahan_name(home.code) if home else ""
        yield UnitProgress(name=area.name, kelurahan=kelurahan, area=area, residual=residual)


def _elsewhere(balances: Sequence[Balance], by_vans: int, visits: int) -> AreaProgress:
    """People counted at schools and offices alone, of whom only those unrecorded are counted."""
    return AreaProgress(
        code=ELSEWHERE,
        name="",
        kecamatan="",
        eligible=sum(balance.counts + balance.inflow for balance in balances),
        by_vans=by_vans,
        struck_off=sum(balance.struck_off for balance in balances),
        left=sum(balance.left for balance in balances),
        stuck=sum(balance.stuck for balance in balances),
        visits=visits,
    )


def _with_inflow(eligible: int | None, balances: Sequence[Balance]) -> int | None:
    return None if eligible is None else eligible + sum(balance.inflow for balance in balances)


def _eligible(district: District) -> Mapping[str, int | None]:
    """By kelurahan; None where a row does not say."""
    totals: dict[str, int | None] = {}
    for home in district.neighbourhoods:
        before = totals.get(home.code, 0)
        is_unknown = home.eligible is None or before is None
        totals[home.code] = None if is_unknown else (before or 0) + (home.eligible or 0)
    return totals


def _visits(district: District, tallies: Sequence[Tally]) -> Counter[str]:
    """Stops that recorded somebody, by the kelurahan they stood in."""
    areas, venues = district.kelurahan, {venue.id: venue for venue in district.venues}
    tree = STRtree([area.shape for area in areas])
    visits: Counter[str] = Counter()
    for tally in tallies:
        venue = venues.get(tally.place)
        if not tally.recorded:
            continue
        around = () if venue is None else tree.query(Point(venue.lon, venue.lat), "intersects")
        visits[areas[min(around)].code if len(around) else ELSEWHERE] += 1
    return visits


def _weeks(history: History, tallies: Sequence[Tally]) -> Iterable[WeekProgress]:
    sent = {publication.week: publication for publication in history.publications}
    told: defaultdict[str, list[Tally]] = defaultdict(list)
    for tally in tallies:
        told[tally.week].append(tally)
    for week in sorted({*sent, *told}):
        stops = sent[week].stops if week in sent else ()
        by_key = {tally.key: tally for tally in told[week]}
        missed = [
            Missed(
                stop=stop,
                done=None if tally is None else tally.done,
                note=tally.note if tally else "",
            )
            for stop in stops
            for tally in [by_key.get(stop.key)]
            if tally is None or tally.done < stop.people
        ]
        plan = history.plans.get(week)
        published = _by_service((stop.place, stop.people) for stop in stops)
        done = {of.key: sum(t.counts.get(of.key, 0) for t in told[week]) for of in SERVICES}
        yield WeekProgress(
            week=week,
            planned=_by_service(plan.served().items())[RECORDING] if plan else None,
            published=published[RECORDING],
            stops=len(stops),
            told=len(told[week]),
            recorded=sum(tally.recorded for tally in told[week]),
            outcomes={name: sum(t.counts.get(name, 0) for t in told[week]) for name in OUTCOMES},
            services={
                name: (published[name], people)
                for name, people in done.items()
                if published[name] or people
            },
            missed=tuple(sorted(missed, key=lambda m: (m.done or 0) - m.stop.people)),
        )


def _by_service(people: Iterable[tuple[str, int]]) -> Counter[str]:
    """People by key of the service of their site, or `RECORDING`."""
    by_service: Counter[str] = Counter()
    for site_id, number in people:
        by_service[service_of(site_id) or RECORDING] += number
    return by_service


def _burn_down(history: History, day: date) -> tuple[tuple[date, int], ...]:
    """Left at the first count, at the end of each Sunday since, and on the day itself."""
    first_sunday = history.first_count + timedelta(days=6 - history.first_count.weekday())
    sundays = [first_sunday + timedelta(weeks=n) for n in range((day - first_sunday).days // 7 + 1)]
    days = sorted({history.first_count, *sundays, day})[-WEEKS:]
    return tuple(
        (end, sum(balance.left for balance in history.balances(end).values())) for end in days
    )


def _stock(item: str, tallies: Sequence[Tally]) -> Stock:
    """What each van had left when it was last asked, and the sums of all else."""
    left: dict[str, int] = {}
    for tally in sorted(tallies, key=lambda tally: (tally.day, tally.ended_s or 0)):
        if (told := tally.counts.get(f"{item}_left")) is not None:
            left[tally.van] = told
    sums = (
        sum(tally.counts.get(f"{item}_{what}", 0) for tally in tallies)
        for what in ("received", "used", "spoiled")
    )
    received, used, spoiled = sums
    return Stock(
        received=received, used=used, spoiled=spoiled, left=sum(left.values()) if left else None
    )


def _spread(visits: Sequence[int]) -> tuple[tuple[float, float], ...]:
    total, done, points = sum(visits), 0, [(0.0, 0.0)]
    if not total:
        return ()
    for number, here in enumerate(sorted(visits, reverse=True), start=1):
        done += here
        points.append((number / len(visits), done / total))
    return tuple(points)
