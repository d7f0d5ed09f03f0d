"""Who waits for a card, in the packed units of imports: no table changes.

An older planner must not read what it does not know.
"""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Leave all tables as they are."""
