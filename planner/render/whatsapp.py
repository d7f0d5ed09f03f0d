"""Texts for WhatsApp: of each place for those who may come, and of changed hours for its host."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import assert_never

from planner.analysis.itinerary import Itinerary
from planner.analysis.public_schedule import PublicVisit, venue_visits
from planner.difference import ChangeKind, StopChange, VanStop
from planner.district import Office, Venue
from planner.i18n.words import Words
from planner.model import Interval
from planner.render.escape import to_line
from planner.render.hours_text import format_breaks, format_service, format_visit_hours
from planner.render.poster import advice
from planner.render.route_sheets import maps_link
from planner.store.file_names import file_names

LOOK_ALIKES = str.maketrans("*_~`", "\u2217\u02cd\u223c\u02cb")
"""WhatsApp makes bold, italic, struck and typewriter letters of these characters."""

LINK = re.compile(
    r"(https?://\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?)", re.I
)
"""What WhatsApp opens: a web address, with or without its scheme, or an e-mail address."""

LIST_MARK = re.compile(r"(?=(?:[-*•>]|\d+[.)]) )")
"""Makes a list or a quotation of the line that it begins."""

WORD_JOINER = "\u2060"
"""Takes no room, and cannot be seen."""

Breaks = Mapping[tuple[str, date, str], tuple[Interval, ...]]
"""Published breaks of the stops of a plan, by van, date and site."""


def compose_notices(office: Office, visits: Sequence[PublicVisit]) -> dict[str, bytes]:
    """``text-PLACE.txt`` for each place, with all its visits and for whom they are."""
    words = office.words
    ordered = sorted(visits, key=lambda visit: (visit.venue.id, visit.date))
    by_place = [list(group) for _, group in groupby(ordered, key=lambda visit: visit.venue.id)]
    names = file_names(f"text-{same[0].venue.name}" for same in by_place)
    return {
        f"{name}.txt": _notice(same, office, words).encode()
        for name, same in zip(names, by_place, strict=True)
    }


def _notice(visits: list[PublicVisit], office: Office, words: Words) -> str:
    venue = visits[0].venue
    draft = f"{words('DRAFT, not to be passed on')}\n" if visits[0].draft else ""
    return draft + compose_text(
        office,
        _notice_title(venue, words),
        f"*{to_whatsapp(venue.name)}*",
        *filter(None, [to_whatsapp(visits[0].address)]),
        *(f"{words.long_date(visit.date)}, {format_visit_hours(visit, words)}" for visit in visits),
        *dict.fromkeys(format_service(visit, words) for visit in visits),
        *_audience(venue, words),
        "",
        *advice(words, venue.service),
        f"{words('Map')}: {maps_link(venue)}",
    )


def _notice_title(venue: Venue, words: Words) -> str:
    if venue.service:
        near = words("Civil registration services near you")
        return near if venue.public else words("Civil registration services at your place")
    near = words("KTP-el recording near you")
    return near if venue.public else words("KTP-el recording at your place")


def _audience(venue: Venue, words: Words) -> list[str]:
    """Whom a place is for, where not for everybody."""
    if venue.public:
        return []
    if venue.type.has_pupils:
        return [words("Only for pupils of this school.")]
    return [words("Only for people of this place.")]


def compose_text(office: Office, title: str, *lines: str) -> str:
    """A text of an office, with its telephone where it has one."""
    phone = to_whatsapp(office.phone)
    questions = [f"{office.words('Questions')}: {phone}"] if phone else []
    return "\n".join([f"*{title}*", to_whatsapp(office.name), "", *lines, *questions, ""])


def to_whatsapp(text: str) -> str:
    """Text that shows in WhatsApp just as it was written; links and e-mail addresses still work."""
    parts = LINK.split(to_line(text))
    parts[::2] = [part.translate(LOOK_ALIKES) for part in parts[::2]]
    line = "".join(parts)
    return WORD_JOINER + line if LIST_MARK.match(line) else line


def compose_host_messages(
    after: Itinerary,
    changes: Sequence[StopChange],
    venues: Mapping[str, Venue],
    reason: str = "",
) -> dict[str, bytes]:
    """``message-PLACE.txt`` for each host who must be informed, by file name.

    Parameters
    ----------
    after
        The plan that has changed.
    venues
        Those of both plans, by id.
    reason
        Why the plan has changed, in the office's own words.
    """
    breaks = {
        (at.route.van_id, at.route.date, at.stop.site_id): visit.breaks
        for at in after.all_stops()
        for visit in venue_visits(after, [at])
    }
    by_site = defaultdict[str, list[StopChange]](list)
    for change in sorted(changes, key=attrgetter("site_id")):
        by_site[change.site_id].append(change)
    hosts = [
        (venues[site_id], of_site)
        for site_id, of_site in by_site.items()
        if site_id in venues and any(change.concerns_host for change in of_site)
    ]
    names = file_names(f"message-{venue.name}" for venue, _ in hosts)
    return {
        f"{name}.txt": _message(
            after.horizon.district.office, venue, of_site, breaks, reason
        ).encode()
        for name, (venue, of_site) in zip(names, hosts, strict=True)
    }


def _message(
    office: Office, venue: Venue, changes: Sequence[StopChange], breaks: Breaks, reason: str
) -> str:
    """An apology where something changes, a question where something is added, or both."""
    words = office.words
    new = [change.van_stop for change in changes if change.kind is ChangeKind.NEW]
    old = [change for change in changes if change.kind is not ChangeKind.NEW]
    has_changed = any(change.concerns_host for change in old)
    return compose_text(
        office,
        words("Change of the KTP-el recording schedule")
        if has_changed
        else words("Request for a KTP-el recording place"),
        *([f"{words('To')}: {to_whatsapp(venue.contact)}"] if venue.contact else []),
        f"*{to_whatsapp(venue.name)}*",
        *([to_whatsapp(venue.address)] if venue.address else []),
        "",
        *(line for change in changes for line in _lines(change, changes, breaks, words)),
        "",
        *([f"{words('Reason')}: {to_whatsapp(reason)}", ""] if reason and has_changed else []),
        *([_apology(old, words)] if has_changed else []),
        *([_question(venue, new, words)] if new else []),
    )


def _apology(changes: Sequence[StopChange], words: Words) -> str:
    if all(change.kind is ChangeKind.KEPT for change in changes):
        return words("The hours stay; nothing changes for those who come.")
    return words("We are sorry for the change. Please tell everyone who was going to come.")


def _question(venue: Venue, new: Sequence[VanStop], words: Words) -> str:
    """Whether a host agrees, and why he is asked."""
    count = sum(van_stop.stop.people for van_stop in new)
    people = (
        words.number_of(
            "{n} person near you is still to be recorded.",
            "Some {n} people near you are still to be recorded.",
            count,
        )
        if venue.public
        else words.number_of(
            "{n} person at your place is still to be recorded.",
            "Some {n} people at your place are still to be recorded.",
            count,
        )
    )
    return f"{people} {words('May we come to you at this time? Please let us know soon.')}"


def _lines(
    change: StopChange, changes: Sequence[StopChange], breaks: Breaks, words: Words
) -> Iterator[str]:
    """What was announced, and what holds now."""
    was = _hours(change.before, words) if change.before else ""
    now = _hours(change.after, words) if change.after else ""
    rests = []
    if change.after:
        key = change.after.van_id, change.after.date, change.site_id
        rests = format_breaks(breaks.get(key, ()), words)
    match change.kind:
        case ChangeKind.CANCELLED:
            yield f"~{was}~"
            yield f"*{words('CANCELLED')}*"
        case ChangeKind.MOVED if end := _other_end(change, words):
            yield was
            yield f"*{end}*"
            yield from _rest_lines(change, changes, words)
        case ChangeKind.MOVED:
            yield f"~{was}~"
            yield f"*{words('NEW TIME')}: {', '.join((now, *rests))}*"
        case ChangeKind.NEW:
            yield f"*{words('ADDED')}: {', '.join((now, *rests))}*"
        case ChangeKind.KEPT:
            yield f"{words('STAYS')}: {', '.join((was, *rests))}"
            if change.other_van:
                yield words("Another van comes: {van}", van=to_whatsapp(change.van_stop.van_id))
        case _:
            assert_never(change.kind)


def _other_end(change: StopChange, words: Words) -> str:
    """When a service ends that begins as it was to; empty where it begins at another time."""
    assert change.before is not None
    assert change.after is not None
    was, now = (change.before.promise, change.after.promise)
    if (was.date, was.from_s) != (now.date, now.from_s):
        return ""
    end = words.clock(now.until_s)
    return f"{words('ENDS AT') if now.until_s < was.until_s else words('LASTS UNTIL')} {end}"


def _rest_lines(change: StopChange, changes: Sequence[StopChange], words: Words) -> Iterator[str]:
    """Where a service ends sooner, when those are recorded who were not served."""
    before, after = change.before, change.after
    assert before is not None
    assert after is not None
    if after.stop.people >= before.stop.people or after.stop.packup_s >= before.stop.packup_s:
        return
    end = after.date, after.stop.packup_s
    later = [
        _hours(other.after, words)
        for other in changes
        if other.after and (other.after.date, other.after.stop.packup_s) > end
    ]
    if later:
        yield f"{words('The rest on')}: {'; '.join(later)}"
    else:
        yield words("The rest: a new date will follow.")


def _hours(van_stop: VanStop, words: Words) -> str:
    hours = van_stop.promise
    return f"{words.long_date(van_stop.date)}, {words.hours(hours.from_s, hours.until_s)}"
