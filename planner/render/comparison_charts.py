"""What the charts of scenarios are drawn of; ``templates/charts.svg.j2`` draws them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import ceil, cos, floor, log10, pi, sin
from typing import Any

from planner.analysis.comparison import Case
from planner.i18n.words import Words
from planner.render.html import path_data

BAR_WIDTH = 1000
HEADROOM = 1.25
"""The scale of the bars ends so many times beyond the most people of any plan."""

WIDTH, HEIGHT = 520, 360
LEFT, RIGHT, TOP, BOTTOM = 64, WIDTH - 24, 34, HEIGHT - 62
DOT, POINT, DIGIT, RINGS = 12, 3, 8, 12
MAX_NUMBERS = 4
"""A mark of more cases has the first of their numbers only."""

Spot = tuple[int, int]


def scale_end(cases: Sequence[Case]) -> float:
    """People at the right end of the bars; bounds beyond it are cut off there."""
    most = max(case.result.people for case in cases)
    bounds = [case.result.people_bound or 0 for case in cases]
    return max(1.0, min(max(most, *bounds) * 1.02, most * HEADROOM))


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
    hour_ticks, people_ticks = _ticks(hours), _ticks(people)
    xs = _scale(hours, hour_ticks, LEFT, RIGHT)
    ys = _scale(people, people_ticks, BOTTOM, TOP)
    cases_at: defaultdict[Spot, list[int]] = defaultdict(list)
    for number, (x, y) in enumerate(zip(xs, ys, strict=True)):
        cases_at[round(x), round(y)].append(number)
    labels = {spot: _label(numbers) for spot, numbers in cases_at.items()}
    halves = {spot: DOT + (len(label) - 1) * DIGIT / 2 for spot, label in labels.items()}
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": RIGHT,
        "top": TOP,
        "bottom": BOTTOM,
        "dot": DOT,
        "point": POINT,
        "x_ticks": _label_ticks(hour_ticks, LEFT, RIGHT, words),
        "y_ticks": _label_ticks(people_ticks, BOTTOM, TOP, words),
        "dots": [
            {
                "names": "; ".join(filter(None, (cases[number].name for number in cases_at[spot]))),
                "label": labels[spot],
                "has_base": 0 in cases_at[spot],
                "half": round(halves[spot]),
                "spot": spot,
                "mark": mark,
                "leader": path_data([[spot, mark]]),
            }
            for spot, mark in _separate_marks(halves).items()
        ],
    }


def _label(numbers: Sequence[int]) -> str:
    more = "…" if len(numbers) > MAX_NUMBERS else ""
    return ", ".join(map(str, numbers[:MAX_NUMBERS])) + more


def _along(people: float, end: float) -> int:
    return round(min(people, end) / end * BAR_WIDTH)


def _ticks(values: Sequence[float]) -> list[float]:
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
    span = ticks[-1] - ticks[0]
    return [start + (value - ticks[0]) / span * (end - start) for value in values]


def _label_ticks(
    ticks: Sequence[float], start: float, end: float, words: Words
) -> list[tuple[int, str]]:
    """Where each tick stands, and its number."""
    decimals = 0 if ticks[1] - ticks[0] >= 1 else 1
    return [
        (round(at), words.number(tick, decimals))
        for at, tick in zip(_scale(ticks, ticks, start, end), ticks, strict=True)
    ]


def _separate_marks(halves: Mapping[Spot, float]) -> dict[Spot, Spot]:
    """Where the mark of each spot is shown: as near as it covers no other mark or spot.

    Parameters
    ----------
    halves
        Half the width of each mark.
    """
    marks: dict[Spot, Spot] = {}
    for spot, half in halves.items():
        taken = [(mark, halves[other] + half, 2 * DOT) for other, mark in marks.items()]
        taken += [(other, half + POINT, DOT + POINT) for other in halves if other != spot]
        tried = (mark for radius in range(RINGS) for mark in _ring(spot, radius, half))
        marks[spot] = next((mark for mark in tried if _is_free(mark, taken)), spot)
    return marks


def _ring(spot: Spot, radius: int, half: float) -> Iterator[Spot]:
    """Places around a spot inside the chart, the spot itself where the radius is 0."""
    for step in range(12 if radius else 1):
        angle = step * pi / 6 - pi / 2
        x = round(spot[0] + radius * DOT * cos(angle))
        y = round(spot[1] + radius * DOT * sin(angle))
        if half < x < WIDTH - half and DOT < y < BOTTOM:
            yield x, y


def _is_free(mark: Spot, taken: Sequence[tuple[Spot, float, float]]) -> bool:
    """Whether a mark is away from all that is taken, by a width or a height given with each."""
    return all(
        abs(mark[0] - x) >= width or abs(mark[1] - y) >= height for (x, y), width, height in taken
    )
