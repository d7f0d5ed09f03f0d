"""What the charts of scenarios are drawn of; ``templates/charts.svg.j2`` draws them."""

from collections import defaultdict
from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Any

import numpy as np

from planner.analysis.comparison import Case
from planner.i18n.words import Words
from planner.render.html import path_data
from planner.render.map_frame import separate_spots

BAR_WIDTH = 1000

WIDTH, HEIGHT = 520, 360
LEFT, RIGHT, TOP, BOTTOM = 64, WIDTH - 24, 34, HEIGHT - 62
DOT, POINT, DIGIT = 12, 3, 8
MAX_NUMBERS = 3
"""A mark of more cases has the first of their numbers only."""

Spot = tuple[int, int]


def scale_end(cases: Sequence[Case]) -> float:
    """People at the right end of the bars, which all of every bar and bound is left of."""
    return max(
        1.0, *(1.02 * max(case.result.people, case.result.people_bound or 0) for case in cases)
    )


def bar_lengths(case: Case, base: Case, end: float) -> dict[str, int]:
    """How far a bar, a lighter one to the bound and the line at the base reach."""
    bound = case.result.people_bound
    return {
        "width": _along(case.result.people, end),
        "bound_width": BAR_WIDTH if bound is None else _along(bound, end),
        "base_at": _along(base.result.people, end),
    }


def scatter_chart(cases: Sequence[Case], words: Words) -> dict[str, Any]:
    """People against van-hours, a mark for all cases of equal values, the first without changes."""
    hours = [case.summary.van_h for case in cases]
    people = [float(case.result.people) for case in cases]
    hour_ticks, people_ticks = round_ticks(hours), round_ticks(people)
    xs = _scale(hours, hour_ticks, LEFT, RIGHT)
    ys = _scale(people, people_ticks, BOTTOM, TOP)
    cases_at: defaultdict[Spot, list[int]] = defaultdict(list)
    for number, (x, y) in enumerate(zip(xs, ys, strict=True)):
        cases_at[round(x), round(y)].append(number)
    labels = {spot: _label(numbers) for spot, numbers in cases_at.items()}
    halves = {spot: DOT + (len(label) - 1) * DIGIT / 2 for spot, label in labels.items()}
    marks = separate_spots(list(cases_at), list(halves.values()), (WIDTH, BOTTOM))
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": RIGHT,
        "top": TOP,
        "bottom": BOTTOM,
        "dot": DOT,
        "point": POINT,
        "x_ticks": label_ticks(hour_ticks, LEFT, RIGHT, words),
        "y_ticks": label_ticks(people_ticks, BOTTOM, TOP, words),
        "dots": [
            {
                "names": "; ".join(filter(None, (cases[number].name for number in cases_at[spot]))),
                "label": labels[spot],
                "has_base": 0 in cases_at[spot],
                "half": round(halves[spot]),
                "spot": spot,
                "mark": [round(side) for side in mark],
                "leader": path_data([[spot, mark]]),
            }
            for spot, mark in zip(cases_at, marks, strict=True)
        ],
    }


def _label(numbers: Sequence[int]) -> str:
    more = "…" if len(numbers) > MAX_NUMBERS else ""
    return ",".join(map(str, numbers[:MAX_NUMBERS])) + more


def _along(people: float, end: float) -> int:
    return round(min(people, end) / end * BAR_WIDTH)


def round_ticks(values: Sequence[float]) -> list[float]:
    """Round numbers around all values, four to nine of them."""
    low, high = min(values), max(values)
    span = max(high - low, high * 0.05, 1.0)
    step = 10.0 ** floor(log10(span))
    step = next(s for s in (step / 5, step / 2, step, 2 * step) if span / s <= 7)
    first, last = floor((low - 0.05 * span) / step), ceil((high + 0.05 * span) / step)
    return [step * tick for tick in range(max(0, first), last + 1)]


def _scale(
    values: Sequence[float], ticks: Sequence[float], start: float, end: float
) -> list[float]:
    """Where values stand between both ends of an axis."""
    places: list[float] = np.interp(values, [ticks[0], ticks[-1]], [start, end]).tolist()
    return places


def label_ticks(
    ticks: Sequence[float], start: float, end: float, words: Words
) -> list[tuple[int, str]]:
    """Where each tick stands, and its number."""
    decimals = 0 if ticks[1] - ticks[0] >= 1 else 1
    return [
        (round(at), words.number(tick, decimals))
        for at, tick in zip(_scale(ticks, ticks, start, end), ticks, strict=True)
    ]
