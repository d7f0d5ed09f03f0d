"""Texts for WhatsApp to the host of each place whose hours have changed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import assert_never

from planner.difference import ChangeKind, StopChange, VanStop
from planner.district import Office, Venue
from planner.i18n.words import Words
from planner.promise import derive_promise
from planner.render.notices import to_whatsapp
from planner.store.file_names import file_names


def compose_host_messages(
    office: Office, changes: Sequence[StopChange], venues: Mapping[str, Venue], reason: str = ""
) -> dict[str, bytes]:
    """``message-PLACE.txt`` for each host who must be informed, by file name.

    Parameters
    ----------
    reason
        Why the plan has changed, in the office's own words.
    """
    words = office.words
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
        f"{name}.txt": _message(office, venue, of_site, words, reason).encode()
        for name, (venue, of_site) in zip(names, hosts, strict=True)
    }


def _message(
    office: Office, venue: Venue, changes: Sequence[StopChange], words: Words, reason: str
) -> str:
    lines = [
        f"*{words('Change of the KTP-el recording schedule')}*",
        to_whatsapp(office.name),
        "",
        *([f"{words('To')}: {to_whatsapp(venue.contact)}"] if venue.contact else []),
        f"*{to_whatsapp(venue.name)}*",
        *([to_whatsapp(venue.address)] if venue.address else []),
        "",
        *(line for change in changes for line in _lines(change, words)),
        "",
        *([f"{words('Reason')}: {to_whatsapp(reason)}", ""] if reason else []),
        words("We are sorry for the change. Please tell everyone who was going to come."),
        *([f"{words('Questions')}: {to_whatsapp(office.phone)}"] if office.phone else []),
    ]
    return "\n".join([*lines, ""])


def _lines(change: StopChange, words: Words) -> Iterator[str]:
    """What was announced, and what holds now."""
    was = _hours(change.before, words) if change.before else ""
    now = _hours(change.after, words) if change.after else ""
    match change.kind:
        case ChangeKind.CANCELLED:
            yield f"~{was}~"
            yield f"*{words('CANCELLED')}*"
        case ChangeKind.MOVED:
            yield f"~{was}~"
            yield f"*{words('NEW TIME')}: {now}*"
        case ChangeKind.NEW:
            yield f"*{words('ADDED')}: {now}*"
        case ChangeKind.KEPT:
            yield f"{words('STAYS')}: {was}"
        case _:
            assert_never(change.kind)


def _hours(van_stop: VanStop, words: Words) -> str:
    hours = derive_promise(van_stop.date, van_stop.stop)
    return f"{words.long_date(van_stop.date)}, {words.hours(hours.from_s, hours.until_s)}"
