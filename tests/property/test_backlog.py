"""People are conserved: 52 weeks of counts, tallies, corrections and late news, in any order."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.backlog import (
    STRUCK,
    Counts,
    Group,
    Publication,
    SiteDemand,
    Tally,
    UnitCount,
    attribute,
    balances,
)
from planner.ledger import Added, Ledger, Owner, Source, open_ledger

WEEKS = 52
SATURDAYS = [date(2026, 1, 10) + timedelta(weeks=week) for week in range(WEEKS)]
UNITS = ("RT 1", "RT 2", "RT 3")
CODE = Owner(code="99.71", name="Dinas Kota Kecil")


@dataclass
class Year:
    """A year in which everybody is known, and what an office is told of it.

    Attributes
    ----------
    left
        By the Sunday of each week and the unit, who really is left.
    inflow
        By the Saturday of each week and the unit, who has turned 17 in it.
    """

    counts: list[Counts] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    publications: list[Publication] = field(default_factory=list)
    left: dict[tuple[date, str], int] = field(default_factory=dict)
    inflow: dict[tuple[date, str], int] = field(default_factory=dict)

    def came(self, unit: str, after: date, until: date) -> int:
        """Who came to be unrecorded in a time."""
        return sum(self.inflow.get((day, unit), 0) for day in SATURDAYS if after < day <= until)


def live(random: Random) -> Year:
    """Recordings that get stuck, people struck off who stay in the register, an import at times.

    Every place is reached from one unit, so that a tally leaves no doubt whose people they were.
    """
    year = Year()
    left = {unit: random.randint(50, 400) for unit in UNITS}
    in_register = Counter[str]()
    sunday = SATURDAYS[0] - timedelta(days=6)
    year.counts.append(_import(sunday, left, in_register))
    for saturday in SATURDAYS:
        sites: dict[str, SiteDemand] = {}
        for number, unit in enumerate(UNITS):
            come = random.randint(0, 5)
            year.inflow[saturday, unit] = come
            left[unit] += come
            recorded = random.randint(0, min(left[unit], 20))
            struck = random.randint(0, min(left[unit] - recorded, 3))
            left[unit] -= recorded + struck
            in_register[unit] += recorded + struck
            in_register[unit] -= random.randint(0, in_register[unit])
            place = f"T{number}"
            sites[place] = SiteDemand(own=0, draws={unit: random.randint(1, 30_000)})
            outcome = random.choice(STRUCK)
            told = {"recorded_17": recorded, outcome: struck}
            year.tallies.append(Tally(day=saturday, van="A", place=place, counts=told))
            year.left[saturday + timedelta(days=1), unit] = left[unit]
        groups = {unit: Group(homes={unit: 100}) for unit in UNITS}
        iso = saturday.isocalendar()
        week = f"{iso.year}-W{iso.week:02}"
        year.publications.append(
            Publication(week=week, version=1, stops=(), sites=sites, groups=groups)
        )
        if random.random() < 0.3:
            sunday = saturday + timedelta(days=1)
            year.counts.append(_import(sunday, left, in_register))
    return year


def _import(day: date, left: dict[str, int], in_register: Counter[str]) -> Counts:
    """The register: those left, and those of whom it has not heard."""
    return Counts(
        as_of=day,
        units={unit: UnitCount(unrecorded=left[unit] + in_register[unit]) for unit in UNITS},
    )


def check_year(year: Year, counts: tuple[Counts, ...], tallies: tuple[Tally, ...]) -> None:
    """Every week and unit, against those who really are left."""
    attributed = attribute(year.publications, tallies)
    for (sunday, unit), left in year.left.items():
        balance = balances(counts, attributed, (), sunday, year.came)[unit]
        assert balance.left == left, (sunday, unit)
        assert balance.uncounted == 0
        assert balance.counts + balance.inflow == balance.recorded + balance.struck_off + left


@pytest.mark.slow
@settings(max_examples=40)
@given(st.integers(0, 1 << 32))
def test_those_left_are_those_who_really_are(seed: int) -> None:
    """To the last person, whatever the register has not heard of yet."""
    year = live(Random(seed))
    check_year(year, tuple(year.counts), tuple(year.tallies))


@pytest.mark.slow
@settings(max_examples=3)
@given(st.integers(0, 1 << 32))
def test_the_order_in_which_an_office_hears_does_not_matter(seed: int) -> None:
    """Late tallies, numbers corrected, files and imports told again, all in a random order."""
    random = Random(seed)
    year = live(random)
    with TemporaryDirectory() as folder:
        ledger = open_ledger(Path(folder), CODE)
        news: list[Counts | Tally] = [*year.counts, *year.tallies]
        random.shuffle(news)
        for told in news:
            if isinstance(told, Counts):
                _tell_counts(ledger, told, random)
            else:
                _tell_tally(ledger, told, random)
            again = random.choice(news[: news.index(told) + 1])
            if isinstance(again, Counts):
                ledger.add_counts(again)
            else:
                ledger.add_tallies([again], _source(again))
        check_year(year, ledger.counts(), ledger.tallies())


def _tell_counts(ledger: Ledger, counts: Counts, random: Random) -> None:
    """Now and then the wrong sheet comes first."""
    if random.random() < 0.3:
        units = {unit: UnitCount(unrecorded=random.randint(0, 999)) for unit in UNITS}
        wrong = replace(counts, units=units)
        ledger.add_counts(wrong)
        ledger.add_counts(counts)
        assert ledger.add_counts(wrong) == Added(unchanged=1)
    ledger.add_counts(counts)


def _tell_tally(ledger: Ledger, tally: Tally, random: Random) -> None:
    """Now and then a wrong number comes first, or a part of the numbers."""
    if random.random() < 0.3:
        ledger.add_tallies([replace(tally, counts={"recorded_17": random.randint(0, 99)})])
    ledger.add_tallies([tally], _source(tally))


def _source(tally: Tally) -> Source:
    return Source(name="rekap.csv", sha256=f"{tally.day} {tally.place}")


@st.composite
def weeks(draw: st.DrawFn) -> tuple[list[Publication], list[Tally]]:
    """Places that share groups, with any numbers at all, also more than anybody expected."""
    homes = st.dictionaries(st.sampled_from(UNITS), st.integers(1, 50), min_size=1)
    groups = {name: Group(homes=draw(homes)) for name in ("g", "h")}
    draws = st.dictionaries(st.sampled_from(["g", "h"]), st.integers(1, 9000))
    sites = {place: SiteDemand(own=draw(st.integers(0, 9)), draws=draw(draws)) for place in "PQR"}
    published = Publication(week="2026-W02", version=1, stops=(), sites=sites, groups=groups)
    numbers = st.dictionaries(
        st.sampled_from(["recorded_16", "recorded_17", *STRUCK]), st.integers(0, 80)
    )
    tallies = [
        Tally(day=SATURDAYS[0], van="A", place=place, counts=draw(numbers)) for place in "PQRS"
    ]
    return [published], tallies


def _told(tallies: list[Tally]) -> Iterator[int]:
    names = ("recorded_16", "recorded_17", *STRUCK)
    return (tally.counts.get(name, 0) for tally in tallies for name in names)


@settings(max_examples=200)
@given(weeks(), st.integers(0, 60))
def test_nobody_is_lost_whatever_is_told(
    given_week: tuple[list[Publication], list[Tally]], count: int
) -> None:
    """All who were recorded or struck off belong to a unit, and nobody less than none is left."""
    publications, tallies = given_week
    attributed = attribute(publications, tallies)
    assert sum(done.people for done in attributed) == sum(_told(tallies))
    units = {unit: UnitCount(unrecorded=count) for unit in UNITS}
    counts = [Counts(as_of=SATURDAYS[0] - timedelta(days=1), units=units)]
    for balance in balances(counts, attributed, (), SATURDAYS[0]).values():
        assert balance.left >= 0
        assert balance.left == 0 or balance.uncounted == 0
