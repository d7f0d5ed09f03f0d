"""Whom a use case reports to."""

from inspect import signature

from planner import Listener, plan_week


def test_signatures_stay_readable() -> None:
    """``help(planner.plan_week)`` shows no addresses of functions."""
    assert "listener: planner.office.listener.Listener = SILENT" in str(signature(plan_week))
    assert repr(Listener(stop=bool)) == "Listener(...)"
