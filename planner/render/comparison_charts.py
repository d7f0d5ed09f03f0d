"""Charts of scenarios, as SVG that needs no script."""

from collections.abc import Iterator, Sequence
from math import ceil, cos, dist, floor, log10, pi, sin

from planner.analysis.comparison import Case
from planner.i18n.words import Words
from planner.render.escape import to_html

BAR_WIDTH, BAR_HEIGHT = 1000, 26
ROOM = 1.25
"""The scale of the bars ends so many times beyond the most people of any plan."""

WIDTH, HEIGHT = 520, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 34, 62
DOT, POINT, RINGS = 12, 3, 12
Spot = tuple[float, float]
TEXT = 17


def scale_end(cases: Sequence[Case]) -> float:
    """People at the right end of the bars; bounds beyond it are cut off there."""
    most = max(case.result.people for case in cases)
    bounds = [case.result.people_bound or 0 for case in cases]
    return max(1.0, min(max(most, *bounds) * 1.02, most * ROOM))


def bar(case: Case, base: Case, end: float) -> str:
    """A bar as long as the people of a plan, a lighter one to the bound, a line at the base."""
    people = _along(case.result.people, end)
    bound = case.result.people_bound
    most = BAR_WIDTH if bound is None else _along(bound, end)
    line = _along(base.result.people, end)
    return (
        f'<svg viewBox="0 0 {BAR_WIDTH} {BAR_HEIGHT}" preserveAspectRatio="none"'
        ' aria-hidden="true">'
        f'<rect y="9" width="{most}" height="8" fill="#c9d6e2"/>'
        f'<rect y="3" width="{people}" height="20" fill="#0b4f8a"/>'
        f'<path d="M{line} 0V{BAR_HEIGHT}" stroke="#b3261e" stroke-width="2"'
        ' vector-effect="non-scaling-stroke" stroke-dasharray="4 3"/></svg>'
    )


def key(words: Words) -> str:
    """What the parts of a bar mean."""
    marks = (
        ('<rect y="1" width="34" height="12" fill="#0b4f8a"/>', words("people of the plan")),
        (
            '<rect y="4" width="34" height="6" fill="#c9d6e2"/>',
            words("up to here a better plan may exist; beyond it, proven, none"),
        ),
        (
            '<path d="M17 0v14" stroke="#b3261e" stroke-width="2" stroke-dasharray="4 3"/>',
            words("plan without changes"),
        ),
    )
    rows = (
        f'<li><svg viewBox="0 0 34 14" aria-hidden="true">{mark}</svg>{to_html(text)}</li>'
        for mark, text in marks
    )
    return f'<ul class="key">{"".join(rows)}</ul>'


def scatter(cases: Sequence[Case], words: Words) -> str:
    """People against van-hours, a numbered dot for each case, 0 = without changes."""
    hours = [case.summary.van_h for case in cases]
    people = [float(case.result.people) for case in cases]
    x_ticks, y_ticks = _ticks(hours), _ticks(people)
    body = [
        *(_x_tick(tick, x_ticks, words) for tick in x_ticks),
        *(_y_tick(tick, y_ticks, words) for tick in y_ticks),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, words("Van-hours"), "middle"),
        _text(4, TOP - 16, words("People recorded"), "start"),
    ]
    spots = [
        (_x(hour, x_ticks), _y(count, y_ticks)) for hour, count in zip(hours, people, strict=True)
    ]
    shown = _separate_marks(spots)
    # Marks lie over the lines to where they belong.
    body += [_leader(spot, mark) for spot, mark in zip(spots, shown, strict=True) if spot != mark]
    body += [
        _mark(number, mark, case)
        for number, (mark, case) in enumerate(zip(shown, cases, strict=True))
    ]
    label = to_html(words("People against van-hours"))
    return (
        f'<svg class="scatter" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">'
        f"{''.join(body)}</svg>"
    )


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


def _separate_marks(spots: Sequence[Spot]) -> list[Spot]:
    """Where marks are shown: as near to their spots as they cover no other mark or spot."""
    placed: list[Spot] = []
    for spot in spots:
        others = [other for other in spots if other != spot]
        tried = (mark for radius in range(RINGS) for mark in _ring(spot, radius))
        free = (mark for mark in tried if _is_free(mark, placed, others))
        placed.append(next(free, spot))
    return placed


def _ring(spot: Spot, radius: int) -> Iterator[Spot]:
    """Places around a spot inside the chart, the spot itself where the radius is 0."""
    for step in range(12 if radius else 1):
        angle = step * pi / 6 - pi / 2
        x = spot[0] + radius * DOT * cos(angle)
        y = spot[1] + radius * DOT * sin(angle)
        if DOT < x < WIDTH - DOT and DOT < y < HEIGHT - BOTTOM:
            yield x, y


def _is_free(mark: Spot, placed: Sequence[Spot], spots: Sequence[Spot]) -> bool:
    return all(dist(mark, other) >= 2 * DOT for other in placed) and all(
        dist(mark, other) >= DOT + POINT for other in spots
    )


def _leader(spot: Spot, mark: Spot) -> str:
    return (
        f'<path d="M{spot[0]:.0f} {spot[1]:.0f}L{mark[0]:.0f} {mark[1]:.0f}" stroke="#555"/>'
        f'<circle cx="{spot[0]:.0f}" cy="{spot[1]:.0f}" r="{POINT}" fill="#111"/>'
    )


def _mark(number: int, mark: Spot, case: Case) -> str:
    fill = "#b3261e" if number == 0 else "#0b4f8a"
    return (
        f'<circle cx="{mark[0]:.0f}" cy="{mark[1]:.0f}" r="{DOT}" fill="{fill}" stroke="#fff"'
        f' stroke-width="2"><title>{to_html(case.name)}</title></circle>'
        f'<text x="{mark[0]:.0f}" y="{mark[1] + 5:.0f}" font-size="14" font-weight="bold"'
        f' fill="#fff" text-anchor="middle">{number}</text>'
    )


def _x(value: float, ticks: Sequence[float]) -> float:
    return LEFT + (value - ticks[0]) / (ticks[-1] - ticks[0]) * (WIDTH - LEFT - RIGHT)


def _y(value: float, ticks: Sequence[float]) -> float:
    return HEIGHT - BOTTOM - (value - ticks[0]) / (ticks[-1] - ticks[0]) * (HEIGHT - TOP - BOTTOM)


def _x_tick(tick: float, ticks: Sequence[float], words: Words) -> str:
    x = _x(tick, ticks)
    text = _text(x, HEIGHT - BOTTOM + 24, words.number(tick, _decimals(ticks)), "middle")
    return f'<path d="M{x:.0f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>{text}'


def _y_tick(tick: float, ticks: Sequence[float], words: Words) -> str:
    y = _y(tick, ticks)
    text = _text(LEFT - 10, y + 6, words.number(tick, _decimals(ticks)), "end")
    return f'<path d="M{LEFT} {y:.0f}H{WIDTH - RIGHT}" stroke="#ddd"/>{text}'


def _decimals(ticks: Sequence[float]) -> int:
    return 0 if ticks[1] - ticks[0] >= 1 else 1


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-size="{TEXT}" fill="#333" text-anchor="{anchor}">'
        f"{to_html(text)}</text>"
    )
