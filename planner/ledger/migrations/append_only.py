"""Triggers that refuse to change or to remove a row, whoever asks."""

from alembic import op

REFUSAL = "the ledger is append-only: add a row that corrects this one"

_SQLITE = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""

_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$
"""

_ROW_TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""

_TABLE_TRIGGER = """
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def make_append_only(*tables: str) -> None:
    """Let rows of tables only be added."""
    if op.get_bind().dialect.name == "sqlite":
        for table in tables:
            for event in ("update", "delete"):
                op.execute(_SQLITE.format(table=table, event=event, refusal=REFUSAL))
        return
    op.execute(_FUNCTION.format(refusal=REFUSAL))
    for table in tables:
        op.execute(_ROW_TRIGGER.format(table=table))
        op.execute(_TABLE_TRIGGER.format(table=table))
