"""Every test of the ledger runs on both databases."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from planner.ledger import FILE, Ledger, Owner, open_ledger
from tests.builders.postgresql import new_database

OWNER = Owner(code="99.71", name="Dinas Kota Kecil")


@dataclass(frozen=True)
class Place:
    """Where a ledger of the tests is: a folder, and the URL of a database or none."""

    folder: Path
    url: str

    def open(self, owner: Owner = OWNER) -> Ledger:
        """The ledger there."""
        return open_ledger(self.folder, owner, self.url)

    @property
    def file(self) -> Path:
        """The file of SQLite."""
        return self.folder / FILE


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty place for a ledger, on each database."""
    on_server = request.param == "postgresql"
    return Place(tmp_path, new_database(request.getfixturevalue("server")) if on_server else "")


@pytest.fixture
def ledger(place: Place) -> Ledger:
    """A new ledger, on each database."""
    return place.open()
