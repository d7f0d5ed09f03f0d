"""What of an earlier plan cannot stay with the tables as they are now, and who must hear of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from planner.check import violations
from planner.difference import StopChange, VanStop, compare_stops
from planner.district import Venue
from planner.horizon import Horizon
from planner.i18n.messages import Message, say
from planner.i18n.words import DayHours
from planner.plan import Plan, Route, Stop
from planner.promise import derive_promise
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
    venues = _venues(horizon, plan)
    for route, stop in plan.stops():
        if (route.van_id, route.date, stop.site_id) not in stays:
            venue = venues.get(stop.site_id)
            notice(
                say(
                    "cannot stay: {name}, {hours}; {reason}",
                    name=venue.name if venue else stop.site_id,
                    hours=_hours(route, stop, horizon),
                    reason=_reason(horizon, route, stop),
                )
            )
    return mended


def calls_to_make(horizon: Horizon, before: Plan, after: Plan) -> Iterator[Message]:
    """The hosts to call after a plan has taken the place of another."""
    timezone, venues = horizon.district.office.timezone, _venues(horizon, before, after)
    for change in compare_stops(before, after, horizon.instance.min_stay_s):
        if change.concerns_host:
            yield say(
                "to call: {name}, {contact}; {hours}",
                name=venues[change.site_id].name if change.site_id in venues else change.site_id,
                contact=_contact(change, venues),
                hours=_before_and_after(change, timezone),
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


def _before_and_after(change: StopChange, timezone: str) -> Message:
    """Hours and van of a stop in two plans."""
    if change.before is None:
        return _van_stop(change.after, timezone)
    return say(
        "{before} -> {after}",
        before=_van_stop(change.before, timezone),
        after=_van_stop(change.after, timezone),
    )


def _van_stop(van_stop: VanStop | None, timezone: str) -> Message:
    if van_stop is None:
        return say("cancelled")
    stop, day = van_stop.stop, van_stop.date
    hours = DayHours(day=day, from_s=stop.serve_s, until_s=stop.packup_s, timezone=timezone)
    return say("{hours}, van {van}", hours=hours, van=van_stop.van_id)


def _hours(route: Route, stop: Stop, horizon: Horizon) -> DayHours:
    hours = derive_promise(route.date, stop, horizon.instance.min_stay_s)
    timezone = horizon.district.office.timezone
    return DayHours(day=route.date, from_s=hours.from_s, until_s=hours.until_s, timezone=timezone)
