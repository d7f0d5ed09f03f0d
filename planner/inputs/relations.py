"""What several rows, of one table or of several, must agree on."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from planner.district import VAN_CLASSES
from planner.errors import quote, suggest
from planner.i18n.messages import say
from planner.inputs.cell_values import as_class
from planner.inputs.findings import Findings
from planner.inputs.validate import RowEntry, ValidRows


def check_relations(rows: ValidRows, office_code: str | None, findings: Findings) -> None:
    """Note what does not agree; the office's code is not compared where it is not known."""
    _check_unique(rows, findings)
    _check_counts(rows, findings)
    _check_codes(rows, office_code, findings)
    _check_names(rows, findings)
    _check_kecamatan(rows, findings)
    _check_turning_17(rows, findings)
    _check_depots(rows, findings)
    _check_classes(rows, findings)


def _check_unique(rows: ValidRows, findings: Findings) -> None:
    # The calendar names places and vans alike, so their ids must differ.
    _note_repeated((*rows.venues, *rows.vans), lambda row: (row.id,), "id", findings)
    _note_repeated(rows.depots, lambda row: (row.id,), "id", findings)
    _note_repeated(rows.rt, lambda row: (row.code, row.part, row.rt), "rt", findings)
    _note_repeated(rows.register, lambda row: (row.code, row.rw, row.rt), "code", findings)
    _note_repeated(rows.areas, lambda row: (row.code, row.rw), "code", findings)
    _note_repeated(rows.calendar, lambda row: (row.date, row.scope), "date", findings)


def _note_repeated(
    entries: Iterable[RowEntry[Any]],
    key: Callable[[Any], tuple[Hashable, ...]],
    field: str,
    findings: Findings,
) -> None:
    first: dict[Hashable, RowEntry[Any]] = {}
    for entry in entries:
        value = key(entry.row)
        earlier = first.setdefault(value, entry)
        if earlier is not entry:
            shown = " ".join(str(part) for part in value if part)
            findings.add(
                entry.spot(field),
                say("is already in {earlier}", earlier=earlier.spot().text),
                say("keep one of them, or correct it"),
                value=shown,
            )


def _check_counts(rows: ValidRows, findings: Findings) -> None:
    split = {(entry.row.code, entry.row.part): entry for entry in rows.rt if entry.row.rt}
    parts = {entry.row.code: entry for entry in rows.rt if entry.row.rt or entry.row.part}
    for entry in rows.rt:
        row = entry.row
        if row.unreachable > row.unrecorded:
            findings.add(
                entry.spot("unreachable"),
                say(
                    "'{unreachable}' is more than the {unrecorded} unrecorded",
                    unreachable=row.unreachable,
                    unrecorded=row.unrecorded,
                ),
                say("correct one of the two"),
            )
        if row.eligible is not None and row.eligible < row.unrecorded:
            findings.add(
                entry.spot("eligible"),
                say(
                    "'{eligible}' is less than the {unrecorded} unrecorded",
                    eligible=row.eligible,
                    unrecorded=row.unrecorded,
                ),
                say("correct one of the two"),
            )
        if not (row.rt or row.part) and row.code in parts:
            findings.add(
                entry.spot("rt"),
                say(
                    "counts the whole kelurahan, but {other} has a part of it",
                    other=parts[row.code].spot().text,
                ),
                say("keep the whole or its parts: people must not be counted twice"),
            )
        elif row.rt is None and (row.code, row.part) in split:
            findings.add(
                entry.spot("rt"),
                say(
                    "counts the whole RW {rw}, but its RT {rt} has a row of its own",
                    rw=row.rw,
                    rt=split[row.code, row.part].row.rt,
                ),
                say("keep the RW or its RT: people must not be counted twice"),
            )


def _check_codes(rows: ValidRows, office_code: str | None, findings: Findings) -> None:
    known = set() if findings.has_problem("areas") else {entry.row.code for entry in rows.areas}
    entries: tuple[RowEntry[Any], ...] = (*rows.rt, *rows.areas, *rows.register)
    for entry in entries:
        code = entry.row.code
        if office_code and not code.startswith(office_code):
            findings.add(
                entry.spot("code"),
                say("is not in kabupaten or kota {office_code}", office_code=office_code),
                say("correct the code, or [office] code in planner.toml"),
                value=code,
            )
        elif known and code not in known:
            remedy = suggest(code, known, say("add its border, or correct the code"))
            findings.add(entry.spot("code"), say("is not in areas"), remedy, value=code)


def _check_names(rows: ValidRows, findings: Findings) -> None:
    """A code of BPS may look like one of Kemendagri; the name beside it gives it away."""
    names = {entry.row.code: entry.row.name for entry in rows.areas if entry.row.rw is None}
    entries: tuple[RowEntry[Any], ...] = (*rows.rt, *rows.register)
    for entry in entries:
        name = names.get(entry.row.code)
        if name is not None and _letters(name) != _letters(entry.row.kelurahan):
            findings.add(
                entry.spot("kelurahan"),
                say("is called {other} in areas", other=quote(name)),
                say("correct the name, or the code {code}", code=entry.row.code),
                value=entry.row.kelurahan,
            )


def _check_turning_17(rows: ValidRows, findings: Findings) -> None:
    """Each row is of a school, or of a kelurahan that is counted."""
    schools = {entry.row.id for entry in rows.venues}
    kelurahan = {entry.row.code for entry in rows.rt} | {entry.row.code for entry in rows.areas}
    known = sorted(schools | kelurahan)
    for entry in rows.turning_17:
        if entry.row.place not in known:
            remedy = suggest(
                entry.row.place, known, say("write an NPSN or the code of a kelurahan")
            )
            what = say("is no school, and no kelurahan of rt")
            findings.add(entry.spot("place"), what, remedy, value=entry.row.place)


def _check_kecamatan(rows: ValidRows, findings: Findings) -> None:
    """One kecamatan has one name, whichever of its rows give it."""
    first: dict[str, str] = {}
    for entry in rows.areas:
        row = entry.row
        name = first.setdefault(row.kecamatan_code, row.kecamatan) if row.kecamatan else ""
        if _letters(name) != _letters(row.kecamatan):
            findings.add(
                entry.spot("kecamatan"),
                say("is called {other} in a row above", other=quote(name)),
                say("correct the name, or the code {code}", code=row.code),
                value=row.kecamatan,
            )


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _check_depots(rows: ValidRows, findings: Findings) -> None:
    known = rows.column_texts("depots", "id")
    by_name = {entry.row.name: entry.row.id for entry in rows.depots}
    for entry in rows.vans if known else ():
        for column, depot in (("start", entry.row.start), ("end", entry.row.end)):
            if depot is None or depot in known:
                continue
            remedy = suggest(depot, sorted(known))
            if depot in by_name:
                remedy = say("write its id '{id}'", id=by_name[depot])
            findings.add(entry.spot(column), say("is not in depots"), remedy, value=depot)


def _check_classes(rows: ValidRows, findings: Findings) -> None:
    owned = {as_class(text) for text in rows.column_texts("vans", "class")}
    taken: set[str] = set()
    for entry in rows.venues:
        for van_class in entry.row.classes or owned:
            taken.add(van_class)
            if owned and van_class not in owned | {*VAN_CLASSES}:
                findings.add(
                    entry.spot("classes"),
                    say("no van has the class {van_class}", van_class=quote(van_class)),
                    suggest(van_class, sorted(owned)),
                )
    for van in rows.vans if rows.venues else ():
        if van.row.van_class not in taken:
            findings.add(
                van.spot("van_class"),
                say(
                    "no place accepts vans of class {van_class}", van_class=quote(van.row.van_class)
                ),
                suggest(van.row.van_class, taken, say("name it in the column classes of places")),
            )
