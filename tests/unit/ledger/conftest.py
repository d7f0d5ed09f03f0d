"""Every test of the ledger runs on both databases."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from planner.ledger import FILE, Ledger, Owner, open_ledger
from tests.builders.postgresql import find_programs, new_database, running_server

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


@pytest.fixture(scope="session")
def server() -> Iterator[Path]:
    """A PostgreSQL server; where there are no programs for it, tests that need it are skipped."""
    programs = find_programs()
    if programs is None:
        reason = "no PostgreSQL on this machine; install postgresql to test ledgers by URL"
        if os.environ.get("PLANNER_REQUIRE_POSTGRESQL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with running_server(programs) as folder:
        yield folder


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty place for a ledger, on each database."""
    on_server = request.param == "postgresql"
    return Place(tmp_path, new_database(request.getfixturevalue("server")) if on_server else "")


@pytest.fixture
def ledger(place: Place) -> Ledger:
    """A new ledger, on each database."""
    return place.open()
