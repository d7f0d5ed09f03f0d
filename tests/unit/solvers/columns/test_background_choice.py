"""A choice that goes on in a thread of its own."""

from dataclasses import replace
from threading import Event
from typing import Any, cast

from planner.solvers.columns.background_choice import BackgroundChoice
from planner.solvers.columns.restricted_master import Choice, RestrictedMaster
from planner.solvers.columns.van_day_classes import group_van_days
from tests.builders.columns import column, incumbent
from tests.builders.instances import VAN, instance, site

TWO = instance(site(1), site(2), vans=(VAN, replace(VAN, id="B")))
FIRST, SECOND, BOTH = column(TWO, (0, 10)), column(TWO, (1, 10)), column(TWO, (0, 10), (1, 10))


class Endless:
    """Chooses until it is interrupted twice; the first wish may come before it has begun."""

    def __init__(self) -> None:
        self.wishes, self.is_over = 0, Event()

    def choose(self, **_: Any) -> Choice:
        """After the second wish."""
        self.is_over.wait()
        return Choice((FIRST,), is_best=False)

    def interrupt(self) -> None:
        """Wish that it ends."""
        self.wishes += 1
        if self.wishes == 2:
            self.is_over.set()


def begin(background: BackgroundChoice, restricted: object) -> None:
    """Begin a choice among few columns, which nodes end."""
    background.begin(
        cast("RestrictedMaster", restricted), start=(), time_limit_s=None, max_nodes=2000, seed=0
    )


def test_a_choice_is_taken_once() -> None:
    """One route to both sites is the best of three; then there is no choice any more."""
    with BackgroundChoice() as background:
        assert background.take() is None
        restricted = RestrictedMaster(
            [FIRST, SECOND, BOTH], group_van_days(TWO), [2], incumbent(TWO).remaining(())
        )
        begin(background, restricted)
        assert background.is_running
        choice = None
        while choice is None:
            choice = background.take(0.1)
        assert choice == Choice((BOTH,), is_best=True)
        assert not background.is_running
        assert background.take() is None


def test_a_choice_that_nobody_waits_for_is_ended() -> None:
    """On leaving, as often as it takes."""
    endless = Endless()
    with BackgroundChoice() as background:
        begin(background, endless)
        assert background.take(0.01) is None
        assert background.is_running
    assert endless.wishes == 2
    assert not background.is_running
