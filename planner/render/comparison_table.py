"""Scenarios beside the plan without changes: lines to read, CSV, and JSON."""

from collections.abc import Sequence
from typing import Any

from planner.analysis.comparison import Case, Verdict, people_verdict, worth_verdict
from planner.i18n.words import Words
from planner.render.text_table import align_columns, format_difference, to_csv


def build_comparison_dicts(base: Case, cases: Sequence[Case]) -> list[dict[str, Any]]:
    """For JSON: the plan without changes, then each scenario with its differences."""
    return [_numbers(base), *(_numbers(case) | _differences(base, case) for case in cases)]


def _numbers(case: Case) -> dict[str, Any]:
    summary, result = case.summary, case.result
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
        "stops": summary.stops,
        "routes": summary.routes,
        "km": summary.km,
        "drive_h": summary.drive_h,
        "van_h": summary.van_h,
        "recordings_per_van_h": round(summary.recordings_per_van_h, 2),
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
    summary, gap = case.summary, case.result.gap
    is_base = case is base
    return [
        case_name(case, words),
        words.number(case.result.people),
        "" if is_base else format_difference(case.result.people - base.result.people, words),
        "" if is_base else words(people_verdict(base, case).value),
        "" if is_base else words(worth_verdict(base, case).value),
        "–" if gap is None else words.number(100 * gap, 1),
        words.number(summary.km, 1),
        words.number(summary.van_h, 1),
        words.number(summary.recordings_per_van_h, 1),
        words.number(case.kelurahan),
        words.number(case.near),
    ]


def case_name(case: Case, words: Words) -> str:
    """Name of a scenario, or what the plan without changes is called."""
    return case.name or words("without changes")


def build_comparison_lines(base: Case, cases: Sequence[Case], words: Words) -> list[str]:
    """The table for a terminal, and what its words mean."""
    rows = [headers(base, words), *(row(base, case, words) for case in (base, *cases))]
    lines = align_columns(rows)
    if any(people_verdict(base, case) is Verdict.UNDECIDED for case in cases):
        lines.append(
            words(
                "undecided: both plans may be further from their optimum than from each other;"
                " a longer --time-limit narrows this"
            )
        )
    return lines


def build_comparison_csv(base: Case, cases: Sequence[Case], words: Words) -> bytes:
    """The table for spreadsheet programs."""
    titles = [*headers(base, words), words("Most people"), words("Changes")]
    return to_csv([titles, *(_csv_row(base, case, words) for case in (base, *cases))])


def _csv_row(base: Case, case: Case, words: Words) -> list[object]:
    texts, summary, result = row(base, case, words), case.summary, case.result
    return [
        texts[0],
        result.people,
        "" if case is base else result.people - base.result.people,
        *texts[3:5],
        "" if result.gap is None else round(100 * result.gap, 2),
        summary.km,
        summary.van_h,
        round(summary.recordings_per_van_h, 2),
        case.kelurahan,
        case.near,
        "" if result.people_bound is None else result.people_bound,
        " ".join(map(str, case.changes)),
    ]
