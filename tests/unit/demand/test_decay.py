"""How many come from how far away."""

from dataclasses import replace

import numpy as np
import pytest

from planner.demand.decay import share_coming
from planner.district import Decay
from tests.builders.districts import district

RATES = district().rates


def coming(decay: Decay | dict[float, float], turnout: float, *walks_m: float) -> list[float]:
    """Shares that come from so far away."""
    rates = replace(RATES, decay=decay)
    shares = share_coming(np.array(walks_m), np.full(len(walks_m), turnout), rates)
    return [float(share) for share in shares]


def test_the_odds_of_coming_fall_by_a_sixth_for_every_100_m() -> None:
    """Odds of 1 at the door, 0.84 at 100 m, 0.84 ** 8 = 0.2479 at 800 m."""
    shares = coming(Decay.ODDS, 0.5, 0, 100, 800)
    assert shares == pytest.approx([0.5, 0.84 / 1.84, 0.24788 / 1.24788], abs=1e-5)


def test_odds_know_no_half_way_between_all_and_nobody() -> None:
    """Where all come all come from anywhere in reach, and where nobody does nobody does."""
    assert coming(Decay.ODDS, 1.0, 0, 800) == [1.0, 1.0]
    assert coming(Decay.ODDS, 0.0, 0, 800) == [0.0, 0.0]


def test_beyond_a_step_nobody_comes() -> None:
    """All alike until 500 m."""
    assert coming(Decay.STEP, 0.5, 0, 500, 500.1) == [0.5, 0.5, 0.0]


def test_a_line_ends_where_nobody_walks_to() -> None:
    """From 0.5 at the door to nobody at 800 m."""
    assert coming(Decay.LINEAR, 0.5, 0, 400, 800) == [0.5, 0.25, 0.0]


def test_without_decay_all_come_alike() -> None:
    """From 800 m as from next door."""
    assert coming(Decay.NONE, 0.5, 0, 800) == [0.5, 0.5]


def test_a_table_holds_between_its_metres_and_beyond_them() -> None:
    """Of those who would come to their door all from 100 m, half from 500 m and from farther."""
    table = {100.0: 1.0, 500.0: 0.5}
    assert coming(table, 0.8, 0, 100, 300, 500, 800) == pytest.approx([0.8, 0.8, 0.6, 0.4, 0.4])


@pytest.mark.parametrize("decay", list(Decay))
def test_nobody_comes_more_from_farther_away(decay: Decay) -> None:
    """Every 10 m from 0 to 800."""
    shares = np.array(coming(decay, 0.7, *range(0, 801, 10)))
    assert (np.diff(shares) <= 0).all()
    assert shares[0] == pytest.approx(0.7)
