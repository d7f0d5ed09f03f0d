"""Who becomes 16 and 17: people who come to be unrecorded while nobody counts.

Numbers of the office's own (`Turning17`) come first. Where a kelurahan has none, a fifth of its
residents aged 15 to 19 turns 17 in a year, a day like any other.
"""

from bisect import bisect_right
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import accumulate

from planner.backlog.balance import Inflow, no_inflow
from planner.district import District, Neighbourhood, RegisterCount, Turning17, Venue

YEARS_IN_BAND = 5
DAYS_IN_YEAR = 365.2425
EPOCH = date(2020, 1, 1)
GOLDEN = 0.618033988749895
"""Steps of this part of a circle fill it evenly, however many they are (Weyl's sequence)."""


def estimate_inflow(district: District) -> Inflow:
    """People of a unit who come to be unrecorded after one day, until the end of another.

    Residents count from 17; pupils from 16, when a school can have them recorded. Those of a
    kelurahan are shared among its units by who must hold a card, or alike where nobody says.
    Parts of a time add up to the whole of it.
    """
    if not (district.turning_17 or district.register):
        return no_inflow
    homes: defaultdict[str, list[Neighbourhood]] = defaultdict(list)
    for home in district.neighbourhoods:
        homes[home.code].append(home)
    code_of = {home.id: home.code for home in district.neighbourhoods}
    schools = {venue.id: venue for venue in district.venues if venue.type.has_pupils}
    own = _by_place(district.turning_17)
    bands = _bands(district.register)

    def until(place: str, day: date, *, age: int = 17) -> int:
        if place in own:
            return sum(_turned(row, day, age) for row in own[place])
        years = (day - EPOCH).days / DAYS_IN_YEAR
        return int(bands.get(place, 0) / YEARS_IN_BAND * max(0.0, years))

    @cache
    def shared(code: str, after: date, last: date) -> Mapping[str, int]:
        return _share_out(homes[code], until(code, after), until(code, last))

    def inflow(unit: str, after: date, last: date) -> int:
        if unit in code_of:
            return shared(code_of[unit], after, last).get(unit, 0)
        if unit in schools and unit in own:
            first, then = (until(unit, day, age=16) for day in (after, last))
            return _not_in_rt(schools[unit], then) - _not_in_rt(schools[unit], first)
        return 0

    return inflow


def turning_17(district: District, place: str, months: Iterable[date]) -> dict[date, int]:
    """People of a school or kelurahan who turn 17, by month; months without any are left out."""
    people: Counter[date] = Counter()
    for row in district.turning_17:
        if row.place == place:
            people[row.month] += row.people
    return {month: people[month] for month in months if people[month]}


def whole_counts(register: Iterable[RegisterCount]) -> list[RegisterCount]:
    """Rows that no other one holds: a kelurahan, or parts where it has no row of its own."""
    rows = list(register)
    whole = {row.code for row in rows if not row.rw and not row.rt}
    whole_rw = {(row.code, row.rw) for row in rows if row.rw and not row.rt}
    return [
        row
        for row in rows
        if not (row.rw or row.rt)
        or (row.code not in whole and (not row.rt or (row.code, row.rw) not in whole_rw))
    ]


def _by_place(rows: Iterable[Turning17]) -> Mapping[str, list[Turning17]]:
    by_place: defaultdict[str, list[Turning17]] = defaultdict(list)
    for row in rows:
        by_place[row.place].append(row)
    return dict(by_place)


def _bands(register: Iterable[RegisterCount]) -> Counter[str]:
    bands: Counter[str] = Counter()
    for row in whole_counts(register):
        bands[row.code] += row.aged_15_19 or 0
    return bands


def _turned(row: Turning17, day: date, age: int) -> int:
    """Those of a row who have an age by the end of a day; birthdays of a month are even."""
    month = row.month.replace(year=row.month.year - 17 + age)
    if day < month:
        return 0
    length = monthrange(month.year, month.month)[1]
    return row.people * min(length, (day - month).days + 1) // length


def _share_out(homes: list[Neighbourhood], first: int, last: int) -> Mapping[str, int]:
    """The units of those who come, one after the other, from a number on until another."""
    told = [home.eligible for home in homes if home.eligible is not None]
    is_told = len(told) == len(homes) and sum(told) > 0
    ends = list(accumulate(told if is_told else [1] * len(homes)))
    people: Counter[str] = Counter()
    for number in range(first, last):
        spot = (number * GOLDEN) % 1 * ends[-1]
        people[homes[bisect_right(ends, spot)].id] += 1
    return people


def _not_in_rt(school: Venue, pupils: int) -> int:
    """Pupils without those whom the rows of `rt` will have when they are 17."""
    share = school.counted_in_rt / school.backlog if school.backlog else 0.0
    return pupils - round(pupils * share)
