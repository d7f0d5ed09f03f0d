"""What is remarkable in rows: totals that do not match; rejected, derived and hidden rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from planner.i18n.messages import Message, say
from planner.intake.cells import KECAMATAN
from planner.intake.count_rows import CountRow, CountTable, parents_of
from planner.intake.grid import Fate, Finding, Severity, Sheet
from planner.intake.reasons import Reason
from planner.intake.titles import Role


def tell_rows_of(tables: Sequence[CountTable]) -> Iterator[Finding]:
    """Totals that do not match their parts, and what is remarkable in rows of all tables."""
    sums = _part_sums(tables)
    for table in tables:
        yield from _check_totals(table, sums)
        yield from _tell_rows(table)


def _part_sums(tables: Sequence[CountTable]) -> Mapping[object, int]:
    """People in the parts of each whole, by its key, its code, or its level and name."""
    sums: dict[object, int] = defaultdict(int)
    for row in (row for other in tables for row in other.rows):
        people = row.unrecorded
        if not row.key or people is None or row.fate not in {Fate.IMPORTED, Fate.REJECTED}:
            continue
        for parent in parents_of(row.key):
            sums[parent] += people
        for length in (2, 4, KECAMATAN):
            sums[row.key[0][:length]] += people
        for level, name in row.upper_names.items():
            sums[level, name.casefold()] += people
    return sums


def _check_totals(table: CountTable, sums: Mapping[object, int]) -> Iterator[Finding]:
    """Totals that do not match their parts, each with both numbers."""
    running = whole = 0
    for row in table.rows:
        if row.fate in {Fate.IMPORTED, Fate.REJECTED}:
            running += row.unrecorded or 0
            whole += row.unrecorded or 0
        elif row.fate is Fate.TOTAL and row.unrecorded is not None:
            if row.key or row.upper:
                expected = {sums.get(row.key or row.upper, 0)}
            else:
                named = [(level, name.casefold()) for level, name in row.upper_names.items()]
                expected = {running, whole, *(sums[name] for name in named if name in sums)}
                running = 0
            if row.unrecorded not in expected:
                yield Finding(
                    code="total-mismatch",
                    where=table.sheet.address(row.index, table.people_column),
                    what=say(
                        "the total is {total}, its parts make {parts}",
                        total=row.unrecorded,
                        parts=max(expected),
                    ),
                    remedy=say("look for what is missing, or counted twice"),
                )


def _tell_rows(table: CountTable) -> Iterator[Finding]:
    """What is remarkable in rows: rejected, derived, hidden, carried, or odd in their sums."""
    sheet = table.sheet
    for row in table.rows:
        if row.fate is Fate.REJECTED and row.reason:
            yield tell_rejected(sheet, row.index, row.reason)
        if row.fate is not Fate.IMPORTED:
            continue
        for role, whole, parts in row.sums:
            yield Finding(
                code="sexes-mismatch",
                where=sheet.address(row.index, table.columns.by_role[role]),
                what=say(
                    "men and women make {parts}, the total is {whole}", parts=parts, whole=whole
                ),
                remedy=say("the total is taken; correct one of them"),
            )
        if (
            row.eligible is not None
            and row.recorded is not None
            and row.unrecorded is not None
            and not row.is_derived
            and table.is_complete
            and row.eligible != row.recorded + row.unrecorded
            and Role.ELIGIBLE in table.columns.by_role
        ):
            yield Finding(
                code="arithmetic",
                where=sheet.address(row.index, table.people_column),
                what=say(
                    "{recorded} recorded and {unrecorded} unrecorded do not make {eligible}",
                    recorded=row.recorded,
                    unrecorded=row.unrecorded,
                    eligible=row.eligible,
                ),
                remedy=say("the number of people unrecorded is taken; look at the row"),
            )
    yield from _tell_kinds(table)


def _tell_kinds(table: CountTable) -> Iterator[Finding]:
    """One note each for what many rows have in common."""
    imported = [row for row in table.rows if row.fate is Fate.IMPORTED]
    hidden = [row for row in imported if row.index in table.sheet.hidden_rows]
    derived = [row for row in imported if row.is_derived]
    carried = [row for row in imported if row.is_carried]
    doubles = [row for row in table.rows if row.fate is Fate.DUPLICATE]
    kinds: Sequence[tuple[str, list[CountRow], Message]] = (
        ("hidden-rows", hidden, say("rows that are hidden, and are imported")),
        ("derived", derived, say("rows whose people unrecorded are wajib KTP less recorded")),
        ("carried", carried, say("rows that take the kelurahan or RW of a row above them")),
        ("duplicate", doubles, say("rows that repeat another one, and are not counted again")),
    )
    for code, rows, what in kinds:
        if rows:
            yield tell_alike(code, table.sheet, [row.index for row in rows], what)


def tell_alike(code: str, sheet: Sheet, indices: Sequence[int], what: Message) -> Finding:
    """One note for rows that have something in common."""
    rows = sheet.name_rows(indices)
    return Finding(
        code=code,
        where=sheet.label,
        what=say("{what}: {count} ({rows})", what=what, count=len(indices), rows=rows),
        remedy=say("nothing to do, if that is right"),
        severity=Severity.NOTE,
    )


def tell_rejected(sheet: Sheet, index: int, why: Reason) -> Finding:
    """Why a row is rejected, at its cell."""
    where = sheet.address(index, why.column)
    return Finding(code=why.code, where=where, what=why.what, remedy=why.remedy)
