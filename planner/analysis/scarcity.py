"""What one more of something is worth: what was found, and what is proven."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor

from planner.i18n.messages import Message, msgid
from planner.plan import Result
from planner.scenarios import Change

NOTHING = 1e-6
"""A gain of no more than this is none."""


class Certainty(StrEnum):
    """What is known of a gain."""

    GAIN = msgid("proven: a gain")
    NO_GAIN = msgid("proven: no gain")
    FOUND = msgid("found, not proven")
    NOT_RULED_OUT = msgid("no gain found, but not ruled out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What one more of something would bring.

    Two plans were made, without it and with it; the best of each lies between its plan and its
    bound, so the true gain lies between `least` and `most`.

    Attributes
    ----------
    what
        One more of what, in words.
    change
        With which `planner whatif` looks at it, or None.
    people, worth
        Found: people, and weighted people less driving, that the second plan has more.
    least, most
        Proven: the best plans differ by at least and at most this worth; None = not known.
    people_most
        Proven: the most people of any plan rise by no more than this beyond those of the first.
    """

    what: Message
    change: Change | None
    people: int
    worth: float
    least: float | None
    most: float | None
    people_most: int | None

    @property
    def certainty(self) -> Certainty:
        """What is proven of it."""
        if self.least is not None and self.least > NOTHING:
            return Certainty.GAIN
        if self.most is not None and self.most <= NOTHING:
            return Certainty.NO_GAIN
        if self.worth > NOTHING:
            return Certainty.FOUND
        return Certainty.NOT_RULED_OUT


def worth_of(
    what: Message,
    without: Result,
    having: Result,
    *,
    change: Change | None = None,
    bound: float | None = None,
) -> Worth:
    """What something is worth, of the plans without it and with it.

    Parameters
    ----------
    bound
        Another proven bound on plans with it, or None.
    """
    bounds = [number for number in (having.bound, bound) if number is not None]
    most = min(bounds) - without.objective if bounds else None
    least = None if without.bound is None else having.objective - without.bound
    people_bound = having.people_bound
    return Worth(
        what=what,
        change=change,
        people=having.people - without.people,
        worth=having.objective - without.objective,
        least=least,
        most=most,
        people_most=None if people_bound is None else floor(people_bound) - without.people,
    )


def rank_worths(worths: Sequence[Worth]) -> list[Worth]:
    """Most people first; of as many, the one that is worth most, then that may be."""
    return sorted(worths, key=lambda w: (-w.people, -w.worth, -(w.most or 0.0), w.what))
