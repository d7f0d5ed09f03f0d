"""Looks that can be told apart in grey too."""

from itertools import pairwise
from operator import mul

from planner.plan import Plan, Route
from planner.render.style import COLOURS, RAMP, class_breaks, class_colour, style_route
from tests.builders.districts import SATURDAY, SUNDAY


def test_two_days_of_a_van_differ_in_dash_and_shape() -> None:
    """And two vans of a day in colour and dash."""
    routes = [
        Route(van_id=van, date=day, leave_s=0, return_s=0, stops=())
        for day in (SATURDAY, SUNDAY)
        for van in ("A", "B", "C", "D")
    ]
    styles = [style_route(Plan(routes=tuple(routes)), route) for route in routes]
    assert len({(style.dash, style.square) for style in styles}) == 8
    assert [style.colour for style in styles] == [*COLOURS[:4], *COLOURS[:4]]
    assert all(styles[van].dash != styles[van + 4].dash for van in range(4))


def test_eight_vans_have_eight_colours_that_white_figures_show_on() -> None:
    """Contrast to white of at least 4.5, as WCAG 2.2 asks for text."""
    assert len(set(COLOURS)) >= 8
    for colour in COLOURS:
        shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
        luminance = sum(map(mul, (0.2126, 0.7152, 0.0722), linear))
        assert 1.05 / (luminance + 0.05) >= 4.5, colour


def test_the_ramp_darkens_in_grey() -> None:
    """Weighted as an eye sees brightness."""
    greys = [
        sum(
            weight * int(colour[at : at + 2], 16) for weight, at in ((0.3, 1), (0.59, 3), (0.11, 5))
        )
        for colour in RAMP
    ]
    assert all(before - after > 15 for before, after in pairwise(greys))


def test_classes_of_the_ramp_are_about_equally_full() -> None:
    """Ten RW in five classes; nobody is white."""
    breaks = class_breaks([0, *range(1, 11)])
    assert breaks == (2, 4, 6, 8, 10)
    assert [class_colour(count, breaks) for count in (1, 10)] == [RAMP[0], RAMP[-1]]
    assert class_colour(0, breaks) == "#ffffff"


def test_few_counts_make_few_classes() -> None:
    """Two RW of three people."""
    assert class_breaks([3, 3]) == (3,)
    assert class_breaks([0]) == ()
