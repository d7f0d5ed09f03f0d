"""Stops of plans that are counted by hand."""

from planner.plan import Stop


def stop(site_id: str, arrive_s: float, people: int = 20, *, service_s: int | None = None) -> Stop:
    """30 min of set-up, 20 of pack-up; without a time, service is an hour for twenty people."""
    setup_s = int(arrive_s)
    packup_s = setup_s + 1800 + (people * 180 if service_s is None else service_s)
    return Stop(
        site_id=site_id,
        arrive_s=setup_s,
        setup_s=setup_s,
        serve_s=setup_s + 1800,
        packup_s=packup_s,
        depart_s=packup_s + 1200,
        people=people,
    )
