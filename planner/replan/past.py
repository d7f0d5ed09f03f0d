"""Whether a plan leaves alone what had begun, restated from the plans alone."""

from collections.abc import Iterator

from planner.plan import Plan, Route, Stop
from planner.replan.disruption import Disruption


def changed_past_stops(
    before: Plan, after: Plan, disruption: Disruption
) -> tuple[tuple[Route, Stop], ...]:
    """Stops of the plan before that had begun and are not in the new one as they must be.

    A stop that was over is as it was. One that was going on begins as it did; it may end otherwise
    only where the news say so: its van broke down or is late, its place was closed, or other people
    come. One at which nobody had been recorded may be gone, where van or place are.
    """
    return tuple(_changed_past_stops(before, after, disruption))


def _changed_past_stops(
    before: Plan, after: Plan, disruption: Disruption
) -> Iterator[tuple[Route, Stop]]:
    now = {
        (route.van_id, route.date, stop.site_id, stop.setup_s): stop
        for route, stop in after.stops()
    }
    for route, stop in before.stops():
        over = route.date < disruption.day or (
            route.date == disruption.day and stop.depart_s <= disruption.time_s
        )
        begun = over or (route.date == disruption.day and stop.setup_s <= disruption.time_s)
        found = now.get((route.van_id, route.date, stop.site_id, stop.setup_s))
        if begun and not _is_unchanged(route, stop, found, disruption, over=over):
            yield route, stop


def _is_unchanged(
    route: Route, stop: Stop, found: Stop | None, disruption: Disruption, *, over: bool
) -> bool:
    if over:
        return found == stop
    ended = route.van_id in disruption.without or stop.site_id in disruption.closed
    if found is None:
        return ended and disruption.time_s < stop.packup_s
    begins = (found.arrive_s, found.serve_s) == (stop.arrive_s, stop.serve_s)
    ends = (found.packup_s, found.depart_s) == (stop.packup_s, stop.depart_s)
    people = found.people == stop.people
    late = route.van_id in disruption.late_s
    return (
        begins
        and (ends or ended or late)
        and (people or ended or stop.site_id in disruption.people)
    )
