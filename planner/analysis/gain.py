"""What one plan gains over another: what was found, and what is proven."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor, inf
from typing import TYPE_CHECKING

from planner.i18n.messages import Message, msgid
from planner.plan import Result

if TYPE_CHECKING:  # What explains loads none of what changes districts.
    from planner.scenarios import Change

SLACK = 1e-6
"""A gain of no more than this is none."""


class Certainty(StrEnum):
    """What is known of a gain."""

    GAIN = msgid("proven: a gain")
    NO_GAIN = msgid("proven: no gain")
    FOUND = msgid("found, not proven")
    NOT_RULED_OUT = msgid("no gain found, but not ruled out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What one plan has more than another, found and proven.

    The best plan of either kind lies between what was found and its bound, so the true gain lies
    between `lower_bound` and `upper_bound`.

    Attributes
    ----------
    people, worth
        Found: people, and weighted people less driving, that the one has more.
    lower_bound, upper_bound
        Proven: the best plans differ by at least and at most this worth; None = not known.
    people_upper_bound
        Proven: the most people of any plan rise by no more than this beyond those of the other.
    """

    people: int
    worth: float
    lower_bound: float | None
    upper_bound: float | None
    people_upper_bound: int | None

    @property
    def middle(self) -> float:
        """People, halfway between those found and the most that there can be."""
        most = self.people if self.people_upper_bound is None else self.people_upper_bound
        return (self.people + max(self.people, most)) / 2

    @property
    def is_proven(self) -> bool:
        """Whether it is proven that there is a gain."""
        return self.lower_bound is not None and self.lower_bound > SLACK

    @property
    def certainty(self) -> Certainty:
        """What is proven of it."""
        if self.is_proven:
            return Certainty.GAIN
        if self.upper_bound is not None and self.upper_bound <= SLACK:
            return Certainty.NO_GAIN
        return Certainty.FOUND if self.worth > SLACK else Certainty.NOT_RULED_OUT


def compute_gain(
    without: Result,
    having: Result,
    *,
    without_bound: float | None = None,
    having_bound: float | None = None,
    at_least: float = -inf,
) -> Gain:
    """What a plan that has something gains over one without it.

    Parameters
    ----------
    without_bound, having_bound
        Further bounds on plans of either kind, besides the plan's own; None = not known.
    at_least
        What the best plans differ by at least, whatever was found.
    """
    limit, having_limit = (
        min((bound for bound in bounds if bound is not None), default=None)
        for bounds in ((without.bound, without_bound), (having.bound, having_bound))
    )
    people_bound = having.people_bound
    return Gain(
        people=having.people - without.people,
        worth=having.objective - without.objective,
        lower_bound=None if limit is None else max(at_least, having.objective - limit),
        upper_bound=(
            None if having_limit is None else max(at_least, having_limit - without.objective)
        ),
        people_upper_bound=None if people_bound is None else floor(people_bound) - without.people,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What one more of something would bring.

    Attributes
    ----------
    what
        One more of what, in words.
    change
        With which `planner whatif` looks at it, or None.
    """

    what: Message
    change: "Change | None"
    gain: Gain


def rank_worths(worths: Sequence[Worth]) -> list[Worth]:
    """Most people first, by the middle of what was found and what is at most possible.

    Of as many, the one that is worth most, then that may be.
    """

    def order(worth: Worth) -> tuple[float, float, float, str]:
        gain = worth.gain
        return -gain.middle, -gain.worth, -(gain.upper_bound or 0.0), worth.what

    return sorted(worths, key=order)
