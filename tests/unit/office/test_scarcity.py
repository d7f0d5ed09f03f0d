"""What is scarce is told in the time there is."""

from pathlib import Path

import pytest

from planner.i18n.messages import Message
from planner.office.listener import Listener
from planner.office.scarcity import value_scarce
from planner.office.search import Search
from planner.office.week_plan import WeekPlan


def test_when_the_time_is_over_what_is_known_is_told(
    plan: WeekPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without any time every thing has a line, none is said to be worth less than nothing."""
    monkeypatch.setattr("planner.office.scarcity.MOST_S", 0.0)
    heard: list[Message] = []
    valuation = value_scarce(
        plan.horizon.district,
        plan.week,
        search=Search(processes=1),
        cache=tmp_path,
        listener=Listener(notice=heard.append),
    )
    assert valuation.worths
    assert all(worth.gain.worth >= 0 for worth in valuation.worths)
    told = [line for line in heard if "people found" in line]
    assert {line.rpartition(":")[0] for line in told} == {str(w.what) for w in valuation.worths}
    assert "the time was over" in heard[-1]
