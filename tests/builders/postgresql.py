"""A PostgreSQL server of the tests' own, and databases in it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

_PATHS = "/usr/lib/postgresql"
_NUMBERS = count(1)


def find_programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest version first; None where there is none."""
    folders = sorted(Path(_PATHS).glob("*/bin"), key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    candidates = [*reversed(folders), *([Path(on_path).parent] if on_path else [])]
    return next((path for path in candidates if (path / "pg_ctl").exists()), None)


@contextmanager
def running_server(programs: Path) -> Iterator[Path]:
    """The folder with the socket of a new server, which is gone afterwards.

    PostgreSQL refuses to be run by root, who then runs it as the user that its package makes.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    is_root = os.geteuid() == 0
    if is_root:
        shutil.chown(folder, "postgres")

    def run(program: str, *words: str) -> None:
        become = ["runuser", "-u", "postgres", "--"] if is_root else []
        typed = [*become, str(programs / program), "-D", str(folder / "data"), *words]
        subprocess.run(typed, check=True, cwd=folder, stdout=subprocess.DEVNULL)

    try:
        run("initdb", "-A", "trust", "-U", "planner", "--no-sync", "-E", "UTF8")
        options = f"-k {folder} -c listen_addresses='' -c max_connections=60 -c fsync=off"
        run("pg_ctl", "-l", str(folder / "log"), "-w", "-o", options, "start")
        try:
            yield folder
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: Path) -> str:
    """The URL of an empty database."""
    name = f"ledger_{os.getpid()}_{next(_NUMBERS)}"
    query(server, f"CREATE DATABASE {name}")
    return url_of(server, name)


def url_of(server: Path, name: str) -> str:
    """The URL of a database, by the socket of the server."""
    return f"postgresql://planner@/{name}?unix_sock={server}/.s.PGSQL.5432"


def query(server: Path, statement: str, name: str = "postgres") -> None:
    """Run a statement outside of any transaction."""
    import sqlalchemy as sa

    url = sa.make_url(url_of(server, name)).set(drivername="postgresql+pg8000")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()
