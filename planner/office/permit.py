"""Permissions: what a host said, and whom to call next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from planner.backlog import PermissionEntry
from planner.district import District, Permission, Venue
from planner.errors import Mistake, input_error
from planner.i18n.messages import Message, say
from planner.inputs.cell_values import as_date, as_permission
from planner.inputs.hours import parse_intervals
from planner.inputs.lookup import find_venue
from planner.inputs.tally import read_text
from planner.office.history import open_ledger, with_history
from planner.office.listener import SILENT, Listener
from planner.office.scarcity import value_scarce
from planner.office.week_plan import read_week_plan
from planner.plan import Stop
from planner.scenarios import Permit, Refuse
from planner.venues import place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A host to ask, and what the answer is worth.

    Attributes
    ----------
    people
        What the permission would bring, beside the best that can be done without it.
    day, stop
        Of the first stop that a plan has there; None where it has none.
    """

    venue: Venue
    people: int
    day: date | None = None
    stop: Stop | None = None


READERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "day": ("--date", as_date),
    "hours": ("--hours", parse_intervals),
    "room": ("--room", read_text),
    "contact": ("--contact", read_text),
    "letter_number": ("--letter-number", read_text),
    "letter_date": ("--letter-date", as_date),
}
"""What else may be told, by the attribute of an entry: how messages name it, and how it is read."""


def permit(
    district: District, place: str, state: str, **told: str
) -> tuple[PermissionEntry, tuple[Message, ...]]:
    """What a host said, as the ledger has it now, and what should be looked at.

    Parameters
    ----------
    place
        Id or name.
    state
        As the table has it: ``disetujui``.
    **told
        Texts by the names of `READERS`. Without a day it holds whenever the place is open; without
        hours those are the usual ones.

    Raises
    ------
    InputError
        Where something cannot be understood, or the ledger cannot be written to.
    """
    kinds = [kind.key for kind in district.venue_types]
    venue = _read("PLACE", place, lambda text: find_venue(district, text, kinds))
    read = {"state": _read("STATE", state, as_permission)}
    for name, (where, reader) in READERS.items():
        if told.get(name):
            read[name] = _read(where, told[name], reader)
    if "hours" in read and "day" not in read:
        raise input_error("--hours", say("need a date"), say("add --date"))
    entry = PermissionEntry(place=venue.id, **read)
    ledger = open_ledger(district)
    ledger.add_permissions([entry])
    return entry, tuple(_remarks(with_history(district, ledger), venue, entry))


def _read(name: str, text: str, reader: Callable[[str], Any]) -> Any:
    try:
        return reader(text)
    except Mistake as mistake:
        raise input_error(name, mistake.what, mistake.remedy) from None


def _remarks(district: District, venue: Venue, entry: PermissionEntry) -> Sequence[Message]:
    if entry.day is None or entry.hours or entry.state is not Permission.APPROVED:
        return ()
    now = next(other for other in district.venues if other.id == venue.id)
    weekdays = {*now.hours, *now.hours_if_approved}
    if entry.day.weekday() in weekdays:
        return ()
    return (
        say("{name}: its hours do not include {day}; add --hours", name=venue.name, day=entry.day),
    )


def rank_calls(district: District, week: str, *, listener: Listener = SILENT) -> tuple[Call, ...]:
    """Whom to ask for permission in a week, by what each would bring.

    Those that the plan in force counts on, and those whose permission would bring somebody.

    Raises
    ------
    MissingPlanError
        Where the week has no plan.
    """
    plan = read_week_plan(district.folder, week, listener=listener)
    valuation = value_scarce(district, week, permissions_only=True, listener=listener)
    venues = {venue.id: venue for venue in district.venues}
    days: dict[str, date] = {}
    stops: dict[str, Stop] = {}
    for route, stop in plan.plan.stops():
        days.setdefault(place_of(stop.site_id), route.date)
        stops.setdefault(place_of(stop.site_id), stop)
    calls = (
        Call(
            venue=venues[str(worth.change.target)],
            people=worth.gain.people,
            day=days.get(str(worth.change.target)),
            stop=stops.get(str(worth.change.target)),
        )
        for worth in valuation.worths
        if isinstance(worth.change, Permit | Refuse)
    )
    worthwhile = (call for call in calls if call.people > 0 or call.stop)
    return tuple(sorted(worthwhile, key=lambda call: (-call.people, call.venue.name)))
