"""Why a week's plan has no stop, in a sentence that says what would change it."""

from planner.explain.empty_plan import LoneVisit, commonest_obstacle, lack_of_cards, lone_visits
from planner.explain.reasons import Code
from planner.horizon import Horizon
from planner.i18n.messages import Message, say
from planner.units import MINUTE_S


def is_empty_best(horizon: Horizon) -> bool:
    """Whether no visit alone is worth the drive, so that nothing would be planned."""
    return not any(visit.is_worth_it for visit in lone_visits(horizon.instance))


def reason_of_empty(horizon: Horizon) -> Message:
    """Why no stop was planned."""
    visits = lone_visits(horizon.instance)
    if not visits:
        return _no_visit(horizon)
    best = visits[0]
    if best.is_worth_it:
        return say(
            "{week}: no stop was found in the time given; raise the time limit", week=horizon.week
        )
    return _not_worth_it(horizon, best)


def _no_visit(horizon: Horizon) -> Message:
    lacking = lack_of_cards(horizon.instance)
    vans = [van for van in horizon.instance.vans if van.shifts]
    if lacking and len(lacking) == len(vans):
        return say(
            "{week}: no van has the cards for a visit (vans {van}: {cards} cards, a visit needs"
            " {needed} people by [rates] min_people); load more cards or lower min_people",
            week=horizon.week,
            van=lacking[0].van.id,
            cards=lacking[0].van.max_people,
            needed=lacking[0].needed,
        )
    obstacle, count = commonest_obstacle(horizon.instance)
    return say(
        "{week}: no van can stop at any place; at {count} of {total}: {obstacle}; {remedy}",
        week=horizon.week,
        count=count,
        total=len(horizon.instance.sites),
        obstacle=say(obstacle.value),
        remedy=Code[obstacle.name].action,
    )


def _not_worth_it(horizon: Horizon, visit: LoneVisit) -> Message:
    (name,) = (venue.name for venue in horizon.venues if venue.id == visit.site_id)
    values = {
        "week": horizon.week,
        "name": name,
        "people": visit.people,
        "minutes": round(visit.drive_s / MINUTE_S),
        "enough": visit.enough_people or "–",
        "worth_min": visit.enough_worth_min or "–",
    }
    return say(
        "{week}: no place is worth the drive; least is missing at {name}: {people} people for"
        " {minutes} minutes of driving; it would be worth it with {enough} people expected"
        " there, or with [rates] worth_min = {worth_min}",
        **values,
    )
