"""What the ledger keeps of a version that is sent out."""

from datetime import timedelta

from planner.backlog import Group, Publication, PublishedStop, SiteDemand
from planner.office.history import counts_of, keep_counts, open_ledger, today_at
from planner.office.week_plan import WeekPlan


def record_publication(plan: WeekPlan, version: int) -> None:
    """Add a version that was sent out, and the counts it was made of, to the ledger.

    Raises
    ------
    InputError
        Where the ledger cannot be written to.
    """
    district = plan.horizon.district
    ledger = open_ledger(district)
    # The tables were counted before the first day that was planned with them.
    before = plan.horizon.first_date - timedelta(days=1)
    keep_counts(ledger, counts_of(district, min(today_at(district), before)))
    ledger.add_publication(make_publication(plan, version))


def make_publication(plan: WeekPlan, version: int) -> Publication:
    """The stops of a plan, and who was expected where."""
    horizon = plan.horizon
    people = {site.id: site.max_people for site in horizon.instance.sites}
    stops = tuple(
        PublishedStop(
            day=at.route.date,
            van=at.route.van_id,
            order=at.order,
            place=at.venue.id,
            name=at.venue.name,
            kind=at.venue.type.key,
            category=at.venue.category,
            kits=at.vehicle.kits,
            arrive_s=at.stop.arrive_s,
            setup_s=at.stop.setup_s,
            serve_s=at.stop.serve_s,
            packup_s=at.stop.packup_s,
            depart_s=at.stop.depart_s,
            people=at.stop.people,
            expected=people[at.venue.id],
            turnout=at.venue.turnout,
            seconds_per_person=at.venue.seconds_per_person,
        )
        for at in plan.itinerary.all_stops()
    )
    drawn = {name for site in horizon.instance.sites for name in site.draws}
    return Publication(
        week=plan.week,
        version=version,
        stops=stops,
        sites={
            site.id: SiteDemand(own=site.expected, draws=dict(site.draws))
            for site in horizon.instance.sites
        },
        groups={
            group.id: Group(homes=dict(group.homes), school=group.school)
            for group in (*horizon.demand.groups, *horizon.service_groups)
            if group.id in drawn
        },
    )
