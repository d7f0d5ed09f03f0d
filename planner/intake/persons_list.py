"""Counts a list of persons into RT, school and month of turning 17, and keeps nothing else of it.

Nothing of a person leaves this file: neither values of cells nor rows that could not be counted.
"""

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO

from planner.errors import Mistake
from planner.i18n.messages import Message, say
from planner.inputs.cell_values import as_npsn
from planner.inputs.table import as_title
from planner.intake.cells import KELURAHAN, as_label, dotted, tidy
from planner.intake.column_mapping import ColumnMapping
from planner.intake.columns import find_columns
from planner.intake.count_rows import CountRow, Names, UnitKey
from planner.intake.grid import Fate, Finding, Severity, Sheet, Tally
from planner.intake.header import find_header
from planner.intake.nik import has_nik
from planner.intake.persons import is_birth_title
from planner.intake.titles import Role, key_of
from planner.intake.unit_reader import UnitReader

KNOWN = frozenset(
    (
        *("nik", "no_kk", "nama", "nama_lgkp", "nama_lengkap", "jenis_klm", "tmpt_lhr", "tgl_lhr"),
        *("tanggal_lahir", "tanggallahir", "status_rekam", "alamat", "npsn", "sekolah"),
        "nama_sekolah",
    )
)
ANY = "*"
"""Value of a mapping for a list that has unrecorded persons alone."""

AGE = 17
_MOST_VALUES = 12
_STATUS = re.compile(r".*(?:status|rekam|ket).*")
_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})|(\d{4})-(\d\d)-(\d\d).*")


@dataclass(slots=True)
class PersonCounts:
    """Persons unrecorded, counted.

    Attributes
    ----------
    units
        By where they live.
    schools
        By NPSN: those of 16 and younger, and those of 17 and older.
    months
        By kelurahan or NPSN, and the month in which they turn 17, as ``2027-02``.
    """

    units: Counter[UnitKey] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    schools: dict[str, list[int]] = field(default_factory=dict)
    months: Counter[tuple[str, str]] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)
    findings: list[Finding] = field(default_factory=list)


def count_persons(
    sheet: Sheet, mapping: ColumnMapping, names: Names, today: date, counts: PersonCounts
) -> None:
    """Add the persons of one sheet who are not recorded yet.

    Parameters
    ----------
    mapping
        Says which column and which of its values mean unrecorded.
    today
        Decides who is 17 already.
    """
    header = find_header(sheet, KNOWN)
    if header is None or sheet.is_hidden:
        return
    status = _status_column(sheet, header.titles, header.last + 1, mapping, counts)
    if status is None and ANY not in mapping.unrecorded_values:
        return
    told = mapping.roles(header.titles)
    personal = {p: Role.IGNORED for p, title in enumerate(header.titles) if key_of(title) in KNOWN}
    columns = find_columns(header, (), {**personal, **told})
    columns.by_role = {
        role: position
        for role, position in columns.by_role.items()
        if role not in {Role.ELIGIBLE, Role.RECORDED, Role.UNRECORDED}
    }
    reader = UnitReader(sheet, header, columns, names, mapping.kelurahan)
    births = [p for p, title in enumerate(header.titles) if is_birth_title(title)]
    npsn = [p for p, title in enumerate(header.titles) if as_title(title) == "npsn"]
    wanted = {value.casefold() for value in mapping.unrecorded_values}
    counts.tally.add(
        Fate.HEADER, rows=sum(any(map(as_label, r)) for r in sheet.rows[: header.last + 1])
    )
    failures: dict[str, list[int]] = {}
    for index in range(header.last + 1, len(sheet.rows)):
        cells = sheet.rows[index]
        if all(tidy(cell) is None for cell in cells):
            continue
        value = as_label(cells[status]) if status is not None and status < len(cells) else ""
        if status is not None and value.casefold() not in wanted:
            # Recorded already: read, and not one of the people to be counted.
            counts.tally.add(Fate.IMPORTED, 0)
            continue
        failure = _count(reader, index, births, npsn, today, counts)
        if failure:
            failures.setdefault(failure, []).append(index)
        counts.tally.add(Fate.REJECTED if failure else Fate.IMPORTED, 1)
    for code, rows in failures.items():
        counts.findings.append(
            Finding(
                code=code,
                where=sheet.label,
                what=say(
                    "persons whose RT or school cannot be told: {count} (rows {rows})",
                    count=len(rows),
                    rows=sheet.name_rows(rows),
                ),
                remedy=say("correct code, RW, RT or NPSN in the list and count it again"),
            )
        )


def _count(
    reader: UnitReader,
    index: int,
    births: Sequence[int],
    npsn: Sequence[int],
    today: date,
    counts: PersonCounts,
) -> str:
    """Count one person; the code of why that cannot be, else blank."""
    row = CountRow(index=index)
    reader.locate(row)
    cells = reader.sheet.rows[index]
    born = next(filter(None, (_date(cells[p]) for p in births if p < len(cells))), None)
    school = _npsn(cells, npsn)
    place = ""
    if row.key is not None and len(row.key[0]) == KELURAHAN:
        counts.units[row.key] += 1
        counts.names.setdefault(row.key[0], row.kelurahan)
        place = dotted(row.key[0])
    elif school:
        ages = counts.schools.setdefault(school, [0, 0])
        ages[born is None or _turns(born) <= today] += 1
        place = school
    if not place:
        return row.reason.code if row.reason else "no-unit"
    if born is not None and _turns(born) > today:
        counts.months[place, f"{_turns(born):%Y-%m}"] += 1
    return ""


def _npsn(cells: Sequence[object], positions: Sequence[int]) -> str:
    for position in positions:
        try:
            return as_npsn(cells[position])
        except (Mistake, IndexError):
            continue
    return ""


def _turns(born: date) -> date:
    """The birthday on which a person becomes 17; of a leap day the first of March."""
    try:
        return born.replace(year=born.year + AGE)
    except ValueError:
        return date(born.year + AGE, 3, 1)


def _date(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    match = _DATE.search(as_label(cell))
    if match is None:
        return None
    day, month, year, year_first, month_second, day_third = match.groups()
    try:
        return date(int(year or year_first), int(month or month_second), int(day or day_third))
    except ValueError:
        return None


def _status_column(
    sheet: Sheet,
    titles: Sequence[str],
    start: int,
    mapping: ColumnMapping,
    counts: PersonCounts,
) -> int | None:
    """Where a list says who is recorded; without a mapping that is asked, not guessed."""
    wanted = key_of(mapping.unrecorded_column)
    if wanted and mapping.unrecorded_values:
        position = next((p for p, title in enumerate(titles) if key_of(title) == wanted), None)
        if position is not None:
            return position
    if ANY in mapping.unrecorded_values:
        return None
    candidates = [p for p, title in enumerate(titles) if _STATUS.fullmatch(key_of(title))]
    position = candidates[0] if candidates else None
    counts.findings.append(
        Finding(
            code="undecided",
            where=sheet.address(start - 1, position),
            what=_choices(sheet, start, position, titles),
            remedy=say(
                "say in a mapping file: [persons] column = ..., unrecorded = [...]; of a list of"
                ' people unrecorded alone: unrecorded = ["*"]'
            ),
            severity=Severity.STOP,
        )
    )
    return None


def _choices(sheet: Sheet, start: int, position: int | None, titles: Sequence[str]) -> Message:
    if position is None:
        return say("no column says who is unrecorded")
    cells = {as_label(row[position]) for row in sheet.rows[start:] if position < len(row)}
    # Many different values are of persons, and are not shown.
    shown = sorted(cell for cell in cells if cell and not has_nik(cell))
    values = ", ".join(f"'{cell}'" for cell in shown) if len(shown) <= _MOST_VALUES else "..."
    return say(
        "which values of '{title}' mean unrecorded ({values})?",
        title=titles[position],
        values=values,
    )


def months_table(months: Mapping[tuple[str, str], int]) -> bytes:
    """How many turn 17 in each month, by kelurahan or school, as a table."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(("place", "month", "people"))
    writer.writerows((*key, people) for key, people in sorted(months.items()))
    return out.getvalue().encode("utf-8-sig")
