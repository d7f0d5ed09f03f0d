"""Whom a use case reports to while it works."""

from collections.abc import Callable
from dataclasses import dataclass

from planner.i18n.messages import Message
from planner.solvers import Progress
from planner.solvers.stopping import never

__all__ = ["SILENT", "Listener", "Progress"]


def ignore(*report: object) -> None:
    """Hear, and do nothing."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Listener:
    """What a use case calls; by default nobody hears it, and nobody stops it.

    Attributes
    ----------
    notice
        Hears what a person should know, such as a table that has changed.
    stage
        Hears what is being done, and which share of it is done; 0 = unknown, 1 = all.
    progress
        Hears how good the plan is by now.
    stop
        Answers whether to stop; the best plan so far is then the result.
    begin_s
        When a person asked, by the monotonic clock; None = when the use case begins.
    """

    notice: Callable[[Message], None] = ignore
    stage: Callable[[Message, float], None] = ignore
    progress: Callable[[Progress], None] = ignore
    stop: Callable[[], bool] = never
    begin_s: float | None = None

    def __repr__(self) -> str:
        """Short, as the signature of every use case shows it."""
        return "SILENT" if self == Listener() else "Listener(...)"


SILENT = Listener()
