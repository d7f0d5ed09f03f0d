"""Scenarios beside the plan without changes: in numbers, in lines to read, and as a table."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from io import StringIO
from typing import Any

from planner.analysis.itinerary import Itinerary
from planner.analysis.summary import Summary, summary
from planner.horizon import Horizon
from planner.i18n.words import Words
from planner.plan import Result
from planner.render.escape import to_cell
from planner.scenarios import Change


class Verdict(StrEnum):
    """What is proven about the best plans of two cases."""

    MORE = "more"
    FEWER = "fewer"
    SAME = "same"
    UNDECIDED = "undecided"


@dataclass(frozen=True, kw_only=True)
class Case:
    """The plan of one scenario.

    Attributes
    ----------
    name
        Of the scenario; empty for the plan without changes.
    near
        Unrecorded people who live within walking distance of a stop.
    """

    name: str
    changes: tuple[Change, ...]
    horizon: Horizon
    result: Result
    near: int

    @cached_property
    def summary(self) -> Summary:
        """What its plan comes to."""
        return summary(self.horizon, self.result)

    @cached_property
    def kelurahan(self) -> int:
        """Kelurahan in which its plan has a stop."""
        itinerary = Itinerary(self.horizon, self.result.plan)
        return len({itinerary.kelurahan(at.venue) for at in itinerary.all_stops()} - {""})


def verdict(
    value: float, bound: float | None, other: float, other_bound: float | None, slack: float = 1e-6
) -> Verdict:
    """Whether the best of another case is proven to exceed the best of this one.

    The best of a case lies between what its plan comes to and its bound, None = not known. Where
    the two ranges meet, a better plan of either could turn the difference round.
    """
    if bound is not None and other > bound + slack:
        return Verdict.MORE
    if other_bound is not None and value > other_bound + slack:
        return Verdict.FEWER
    if bound is None or other_bound is None:
        return Verdict.UNDECIDED
    numbers = (value, bound, other, other_bound)
    return Verdict.SAME if max(numbers) - min(numbers) <= slack else Verdict.UNDECIDED


def people_verdict(base: Case, case: Case) -> Verdict:
    """Whether more people can be recorded than without the changes."""
    one, other = base.result, case.result
    return verdict(one.people, one.people_bound, other.people, other.people_bound)


def worth_verdict(base: Case, case: Case) -> Verdict:
    """Whether the best plan is worth more: weighted people less driving."""
    one, other = base.result, case.result
    return verdict(one.objective, one.bound, other.objective, other.bound)


def comparison_dicts(base: Case, cases: Sequence[Case]) -> list[dict[str, Any]]:
    """For JSON: the plan without changes, then each scenario with its differences."""
    return [_numbers(base), *(_numbers(case) | _differences(base, case) for case in cases)]


def _numbers(case: Case) -> dict[str, Any]:
    found, result = case.summary, case.result
    return {
        "name": case.name,
        "changes": list(map(str, case.changes)),
        "people": result.people,
        "people_bound": result.people_bound,
        "objective": result.objective,
        "bound": result.bound,
        "gap": result.gap,
        "people_gap": result.people_gap,
        "status": result.status.value,
        "stops": found.stops,
        "routes": found.routes,
        "km": found.km,
        "drive_h": found.drive_h,
        "van_h": found.van_h,
        "recordings_per_van_h": round(found.recordings_per_van_h, 2),
        "kelurahan": case.kelurahan,
        "near": case.near,
    }


def _differences(base: Case, case: Case) -> dict[str, Any]:
    before, now = _numbers(base), _numbers(case)
    keys = ("people", "objective", "km", "van_h", "recordings_per_van_h", "kelurahan", "near")
    return {
        "difference": {key: round(now[key] - before[key], 4) for key in keys},
        "people_verdict": people_verdict(base, case).value,
        "worth_verdict": worth_verdict(base, case).value,
    }


def headers(base: Case, words: Words) -> list[str]:
    """Headings of the columns of `row`."""
    walk_m = round(base.horizon.district.rates.walk_m)
    return [
        words("Scenario"),
        words("People recorded"),
        words("Difference"),
        words("People proven"),
        words("Worth proven"),
        words("Gap %"),
        words("km"),
        words("Van-hours"),
        words("Per van-hour"),
        words("Kelurahan"),
        words("Living within {walk_m} m", walk_m=walk_m),
    ]


def row(base: Case, case: Case, words: Words) -> list[str]:
    """One case as texts, the differences in people with their sign."""
    found, gap = case.summary, case.result.gap
    is_base = case is base
    return [
        case_name(case, words),
        words.number(case.result.people),
        "" if is_base else signed(case.result.people - base.result.people, words),
        "" if is_base else words(people_verdict(base, case).value),
        "" if is_base else words(worth_verdict(base, case).value),
        "–" if gap is None else words.number(100 * gap, 1),
        words.number(found.km, 1),
        words.number(found.van_h, 1),
        words.number(found.recordings_per_van_h, 1),
        words.number(case.kelurahan),
        words.number(case.near),
    ]


def case_name(case: Case, words: Words) -> str:
    """Name of a scenario, or what the plan without changes is called."""
    return case.name or words("without changes")


def signed(difference: float, words: Words, decimals: int = 0) -> str:
    """A difference with its sign: ``+12``, ``−3``, ``±0``."""
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    return sign + words.number(abs(difference), decimals)


def comparison_lines(base: Case, cases: Sequence[Case], words: Words) -> list[str]:
    """The table for a terminal, and what its words mean."""
    rows = [headers(base, words), *(row(base, case, words) for case in (base, *cases))]
    lines = aligned(rows)
    if any(people_verdict(base, case) is Verdict.UNDECIDED for case in cases):
        lines.append(
            words(
                "undecided: the two plans may be farther from their best than from each other;"
                " more --time-limit narrows it"
            )
        )
    return lines


def aligned(rows: Sequence[Sequence[str]], num_texts: int = 1) -> list[str]:
    """Rows as lines with straight columns, all but the first ``num_texts`` to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if index < num_texts else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ).rstrip()
        for cells in rows
    ]


def comparison_csv(base: Case, cases: Sequence[Case], words: Words) -> bytes:
    """The table for spreadsheet programs, in UTF-8 with a byte order mark for Excel.

    Numbers are as programs read them, with a point.
    """
    text = StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow([*headers(base, words), words("Most people"), words("Changes")])
    for case in (base, *cases):
        texts, found, result = row(base, case, words), case.summary, case.result
        cells = [
            to_cell(texts[0]),
            result.people,
            "" if case is base else result.people - base.result.people,
            *texts[3:5],
            "" if result.gap is None else round(100 * result.gap, 2),
            found.km,
            found.van_h,
            round(found.recordings_per_van_h, 2),
            case.kelurahan,
            case.near,
            "" if result.people_bound is None else result.people_bound,
            to_cell(" ".join(map(str, case.changes))),
        ]
        table.writerow(cells)
    return text.getvalue().encode("utf-8-sig")
