"""What an entry of the calendar is about, however it is named."""

from collections import defaultdict
from dataclasses import replace
from itertools import chain, starmap

from planner.errors import Mistake, suggest
from planner.i18n.language import SETTINGS
from planner.i18n.messages import say
from planner.inputs.findings import Findings
from planner.inputs.rows import column_name, row_model
from planner.inputs.table_files import INDONESIAN
from planner.inputs.validate import ValidRows


def resolve_scopes(rows: ValidRows, findings: Findings) -> ValidRows:
    """The rows, with ids, codes and tables for scopes of the calendar; what is none is noted.

    A place, a van or a kelurahan may be named, a code be without dots, a table in Indonesian.
    """
    id_columns = {
        venue_type.table: column_name(row_model(venue_type), "id")
        for venue_type in rows.venues_by_type
    } | {"vans": "id"}
    # Tables of types that only the settings name may be among those not read.
    if findings.has_problem(SETTINGS) or any(
        name not in rows.tables and findings.has_problem(name) for name in id_columns
    ):
        return rows
    known = {
        *id_columns,
        *chain.from_iterable(starmap(rows.column_texts, id_columns.items())),
        *(entry.row.code for entry in rows.rt),
        *(entry.row.code for entry in rows.areas),
    }
    meanings = _meanings(rows, known)
    calendar = []
    for entry in rows.calendar:
        scope = entry.row.scope
        if scope and scope not in known:
            try:
                scope = _match(scope, meanings)
            except Mistake as mistake:
                findings.add(entry.spot("scope"), mistake.what, mistake.remedy)
        calendar.append(replace(entry, row=entry.row.model_copy(update={"scope": scope})))
    return replace(rows, calendar=tuple(calendar))


def _meanings(rows: ValidRows, known: set[str]) -> dict[str, set[str]]:
    """What each name may mean, by its letters and digits."""
    meanings = defaultdict(set)
    for scope in known:
        meanings[_letters(scope)].add(scope)
    for venue in rows.venues:
        meanings[_letters(venue.row.name)].add(venue.row.id)
    for van in rows.vans:
        meanings[_letters(van.row.plate)].add(van.row.id)
    for home in rows.rt:
        meanings[_letters(home.row.kelurahan)].add(home.row.code)
    for name, table in INDONESIAN.items():
        if table in known:
            meanings[_letters(name)].add(table)
    return meanings


def _match(scope: str, meanings: dict[str, set[str]]) -> str:
    candidates = sorted(meanings.get(_letters(scope), ()))
    if len(candidates) > 1:
        names = ", ".join(candidates)
        raise Mistake.of(
            scope, say("has several meanings"), say("write one of: {names}", names=names)
        )
    if not candidates:
        raise Mistake.of(
            scope,
            say("is not a place, van, table or kelurahan"),
            suggest(
                scope,
                chain.from_iterable(meanings.values()),
                say("leave it blank if the entry applies to all"),
            ),
        )
    return candidates[0]


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
