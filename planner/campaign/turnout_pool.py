"""How many people can at most be recorded in some weekends, who stays away included."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """People of whom no larger share comes at once than a turnout.

    Attributes
    ----------
    fresh
        Never asked.
    away
        Asked before; they did not come.
    turnout
        The largest share that comes, wherever they are asked.
    repeat_turnout
        The share of `away` that counts as if never asked.
    """

    fresh: float
    away: float
    turnout: float
    repeat_turnout: float

    def max_recorded(self, weekends: int) -> float:
        """No order of any plans records more of them in so many weekends; docs/campaign.md."""
        if weekends <= 0:
            return 0.0
        again = 1 - self.turnout * self.repeat_turnout
        missed = (1 - self.turnout) * again ** (weekends - 1)
        return self.fresh * (1 - missed) + self.away * (1 - again**weekends)
