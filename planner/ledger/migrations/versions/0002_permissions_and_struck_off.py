"""Permissions with their history, and people struck off beside tallies."""

import sqlalchemy as sa
from alembic import op

from planner.ledger.migrations.append_only import make_append_only

revision = "0002"
down_revision = "0001"


def row() -> tuple[sa.Column[int], ...]:
    """What rows have that may be read from a file."""
    return (
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime, nullable=False),  # type: ignore[arg-type]
        sa.Column("source", sa.Integer, sa.ForeignKey("sources.id")),
    )


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "struck_off",
        *row(),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("corrects", sa.Integer, sa.ForeignKey("struck_off.id"), unique=True),
    )
    op.create_table(
        "permissions",
        *row(),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("day", sa.Date),
        sa.Column("hours", sa.Text, nullable=False),
        sa.Column("room", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("letter_number", sa.Text, nullable=False),
        sa.Column("letter_date", sa.Date),
    )
    make_append_only("struck_off", "permissions")
