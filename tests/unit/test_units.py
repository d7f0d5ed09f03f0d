"""Whole-number arithmetic of times and people."""

import pytest

from planner.units import overlap_s, people_in, service_s


@pytest.mark.parametrize(
    ("first", "second", "seconds"),
    [
        ((0, 10), (4, 6), 2),
        ((4, 6), (0, 10), 2),
        ((0, 5), (4, 9), 1),
        ((0, 5), (5, 9), 0),
        ((0, 5), (7, 9), 0),
    ],
)
def test_an_overlap_is_never_negative(
    first: tuple[int, int], second: tuple[int, int], seconds: int
) -> None:
    """One inside the other, one after the other, and one apart from the other."""
    assert overlap_s(first, second) == seconds


def test_service_is_rounded_up_and_people_down() -> None:
    """Two kits at 361 s: three people take 541.5 s; in 541 s there is time for two."""
    assert service_s(3, 361, 2) == 542
    assert (people_in(542, 361, 2), people_in(541, 361, 2)) == (3, 2)


def test_service_without_time_has_no_limit() -> None:
    """Every expected person can be recorded; in less than no time nobody can."""
    assert people_in(0, 0, 2) is None
    assert people_in(-1, 361, 2) == 0
