"""Rules that instances do not have; plans are made to keep them by solving again."""

from dataclasses import replace

from planner.errors import Mistake
from planner.i18n.messages import say
from planner.model import MAX_COUNT
from planner.scenarios.change import AmountChange, register
from planner.scenarios.van_changes import MAX_VANS
from planner.scenarios.variant import Floor, Variant


@register(
    "at_least",
    say("PLACE=50"),
    say("So many people at least at a place, or at all places of a kind or in a kelurahan."),
    examples=("Melati=50", "school=200"),
)
class RecordAtLeast(AmountChange):
    """A floor; where no plan found reaches it, the one that comes nearest."""

    def apply(self, variant: Variant) -> Variant:
        """The district stays what it is."""
        if self.target is None:
            raise Mistake.of(self.text, say("names no place"), say("write it as PLACE=50"))
        people = self.amount.apply_whole(0, 1, MAX_COUNT)
        floor = Floor(
            name=self.target, venue_ids=frozenset(variant.chosen(self.target)), people=people
        )
        return replace(variant, floors=(*variant.floors, floor))


@register(
    "vans_per_place",
    "1",
    say("At most so many vans at a place on one date."),
    examples=("1",),
)
class LimitVansPerPlace(AmountChange):
    """Vans do not meet at a place."""

    def apply(self, variant: Variant) -> Variant:
        """The district stays what it is."""
        if self.target is not None:
            raise Mistake.of(self.text, say("is not a number"), say("write it as 1"))
        return replace(variant, vans_per_place=self.amount.apply_whole(0, 1, MAX_VANS))
