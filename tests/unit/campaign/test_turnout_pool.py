"""How many people can at most be recorded in some weekends."""

from itertools import product

import pytest

from planner.campaign.turnout_pool import Pool


@pytest.mark.parametrize(("weekends", "recorded"), [(0, 0.0), (1, 50.0), (2, 62.5), (3, 71.875)])
def test_who_stayed_away_comes_later_or_never(weekends: int, recorded: float) -> None:
    """Of 100 people half come; of those who did not, half may come, and half of them do."""
    pool = Pool(fresh=100.0, away=0.0, turnout=0.5, repeat_turnout=0.5)
    assert pool.max_recorded(weekends) == pytest.approx(recorded)


@pytest.mark.parametrize("turnout", [0.3, 0.7, 1.0])
@pytest.mark.parametrize("repeat", [0.0, 0.4, 1.0])
def test_no_order_of_shares_asked_records_more(turnout: float, repeat: float) -> None:
    """All ways to ask 0, a half or all of two parts of a pool, of smaller turnout too, thrice."""
    pool = Pool(fresh=30.0, away=12.0, turnout=turnout, repeat_turnout=repeat)
    most = 0.0
    for asked in product(product((0.0, 0.5, 1.0), (0.0, 0.5, 1.0)), repeat=3):
        parts = [(20.0, 4.0, turnout), (10.0, 8.0, 0.8 * turnout)]
        for shares in asked:
            parts = [
                (
                    fresh - share * fresh,
                    away + share * ((1 - t) * fresh - t * repeat * away),
                    t,
                )
                for (fresh, away, t), share in zip(parts, shares, strict=True)
            ]
        most = max(most, 42.0 - sum(fresh + away for fresh, away, _ in parts))
    assert most <= pool.max_recorded(3) + 1e-9
