"""When a van is where, once it is settled which stops it makes and how many people each records."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from planner.model import NO_ROAD, Instance, Van
from planner.plan import Route
from planner.solvers.timeline import (
    StopTask,
    best_return,
    depart_late,
    depot_labels,
    extend_labels,
)

Visit = tuple[int, int]
"""Index of a site, and the people to record there."""


def is_within_limits(van: Van, visits: Sequence[Visit]) -> bool:
    """Whether a van may make so many stops, and has cards for so many people."""
    people = sum(people for _, people in visits)
    return (van.max_stops is None or len(visits) <= van.max_stops) and (
        van.max_people is None or people <= van.max_people
    )


def schedule_route(
    instance: Instance, van_index: int, day: date, visits: Sequence[Visit]
) -> Route | None:
    """The route that makes these stops in this order and returns earliest, or None.

    None only where no choice of times, windows and break keeps the rules of time: shift, roads,
    windows and break. Classes, limits and people expected are the caller's to keep. The van
    leaves as late as it can without delaying its first stop; a break is taken only if needed.

    Parameters
    ----------
    day
        A date on which the van has a shift.
    visits
        In the order driven.
    """
    van = instance.vans[van_index]
    opening_s, closing_s = van.shifts[day]
    place = instance.depot_places[van.start]
    labels = depot_labels(opening_s, van.crew_break)
    for site_index, people in visits:
        site = instance.sites[site_index]
        drive_s = int(instance.drive_s[place, site.place])
        if drive_s == NO_ROAD:
            return None
        labels = extend_labels(labels, drive_s, StopTask.build(site, van, day, people))
        place = site.place
    drive_s = int(instance.drive_s[place, instance.depot_places[van.end]])
    label = best_return(labels, drive_s, closing_s, van.crew_break)
    if label is None:
        return None
    return depart_late(
        Route(
            van_id=van.id,
            date=day,
            leave_s=label.leave_s,
            return_s=label.ready_s + drive_s,
            stops=label.stops,
            break_start_s=label.break_start_s,
        )
    )


def maximise_people(
    instance: Instance,
    van_index: int,
    day: date,
    visits: Sequence[Visit],
    position: int,
    at_most: int,
) -> Route | None:
    """The route on which one stop records the most people it can, the others what they do.

    Parameters
    ----------
    position
        Of the stop in ``visits``; its people there are the fewest it may record.
    at_most
        The most it may record for other reasons than time.

    Returns
    -------
    Route | None
        None where not even the fewest can be recorded in time, or ``at_most`` is below them.
    """
    site_index, people = visits[position]

    def route(amount: int) -> Route | None:
        changed = [*visits[:position], (site_index, amount), *visits[position + 1 :]]
        return schedule_route(instance, van_index, day, changed) if amount <= at_most else None

    fewest = route(people)
    if fewest is None or people == at_most:
        return fewest
    everybody = route(at_most)
    if everybody is not None:
        return everybody
    # Fewer people never take longer, so that all amounts up to the most can be timed.
    between = range(people + 1, at_most)
    longer = bisect_left(between, True, key=lambda amount: route(amount) is None)
    return route(people + longer)
