"""Changes of vans."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from statistics import mode
from typing import ClassVar, Self

from planner.demand import holidays_between, shift_on
from planner.district import Vehicle
from planner.errors import Mistake
from planner.i18n.messages import say
from planner.inputs.hours import format_intervals, in_zone, named_days, parse_intervals, parse_shift
from planner.inputs.lookup import find_van
from planner.model import MAX_COUNT, MAX_KITS, Interval
from planner.scenarios.amount import Amount
from planner.scenarios.change import (
    AmountChange,
    AttributeChange,
    Change,
    TargetChange,
    covers,
    join_target,
    register,
    split_target,
)
from planner.scenarios.variant import Variant
from planner.units import DAY_S, HOUR_S

MAX_VANS = 1000
"""Of a district; more is a slip of the pen."""


@register(
    "vans",
    "+1|-1|4|A=+1",
    say("Number of vans: more, fewer, or exactly this many."),
    examples=("+1", "A=+1", "-1", "4"),
)
class ChangeVans(AmountChange):
    """More vans like the target, None = the commonest, or fewer, without the last."""

    def apply(self, variant: Variant) -> Variant:
        """New vans have ids of their own; the calendar of the one they are like is not theirs."""
        vehicles = variant.district.vehicles
        like = _commonest(vehicles) if self.target is None else find_van(vehicles, self.target)
        count = self.amount.apply_whole(len(vehicles), 1, MAX_VANS)
        if self.target is not None and count < len(vehicles):
            remedy = say("use --without-van {van}", van=self.target)
            raise Mistake.of(self.text, say("removes vans"), remedy)
        taken = {vehicle.id for vehicle in vehicles} | {
            venue.id for venue in variant.district.venues
        }
        ids = (f"{like.id}{number}" for number in range(2, len(taken) + count + 3))
        copies = (replace(like, id=van_id, plate="+") for van_id in ids if van_id not in taken)
        return variant.with_vehicles((*vehicles, *copies)[:count])


def _commonest(vehicles: Sequence[Vehicle]) -> Vehicle:
    """The first of the vans most alike in class, kits, depot and limits."""
    kind = attrgetter("van_class", "kits", "start", "end", "max_people")
    commonest = mode(map(kind, vehicles))
    return next(vehicle for vehicle in vehicles if kind(vehicle) == commonest)


@register("without_van", "A", say("This van is not used."), examples=("B",))
class WithoutVan(TargetChange):
    """A van stays at home."""

    def apply(self, variant: Variant) -> Variant:
        """One van or more must stay."""
        vehicles = variant.district.vehicles
        gone = find_van(vehicles, self.target)
        if len(vehicles) == 1:
            raise Mistake.of(self.target, say("is the only van"), say("keep one or more"))
        return variant.with_vehicles(vehicle for vehicle in vehicles if vehicle != gone)


@register(
    "shift",
    "[A=]07:00-15:00|+2|Sab 07:00-14:00; Min tutup",
    say("Different shift on every date the van drives, hours more or fewer, or by weekday."),
    examples=("07:00-15:00", "A=07:00-15:00", "+2", "Sab 07.00-14.00; Min tutup"),
)
@dataclass(frozen=True, kw_only=True)
class SetShift(Change):
    """Another shift of a van, None = of all, on every date on which it drives.

    Attributes
    ----------
    longer_s
        Instead of other hours: so many seconds later it ends.
    weekly
        Instead of other hours: those of each weekday that it names, as a person writes them.
    """

    hours: Interval = (0, 0)
    van: str | None = None
    longer_s: int = 0
    weekly: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """``07:00-15:00``, ``A=07:00-15:00``, ``+2``, ``Sab 07.00-14.00; Min tutup``."""
        van, hours_text = split_target(text)
        if re.match("[+-]", hours_text):
            amount = Amount.parse(hours_text)
            return cls(van=van, longer_s=round(amount.apply_within(0, -24, 24) * HOUR_S))
        if re.match(r"[^\W\d].*\d", hours_text):
            parse_shift(in_zone(hours_text))
            return cls(van=van, weekly=hours_text)
        hours = parse_intervals(in_zone(hours_text))
        if len(hours) != 1:
            remedy = say("write for example '07.00-15.00'")
            raise Mistake.of(hours_text, say("is not a shift"), remedy)
        return cls(van=van, hours=hours[0])

    @property
    def text(self) -> str:
        """The hours behind the van."""
        longer = f"{self.longer_s / HOUR_S:+.10g}" if self.longer_s else ""
        return join_target(self.van, longer or self.weekly or format_intervals((self.hours,)))

    def apply(self, variant: Variant) -> Variant:
        """Also where the calendar has a shift of its own."""
        for vehicle in variant.vehicles(self.van):
            calendar = variant.district.calendar
            for day in variant.dates:
                present = shift_on(vehicle, day, calendar, holidays_between(day, day))
                if present:
                    variant = variant.with_hours(vehicle.id, self._hours_on(day, present), (day,))
        return variant

    def _hours_on(self, day: date, present: Interval) -> tuple[Interval, ...]:
        """The shift of a date; none where it is closed."""
        if self.longer_s:
            ends_s = min(DAY_S, max(present[0], present[1] + self.longer_s))
            return ((present[0], ends_s),) if ends_s > present[0] else ()
        if not self.weekly:
            return (self.hours,)
        hours = parse_shift(self.weekly)
        if day.weekday() in hours:
            return (hours[day.weekday()],)
        return () if day.weekday() in named_days(self.weekly) else (present,)

    def replaces(self, earlier: Self) -> bool:
        """One of a single van may follow one of all, and other hours be made longer."""
        return not self.longer_s and covers(self.van, earlier.van)


class CountChange(AttributeChange):
    """Another number of something in a van; a relative one leaves vans without a limit alone."""

    least: ClassVar[int] = 0
    most: ClassVar[int] = MAX_COUNT

    def number_after(self, present: int | None) -> int | None:
        """A whole number between the limits."""
        if present is None and self.amount.is_relative:
            return None
        return self.amount.apply_whole(present or 0, self.least, self.most)

    def apply(self, variant: Variant) -> Variant:
        """Of the target, None = of all."""
        chosen = variant.vehicles(self.target)
        return variant.with_vehicles(
            self.change(vehicle) if vehicle in chosen else vehicle
            for vehicle in variant.district.vehicles
        )


@register("kits", "[A=]3|+1", say("Number of kits in a van."), examples=("A=3", "+1"))
class ChangeKits(CountChange):
    """Another number of kits."""

    attribute, least, most = "kits", 1, MAX_KITS


@register("cards", "[A=]150|+20", say("Number of cards on board."), examples=("A=150", "+20"))
class ChangeCards(CountChange):
    """Another number of cards."""

    attribute = "max_people"


@register(
    "max_stops", "[A=]4|+1", say("Maximum number of stops per van and day."), examples=("A=4", "+1")
)
class ChangeMaxStops(CountChange):
    """Another limit on stops a day."""

    attribute = "max_stops"
