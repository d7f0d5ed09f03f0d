"""Seeds of tests on random cases: a few for every run, more for longer ones."""

import pytest
from _pytest.mark import ParameterSet


def seeds(fast: int, slow: int, gate: int) -> list[int | ParameterSet]:
    """From 0 on: those below ``fast``, then slow ones below ``slow``, then those of the gate."""
    return [
        *range(fast),
        *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(fast, slow)),
        *(pytest.param(seed, marks=pytest.mark.gate) for seed in range(slow, gate)),
    ]
