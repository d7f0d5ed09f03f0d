"""Puts the rows of all tables together: every row and every person is counted exactly once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planner.i18n.messages import say, say_n
from planner.intake.cells import KECAMATAN, KELURAHAN, LEVELS, dotted
from planner.intake.count_rows import CountRow, CountTable, UnitKey, parents_of
from planner.intake.grid import NAMED, Fate, Finding, Severity, Tally
from planner.intake.periods import Period
from planner.intake.row_findings import tell_rows_of

ABOVE = "level-above-kelurahan"


@dataclass(slots=True, kw_only=True)
class Unit:
    """The people of one RT, RW, dusun or kelurahan, as all tables together count them."""

    key: UnitKey
    kelurahan: str = ""
    eligible: int | None = None
    recorded: int | None = None
    unrecorded: int = 0
    not_printed: int | None = None


@dataclass(slots=True)
class Reconciled:
    """What all tables of counts say.

    Attributes
    ----------
    covered
        Codes of kecamatan and kelurahan whose units are all there.
    unread
        Units of rows that are rejected; where such a row names none, the code of its kelurahan.
    """

    units: dict[UnitKey, Unit] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    findings: list[Finding] = field(default_factory=list)
    covered: frozenset[str] = frozenset()
    unread: frozenset[UnitKey | str] = frozenset()


Located = tuple[CountTable, CountRow]


def reconcile(tables: Sequence[CountTable]) -> Reconciled:
    """Units of all tables, and what became of every row."""
    done = Reconciled()
    for table in tables:
        _set_older_aside(table, done)
    located = [(table, row) for table in tables for row in table.rows if row.fate is None]
    _reject_faulty(located)
    _mark_upper(located, done)
    _join(tables, done)
    done.findings += tell_rows_of(tables)
    for table in tables:
        for row in table.rows:
            assert row.fate is not None
            done.tally.add(row.fate, row.unrecorded)
    done.covered = frozenset(_covered(tables, done.units))
    rows = (row for table in tables for row in table.rows if row.fate is Fate.REJECTED)
    done.unread = frozenset(row.key or row.within for row in rows)
    return done


def _set_older_aside(table: CountTable, done: Reconciled) -> None:
    """Rows of a table of several periods count if they are of the newest."""
    periods = {row.period for row in table.rows if row.fate is None and row.period}
    if len(periods) < 2:
        return
    newest = max(periods)
    older = [row for row in table.rows if row.fate is None and row.period and row.period < newest]
    for row in older:
        row.fate = Fate.OLDER
    for row in table.rows:
        if row.fate is Fate.TOTAL and row.period and row.period < newest:
            row.fate = Fate.OLDER
    done.findings.append(_tell_older(table, len(older), newest))


def _tell_older(table: CountTable, count: int, newest: Period) -> Finding:
    return Finding(
        code="older-period",
        where=table.sheet.label,
        what=say_n(
            "{n} row of an older period than {period} is not imported",
            "{n} rows of an older period than {period} are not imported",
            count,
            period=_period_text(newest),
        ),
        remedy=say("the newest counts"),
        severity=Severity.NOTE,
    )


def _period_text(period: Period) -> str:
    year, month, day = period
    return "-".join(
        filter(None, (str(year), f"{month:02}" if month else "", f"{day:02}" if day else ""))
    )


def _reject_faulty(located: Sequence[Located]) -> None:
    """Rows with a cell at fault, and rows of complete tables without anyone counted."""
    for table, row in located:
        if row.reason:
            row.fate = Fate.REJECTED
        elif row.unrecorded is None and table.is_complete:
            remedy = say("write the number; 0 if there is nobody")
            what = say("nobody is counted: the cells are empty")
            row.reject("empty", what, remedy, table.people_column)


def _mark_upper(located: Sequence[Located], done: Reconciled) -> None:
    """Rows of a whole whose parts are there too are totals, wherever they stand."""
    open_rows = [(table, row) for table, row in located if row.fate in {None, Fate.REJECTED}]
    parents = {parent for _, row in open_rows if row.key for parent in parents_of(row.key)}
    prefixes = {row.key[0][:length] for _, row in open_rows if row.key for length in (2, 4, 6)}
    names = {
        (level, name.casefold())
        for _, row in open_rows
        if row.key
        for level, name in row.upper_names.items()
    }
    for _, row in open_rows:
        level, name = _level_above(row)
        is_named_total = (level, name.casefold()) in names
        if row.key in parents or row.upper in prefixes or is_named_total:
            row.fate, row.reason = Fate.TOTAL, None
        elif level:
            told = {"code": dotted(row.upper) or name, "level": LEVELS[level]}
            what = say("{code} is a {level}, without rows of its kelurahan", **told)
            remedy = say("import a table that has a row for each kelurahan, RW or RT")
            row.reject(ABOVE, what, remedy)


def _level_above(row: CountRow) -> tuple[int, str]:
    """Digits of the code, and the name, of a kecamatan or more that a row counts; else 0."""
    if row.upper:
        return len(row.upper), ""
    code = row.reason.code if row.reason else ""
    is_above = not row.key and code in {"no-unit", ABOVE} and row.upper_names
    return max(row.upper_names.items()) if is_above else (0, "")


def _join(tables: Sequence[CountTable], done: Reconciled) -> None:
    """Make units of rows; what is counted twice alike counts once, and otherwise not at all."""
    by_key: dict[UnitKey, list[Located]] = defaultdict(list)
    for table in tables:
        for row in table.rows:
            if row.fate is None and row.key:
                by_key[row.key].append((table, row))
    older: dict[int, list[Period]] = defaultdict(list)
    for key, located in by_key.items():
        newest = max((row.period for _, row in located if row.period), default=None)
        current = []
        for table, row in located:
            if newest and row.period and row.period < newest and table.is_complete:
                row.fate = Fate.OLDER
                older[id(table)].append(newest)
            else:
                current.append((table, row))
        _join_unit(key, current, done)
    for table in tables:
        if periods := older.get(id(table)):
            done.findings.append(_tell_older(table, len(periods), max(periods)))


def _join_unit(key: UnitKey, located: Sequence[Located], done: Reconciled) -> None:
    values: dict[str, int] = {}
    clash = None
    informative: list[CountRow] = []
    for _, row in located:
        said = {
            name: value
            for name in ("eligible", "recorded", "unrecorded", "not_printed")
            if (value := getattr(row, name)) is not None
        }
        if any(values.get(name, value) != value for name, value in said.items()):
            clash = row
            break
        if said.keys() - values.keys():
            informative.append(row)
        values |= said
    if clash is not None:
        _reject_clash(located)
        return
    eligible, recorded = values.get("eligible"), values.get("recorded")
    both = eligible is not None and recorded is not None and recorded <= eligible
    if "unrecorded" not in values and both:
        values["unrecorded"] = values["eligible"] - values["recorded"]
        informative[0].unrecorded, informative[0].is_derived = values["unrecorded"], True
    if "unrecorded" not in values:
        for table, row in located:
            what = say("people unrecorded cannot be told from it")
            remedy = say("import it together with the file that counts those recorded")
            row.reject("empty", what, remedy, table.people_column)
        return
    names = [row.kelurahan for _, row in located if row.kelurahan]
    counted = False
    for _, row in located:
        row.fate = Fate.IMPORTED if row in informative else Fate.DUPLICATE
        if row.fate is Fate.IMPORTED:
            row.unrecorded = 0 if counted else values["unrecorded"]
            counted = True
    done.units[key] = Unit(
        key=key,
        kelurahan=names[0] if names else "",
        eligible=eligible,
        recorded=recorded,
        unrecorded=values["unrecorded"],
        not_printed=values.get("not_printed"),
    )


def _reject_clash(located: Sequence[Located]) -> None:
    places = ", ".join(str(table.sheet.address(row.index)) for table, row in located[:NAMED])
    for table, row in located:
        what = say("the same unit has other numbers elsewhere: {places}", places=places)
        row.reject("conflict", what, say("keep the row that is right"), table.people_column)


def _covered(tables: Sequence[CountTable], units: Mapping[UnitKey, Unit]) -> Iterator[str]:
    """Kecamatan with a row of their own or of several kelurahan, and each kelurahan by itself."""
    kelurahan = {code for code, *_ in units}
    rejected = {
        row.key[0]
        for table in tables
        for row in table.rows
        if row.key and row.fate is Fate.REJECTED
    }
    yield from kelurahan | rejected
    for kecamatan in {code[:KECAMATAN] for code in kelurahan}:
        inside = {code for code in kelurahan | rejected if code.startswith(kecamatan)}
        has_row = any(row.upper == kecamatan for table in tables for row in table.rows)
        if has_row or len(inside) > 1:
            yield kecamatan


def top_level(tables: Sequence[CountTable]) -> str | None:
    """The level a whole import ends at if that is above the kelurahan, else None."""
    rows = [row for table in tables for row in table.rows]
    uppers = {level for row in rows if (level := _level_above(row)[0])}
    if uppers and not any(row.key for row in rows):
        return LEVELS[max(uppers)]
    assert KELURAHAN in LEVELS
    return None
