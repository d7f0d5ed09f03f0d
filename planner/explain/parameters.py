"""What may be different of a place or the vans, so that the place comes into the plan."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from planner.model import Instance, Interval
from planner.units import DAY_S, MINUTE_S


class Parameter(StrEnum):
    """What may be different."""

    PEOPLE = "people expected"
    WEIGHT = "weight"
    HOURS = "opening hours"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """By how much a parameter is raised at a time, and how often at most.

    Attributes
    ----------
    size
        People, weight, or seconds that the place closes, or the vans that fit return, later.
    max_count
        Steps of this size that are tried at most.
    """

    parameter: Parameter
    size: float
    max_count: int

    def apply(self, instance: Instance, site_id: str, count: int) -> Instance:
        """The instance after so many steps."""
        amount, site = count * self.size, instance.site(site_id)
        match self.parameter:
            case Parameter.PEOPLE:
                return instance.with_site(replace(site, expected=site.expected + round(amount)))
            case Parameter.WEIGHT:
                return instance.with_site(replace(site, weight=round(site.weight + amount, 6)))
            case Parameter.HOURS:
                windows = {
                    day: tuple(_lengthen(interval, amount) for interval in hours)
                    for day, hours in site.windows.items()
                }
                return instance.with_site(replace(site, windows=windows))
            case Parameter.SHIFT:
                vans = (
                    replace(
                        van,
                        shifts={day: _lengthen(shift, amount) for day, shift in van.shifts.items()},
                    )
                    if van.van_class in site.classes
                    else van
                    for van in instance.vans
                )
                return replace(instance, vans=tuple(vans))
        assert_never(self.parameter)


def _lengthen(interval: Interval, amount_s: float) -> Interval:
    return interval[0], min(DAY_S, interval[1] + round(amount_s))


STEPS = (
    Step(parameter=Parameter.PEOPLE, size=1, max_count=128),
    Step(parameter=Parameter.WEIGHT, size=0.1, max_count=128),
    Step(parameter=Parameter.HOURS, size=15 * MINUTE_S, max_count=16),
    Step(parameter=Parameter.SHIFT, size=60 * MINUTE_S, max_count=4),
)
"""Those that are tried."""
