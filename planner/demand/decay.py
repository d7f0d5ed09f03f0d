"""How many of those a van stands for come when they have to walk there."""

from collections.abc import Mapping
from typing import assert_never

import numpy as np

from planner.arrays import Float64s
from planner.district import Decay, Rates

ODDS_PER_100_M = 0.84
"""The odds of taking part fall to this share with every 100 m to the place: a door-to-door census
of more than 6,000 houses around vaccination points in Arequipa (doi 10.1371/journal.pntd.0007600).
"""

STEP_M = 500.0
"""Clusters farther than this from a point were hardly served in the same study."""


def share_coming(walk_m: Float64s, turnout: Float64s, rates: Rates) -> Float64s:
    """Share of the unrecorded who come from so far away, 0 to 1, by walk.

    Parameters
    ----------
    walk_m
        Metres walked, none longer than ``rates.walk_m``.
    turnout
        Share that comes where there is nothing to walk, by walk.
    """
    if isinstance(rates.decay, Mapping):
        metres, shares = zip(*sorted(rates.decay.items()), strict=True)
        return np.asarray(turnout * np.interp(walk_m, metres, shares))
    match rates.decay:
        case Decay.ODDS:
            # Odds t / (1 - t) times f, as a share again; a turnout of 1 stays 1 at any distance.
            odds = turnout * ODDS_PER_100_M ** (walk_m / 100)
            return np.asarray(np.divide(odds, 1 - turnout + odds, where=odds > 0, out=0 * odds))
        case Decay.STEP:
            return np.asarray(np.where(walk_m <= STEP_M, turnout, 0.0))
        case Decay.LINEAR:
            return np.asarray(turnout * (1 - walk_m / rates.walk_m)) if rates.walk_m else turnout
        case Decay.NONE:
            return turnout
        case _:
            assert_never(rates.decay)
