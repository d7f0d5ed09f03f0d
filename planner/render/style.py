"""Colours, dashes and signs on paper and screen; every difference can be seen in grey too."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.difference import ChangeKind
from planner.plan import Plan, Route

COLOURS = (
    "#0b4f8a",
    "#b3261e",
    "#1b6e3c",
    "#7a3b97",
    "#b35900",
    "#0b6f78",
    "#5c4a3a",
    "#c2186b",
    "#6b6b00",
    "#222222",
    "#5560c8",
)
"""Dark enough for white figures on them, and far enough from each other for as many vans."""

DASHES = ("", "14 7", "3 8", "18 6 3 6", "8 5")
"""In Leaflet's ``dashArray``; empty = solid."""

RAMP = ("#fdf6e0", "#fbe3b0", "#f3c67c", "#e0a258", "#c0803f")
"""From few to many; each step is darker in grey than the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStyle:
    """How what became of a stop, or of a drive, is drawn.

    Attributes
    ----------
    sign
        Stands before the van in the mark of a stop, so that it can be told without colour.
    css_class
        Class of the mark in ``assets/page.css``.
    """

    colour: str
    dash: str
    sign: str
    css_class: str


CHANGE_STYLES: Mapping[ChangeKind, ChangeStyle] = {
    ChangeKind.KEPT: ChangeStyle(colour="#4a4a4a", dash="", sign="", css_class="stop"),
    ChangeKind.MOVED: ChangeStyle(
        colour="#0b4f8a", dash="", sign="\u2192", css_class="stop square"
    ),
    ChangeKind.CANCELLED: ChangeStyle(
        colour="#b3261e", dash="2 7", sign="\u00d7", css_class="stop gone"
    ),
    ChangeKind.NEW: ChangeStyle(
        colour="#1b6e3c", dash="12 6", sign="+", css_class="stop square come"
    ),
}
"""Solid is as before, dotted is gone, dashed is new; signs tell them apart in grey."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStyle:
    """How one route is drawn.

    Attributes
    ----------
    square
        Whether its stops are squares rather than round; this tells two days apart.
    """

    colour: str
    dash: str
    square: bool


def style_route(plan: Plan, route: Route) -> RouteStyle:
    """The style of a route: a colour per van, a dash per van that changes with the day."""
    van = sorted({other.van_id for other in plan.routes}).index(route.van_id)
    day = sorted({other.date for other in plan.routes}).index(route.date)
    return RouteStyle(
        colour=COLOURS[van % len(COLOURS)],
        dash=DASHES[(van + 2 * day) % len(DASHES)],
        square=day % 2 == 1,
    )


def class_breaks(counts: list[int]) -> tuple[int, ...]:
    """Highest count of each class of the ramp, ascending, classes about equally full."""
    present = sorted(count for count in counts if count > 0)
    if not present:
        return ()
    last = len(present) - 1
    shares = range(1, len(RAMP) + 1)
    return tuple(dict.fromkeys(present[share * last // len(RAMP)] for share in shares))


def class_colour(count: int, breaks: tuple[int, ...]) -> str:
    """Colour of a count; white for nobody."""
    return RAMP[bisect_left(breaks, count)] if count else "#ffffff"


def class_ramp(breaks: Sequence[int]) -> list[tuple[str, int, int]]:
    """The colour of each class, with the smallest and the largest count in it."""
    return list(zip(RAMP, [1, *(high + 1 for high in breaks)], breaks, strict=False))
