"""Texts for WhatsApp to the host of each place whose hours have changed."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from planner.difference import ChangeKind, StopChange, VanStop
from planner.district import Office, Venue
from planner.i18n.words import Words
from planner.promise import derive_promise
from planner.render.escape import to_line
from planner.render.notices import plain
from planner.store.file_names import file_names


def compose_host_messages(
    office: Office, found: Sequence[StopChange], venues: Mapping[str, Venue], reason: str = ""
) -> dict[str, bytes]:
    """``message-PLACE.txt`` for each host who must be told, by file name.

    Parameters
    ----------
    reason
        Why the plan has changed, in the office's own words.
    """
    words = office.words
    told = sorted(
        (change for change in found if change.site_id in venues),
        key=lambda change: change.site_id,
    )
    texts = {
        site_id: _message(office, venues[site_id], list(group), words, reason)
        for site_id, group in groupby(told, key=lambda change: change.site_id)
    }
    concerned = {change.site_id for change in told if change.concerns_host}
    affected = [site_id for site_id in texts if site_id in concerned]
    names = file_names(f"message-{venues[site_id].name}" for site_id in affected)
    return {
        f"{name}.txt": texts[site_id].encode()
        for name, site_id in zip(names, affected, strict=True)
    }


def _message(
    office: Office, venue: Venue, found: Sequence[StopChange], words: Words, reason: str
) -> str:
    lines = [
        f"*{words('Change of the KTP-el recording schedule')}*",
        plain(office.name),
        "",
        *([f"{words('To')}: {plain(venue.contact)}"] if venue.contact else []),
        f"*{plain(venue.name)}*",
        *([plain(venue.address)] if venue.address else []),
        "",
        *(line for change in found for line in _lines(change, words)),
        "",
        *([f"{words('Reason')}: {plain(to_line(reason))}", ""] if reason else []),
        words("We are sorry for the change. Please tell everyone who was going to come."),
        *([f"{words('Questions')}: {plain(office.phone)}"] if office.phone else []),
    ]
    return "\n".join([*lines, ""])


def _lines(change: StopChange, words: Words) -> Iterator[str]:
    """What was announced, and what holds now."""
    was = _hours(change.before, words) if change.before else ""
    now = _hours(change.after, words) if change.after else ""
    if change.kind is ChangeKind.CANCELLED:
        yield f"~{was}~"
        yield f"*{words('CANCELLED')}*"
    elif change.kind is ChangeKind.MOVED:
        yield f"~{was}~"
        yield f"*{words('NEW TIME')}: {now}*"
    elif change.kind is ChangeKind.NEW:
        yield f"*{words('ADDED')}: {now}*"
    else:
        yield f"{words('STAYS')}: {was}"


def _hours(van_stop: VanStop, words: Words) -> str:
    hours = derive_promise(van_stop.date, van_stop.stop)
    return f"{words.long_date(van_stop.date)}, {words.hours(hours.from_s, hours.until_s)}"
