"""Whether a plan leaves alone what had begun, restated from the plans alone."""

from planner.plan import Plan, Route, Stop
from planner.replan.disruption import Disruption


def changed_past_stops(
    before: Plan, after: Plan, disruption: Disruption
) -> list[tuple[Route, Stop]]:
    """Stops of the plan before that had begun and are not in the new one as they must be.

    A stop that was over is as it was. One that was going on begins as it did; it may end otherwise
    only where the disruption says so: its van broke down or is late, its place was closed, or
    other people come. One at which nobody has been recorded may be gone then.
    """
    stops = {
        (route.van_id, route.date, stop.site_id, stop.setup_s): stop
        for route, stop in after.stops()
    }
    now = (disruption.day, disruption.time_s)
    changed = []
    for route, stop in before.stops():
        is_over = (route.date, stop.depart_s) <= now
        has_begun = is_over or (route.date, stop.setup_s) <= now
        same = stops.get((route.van_id, route.date, stop.site_id, stop.setup_s))
        if has_begun and not _is_unchanged(route, stop, same, disruption, is_over=is_over):
            changed.append((route, stop))
    return changed


def _is_unchanged(
    route: Route, stop: Stop, after: Stop | None, disruption: Disruption, *, is_over: bool
) -> bool:
    if is_over:
        return after == stop
    has_ended = (
        route.van_id in disruption.without
        or route.van_id in disruption.late_s
        or stop.site_id in disruption.closed
    )
    if after is None:
        return has_ended and disruption.time_s < stop.packup_s
    begins = (after.arrive_s, after.serve_s) == (stop.arrive_s, stop.serve_s)
    ends = (after.packup_s, after.depart_s) == (stop.packup_s, stop.depart_s)
    people = after.people == stop.people or stop.site_id in disruption.people
    return begins and (ends or has_ended) and (people or has_ended)
