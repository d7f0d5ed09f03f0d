"""What one thing more is worth: the question, before it is answered."""

from dataclasses import dataclass, replace

from planner.analysis.scarcity import Worth, worth_of
from planner.i18n.messages import Message
from planner.model import Instance
from planner.plan import Result
from planner.scenarios import Change


@dataclass(frozen=True, kw_only=True)
class MarginalQuestion:
    """One thing more, or the loss of one.

    Attributes
    ----------
    what
        In words.
    instance
        With it; where `is_loss`, without it.
    change
        Of the district, which makes this instance; None where there is none.
    bound
        A bound that is known without solving it, or None.
    without_effect
        Whether nothing changes by it, so that nothing can be gained.
    """

    what: Message
    instance: Instance
    change: Change | None = None
    bound: float | None = None
    is_loss: bool = False
    without_effect: bool = False

    def worth(self, base: Result, other: Result) -> Worth:
        """What it is worth, of the plan that there is and the one for `instance`."""
        if self.without_effect:
            base = other = replace(base, bound=base.objective, people_bound=base.people)
        without, having = (other, base) if self.is_loss else (base, other)
        return worth_of(self.what, without, having, change=self.change, bound=self.bound)
