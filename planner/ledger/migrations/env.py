"""Runs migrations on the connection that `planner.ledger.connection` gives."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
