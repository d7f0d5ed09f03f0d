"""The tables of a ledger as queries name them; `migrations` make them."""

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from planner.backlog import COUNTS

metadata = MetaData()


def _row() -> tuple[Column[int], Column[object]]:
    """What all rows have: a number, and the moment (UTC) in which they were added."""
    return (
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("at", DateTime, nullable=False),
    )


def _corrects(table: str) -> Column[int]:
    """The row that a row corrects; no row is corrected twice."""
    return Column("corrects", Integer, ForeignKey(f"{table}.id"), unique=True)


identity = Table(
    "identity",
    metadata,
    *_row(),
    Column("code", String(8), nullable=False),
    Column("name", Text, nullable=False),
)
"""One row: whose ledger it is."""

sources = Table(
    "sources",
    metadata,
    *_row(),
    Column("kind", String(16), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("kind", "sha256"),
)
"""Files that were read, by their content."""

counts = Table(
    "counts",
    metadata,
    *_row(),
    Column("as_of", Date, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("units", LargeBinary, nullable=False),
    _corrects("counts"),
)
"""Imports; the units are JSON, packed, by their unit: unrecorded, unreachable, reason."""

publications = Table(
    "publications",
    metadata,
    *_row(),
    Column("week", String(8), nullable=False),
    Column("version", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("week", "version", "sha256"),
)
"""Versions sent out; the content is JSON, packed."""

tallies = Table(
    "tallies",
    metadata,
    *_row(),
    Column("source", Integer, ForeignKey("sources.id")),
    Column("day", Date, nullable=False),
    Column("van", Text, nullable=False),
    Column("place", Text, nullable=False),
    *(Column(name, Integer) for name in COUNTS),
    Column("started_s", Integer),
    Column("ended_s", Integer),
    Column("note", Text, nullable=False),
    _corrects("tallies"),
)
"""What was done at stops; the number of a column that nobody has told is null."""

struck_off = Table(
    "struck_off",
    metadata,
    *_row(),
    Column("source", Integer, ForeignKey("sources.id")),
    Column("day", Date, nullable=False),
    Column("unit", Text, nullable=False),
    Column("people", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    _corrects("struck_off"),
)
"""People struck off beside tallies."""

permissions = Table(
    "permissions",
    metadata,
    *_row(),
    Column("source", Integer, ForeignKey("sources.id")),
    Column("place", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("day", Date),
    Column("hours", Text, nullable=False),
    Column("room", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("letter_number", Text, nullable=False),
    Column("letter_date", Date),
)
"""Steps in asking for permission; the last word on a place and date is in force."""
