"""Codes and names of regencies, held against each other: BPS has other codes than Kemendagri.

``regencies.csv`` has the official codes and names as in idn-area-data, a database under the Open
Database License (ODbL) 1.0.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from planner.i18n.messages import Message, say
from planner.intake.cells import REGENCY, as_label, dotted
from planner.intake.count_rows import CountTable
from planner.intake.grid import Finding, Severity
from planner.intake.titles import Role, names_bps

_KIND = re.compile(r"^(?:kabupaten administrasi|kota administrasi|kabupaten|kota|kab\.?|adm\.?)\s*")


@cache
def regency_names() -> Mapping[str, str]:
    """Names of all regencies by the four digits of their Kemendagri code."""
    text = files("planner.intake").joinpath("regencies.csv").read_text(encoding="utf-8")
    return {row["code"].replace(".", ""): row["name"] for row in csv.DictReader(text.splitlines())}


def check_names(table: CountTable) -> Iterator[Finding]:
    """Stop where codes are those of BPS: by their form, or as they name another regency."""
    position = table.columns.by_role.get(Role.CODE)
    is_named = position is not None and names_bps(table.header.titles[position])
    faulty = [
        row
        for row in table.rows
        if (row.reason and row.reason.code == "bps-code")
        or (is_named and (row.key or row.upper) and row.fate is None)
    ]
    if faulty:
        yield _stop(
            table,
            faulty[0].index,
            say("{count} rows have codes of BPS, not of Kemendagri", count=len(faulty)),
        )
        return
    for row in table.rows:
        code = row.key[0] if row.key else row.upper
        told = _told_name(table, row.index, row.upper)
        if len(code) < REGENCY or not told:
            continue
        official = regency_names().get(code[:REGENCY])
        if official is None or _plain(official) == _plain(told):
            continue
        others = [c for c, name in regency_names().items() if _plain(name) == _plain(told)]
        if others:
            yield _stop(
                table,
                row.index,
                say(
                    "{code} is {official} for Kemendagri, but the row says {told}, which is"
                    " {other}: the codes are those of BPS",
                    code=dotted(code[:REGENCY]),
                    official=official,
                    told=told,
                    other=dotted(others[0]),
                ),
            )
            return


def _told_name(table: CountTable, index: int, upper: str) -> str:
    """The regency that a row names in a column of its own, or is itself."""
    by_role = table.columns.by_role
    role = Role.REGENCY if Role.REGENCY in by_role else Role.AREA
    if role not in by_role or (role is Role.AREA and len(upper) != REGENCY):
        return ""
    row = table.sheet.rows[index]
    return as_label(row[by_role[role]]) if by_role[role] < len(row) else ""


def _plain(name: str) -> str:
    """A name without the kind of regency, its blanks or signs."""
    text = name.casefold()
    for _ in range(2):
        text = _KIND.sub("", text)
    return re.sub(r"[\W_]+", "", text)


def _stop(table: CountTable, index: int, what: Message) -> Finding:
    return Finding(
        code="bps-codes",
        where=table.sheet.address(index, table.columns.by_role.get(Role.CODE)),
        what=what,
        remedy=say("export it with Kemendagri codes; codes are not converted"),
        severity=Severity.STOP,
    )
