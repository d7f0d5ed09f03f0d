"""A ledger that is not as it should be is told of, and stays as it is."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from planner.backlog import Tally
from planner.errors import InputError
from planner.ledger import Ledger, Owner, find_ledger, open_ledger, schema
from planner.ledger.connection import _MIGRATIONS, HEAD
from tests.unit.ledger.conftest import OWNER, Place
from tests.unit.ledger.test_ledger import PERMISSION, TALLY

ELSEWHERE = Owner(code="99.72", name="Dinas Kota Lain")


def fingerprint(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def test_there_is_no_ledger_before_something_is_written(tmp_path: Path) -> None:
    """Nor where a run was killed before its first commit: then the file is empty."""
    assert find_ledger(tmp_path, OWNER) is None
    (tmp_path / "ledger.sqlite").touch()
    assert find_ledger(tmp_path, OWNER) is None
    open_ledger(tmp_path, OWNER)
    assert find_ledger(tmp_path, OWNER) is not None


def test_the_last_migration_is_the_one_that_is_asked_for() -> None:
    """Without loading Alembic a ledger is known to be up to date."""
    assert ScriptDirectory.from_config(migrations()).get_current_head() == HEAD


def test_migrations_make_the_tables_that_queries_name(ledger: Ledger) -> None:
    """Every table with every column, and none besides."""
    inspector = sa.inspect(ledger._engine)
    made = {
        table: {column["name"] for column in inspector.get_columns(table)}
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }
    assert made == {table.name: {*table.c.keys()} for table in schema.metadata.sorted_tables}


def test_an_older_ledger_is_brought_up_to_date(place: Place) -> None:
    """Of before there were permissions: its tally stays, and permissions can be added."""
    engine = place.open()._engine
    with engine.begin() as connection:
        for table in ("permissions", "struck_off"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    Ledger("", engine).add_tallies([TALLY])
    upgraded = place.open()
    assert upgraded.tallies() == (TALLY,)
    upgraded.add_permissions([PERMISSION])
    assert len(upgraded.permissions()) == 1


def test_an_upgrade_that_fails_leaves_the_older_ledger(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The migration fails after its first table."""
    engine = place.open()._engine
    with engine.begin() as connection:
        for table in ("permissions", "struck_off"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    upgrade = command.upgrade

    def fail(config: Config, revision: str) -> None:
        upgrade(config, revision)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command, "upgrade", fail)
    with pytest.raises(InputError, match="the disk is full"):
        place.open()
    assert "permissions" not in sa.inspect(engine).get_table_names()
    monkeypatch.undo()
    assert place.open().permissions() == ()


def test_the_ledger_of_another_district_is_refused(place: Place) -> None:
    """A file copied from a colleague."""
    place.open(ELSEWHERE).add_tallies([TALLY])
    with pytest.raises(InputError, match=r"is the ledger of Dinas Kota Lain \(99.72\), not of"):
        place.open()
    assert place.open(ELSEWHERE).tallies() == (TALLY,)


def test_the_ledger_of_a_newer_planner_is_refused(place: Place) -> None:
    """Its tables may mean something else."""
    with place.open()._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9001'")
    with pytest.raises(InputError, match="written by a newer planner; install that version"):
        place.open()


def test_another_database_is_not_taken_over(place: Place, tmp_path: Path) -> None:
    """One with tables of another program."""
    engine = place.open()._engine
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    with pytest.raises(InputError, match="is no ledger: it has other tables"):
        place.open()


@pytest.mark.parametrize("start", [0, 5000, 20000])
def test_a_damaged_file_is_told_of(tmp_path: Path, start: int) -> None:
    """Its head, its tables or a page of rows are overwritten."""
    ledger = open_ledger(tmp_path, OWNER)
    ledger.add_tallies([TALLY])
    path = tmp_path / "ledger.sqlite"
    content = bytearray(path.read_bytes())
    content[start : start + 4000] = b"x" * 4000
    path.write_bytes(content)
    before = fingerprint(path)
    with pytest.raises(InputError, match="is damaged; restore it from a copy"):
        open_ledger(tmp_path, OWNER).add_tallies([TALLY])
    assert fingerprint(path) == before


@pytest.mark.process
def test_a_read_only_ledger_can_be_read_and_not_written() -> None:
    """On a disk of another; root may write everywhere, so an ordinary user tries."""
    folder = Path(mkdtemp())
    path = folder / "ledger.sqlite"
    try:
        open_ledger(folder, OWNER).add_tallies([TALLY])
        path.chmod(0o444)
        folder.chmod(0o555)
        before = fingerprint(path)
        assert _as_nobody(folder, "print(len(ledger.tallies()))") == "1"
        said = _as_nobody(folder, "ledger.add_tallies([replace(tally, note='x')])")
        assert "ledger.sqlite: may only be read; make it writable" in said
        assert fingerprint(path) == before
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def _as_nobody(folder: Path, statement: str) -> str:
    """What a statement prints, or the error that it ends with, in a process without privileges."""
    program = f"""
import os, sqlite3
from dataclasses import replace
from pathlib import Path
from planner.errors import InputError
from planner.ledger import open_ledger
from sqlalchemy import create_engine
from tests.unit.ledger.conftest import OWNER
from tests.unit.ledger.test_ledger import TALLY as tally
if getattr(os, "geteuid", int)() == 0 and hasattr(os, "setuid"):
    # What is loaded late may lie where nobody else may read.
    create_engine("sqlite://").connect().close()
    os.setgid(65534)
    os.setuid(65534)
try:
    ledger = open_ledger(Path({str(folder)!r}), OWNER)
    {statement}
except InputError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert not done.stderr, done.stderr
    return done.stdout.strip()


@pytest.mark.process
@pytest.mark.skipif(
    not shutil.which("mount") or not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="only root can make a small disk",
)
def test_a_full_disk_is_told_of_and_loses_nothing(tmp_path: Path) -> None:
    """A disk of a megabyte that somebody else has filled."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], check=False
    )
    if made.returncode:
        pytest.skip("this machine mounts no small disk")
    try:
        ledger = open_ledger(disk, OWNER)
        ledger.add_tallies([TALLY])
        with (disk / "other").open("wb", buffering=0) as other, pytest.raises(OSError, match="28"):
            while True:
                other.write(b"x" * 4096)
        with pytest.raises(InputError, match="the disk is full, or fails; free some space"):
            ledger.add_tallies([TALLY.updated(TALLY), *_many()])
        (disk / "other").unlink()
        assert ledger.tallies() == (TALLY,)
        assert ledger.add_tallies(_many()).new == 500
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def _many() -> list[Tally]:
    return [replace(TALLY, place=f"P{number}") for number in range(2, 502)]


def test_a_database_that_does_not_answer_is_named_without_a_password(tmp_path: Path) -> None:
    """Nobody listens on the port."""
    with pytest.raises(InputError, match="postgresql://planner@localhost:1/kota: does not answer"):
        open_ledger(tmp_path, OWNER, "postgresql://planner@localhost:1/kota")


def test_a_database_that_is_not_there_is_told_of(server: Path, tmp_path: Path) -> None:
    """Its name is misspelt."""
    url = f"postgresql://planner@/nirwana?unix_sock={server}/.s.PGSQL.5432"
    with pytest.raises(InputError, match="does not exist; make the database first"):
        open_ledger(tmp_path, OWNER, url)
