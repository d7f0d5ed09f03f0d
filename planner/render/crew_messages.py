"""Texts for WhatsApp to the crews whose day has changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.analysis.itinerary import Itinerary, StopAt
from planner.difference import VanDay, changed_van_days
from planner.district import Venue
from planner.i18n.words import Words
from planner.plan import Plan, Route, Stop
from planner.promise import derive_promise
from planner.render.hours_text import format_service_hours
from planner.render.route_sheets import maps_link
from planner.render.whatsapp import compose_text, to_whatsapp
from planner.store.file_names import file_names


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewNews:
    """What crews must be told of.

    Attributes
    ----------
    before
        The plan that they have.
    after
        The plan that holds from now on.
    day, time_s
        The moment of the change; what was over then is not told.
    stopped
        Van-days on which a van does not drive any more, and whether it records where it stands.
    reason
        Why, in the office's own words.
    """

    before: Plan
    after: Itinerary
    venues: Mapping[str, Venue]
    day: date
    time_s: int
    stopped: Mapping[VanDay, bool]
    reason: str = ""

    def is_over(self, route: Route) -> bool:
        """Whether a route has ended by now."""
        return (route.date, route.return_s) <= (self.day, self.time_s)

    def is_past(self, day: date, stop: Stop) -> bool:
        """Whether a stop has ended by now."""
        return (day, stop.depart_s) <= (self.day, self.time_s)


def compose_crew_messages(news: CrewNews) -> dict[str, bytes]:
    """``crew-VAN.txt`` for each van whose day is another one, by file name."""
    was = {(route.van_id, route.date): route for route in news.before.routes}
    now = {(route.van_id, route.date): route for route in news.after.plan.routes}
    changed: dict[str, list[tuple[date, Route | None, Route | None]]] = {}
    for van_id, day in sorted(changed_van_days(news.before, news.after.plan)):
        routes = was.get((van_id, day)), now.get((van_id, day))
        if not all(route is None or news.is_over(route) for route in routes):
            changed.setdefault(van_id, []).append((day, *routes))
    names = file_names(f"crew-{van_id}" for van_id in changed)
    return {
        f"{name}.txt": _message(news, van_id, days).encode()
        for name, (van_id, days) in zip(names, changed.items(), strict=True)
    }


def _message(
    news: CrewNews, van_id: str, days: Sequence[tuple[date, Route | None, Route | None]]
) -> str:
    office = news.after.horizon.district.office
    words, version = office.words, news.after.version
    is_driving = any(after is not None for _, _, after in days)
    sheet = words("The sheets of version {number} take the place of yours.", number=version)
    return compose_text(
        office,
        words("Change of the route of van {van}", van=to_whatsapp(van_id)),
        *([f"{words('Reason')}: {to_whatsapp(news.reason)}", ""] if news.reason else []),
        *(
            line
            for day, before, after in days
            for line in (*_day_lines(news, van_id, day, before, after, words), "")
        ),
        *([sheet] if version and is_driving else []),
    )


def _day_lines(
    news: CrewNews,
    van_id: str,
    day: date,
    before: Route | None,
    after: Route | None,
    words: Words,
) -> Iterator[str]:
    """What is cancelled, and what is to do from now on."""
    yield f"*{words.long_date(day)}*"
    records = news.stopped.get((van_id, day))
    if records is not None:
        yield (
            words("The van does not drive any more; finish recording where you stand.")
            if records
            else words("The van does not drive any more.")
        )
    planned = before.stops if before else ()
    stops = [
        at for at in (news.after.stops(after) if after else ()) if not news.is_past(day, at.stop)
    ]
    stays = {at.stop.site_id for at in stops}
    for stop in planned:
        if stop.site_id not in stays and not news.is_past(day, stop):
            promise = derive_promise(day, stop, news.after.horizon.instance.min_stay_s)
            hours = words.hours(promise.from_s, promise.until_s)
            yield f"*{words('CANCELLED')}*: ~{_name(news, stop)}, {hours}~"
    known = {stop.site_id for stop in planned}
    for at in stops:
        yield from _stop_lines(at, words, is_new=at.stop.site_id not in known)
    if records is None:
        yield _return_line(news, van_id, after, words, has_stops=bool(stops))


def _stop_lines(at: StopAt, words: Words, *, is_new: bool) -> Iterator[str]:
    stop, venue = at.stop, at.venue
    new = f"*{words('ADDED')}*: " if is_new else ""
    yield f"{at.order}. {new}*{to_whatsapp(venue.name)}*"
    if venue.address:
        yield to_whatsapp(venue.address)
    yield words(
        "arrive {arrive}, service {hours}, depart {depart}, people: {people}",
        arrive=words.clock(stop.arrive_s),
        hours=format_service_hours(at, words),
        depart=words.clock(stop.depart_s),
        people=words.number(stop.people),
    )
    if is_new:
        yield f"{words('Map')}: {maps_link(venue)}"


def _return_line(
    news: CrewNews, van_id: str, after: Route | None, words: Words, *, has_stops: bool
) -> str:
    depots = {depot.id: depot.name for depot in news.after.horizon.district.depots}
    depot = to_whatsapp(depots[news.after.vehicles[van_id].end])
    if after is None:
        return words("No stops; the van stays at, or returns to, {depot}.", depot=depot)
    time = words.clock(after.return_s)
    if has_stops:
        return words("Then return to {depot}, at {time}.", depot=depot, time=time)
    return words("No more stops; return to {depot}, at {time}.", depot=depot, time=time)


def _name(news: CrewNews, stop: Stop) -> str:
    venue = news.venues.get(stop.site_id)
    return to_whatsapp(venue.name if venue else stop.site_id)
