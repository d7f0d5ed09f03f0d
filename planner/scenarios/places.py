"""Changes of places: their hours, their permissions, and what a person there is worth."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from planner.district import Permission, Venue
from planner.errors import Mistake, quote
from planner.i18n.messages import say
from planner.inputs.hours import format_intervals, parse_intervals
from planner.inputs.lookup import find_venue
from planner.inputs.values import as_date
from planner.model import MAX_COUNT, Interval
from planner.scenarios.change import AmountChange, Change, Phase, covers, register, split_target
from planner.scenarios.draft import Draft

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
    def _place_and_day(self) -> str:
        return self.place if self.day is None else f"{self.place}@{self.day.isoformat()}"

    def apply(self, draft: Draft) -> Draft:
        """Whatever the calendar says."""
        venue = find_venue(draft.district.venues, self.place)
        return draft.with_hours(venue.id, self.hours, draft.planned_days(self.day))


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

    @property
    def text(self) -> str:
        """The place and the date."""
        return self._place_and_day


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
            raise Mistake(
                say("{text} names no hours", text=quote(text)),
                say("write for example '{text}=08.00-12.00'", text=text),
            )
        place, day = _parse_place(target)
        return cls(place=place, day=day, hours=parse_intervals(hours))

    @property
    def text(self) -> str:
        """The hours behind the place and the date."""
        return f"{self._place_and_day}={format_intervals(self.hours)}"

    def replaces(self, earlier: Self) -> bool:
        """On one date of all is another matter."""
        return covers(self.place, earlier.place) and self.day == earlier.day


@dataclass(frozen=True, kw_only=True)
class PermissionChange(Change):
    """Another state of a permission."""

    state: ClassVar[Permission]
    place: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """``20206031``, or a kind of place."""
        return cls(place=text.strip())

    @property
    def text(self) -> str:
        """The place."""
        return self.place

    def apply(self, draft: Draft) -> Draft:
        """Of one place, or of all of a kind."""
        return draft.with_venues(self.place, lambda venue: replace(venue, permission=self.state))


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


@register(
    "weight",
    say("PLACE=2"),
    say("Weight of one person recorded at a place."),
    examples=("T-12=2", "school=x1.5"),
)
class ChangeWeight(AmountChange):
    """Another worth of one person recorded at a place."""

    def apply(self, draft: Draft) -> Draft:
        """Of one place, of all of a kind, or of all."""

        def change(venue: Venue) -> Venue:
            weight = self.amount.apply_within(venue.weight, 0, MAX_COUNT)
            return replace(venue, weight=weight)

        return draft.with_venues(self.target, change)
