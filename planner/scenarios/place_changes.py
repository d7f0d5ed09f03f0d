"""Changes of places: their hours and permissions, and of the people who come to them."""

import re
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from typing import ClassVar, Self

from planner.district import Permission
from planner.errors import Mistake
from planner.i18n.messages import say
from planner.inputs.cell_values import as_date, as_positive
from planner.inputs.hours import format_intervals, in_zone, parse_intervals
from planner.inputs.lookup import find_venue
from planner.model import MAX_COUNT, Interval
from planner.scenarios.change import (
    AttributeChange,
    Change,
    Phase,
    TargetChange,
    covers,
    register,
    split_target,
)
from planner.scenarios.variant import Variant
from planner.units import MINUTE_S

_WITH_DAY = re.compile(r"(.*)@\s*(\d+[/-]\d+[/-]\d+)\s*")


@dataclass(frozen=True, kw_only=True)
class HoursChange(Change):
    """Other hours of a place.

    Attributes
    ----------
    place
        Its id or name.
    day
        The date on which they hold; None = all.
    """

    place: str
    day: date | None = None
    hours: tuple[Interval, ...] = ()

    @property
    def text(self) -> str:
        """The place and the date."""
        return self.place if self.day is None else f"{self.place}@{self.day.isoformat()}"

    def apply(self, variant: Variant) -> Variant:
        """Whatever the calendar says."""
        venue = find_venue(variant.district, self.place)
        return variant.with_hours(venue.id, self.hours, variant.planned_days(self.day))


def _parse_place(text: str) -> tuple[str, date | None]:
    """A place and the date behind the last ``@``; an ``@`` before anything else is of the id."""
    dated = _WITH_DAY.fullmatch(text)
    return (text.strip(), None) if dated is None else (dated[1].strip(), as_date(dated[2]))


@register(
    "close",
    say("PLACE[@DATE]"),
    say("This place is closed, on all dates or one."),
    examples=("T-12", "T-12@2026-11-28"),
    phase=Phase.CLOSURES,
)
class ClosePlace(HoursChange):
    """A place is closed; its residents walk to the next point."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """``T-12``, ``T-12@2026-11-28``."""
        place, day = _parse_place(text)
        return cls(place=place, day=day)


@register(
    "open",
    say("PLACE[@DATE]=HOURS"),
    say("Different opening hours of a place, on all dates or one."),
    examples=("T-12=08.00-12.00", "T-12@2026-11-28=08.00-12.00"),
)
class OpenPlace(HoursChange):
    """A place has other hours."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """``T-12=08.00-12.00``, ``T-12@2026-11-28=08.00-12.00``."""
        target, hours = split_target(text)
        if target is None:
            remedy = say("write for example '{text}=08.00-12.00'", text=text)
            raise Mistake.of(text, say("names no hours"), remedy)
        place, day = _parse_place(target)
        return cls(place=place, day=day, hours=parse_intervals(in_zone(hours)))

    @property
    def text(self) -> str:
        """The hours behind the place and the date."""
        return f"{super().text}={format_intervals(self.hours)}"

    def replaces(self, earlier: Self) -> bool:
        """On one date of all is another matter."""
        return covers(self.place, earlier.place) and self.day == earlier.day


class PermissionChange(TargetChange):
    """Another state of a permission, of one place or of all of a kind."""

    state: ClassVar[Permission]

    def apply(self, variant: Variant) -> Variant:
        """The places with that state."""
        return variant.with_venues(self.target, lambda venue: replace(venue, permission=self.state))


@register(
    "permit", say("PLACE"), say("The permission for this place is given."), examples=("20206031",)
)
class Permit(PermissionChange):
    """A permission comes."""

    state = Permission.APPROVED


@register(
    "refuse", say("PLACE"), say("The permission for this place is refused."), examples=("20206031",)
)
class Refuse(PermissionChange):
    """A permission is refused."""

    state = Permission.REFUSED


class PlaceAmountChange(AttributeChange):
    """Another number of one place, of all of a kind, or of all, also where rows have their own."""

    def apply(self, variant: Variant) -> Variant:
        """The places with that number."""
        return variant.with_venues(self.target, self.change)


@register(
    "weight",
    say("PLACE=2"),
    say("Weight of one person recorded at a place."),
    examples=("T-12=2", "school=x1.5"),
)
class ChangeWeight(PlaceAmountChange):
    """Another worth of one person recorded at a place."""

    attribute = "weight"

    def number_after(self, present: float) -> float:
        """At most as much as a table may have."""
        return self.amount.apply_within(present, 0, MAX_COUNT)


@register(
    "turnout",
    "[school=]0.8|x0.9",
    say("Share of people who come, also where rows have their own."),
    examples=("0.8", "school=0.9", "T-12=x0.5"),
)
@dataclass(frozen=True, kw_only=True)
class ChangeTurnout(PlaceAmountChange):
    """Another share of people that comes."""

    attribute = "turnout"

    def __post_init__(self) -> None:
        """A share that is written above 1 is refused, a relative one ends at everybody."""
        if not self.amount.is_relative:
            self.amount.apply_within(0, 0, 1)

    def number_after(self, present: float) -> float:
        """At most everybody comes."""
        return min(1.0, self.amount.apply_within(present, 0, inf))


@register(
    "minutes_per_person",
    "[school=]5|x1.2",
    say("Minutes per person and kit, also where rows have their own."),
    examples=("5", "school=4"),
)
class ChangeMinutesPerPerson(PlaceAmountChange):
    """Another time that one kit needs for one person."""

    attribute = "seconds_per_person"

    def number_after(self, present: float) -> float:
        """Whole seconds."""
        minutes = self.amount.apply(present / MINUTE_S)
        return round(as_positive(f"{minutes:.10g}") * MINUTE_S)
