"""Which districts should lend each other vans, so that most people are recorded in all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.batch.job import LentVan
from planner.geo import great_circle_m
from planner.i18n.words import Words
from planner.render.text_table import Row, to_csv, to_numbers
from planner.solvers.programme import solve_set_packing
from planner.units import HOUR_S, KM_M

MAX_TRAVEL_S = 2 * HOUR_S
"""A van that would drive longer to another district stays at home."""


ROAD_KMH, ROAD_RATIO = 35.0, 1.4
"""Between towns: speed, and road metres per metre of straight line; assumed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """A van that works for another district on one date.

    Attributes
    ----------
    lender, borrower
        Keys of districts.
    travel_s
        Seconds there, and as many back; both are taken from its shift.
    promised
        People, less the driving, that it brings by what each district is worth alone.
    """

    lender: str
    borrower: str
    day: str
    van: str
    kits: int
    shift: tuple[int, int]
    travel_s: int
    promised: float

    @property
    def lent(self) -> LentVan:
        """As the lender has to do without it."""
        return LentVan(day=self.day, van=self.van, kits=self.kits, shift=self.shift)

    @property
    def borrowed(self) -> LentVan:
        """As the borrower has it, between the drives."""
        opens_s, closes_s = self.shift
        there = (opens_s + self.travel_s, closes_s - self.travel_s)
        return LentVan(day=self.day, van=self.van, kits=self.kits, shift=there, is_borrowed=True)


def choose_loans(values: Mapping[str, Mapping[str, Any]]) -> tuple[Loan, ...]:
    """The loans that promise most in all; a district lends or borrows one van on a date at most.

    Set packing: each loan takes its lender and its borrower on its date.

    Parameters
    ----------
    values
        By key of a district, the figures of `planner.batch.van_values.value_vans`.
    """
    loans = [*_candidates(values)]
    if not loans:
        return ()
    columns = [{(loan.lender, loan.day): 1.0, (loan.borrower, loan.day): 1.0} for loan in loans]
    limits = {row: 1.0 for column in columns for row in column}
    profits = np.array([loan.promised for loan in loans])
    chosen = solve_set_packing(profits, columns, limits)
    return tuple(loan for loan, is_chosen in zip(loans, chosen, strict=True) if is_chosen)


def _candidates(values: Mapping[str, Mapping[str, Any]]) -> Iterator[Loan]:
    """Loans that promise anything: what a shift less its drives brings, less what is lost."""
    for lender, own in values.items():
        for borrower, other in values.items():
            if lender == borrower:
                continue
            travel_s = _travel_s(own, other)
            if travel_s > MAX_TRAVEL_S:
                continue
            for day, here in own["dates"].items():
                there = other["dates"].get(day)
                opens_s, closes_s = here["shift"]
                share = 1 - 2 * travel_s / (closes_s - opens_s)
                if there is None or share <= 0:
                    continue
                drive = 2 * travel_s / own["worth_s"] if own["worth_s"] else 0.0
                promised = share * there["more"]["worth"] - here["less"]["worth"] - drive
                if promised > 0:
                    yield Loan(
                        lender=lender,
                        borrower=borrower,
                        day=day,
                        van=here["van"],
                        kits=here["kits"],
                        shift=(opens_s, closes_s),
                        travel_s=travel_s,
                        promised=promised,
                    )


def _travel_s(own: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    """Seconds from depot to depot."""
    ends = [np.array([end[name]]) for end in (own, other) for name in ("lat", "lon")]
    road_km = float(great_circle_m(*ends)[0]) / KM_M * ROAD_RATIO
    return round(road_km / ROAD_KMH * HOUR_S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lending:
    """Loans with what they bring in all, found and proven by planning their districts again.

    Attributes
    ----------
    people
        Found: people recorded in all districts beyond those without loans.
    worth, worth_least, worth_most
        People less all driving: found, and the proven limits of it; None = not known.
    """

    loans: tuple[Loan, ...]
    people: int
    worth: float
    worth_least: float | None
    worth_most: float | None


def prove_gain(
    loans: Sequence[Loan],
    before: Mapping[str, Mapping[str, Any]],
    after: Mapping[str, Mapping[str, Any]],
) -> Lending:
    """What loans bring, by the plans of all their districts before and after.

    Parameters
    ----------
    before, after
        By key of a district, its people, objective and bound.
    """
    keys = {key for loan in loans for key in (loan.lender, loan.borrower)}
    drive = sum(
        2 * loan.travel_s / before[loan.lender]["worth_s"]
        for loan in loans
        if before[loan.lender]["worth_s"]
    )

    def rise(to: str, since: str) -> float | None:
        ends = [(after[key][to], before[key][since]) for key in keys]
        if any(end is None for pair in ends for end in pair):
            return None
        return float(sum(end - begin for end, begin in ends) - drive)

    return Lending(
        loans=tuple(loans),
        people=sum(after[key]["people"] - before[key]["people"] for key in keys),
        worth=rise("objective", "objective") or 0.0,
        worth_least=rise("objective", "bound"),
        worth_most=rise("bound", "objective"),
    )


def build_loans_csv(lending: Lending, words: Words) -> bytes:
    """A line for each van lent."""
    rows: list[Row] = [
        {
            words("Date"): (loan.day, loan.day),
            words("Lender"): (loan.lender, loan.lender),
            words("Van"): (loan.van, loan.van),
            words("Borrower"): (loan.borrower, loan.borrower),
            words("Minutes there"): ("", round(loan.travel_s / 60)),
            words("Promised gain"): ("", round(loan.promised, 1)),
        }
        for loan in lending.loans
    ]
    return to_csv(to_numbers(rows), words) if rows else b""
