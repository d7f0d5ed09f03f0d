"""What-if changes that make the instance of a minimal change."""

from typing import assert_never

from planner.explain.minimal_change import MinimalChange
from planner.explain.parameters import Parameter
from planner.model import ID_MARK, Instance
from planner.scenarios import Amount, Change, ChangeWeight, OpenPlace, SetShift


def what_if_changes(instance: Instance, site_id: str, minimal: MinimalChange) -> tuple[Change, ...]:
    """The changes of a district that make the instance of a minimal change; none where none do.

    Parameters
    ----------
    instance
        Of the plan that is explained.
    """
    step, count = minimal.step, minimal.count
    changed = step.apply(instance, site_id, count)
    match step.parameter:
        case Parameter.PEOPLE:
            return ()
        case Parameter.WEIGHT:
            amount = Amount(round(count * step.size, 6), "+")
            return (ChangeWeight(target=site_id, amount=amount),)
        case Parameter.HOURS:
            windows = changed.site(site_id).windows
            return tuple(
                OpenPlace(place=site_id, day=day, hours=hours) for day, hours in windows.items()
            )
        case Parameter.SHIFT:
            classes = changed.site(site_id).classes
            vans = [van for van in changed.vans if van.van_class in classes and van.shifts]
            shifts = [set(van.shifts.values()) for van in vans]
            if any(len(hours) > 1 for hours in shifts) or any(ID_MARK in van.id for van in vans):
                return ()
            return tuple(
                SetShift(van=van.id, hours=hours)
                for van, (hours,) in zip(vans, shifts, strict=True)
            )
    assert_never(step.parameter)
