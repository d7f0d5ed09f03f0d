"""Changes of the dates that are planned for."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from planner.errors import Mistake
from planner.i18n.messages import say
from planner.inputs.cell_values import as_date
from planner.inputs.hours import DAY_NAMES, day_number
from planner.scenarios.change import Change, Phase, register
from planner.scenarios.variant import Variant


@register(
    "day",
    say("+DATE|-DATE"),
    say("Add a date, in any week, or remove one."),
    examples=("+2026-11-30", "-2026-11-29"),
    phase=Phase.DATES,
)
@dataclass(frozen=True, kw_only=True)
class ChangeDay(Change):
    """A date is planned for too, or, where not `added`, no more."""

    day: date
    added: bool = True

    @classmethod
    def parse(cls, text: str) -> Self:
        """``+2026-11-30``, ``-2026-11-29``."""
        return cls(day=as_date(text.lstrip("+-")), added=not text.startswith("-"))

    @property
    def text(self) -> str:
        """The date with its sign."""
        return f"{'+' if self.added else '-'}{self.day.isoformat()}"

    def apply(self, variant: Variant) -> Variant:
        """A date more is a service day: hours that name no day hold on it too."""
        return self._add(variant) if self.added else self._drop(variant)

    def _add(self, variant: Variant) -> Variant:
        if self.day in variant.dates:
            raise Mistake(
                say("{day} is already planned for", day=self.day.isoformat()),
                say("name another date"),
            )
        days = variant.district.office.service_days
        if self.day.weekday() not in days:
            names = [DAY_NAMES[number] for number in (*days, self.day.weekday())]
            variant = variant.with_setting("office.service_days", names)
        added = (*variant.added_dates, self.day)
        variant = replace(
            variant, added_dates=added, dates=tuple(sorted({*variant.dates, self.day}))
        )
        for day in added:
            variant = _with_usual_shifts(variant, day)
        return variant

    def _drop(self, variant: Variant) -> Variant:
        (gone,) = variant.planned_days(self.day)
        if len(variant.dates) == 1:
            raise Mistake(
                say("{day} is the only date", day=gone.isoformat()), say("keep one or more")
            )
        return replace(variant, dates=tuple(day for day in variant.dates if day != gone))


@register(
    "weekday",
    say("+DAY|-DAY"),
    say("Vans drive on one more weekday, or one fewer."),
    examples=("+Jum", "-Min"),
    phase=Phase.DATES,
)
@dataclass(frozen=True, kw_only=True)
class ChangeWeekday(Change):
    """A weekday is a service day too, or, where not `added`, no more."""

    weekday: int
    added: bool = True

    @classmethod
    def parse(cls, text: str) -> Self:
        """``+Jum``, ``-Min``."""
        return cls(weekday=day_number(text.lstrip("+-")), added=not text.startswith("-"))

    @property
    def text(self) -> str:
        """The day with its sign."""
        return f"{'+' if self.added else '-'}{DAY_NAMES[self.weekday]}"

    def apply(self, variant: Variant) -> Variant:
        """Vans without a shift on it drive as on their first weekday."""
        days = variant.district.office.service_days
        if self.added is (self.weekday in days):
            what = say("is a service day already") if self.added else say("is not a service day")
            raise Mistake.of(DAY_NAMES[self.weekday], what, say("name another weekday"))
        if not self.added and len(days) == 1:
            what = say("is the only service day")
            raise Mistake.of(DAY_NAMES[self.weekday], what, say("keep one or more"))
        names = [DAY_NAMES[day] for day in sorted({*days} ^ {self.weekday})]
        variant = variant.with_setting("office.service_days", names)
        if not self.added:
            gone = (day for day in variant.dates if day.weekday() != self.weekday)
            return replace(variant, dates=tuple(gone))
        mondays = {day - timedelta(days=day.weekday()) for day in variant.dates}
        more = {monday + timedelta(days=self.weekday) for monday in mondays}
        variant = variant.with_vehicles(
            replace(
                vehicle,
                shifts={self.weekday: vehicle.shifts[min(vehicle.shifts)], **vehicle.shifts},
            )
            if vehicle.shifts
            else vehicle
            for vehicle in variant.district.vehicles
        )
        return replace(variant, dates=tuple(sorted({*variant.dates, *more})))


def _with_usual_shifts(variant: Variant, day: date) -> Variant:
    """Vans without a shift on that weekday drive as on their first one."""
    for vehicle in variant.district.vehicles:
        if vehicle.shifts and day.weekday() not in vehicle.shifts:
            variant = variant.with_hours(vehicle.id, (vehicle.shifts[min(vehicle.shifts)],), (day,))
    return variant
