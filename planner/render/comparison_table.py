"""Scenarios beside the plan without changes: lines to read, CSV, and JSON."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from planner.analysis.comparison import (
    Case,
    Verdict,
    have_same_weights,
    num_other_stops,
    people_verdict,
    worth_verdict,
)
from planner.i18n.words import Words
from planner.render.kelurahan_table import kelurahan_name, kelurahan_rows
from planner.render.text_table import (
    Cell,
    align_columns,
    format_difference,
    number_cell,
    to_csv,
    to_numbers,
    to_texts,
)


def build_comparison_dicts(base: Case, cases: Sequence[Case]) -> list[dict[str, Any]]:
    """For JSON: the plan without changes, then each scenario with its differences."""
    return [_numbers(base), *(_numbers(case) | _differences(base, case) for case in cases)]


def _numbers(case: Case) -> dict[str, Any]:
    return {
        "name": case.name,
        "changes": list(map(str, case.changes)),
        **case.summary.as_dict(),
        "people_bound": case.result.people_bound,
        "objective": case.result.objective,
        "bound": case.result.bound,
        "kelurahan": case.kelurahan,
        "near": case.near,
        "people_by_kelurahan": dict(case.by_kelurahan),
    }


def _differences(base: Case, case: Case) -> dict[str, Any]:
    before, now = _numbers(base), _numbers(case)
    keys = ("people", "objective", "km", "van_h", "recordings_per_van_h", "kelurahan", "near")
    difference = {key: round(now[key] - before[key], 4) for key in keys}
    if people_verdict(base, case) is Verdict.UNSEARCHED:
        difference["people"] = None
    if not have_same_weights(base, case):
        difference["objective"] = None
    return {
        "difference": difference,
        "other_stops": num_other_stops(base, case),
        "people_verdict": people_verdict(base, case).value,
        "worth_verdict": worth_verdict(base, case).value,
    }


def comparison_rows(base: Case, cases: Sequence[Case], words: Words) -> list[list[str]]:
    """Headers, the plan without changes, and each scenario, its difference with a sign."""
    return to_texts([_row(base, case, words) for case in (base, *cases)])


def _row(base: Case, case: Case, words: Words) -> dict[str, Cell]:
    summary, gap = case.summary, case.result.gap
    people = case.result.people
    rate, other_stops = summary.recordings_per_van_h, num_other_stops(base, case)
    name = case_name(case, words)
    proven = words(people_verdict(base, case).value), words(worth_verdict(base, case).value)
    row = {
        words("Scenario"): (name, name),
        words("People recorded"): number_cell(people, words),
        words("Difference"): found_difference(base, case, words),
        words("People proven"): (proven[0], proven[0]),
        words("Worth proven"): (proven[1], proven[1]),
        words("Other stops"): (f"{other_stops}/{summary.stops}", other_stops),
        words("Gap %"): number_cell(None if gap is None else 100 * gap, words, 1),
        words("km"): number_cell(summary.km, words, 1),
        words("Van-hours"): number_cell(summary.van_h, words, 1),
        words("Per van-hour"): number_cell(rate, words, 1),
        **_costs(base, case, words),
        words("Kelurahan"): number_cell(case.kelurahan, words),
        words("Residents with a stop"): number_cell(case.near, words),
    }
    compared = map(words, ("Difference", "People proven", "Worth proven", "Other stops"))
    return row | dict.fromkeys(compared, ("", "")) if case is base else row


def _costs(base: Case, case: Case, words: Words) -> dict[str, Cell]:
    """Rupiah, unless the plan without changes has no costs."""
    if base.summary.cost is None:
        return {}
    return {
        words("Cost Rp"): number_cell(case.summary.cost, words),
        words("Rp per recording"): number_cell(case.summary.cost_per_recording, words),
    }


def found_difference(base: Case, case: Case, words: Words) -> Cell:
    """People more or fewer than without the changes; nothing where none was found nor proven."""
    if people_verdict(base, case) is Verdict.UNSEARCHED:
        return "–", ""
    people = case.result.people - base.result.people
    return format_difference(people, words), people


def case_name(case: Case, words: Words) -> str:
    """Name of a scenario, or what the plan without changes is called."""
    return case.name or words("without changes")


def build_comparison_lines(base: Case, cases: Sequence[Case], words: Words) -> list[str]:
    """The table for a terminal, and what its words mean."""
    lines = align_columns(comparison_rows(base, cases, words))
    if rows := comparison_kelurahan(base, cases, words):
        lines += align_columns(rows)
    if any(people_verdict(base, case) is Verdict.UNDECIDED for case in cases):
        lines.append(
            words(
                "undecided: both plans may be further from their optimum than from each other;"
                " a longer --time-limit narrows this"
            )
        )
    if any(people_verdict(base, case) is Verdict.UNSEARCHED for case in cases):
        lines.append(
            words(
                "not searched long enough: no other plan was found in the time, which tells"
                " nothing; take a longer --time-limit"
            )
        )
    return lines


def comparison_kelurahan(base: Case, cases: Sequence[Case], words: Words) -> list[list[str]]:
    """People recorded of each kelurahan, without the changes and with them."""
    plans = [(case_name(case, words), case.by_kelurahan) for case in (base, *cases)]
    return kelurahan_rows(base.horizon.district, plans, words)


def build_comparison_csv(base: Case, cases: Sequence[Case], words: Words) -> bytes:
    """The table for spreadsheet programs."""
    return to_csv(
        to_numbers(
            [
                {
                    **_row(base, case, words),
                    **_kelurahan_columns(base, case, words),
                    words("Most people"): ("", case.result.people_bound),
                    words("Changes"): ("", " ".join(map(str, case.changes))),
                }
                for case in (base, *cases)
            ]
        ),
        words,
    )


def _kelurahan_columns(base: Case, case: Case, words: Words) -> dict[str, Cell]:
    """A column for the people recorded of each kelurahan, those of one name as one."""
    columns: Counter[str] = Counter()
    for code in base.by_kelurahan:
        name = kelurahan_name(base.horizon.district, code, words)
        columns[words("People of {name}", name=name)] += case.by_kelurahan.get(code, 0)
    return {header: number_cell(people, words) for header, people in columns.items()}
