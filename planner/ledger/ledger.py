"""Reads a ledger, and adds to it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Table

from planner.backlog import (
    COUNTS,
    Counts,
    PermissionEntry,
    Publication,
    StruckOff,
    Tally,
    permissions_in_force,
)
from planner.district import Permission
from planner.ledger import schema
from planner.ledger.packing import (
    digest,
    pack_counts,
    pack_publication,
    unpack_counts,
    unpack_publication,
)
from planner.ledger.trouble import explain_trouble

_LOCK = 7_401_960
"""Of PostgreSQL's advisory locks, the one that writers of ledgers hold."""

_TALLY = ("day", "van", "place", "started_s", "ended_s", "note")
_PERMISSION = ("place", "day", "room", "contact", "letter_number", "letter_date")
"""Columns that hold what the attribute of that name holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The office whose ledger it is: Kemendagri code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that was read: its name, and the SHA-256 of its content as hexadecimal digits."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of rows that were to be added.

    Attributes
    ----------
    new, corrections
        Of nothing told before, and of something told otherwise.
    unchanged
        Known already.
    """

    new: int = 0
    corrections: int = 0
    unchanged: int = 0


class Ledger:
    """The ledger of a district; `planner.ledger.open_ledger` opens it.

    Attributes
    ----------
    place
        Its file or URL, as messages name it.
    """

    def __init__(self, place: str, engine: Engine) -> None:
        self.place, self._engine = place, engine

    def counts(self) -> tuple[Counts, ...]:
        """Imports of counts in the order in which they were told; of a day the last one holds."""
        rows = self._last(schema.counts)
        return tuple(unpack_counts(row["as_of"], row["units"]) for row in rows)

    def publications(self) -> tuple[Publication, ...]:
        """Versions sent out, in that order."""
        rows = self._rows(schema.publications)
        return tuple(unpack_publication(row["content"]) for row in rows)

    def tallies(self) -> tuple[Tally, ...]:
        """One for each stop of which anything was told, corrections applied."""
        return tuple(map(_tally, self._last(schema.tallies)))

    def tally_history(self) -> tuple[tuple[datetime, Tally], ...]:
        """All that was told of stops, with the moment (UTC) in which it was."""
        return tuple(
            (row["at"].replace(tzinfo=UTC), _tally(row)) for row in self._rows(schema.tallies)
        )

    def struck_off(self) -> tuple[StruckOff, ...]:
        """People struck off beside tallies, corrections applied."""
        return tuple(map(_struck_off, self._last(schema.struck_off)))

    def permission_history(self) -> tuple[PermissionEntry, ...]:
        """All steps, in the order in which they were told."""
        return tuple(map(_permission, self._rows(schema.permissions)))

    def permissions(self) -> tuple[PermissionEntry, ...]:
        """The last word on each place and date."""
        return permissions_in_force(self.permission_history())

    def add_counts(self, counts: Counts) -> Added:
        """Add an import; another one as of the same day is corrected by it.

        One that was added before changes nothing, whatever has come since.
        """
        packed = pack_counts(counts)
        row = {"as_of": counts.as_of, "sha256": digest(packed), "units": packed}
        with self._writing() as connection:
            told = [old for old in _rows(connection, schema.counts) if old["as_of"] == row["as_of"]]
            if any(old["sha256"] == row["sha256"] for old in told):
                return Added(unchanged=1)
            _insert(connection, schema.counts, row, told[-1] if told else None)
        return Added(corrections=1) if told else Added(new=1)

    def add_publication(self, publication: Publication) -> Added:
        """Add a version that was sent out."""
        packed = pack_publication(publication)
        row: dict[str, Any] = {"week": publication.week, "version": publication.version}
        row |= {"sha256": digest(packed), "content": packed}
        with self._writing() as connection:
            same = ("week", "version", "sha256")
            for old in _rows(connection, schema.publications):
                if all(old[name] == row[name] for name in same):
                    return Added(unchanged=1)
            _insert(connection, schema.publications, row)
        return Added(new=1)

    def add_tallies(self, tallies: Iterable[Tally], source: Source | None = None) -> Added:
        """Add what was told of stops; the same file twice changes nothing.

        Parameters
        ----------
        source
            The file it stood in; None = it was typed.
        """
        return self._add(schema.tallies, source, tallies, _tally, _tally_row)

    def add_struck_off(self, struck: Iterable[StruckOff], source: Source | None = None) -> Added:
        """Add people struck off; of a unit, day and reason the last number holds."""
        return self._add(schema.struck_off, source, struck, _struck_off, asdict)

    def add_permissions(
        self, entries: Iterable[PermissionEntry], source: Source | None = None
    ) -> Added:
        """Add steps in asking for permission; what is in force already changes nothing."""
        given, new = list(entries), 0
        with self._writing() as connection:
            number = None
            if source and (number := _add_source(connection, "permissions", source)) is None:
                return Added(unchanged=len(given))
            history = [_permission(row) for row in _rows(connection, schema.permissions)]
            for entry in given:
                before = [old for old in history if old.place == entry.place]
                now = before[-1].updated(entry) if before else entry
                in_force = {old.day: _permission_row(old) for old in permissions_in_force(before)}
                row = _permission_row(now)
                if in_force.get(entry.day) != row:
                    _insert(connection, schema.permissions, {**row, "source": number})
                    history.append(now)
                    new += 1
        return Added(new=new, unchanged=len(given) - new)

    def _add(
        self,
        table: Table,
        source: Source | None,
        records: Iterable[Any],
        read: Callable[[Mapping[Any, Any]], Any],
        write: Callable[[Any], dict[str, Any]],
    ) -> Added:
        """Add records beside the last ones with their keys, which they bring up to date."""
        given = list(records)
        new = corrections = 0
        with self._writing() as connection:
            number = None
            if source and (number := _add_source(connection, table.name, source)) is None:
                return Added(unchanged=len(given))
            last = {read(row).key: row for row in _last(connection, table)}
            for record in given:
                old = last.get(record.key)
                told = read(old) if old else None
                now = told.updated(record) if told and hasattr(told, "updated") else record
                if told is not None and write(now) == write(told):
                    continue
                row = _insert(connection, table, {**write(now), "source": number}, old)
                last[record.key] = row
                new, corrections = new + (old is None), corrections + (old is not None)
        return Added(new=new, corrections=corrections, unchanged=len(given) - new - corrections)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction whose failures are explained, that of its commit too."""
        with explain_trouble(self.place), begin_writing(self._engine) as connection:
            yield connection

    def _rows(self, table: Table) -> Sequence[Mapping[Any, Any]]:
        with explain_trouble(self.place), self._engine.connect() as connection:
            return _rows(connection, table)

    def _last(self, table: Table) -> Sequence[Mapping[Any, Any]]:
        with explain_trouble(self.place), self._engine.connect() as connection:
            return _last(connection, table)


@contextmanager
def begin_writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other one writes beside."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        yield connection


def _rows(connection: Connection, table: Table) -> Sequence[Mapping[Any, Any]]:
    return connection.execute(sa.select(table).order_by(table.c.id)).mappings().all()


def _last(connection: Connection, table: Table) -> Sequence[Mapping[Any, Any]]:
    """Rows that no other row corrects, in the order in which they were added."""
    later = table.alias()
    is_corrected = sa.exists().where(later.c.corrects == table.c.id)
    query = sa.select(table).where(~is_corrected).order_by(table.c.id)
    return connection.execute(query).mappings().all()


def _insert(
    connection: Connection,
    table: Table,
    row: Mapping[str, Any],
    old: Mapping[Any, Any] | None = None,
) -> Mapping[Any, Any]:
    """The row as it was added, in the place of an older one if there is one."""
    full = {**row, "at": datetime.now(UTC).replace(tzinfo=None)}
    if old is not None:
        full["corrects"] = old["id"]
    done = connection.execute(table.insert(), full)
    return {**full, "id": done.inserted_primary_key[0]}  # type: ignore[index]


def _add_source(connection: Connection, kind: str, source: Source) -> int | None:
    """The number of a file; None where it was read before."""
    table = schema.sources
    same = (table.c.kind == kind) & (table.c.sha256 == source.sha256)
    if connection.execute(sa.select(table.c.id).where(same)).first():
        return None
    row = {"kind": kind, "sha256": source.sha256, "name": source.name}
    return int(_insert(connection, table, row)["id"])


def _tally(row: Mapping[Any, Any]) -> Tally:
    counts = {name: row[name] for name in COUNTS if row.get(name) is not None}
    return Tally(counts=counts, **{name: row[name] for name in _TALLY})


def _tally_row(tally: Tally) -> dict[str, Any]:
    counts = {name: tally.counts.get(name) for name in COUNTS}
    return counts | {name: getattr(tally, name) for name in _TALLY}


def _struck_off(row: Mapping[Any, Any]) -> StruckOff:
    return StruckOff(**{each.name: row[each.name] for each in fields(StruckOff)})


def _permission(row: Mapping[Any, Any]) -> PermissionEntry:
    return PermissionEntry(
        state=Permission(row["state"]),
        hours=tuple((begin, end) for begin, end in json.loads(row["hours"])),
        at=row["at"].replace(tzinfo=UTC),
        **{name: row[name] for name in _PERMISSION},
    )


def _permission_row(entry: PermissionEntry) -> dict[str, Any]:
    told = {"state": entry.state.value, "hours": json.dumps(entry.hours)}
    return told | {name: getattr(entry, name) for name in _PERMISSION}
