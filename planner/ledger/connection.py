"""Opens the ledger of a district: a file beside its tables, or a PostgreSQL database.

SQLite writes ahead and waits for the disk at every commit, so that a row is there for good once
it has been acknowledged; docs/ledger.md says what holds on network drives.
"""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import NullPool

from planner.errors import input_error
from planner.i18n.messages import Message, say
from planner.ledger import schema
from planner.ledger.ledger import Ledger, Owner, begin_writing
from planner.ledger.trouble import DAMAGED, RESTORE, explain_trouble

FILE = "ledger.sqlite"
"""In the folder of a district, where no URL names another place."""

HEAD = "0003"
"""The last migration."""

_MIGRATIONS = Path(__file__).parent / "migrations"
WAIT_S = 60


def find_ledger(folder: Path, owner: Owner, url: str = "") -> Ledger | None:
    """The ledger of a district; None where nothing was ever written.

    Raises
    ------
    InputError
        Where it cannot be read, or is of another district.
    """
    if not url and not _is_begun(folder / FILE):
        return None
    return open_ledger(folder, owner, url)


def open_ledger(folder: Path, owner: Owner, url: str = "") -> Ledger:
    """The ledger of a district, made where there is none; an older one is brought up to date.

    Parameters
    ----------
    url
        ``postgresql://USER@HOST/DATABASE``; empty = `FILE` in the folder. A password stands in the
        variable PGPASSWORD.

    Raises
    ------
    InputError
        Where it cannot be opened, is of another district, or was written by a newer planner; then
        it is as it was.
    """
    place = url or str(folder / FILE)
    with explain_trouble(place):
        engine = _postgresql(url) if url else _sqlite(folder / FILE)
        with engine.connect() as connection:
            if not url:
                _check_sound(connection, place)
            revision = _revision(connection)
        if revision != HEAD:
            _bring_up_to_date(engine, place, owner)
        with engine.connect() as connection:
            _check_owner(connection, place, owner)
    return Ledger(place, engine)


def _is_begun(path: Path) -> bool:
    """A run that was killed before its first commit leaves an empty file."""
    return path.exists() and path.stat().st_size > 0


def _sqlite(path: Path) -> Engine:
    may_write = all(os.access(each, os.W_OK) for each in (path, path.parent) if each.exists())
    # A reader keeps files of its own beside what others write, which a read-only folder has not.
    query = {} if may_write else {"mode": "ro", "immutable": "1", "uri": "true"}
    name = str(path) if may_write else path.absolute().as_uri()
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=name, query=query),
        poolclass=NullPool,
        connect_args={"timeout": WAIT_S, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        if may_write:
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # The driver itself begins transactions too late, and none for what makes tables.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: str) -> Engine:
    parts = sa.make_url(url).set(drivername="postgresql+pg8000")
    if password := os.environ.get("PGPASSWORD"):
        parts = parts.set(password=password)
    try:
        return sa.create_engine(parts, poolclass=NullPool)
    except ImportError:
        raise input_error(
            url,
            say("needs the driver pg8000"),
            say("install it: pip install 'jemput-bola-planner[postgres]'"),
        ) from None


def _check_sound(connection: Connection, place: str) -> None:
    """Nothing, where every page of the file is as it was written."""
    if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise input_error(place, DAMAGED, RESTORE)


def _revision(connection: Connection) -> str | None:
    """The migration that a ledger has come to; None where there is no ledger yet."""
    names = sa.inspect(connection).get_table_names()
    if "alembic_version" not in names:
        return None
    version = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return str(version)


def _bring_up_to_date(engine: Engine, place: str, owner: Owner) -> None:
    from alembic import command  # noqa: PLC0415 - only where a ledger is not up to date
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with begin_writing(engine) as connection:
        revision = _revision(connection)
        if revision is None:
            _check_empty(connection, place)
        elif revision > HEAD:
            raise input_error(
                place,
                say("was written by a newer planner"),
                say("install that version of the planner"),
            )
        else:
            _check_owner(connection, place, owner)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if revision is None:
            now = datetime.now(UTC).replace(tzinfo=None)
            row = {"at": now, "code": owner.code, "name": owner.name}
            connection.execute(schema.identity.insert(), row)


def _check_empty(connection: Connection, place: str) -> None:
    if names := sa.inspect(connection).get_table_names():
        raise input_error(
            place,
            say("is no ledger: it has other tables ({names})", names=", ".join(names[:5])),
            say("name another database in [ledger] url, or move the file away"),
        )


def _check_owner(connection: Connection, place: str, owner: Owner) -> None:
    row = connection.execute(sa.select(schema.identity)).mappings().first()
    found: Mapping[Any, Any] = row or {"code": "", "name": ""}
    if found["code"] != owner.code:
        raise input_error(
            place,
            _of_another(str(found["code"]), str(found["name"]), owner),
            say("take the ledger of this district, or correct [office] code"),
        )


def _of_another(code: str, name: str, owner: Owner) -> Message:
    return say(
        "is the ledger of {name} ({code}), not of {own_name} ({own_code})",
        name=name,
        code=code,
        own_name=owner.name,
        own_code=owner.code,
    )
