"""What of an earlier plan cannot stay with the tables as they are now, and who must hear of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from planner.check import violations
from planner.difference import StopChange, compare_stops
from planner.district import Venue
from planner.horizon import Horizon
from planner.i18n.messages import Message, say
from planner.i18n.words import Words
from planner.plan import Plan, Route, Stop
from planner.promise import derive_promise
from planner.render.change_text import format_van_stop
from planner.replan.replanning import strike_impossible


def strike_unkeepable(horizon: Horizon, plan: Plan, notice: Callable[[Message], None]) -> Plan:
    """A plan without what cannot be with the tables as they are now.

    Every other stop has the hours it had; a plan that keeps all rules is returned as it is.

    Parameters
    ----------
    notice
        Hears what was struck, and why.
    """
    instance = horizon.instance
    if not violations(instance, plan):
        return plan
    mended = strike_impossible(instance, plan)
    stays = {(route.van_id, route.date, stop.site_id) for route, stop in mended.stops()}
    words, venues = horizon.district.office.words, _venues(horizon, plan)
    for route, stop in plan.stops():
        if (route.van_id, route.date, stop.site_id) not in stays:
            venue = venues.get(stop.site_id)
            notice(
                say(
                    "cannot stay: {name}, {hours}; {reason}",
                    name=venue.name if venue else stop.site_id,
                    hours=_hours(route, stop, words),
                    reason=_reason(horizon, route, stop),
                )
            )
    return mended


def calls_to_make(horizon: Horizon, before: Plan, after: Plan) -> Iterator[Message]:
    """The hosts to call after a plan has taken the place of another."""
    words, venues = horizon.district.office.words, _venues(horizon, before, after)
    for change in compare_stops(before, after):
        if change.concerns_host:
            yield say(
                "to call: {name}, {contact}; {hours}",
                name=venues[change.site_id].name if change.site_id in venues else change.site_id,
                contact=_contact(change, venues),
                hours=" -> ".join(
                    format_van_stop(van_stop, words) or words("cancelled")
                    for van_stop in (change.before, change.after)
                    if van_stop is not None or change.before is not None
                ),
            )


def price_in_people(before: Plan, after: Plan) -> Message:
    """People recorded by two plans."""
    return say(
        "people: {before} -> {after}",
        before=before.served().total(),
        after=after.served().total(),
    )


def _contact(change: StopChange, venues: Mapping[str, Venue]) -> str | Message:
    venue = venues.get(change.site_id)
    return venue.contact if venue and venue.contact else say("host")


def _reason(horizon: Horizon, route: Route, stop: Stop) -> Message:
    """Why a stop cannot stay."""
    instance, day = horizon.instance, route.date
    if route.van_id not in instance.van_index:
        return say("van {van} is not in the tables any more", van=route.van_id)
    for left_out in horizon.left_out:
        if left_out.venue.id == stop.site_id:
            return left_out.message
    if stop.site_id not in instance.site_index:
        return say("not in the tables any more")
    if day not in instance.van(route.van_id).shifts:
        return say("van {van} has no shift that day", van=route.van_id)
    alone = Plan(routes=(replace(route, stops=(stop,)),))
    broken = [each for each in violations(instance, alone) if each.site_id == stop.site_id]
    return broken[0].message if broken else say("does not fit between the other stops any more")


def _venues(horizon: Horizon, *plans: Plan) -> Mapping[str, Venue]:
    return horizon.district.venues_of(s.site_id for plan in plans for _, s in plan.stops())


def _hours(route: Route, stop: Stop, words: Words) -> str:
    hours = derive_promise(route.date, stop)
    return f"{words.short_date(route.date)} {words.hours(hours.from_s, hours.until_s)}"
