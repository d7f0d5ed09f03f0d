"""Tallies: the workbook of a week, and what comes back in it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from planner.backlog import (
    COUNTS,
    PermissionEntry,
    Publication,
    PublishedStop,
    Tally,
    check_tally,
)
from planner.district import District
from planner.errors import MissingPlanError, input_error
from planner.i18n.messages import Message, say
from planner.inputs.hours import parse_clock
from planner.inputs.tally import TallyFile, read_number, read_tally, read_text
from planner.office.history import find_ledger, open_ledger
from planner.render.tally_workbook import build_tally_workbook
from planner.store.atomic import write_files
from planner.store.plan_folder import PlanFolder

FOLDER = "tallies"

READERS: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(COUNTS, read_number),
    **dict.fromkeys(("started_s", "ended_s"), parse_clock),
    "note": read_text,
}
"""How what a person types of a tally is read; `Mistake` where it cannot be."""

StopKey = tuple[date, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyReport:
    """What became of the numbers of a week.

    Attributes
    ----------
    new, corrections, unchanged
        Stops told for the first time, told otherwise than before, and as they were.
    oddities
        What does not add up; it is kept as it was told.
    recorded
        People recorded in the week, by all tallies.
    open_stops
        Published stops of which nothing is told yet.
    """

    week: str
    new: int
    corrections: int
    unchanged: int
    permissions: int
    struck_off: int
    oddities: tuple[Message, ...]
    recorded: int
    open_stops: tuple[PublishedStop, ...]


def published_week(district: District, week: str) -> Publication:
    """The last version of a week that was sent out.

    Raises
    ------
    InputError
        Where none was; `MissingPlanError` where there is no plan either.
    """
    ledger = find_ledger(district)
    published = [given for given in ledger.publications() if given.week == week] if ledger else []
    if not published:
        if PlanFolder.of_week(district.folder, week).current is None:
            raise MissingPlanError(district.folder, week)
        raise input_error(
            say("plan of {week}", week=week),
            say("is not published yet"),
            say("run planner publish first"),
        )
    return published[-1]


def write_tally_workbook(district: District, week: str) -> Path:
    """The file ``tallies/WEEK.xlsx``, with what is known already filled in.

    Raises
    ------
    InputError
        Where the file there has numbers that were not read yet.
    """
    publication, ledger = published_week(district, week), open_ledger(district)
    path, zone = district.folder / FOLDER / f"{week}.xlsx", district.office.timezone
    tallies = ledger.tallies()
    if path.exists() and _has_news(read_tally(path, zone), publication, tallies):
        raise input_error(
            str(path),
            say("has numbers that were not read yet"),
            say("read it first: planner tally {folder} {week} {path}", **_names(district, path)),
        )
    content = build_tally_workbook(
        publication, tallies, district.venues, ledger.permissions(), district.office.words
    )
    write_files(path.parent, {path.name: content})
    return path


def read_tally_file(district: District, week: str, path: Path) -> TallyReport:
    """What a workbook or CSV file says, added to the ledger.

    Raises
    ------
    InputError
        Where a cell cannot be read, or the ledger cannot be written to; then nothing is added.
    """
    from planner.ledger import Source  # noqa: PLC0415

    publication, given = published_week(district, week), read_tally(path, district.office.timezone)
    ledger = open_ledger(district)
    source = Source(name=given.name, sha256=given.sha256)
    told = _without_preset(given.tallies, publication)
    added = ledger.add_tallies(told, source)
    news = [entry for entry in given.permissions if not _is_of_table(entry, district)]
    permissions = ledger.add_permissions(news, source)
    struck = ledger.add_struck_off(given.struck_off, source)
    return _report(
        district,
        publication,
        told,
        **asdict(added),
        permissions=permissions.new,
        struck_off=struck.new + struck.corrections,
    )


def add_typed(district: District, week: str, tallies: Sequence[Tally]) -> TallyReport:
    """Tallies that a person typed, added to the ledger."""
    publication = published_week(district, week)
    added = open_ledger(district).add_tallies(tallies)
    return _report(district, publication, tallies, **asdict(added), permissions=0, struck_off=0)


def _report(
    district: District, publication: Publication, told: Sequence[Tally], **numbers: int
) -> TallyReport:
    stops = {stop.key: stop for stop in publication.stops}
    now = {tally.key: tally for tally in open_ledger(district).tallies()}
    in_week = [tally for tally in now.values() if tally.week == publication.week]
    concerned = {tally.key: now.get(tally.key, tally) for tally in told}
    return TallyReport(
        week=publication.week,
        oddities=tuple(_oddities(concerned.values(), stops, publication.week)),
        recorded=sum(tally.recorded for tally in in_week),
        open_stops=tuple(stop for key, stop in stops.items() if key not in now),
        **numbers,
    )


def _oddities(
    tallies: Iterable[Tally], stops: Mapping[StopKey, PublishedStop], week: str
) -> Iterator[Message]:
    for tally in tallies:
        stop = stops.get(tally.key)
        where = f"{tally.day:%d/%m/%Y} {tally.van} {stop.name if stop else tally.place}"
        if tally.week != week:
            yield say("{where}: {what}", where=where, what=say("is not in week {week}", week=week))
            continue
        for what in check_tally(tally, stop):
            yield say("{where}: {what}", where=where, what=what)


def _without_preset(tallies: Sequence[Tally], publication: Publication) -> tuple[Tally, ...]:
    """Tallies in which more is told than the number of people planned, as the workbook has it."""
    planned = {stop.key: {"expected": stop.people} for stop in publication.stops}
    return tuple(
        tally
        for tally in tallies
        if (tally.started_s, tally.ended_s, tally.note) != (None, None, "")
        or dict(tally.counts) != planned.get(tally.key)
    )


def _is_of_table(entry: PermissionEntry, district: District) -> bool:
    """Whether a row of the workbook says no more than the tables do."""
    venue = next((venue for venue in district.venues if venue.id == entry.place), None)
    return venue is not None and entry == PermissionEntry(
        place=venue.id, state=venue.permission, contact=venue.contact
    )


def _has_news(given: TallyFile, publication: Publication, known: Sequence[Tally]) -> bool:
    """Whether a file says anything of stops that the ledger does not."""
    by_key = {tally.key: tally for tally in known}
    return any(
        by_key.get(tally.key) is None or by_key[tally.key].updated(tally) != by_key[tally.key]
        for tally in _without_preset(given.tallies, publication)
    )


def _names(district: District, path: Path) -> dict[str, object]:
    return {"folder": district.folder, "week": path.stem, "path": path}
