"""Changes of how many people come, and how long each takes."""

from dataclasses import dataclass, replace
from math import inf

from planner.district import Venue
from planner.i18n.messages import say
from planner.inputs.values import as_positive
from planner.scenarios.change import AmountChange, register
from planner.scenarios.draft import Draft
from planner.units import MINUTE_S


@register(
    "turnout",
    "[school=]0.8|x0.9",
    say("Share of people who come, also where rows have their own."),
    examples=("0.8", "school=0.9", "T-12=x0.5"),
)
@dataclass(frozen=True, kw_only=True)
class ChangeTurnout(AmountChange):
    """Another share of people that comes, to all places, those of a kind, or one."""

    def __post_init__(self) -> None:
        """A share that is written above 1 is refused, a relative one ends at everybody."""
        if not self.amount.is_relative:
            self.amount.apply_within(0, 0, 1)

    def apply(self, draft: Draft) -> Draft:
        """At most everybody comes."""

        def change(venue: Venue) -> Venue:
            share = self.amount.apply_within(venue.turnout, 0, inf)
            return replace(venue, turnout=min(1.0, share))

        return draft.with_venues(self.target, change)


@register(
    "minutes_per_person",
    "[school=]5|x1.2",
    say("Minutes per person and kit, also where rows have their own."),
    examples=("5", "school=4"),
)
class ChangeMinutesPerPerson(AmountChange):
    """Another time that one kit needs for one person, at all places, those of a kind, or one."""

    def apply(self, draft: Draft) -> Draft:
        """Whole seconds."""

        def change(venue: Venue) -> Venue:
            minutes = self.amount.apply(venue.seconds_per_person / MINUTE_S)
            seconds = round(as_positive(f"{minutes:.10g}") * MINUTE_S)
            return replace(venue, seconds_per_person=seconds)

        return draft.with_venues(self.target, change)
