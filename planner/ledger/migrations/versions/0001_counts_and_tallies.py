"""Whose ledger it is, files read, counts, publications and tallies."""

import sqlalchemy as sa
from alembic import op

from planner.ledger.migrations.append_only import make_append_only

revision = "0001"
down_revision = None

COUNTS = (
    *("expected", "recorded_16", "recorded_17", "failed", "has_card", "absent", "outside"),
    *("moved", "deceased", "double", "recorded_others", "printed", "printed_others"),
    *("kk", "kk_others", "kia", "kia_others", "ikd", "ikd_others"),
    *("cards_received", "cards_used", "cards_spoiled", "cards_left"),
    *("ribbon_received", "ribbon_used", "ribbon_spoiled", "ribbon_left"),
    *("film_received", "film_used", "film_spoiled", "film_left"),
)


def row() -> tuple[sa.Column[int], sa.Column[object]]:
    """What all rows have."""
    return (
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime, nullable=False),
    )


def corrects(table: str) -> sa.Column[int]:
    """The row that a row corrects."""
    return sa.Column("corrects", sa.Integer, sa.ForeignKey(f"{table}.id"), unique=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "identity",
        *row(),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "sources",
        *row(),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.UniqueConstraint("kind", "sha256"),
    )
    op.create_table(
        "counts",
        *row(),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("units", sa.LargeBinary, nullable=False),
        corrects("counts"),
    )
    op.create_table(
        "publications",
        *row(),
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("week", "version", "sha256"),
    )
    op.create_table(
        "tallies",
        *row(),
        sa.Column("source", sa.Integer, sa.ForeignKey("sources.id")),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("van", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer) for name in COUNTS),
        sa.Column("started_s", sa.Integer),
        sa.Column("ended_s", sa.Integer),
        sa.Column("note", sa.Text, nullable=False),
        corrects("tallies"),
    )
    make_append_only("identity", "sources", "counts", "publications", "tallies")
