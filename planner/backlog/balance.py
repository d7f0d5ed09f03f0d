"""Who is left: counts − recorded − struck off + inflow, per unit, derived each time.

Between two counts of the register the balance of a unit goes on from the earlier one. The later one
is held against it (`Reconciled`): whom we recorded or struck off and the register still counts is
not planned for again, and what is missing beyond that others have done.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from planner.backlog.attribution import DONE, PRINTED, Attributed
from planner.backlog.records import Counts, StruckOff, UnitCount

Inflow = Callable[[str, date, date], int]
"""People of a unit who came to be unrecorded after one day, until the end of another."""

_NONE = UnitCount(unrecorded=0)


def no_inflow(unit: str, after: date, until: date) -> int:
    """Nobody turns 17 or moves in."""
    del unit, after, until
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A unit at the end of a day, since the last count of the register.

    Attributes
    ----------
    counts
        Whom the register had as unrecorded.
    expected_inflow
        Who has come to be unrecorded since, by the estimate.
    uncounted
        People recorded or struck off beyond all whom anybody had counted.
    stuck
        Recorded before that count, and still unrecorded in it.
    recorded_since
        Recorded after it.
    struck_off
        Struck off and still in that count, or since.
    """

    counts: int
    expected_inflow: int
    uncounted: int
    stuck: int
    recorded_since: int
    struck_off: int

    @property
    def inflow(self) -> int:
        """All who came beside those counted."""
        return self.expected_inflow + self.uncounted

    @property
    def recorded(self) -> int:
        """All who were recorded and were in the count."""
        return self.stuck + self.recorded_since

    @property
    def left(self) -> int:
        """People to be recorded: >= 0."""
        return self.counts + self.inflow - self.recorded - self.struck_off


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """A unit in a new count of the register, beside what was left by the balance before it.

    Attributes
    ----------
    expected
        Left by the balance.
    unrecorded
        Whom the register has.
    struck_off
        In the register, and struck off by us.
    stuck
        In the register, and recorded by us: the recording has not arrived.
    grown
        In the register beyond all that is known.
    by_others
        Gone from the register without us.
    """

    unit: str
    as_of: date
    expected: int
    unrecorded: int
    struck_off: int
    stuck: int
    grown: int
    by_others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """How a unit begins after a count."""

    count: UnitCount
    stuck: int
    struck_off: int


class _Books:
    """The balances of all units, from count to count."""

    def __init__(
        self,
        counts: Iterable[Counts],
        attributed: Iterable[Attributed],
        struck_off: Iterable[StruckOff],
        inflow: Inflow,
    ) -> None:
        # Of two counts as of one day the later one corrects the earlier.
        by_day = {given.as_of: given for given in counts}
        self.counts: Sequence[Counts] = [by_day[day] for day in sorted(by_day)]
        self._inflow = inflow
        self._recorded: defaultdict[str, Counter[date]] = defaultdict(Counter)
        self._struck: defaultdict[str, Counter[date]] = defaultdict(Counter)
        for event in attributed:
            book = self._recorded if event.outcome == DONE else self._struck
            book[event.unit][event.day] += event.people
        for strike in struck_off:
            self._struck[strike.unit][strike.day] += strike.people
        self.units = sorted(
            {*self._recorded, *self._struck, *(u for given in self.counts for u in given.units)}
        )

    def balance(self, unit: str, until: date) -> Balance | None:
        """Of a unit at the end of a day; None before the first count."""
        return next((balance for _, balance in reversed(self.walk(unit, until))), None)

    def walk(self, unit: str, until: date) -> list[tuple[Reconciled | None, Balance]]:
        """The balance at the end of every count's time, and how the count was reconciled."""
        walked: list[tuple[Reconciled | None, Balance]] = []
        reached = [given for given in self.counts if given.as_of <= until]
        for given, following in zip_longest(reached, reached[1:]):
            count = given.units.get(unit, _NONE)
            reconciled = _reconcile(unit, given.as_of, count, walked[-1][1]) if walked else None
            end = until if following is None else following.as_of
            balance = self._period(unit, _start(count, reconciled), given.as_of, end)
            walked.append((reconciled, balance))
        return walked

    def _period(self, unit: str, start: _Start, after: date, until: date) -> Balance:
        recorded, struck = (
            sum(people for day, people in book[unit].items() if after < day <= until)
            if unit in book
            else 0
            for book in (self._recorded, self._struck)
        )
        inflow = self._inflow(unit, after, until)
        gone = start.stuck + recorded + start.struck_off + struck
        return Balance(
            counts=start.count.unrecorded,
            expected_inflow=inflow,
            uncounted=max(0, gone - start.count.unrecorded - inflow),
            stuck=start.stuck,
            recorded_since=recorded,
            struck_off=start.struck_off + struck,
        )


def _reconcile(unit: str, day: date, count: UnitCount, before: Balance) -> Reconciled:
    """Those struck off mostly stay in the register until it is cleaned, so they come first."""
    surplus = count.unrecorded - before.left
    struck_off = max(0, min(surplus, before.struck_off))
    stuck = max(0, min(surplus - struck_off, before.recorded))
    return Reconciled(
        unit=unit,
        as_of=day,
        expected=before.left,
        unrecorded=count.unrecorded,
        struck_off=struck_off,
        stuck=stuck,
        grown=max(0, surplus - struck_off - stuck),
        by_others=max(0, -surplus),
    )


def _start(count: UnitCount, reconciled: Reconciled | None) -> _Start:
    """The office's own unreachable people may be those struck off, so the greater number holds."""
    stuck = reconciled.stuck if reconciled else 0
    struck_off = max(count.unreachable, reconciled.struck_off if reconciled else 0)
    return _Start(
        count=count, stuck=stuck, struck_off=max(0, min(struck_off, count.unrecorded - stuck))
    )


def balances(
    counts: Iterable[Counts],
    attributed: Iterable[Attributed],
    struck_off: Iterable[StruckOff],
    until: date,
    inflow: Inflow = no_inflow,
) -> Mapping[str, Balance]:
    """The balance of every unit at the end of a day; none before the first count.

    Parameters
    ----------
    counts
        In the order in which they were told; of two as of one day the later one holds.
    attributed
        As `planner.backlog.attribute` gives it.
    """
    books = _Books(counts, attributed, struck_off, inflow)
    found = {unit: books.balance(unit, until) for unit in books.units}
    return {unit: balance for unit, balance in found.items() if balance is not None}


def reconcile(
    counts: Iterable[Counts],
    attributed: Iterable[Attributed],
    struck_off: Iterable[StruckOff],
    until: date,
    inflow: Inflow = no_inflow,
) -> tuple[Reconciled, ...]:
    """How every unit of every count but the first fits to what was left, until a day."""
    books = _Books(counts, attributed, struck_off, inflow)
    return tuple(
        reconciled
        for unit in books.units
        for reconciled, _ in books.walk(unit, until)
        if reconciled is not None
    )


def cards_told(counts: Iterable[Counts]) -> Mapping[str, tuple[date, int]]:
    """Who of each unit waits for a card by the last count that told it anew, and its day.

    An import that repeats all these numbers of the one before tells nothing: the table kept them.

    Parameters
    ----------
    counts
        By day.
    """
    told: dict[str, tuple[date, int]] = {}
    before: Mapping[str, int] = {}
    for given in counts:
        now = {
            unit: count.not_printed
            for unit, count in given.units.items()
            if count.not_printed is not None
        }
        if now and now != before:
            told |= {unit: (given.as_of, people) for unit, people in now.items()}
            before = now
    return told


def card_changes(
    told: Mapping[str, tuple[date, int]], cards: Iterable[Attributed]
) -> Iterator[tuple[date, str, int]]:
    """Who waits for a card since it was told, by day and unit; below 0 are those who got theirs.

    Parameters
    ----------
    cards
        As `planner.backlog.attribute_cards` gives it.
    """
    for event in cards:
        if event.unit not in told or event.day > told[event.unit][0]:
            sign = -1 if event.outcome == PRINTED else 1
            yield event.day, event.unit, sign * event.people


def not_printed(
    counts: Sequence[Counts], cards: Iterable[Attributed], until: date
) -> Mapping[str, int]:
    """People of every unit who are recorded and wait for their card at the end of a day."""
    told = cards_told(given for given in counts if given.as_of <= until)
    waiting = Counter({unit: people for unit, (_, people) in told.items()})
    for day, unit, people in card_changes(told, cards):
        waiting[unit] += people if day <= until else 0
    return +waiting
