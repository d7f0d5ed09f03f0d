"""Ranges of campaigns beside a hidden truth."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from bench.forecasts import forecasts

CONTOH = Path(__file__).parents[3] / "examples" / "kota-contoh"


@pytest.mark.gate
def test_four_in_five_ranges_made_after_four_weekends_hold(tmp_path: Path) -> None:
    """kota-contoh, turnout, minutes, breakdowns and refusals drawn from 100 seeds: 70 to 90 %."""
    folder = Path(copytree(CONTOH, tmp_path / "kota"))
    told = forecasts(folder, "2026-W49", target=0.8, seeds=100)
    assert 70 <= sum(forecast.holds for forecast in told) <= 90


def test_the_same_seed_forecasts_the_same(tmp_path: Path) -> None:
    """A range is one of weekends after the four told."""
    folder = Path(copytree(CONTOH, tmp_path / "kota"))
    first, again = (forecasts(folder, "2026-W49", target=0.8, seeds=1) for _ in range(2))
    assert first == again
    assert first[0].earliest >= 4
    assert not replace(first[0], truth=None).holds
