"""What has become of the people of a unit who are counted, and who says so."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from planner.backlog.attribution import DONE, Attributed
from planner.backlog.balance import Balance
from planner.backlog.records import STRUCK, StruckOff
from planner.i18n.messages import msgid

TALLY, OFFICE, TABLE = msgid("tally"), msgid("office"), msgid("table rt")
"""Who said of people that they need no recording here."""

OTHER = "other"
"""Reason where nobody told one that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Residual:
    """A unit at the end of a day: counts + inflow = recorded + struck off + left.

    Attributes
    ----------
    reasons
        Those struck off, by a key of `STRUCK` or `OTHER`.
    sources
        Who told of them.
    """

    unit: str
    balance: Balance
    reasons: Mapping[str, int]
    sources: tuple[str, ...]


def find_residuals(
    balances: Mapping[str, Balance],
    attributed: Iterable[Attributed],
    struck_off: Iterable[StruckOff],
    day: date,
) -> tuple[Residual, ...]:
    """Every unit with its people by reason; those of whom nobody told one are of the table.

    Of more told than are struck off, as where the register was cleaned since, the last hold.
    """
    told: defaultdict[str, list[tuple[date, str, int, str]]] = defaultdict(list)
    for event in attributed:
        if event.outcome != DONE and event.day <= day:
            told[event.unit].append((event.day, event.outcome, event.people, TALLY))
    for strike in struck_off:
        if strike.day <= day:
            told[strike.unit].append((strike.day, strike.reason, strike.people, OFFICE))
    return tuple(_residual(unit, balance, told[unit]) for unit, balance in balances.items())


def _residual(unit: str, balance: Balance, told: Iterable[tuple[date, str, int, str]]) -> Residual:
    left, reasons, sources = balance.struck_off, Counter[str](), dict[str, None]()
    for _, reason, people, source in sorted(told, reverse=True):
        if taken := min(people, left):
            reasons[reason if reason in STRUCK else OTHER] += taken
            sources[source] = None
            left -= taken
    if left:
        reasons[OTHER] += left
        sources[TABLE] = None
    return Residual(unit=unit, balance=balance, reasons=reasons, sources=tuple(sources))
