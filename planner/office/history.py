"""What the ledger of a district says beside its tables: who is left, and who has agreed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from planner import inputs
from planner.backlog import (
    Attributed,
    Balance,
    Counts,
    Inflow,
    PermissionEntry,
    Reconciled,
    StruckOff,
    UnitCount,
    attribute,
    attribute_cards,
    balances,
    card_changes,
    cards_told,
    estimate_inflow,
    no_inflow,
    not_printed,
    reconcile,
)
from planner.district import Agreement, District, LearnedRates, Outcome, Permission, Venue
from planner.errors import InputError
from planner.i18n.language import SETTINGS
from planner.office.marked_copy import marking_problems
from planner.venues import PRINTING

if TYPE_CHECKING:
    from planner.ledger import Ledger, Owner

LEDGER_FILE = "ledger.sqlite"


def open_district(folder: Path) -> District:
    """Everything that the files and the ledger of a district say.

    Raises
    ------
    InputError
        With all problems of all files, or where the ledger cannot be read.
    """
    with marking_problems(folder):
        district = inputs.read_district(folder)
    ledger = find_ledger(district)
    return district if ledger is None else with_history(district, ledger)


def find_ledger(district: District) -> "Ledger | None":
    """The ledger of a district; None where nothing was ever written."""
    if not district.ledger_url and not (district.folder / LEDGER_FILE).exists():
        return None  # Without loading what reads databases.
    from planner import ledger  # noqa: PLC0415

    return ledger.find_ledger(district.folder, _owner(district), district.ledger_url)


def open_ledger(district: District) -> "Ledger":
    """The ledger of a district, made where there is none."""
    from planner import ledger  # noqa: PLC0415

    return ledger.open_ledger(district.folder, _owner(district), district.ledger_url)


def with_history(district: District, ledger: "Ledger") -> District:
    """A district with what its ledger says of the people who are left and of hosts."""
    permissions = ledger.permissions()
    books = read_books(district, ledger)
    district = replace(district, learned=tuple(_learned(district, ledger)))
    return replace(
        district,
        outcomes=tuple(books.outcomes()),
        cards=tuple(books.card_outcomes()) if _tells_of_cards(books, ledger) else (),
        counted_on=books.counts[-1].as_of,
        venues=tuple(_with_permission(venue, permissions) for venue in district.venues),
        agreements=tuple(
            Agreement(place=entry.place, day=entry.day, hours=entry.hours)
            for entry in permissions
            if entry.day is not None and entry.state is Permission.APPROVED
        ),
    )


def _tells_of_cards(books: "Books", ledger: "Ledger") -> bool:
    """Whether tables or tallies ever told of cards; who prints elsewhere tells nothing."""
    return any(PRINTING.key in tally.counts for tally in ledger.tallies()) or any(
        count.not_printed is not None for given in books.counts for count in given.units.values()
    )


def _learned(district: District, ledger: "Ledger") -> Iterator[LearnedRates]:
    """What all tallies teach, and those before the week of the last, whose plan knew no more."""
    tallies = ledger.tallies()
    if not district.rates.learn_from or len(tallies) < district.rates.learn_from:
        return
    from planner.analysis.learning import learn_rates  # noqa: PLC0415

    publications, last = ledger.publications(), max(tally.day for tally in tallies)
    monday = last - timedelta(days=last.weekday())
    earlier = [tally.day for tally in tallies if tally.day < monday]
    for until in [*([max(earlier)] if earlier else []), last]:
        if learned := learn_rates(district, publications, tallies, until):
            yield learned


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """All that backlogs follow from.

    Attributes
    ----------
    counts
        Imports, the last of them that of the tables as they are now.
    """

    counts: Sequence[Counts]
    attributed: Sequence[Attributed]
    cards: Sequence[Attributed]
    struck_off: Sequence[StruckOff]
    inflow: Inflow = no_inflow

    def outcomes(self) -> Iterator[Outcome]:
        """Who is counted in the tables and needs no recording any more."""
        last = self.counts[-1]
        then = self.balances(last.as_of)
        for unit, count in last.units.items():
            known = then[unit].stuck + then[unit].struck_off - count.unreachable
            if known > 0:
                yield Outcome(day=last.as_of, unit=unit, people=known)
        yield from self._pupils(last)
        for done in self.attributed:
            if done.day > last.as_of:
                yield Outcome(day=done.day, unit=done.unit, people=done.people, school=done.school)
        for struck in self.struck_off:
            if struck.day > last.as_of:
                yield Outcome(day=struck.day, unit=struck.unit, people=struck.people)

    def card_outcomes(self) -> Iterator[Outcome]:
        """Who waits for a card, and who does not any more, beside what the tables count."""
        tables, told = self.counts[-1].units, cards_told(self.counts)
        for unit, (day, people) in told.items():
            if unit not in tables or tables[unit].not_printed is None:
                yield Outcome(day=day, unit=unit, people=people)
        for day, unit, people in card_changes(told, self.cards):
            yield Outcome(day=day, unit=unit, people=people)

    def not_printed(self, until: date) -> Mapping[str, int]:
        """Who of every unit waits for a card at the end of a day."""
        return not_printed(self.counts, self.cards, until)

    def balances(self, until: date) -> Mapping[str, Balance]:
        """Of every unit at the end of a day."""
        return balances(self.counts, self.attributed, self.struck_off, until, self.inflow)

    def reconciled(self, until: date) -> tuple[Reconciled, ...]:
        """How every import until a day fits to what was left before it: stuck, done by others."""
        return reconcile(self.counts, self.attributed, self.struck_off, until, self.inflow)

    def _pupils(self, last: Counts) -> Iterator[Outcome]:
        """Pupils counted where they live, whom the count of their school has, too."""
        counts = [
            Counts(
                as_of=given.as_of,
                units={
                    school: UnitCount(unrecorded=count.counted_in_rt)
                    for school, count in given.units.items()
                    if count.counted_in_rt
                },
            )
            for given in self.counts
        ]
        pupils = [replace(done, unit=done.school) for done in self.attributed if done.school]
        for school, then in balances(counts, pupils, (), last.as_of).items():
            if known := then.stuck + then.struck_off:
                yield Outcome(day=last.as_of, unit="", school=school, people=known)


def read_books(district: District, ledger: "Ledger", today: date | None = None) -> Books:
    """The books of a district.

    Parameters
    ----------
    today
        On which the tables are read; None = the date at the office. Where no import has what they
        count, it is taken to be as of the evening before.
    """
    counts = ledger.counts()
    now = counts_of(district, (today or today_at(district)) - timedelta(days=1))
    latest = max(counts, key=lambda given: given.as_of, default=None)
    if latest is None or latest.units != now.units:
        counts = (*(given for given in counts if given.as_of < now.as_of), now)
    publications, tallies = ledger.publications(), ledger.tallies()
    return Books(
        counts=sorted(counts, key=lambda given: given.as_of),
        attributed=attribute(publications, tallies),
        cards=attribute_cards(publications, tallies),
        struck_off=ledger.struck_off(),
        inflow=estimate_inflow(district),
    )


def record_import(folder: Path) -> None:
    """Add what the tables of a folder count, as of the evening before, where there is a ledger.

    Tables that are not complete yet are added with the first plan that is sent out.
    """
    if not (folder / LEDGER_FILE).exists() and not _names_ledger(folder):
        return  # Without reading all tables.
    try:
        district = inputs.read_district(folder)
    except InputError:
        return
    if ledger := find_ledger(district):
        keep_counts(ledger, counts_of(district, today_at(district) - timedelta(days=1)))


def _names_ledger(folder: Path) -> bool:
    """Whether settings may name a ledger elsewhere."""
    try:
        section = inputs.read_toml(folder / SETTINGS).get("ledger")
        return isinstance(section, dict) and bool(section.get("url"))
    except (InputError, OSError):
        return False


def keep_counts(ledger: "Ledger", now: Counts) -> None:
    """Add what the tables count now, unless it is what the latest import has; it comes after it."""
    latest = max(ledger.counts(), key=lambda given: given.as_of, default=None)
    if latest is None:
        ledger.add_counts(now)
    elif latest.units != now.units:
        ledger.add_counts(replace(now, as_of=max(now.as_of, latest.as_of)))


def counts_of(district: District, as_of: date) -> Counts:
    """The people whom the tables of a district count, as an import at the end of a day."""
    units: dict[str, UnitCount] = {}
    for home in district.neighbourhoods:
        before = units.get(home.id, UnitCount(unrecorded=0))
        units[home.id] = UnitCount(
            unrecorded=before.unrecorded + home.unrecorded,
            unreachable=before.unreachable + home.unreachable,
            reason=home.reason or before.reason,
            not_printed=_sum_told(before.not_printed, home.not_printed),
        )
    for venue in district.venues:
        if venue.backlog or venue.not_printed is not None:
            own = venue.backlog - venue.counted_in_rt
            units[venue.id] = UnitCount(
                unrecorded=own,
                counted_in_rt=venue.counted_in_rt,
                not_printed=venue.not_printed,
            )
    return Counts(as_of=as_of, units=units)


def _sum_told(*numbers: int | None) -> int | None:
    told = [number for number in numbers if number is not None]
    return sum(told) if told else None


def today_at(district: District) -> date:
    """The date at the office."""
    return district.office.clock(datetime.now(UTC)).date()


def _with_permission(venue: Venue, permissions: Sequence[PermissionEntry]) -> Venue:
    """A venue with the last word of its host on any date."""
    for entry in permissions:
        if entry.place == venue.id and entry.day is None:
            venue = replace(venue, permission=entry.state)
        if entry.place == venue.id:
            venue = replace(
                venue,
                contact=entry.contact or venue.contact,
                letter_number=entry.letter_number or venue.letter_number,
                letter_date=entry.letter_date or venue.letter_date,
            )
    return venue


def _owner(district: District) -> "Owner":
    from planner.ledger import Owner  # noqa: PLC0415

    return Owner(code=district.office.code, name=district.office.name)
