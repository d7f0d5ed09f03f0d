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
    bound, so the true gain lies between `lower_bound` and `upper_bound`.

    Attributes
    ----------
    what
        One more of what, in words.
    change
        With which `planner whatif` looks at it, or None.
    people, worth
        Found: people, and weighted people less driving, that the second plan has more.
    lower_bound, upper_bound
        Proven: the best plans differ by at least and at most this worth; None = not known.
    people_upper_bound
        Proven: the most people of any plan rise by no more than this beyond those of the first.
    """

    what: Message
    change: Change | None
    people: int
    worth: float
    lower_bound: float | None
    upper_bound: float | None
    people_upper_bound: int | None

    @property
    def certainty(self) -> Certainty:
        """What is proven of it."""
        if self.lower_bound is not None and self.lower_bound > NOTHING:
            return Certainty.GAIN
        if self.upper_bound is not None and self.upper_bound <= NOTHING:
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
    upper_bound = min(bounds) - without.objective if bounds else None
    lower_bound = None if without.bound is None else having.objective - without.bound
    people_bound = having.people_bound
    return Worth(
        what=what,
        change=change,
        people=having.people - without.people,
        worth=having.objective - without.objective,
        lower_bound=lower_bound,
        upper_bound=upper_bound,
        people_upper_bound=None if people_bound is None else floor(people_bound) - without.people,
    )


def rank_worths(worths: Sequence[Worth]) -> list[Worth]:
    """Most people first; of as many, the one that is worth most, then that may be."""
    return sorted(worths, key=lambda w: (-w.people, -w.worth, -(w.upper_bound or 0.0), w.what))
