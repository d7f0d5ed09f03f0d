"""Files appear whole or not at all, also where a run is killed."""

import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from planner.errors import input_error, reason
from planner.i18n.messages import say

PREFIX = ".writing-"
"""Of the hidden folders in which files are made before they are put in place."""

_LOCK = ".lock"

_PAUSES_S = (0.05, 0.2, 0.5)
"""Windows refuses to open, rename or remove a file for the moment in which another program, such as
a virus scanner, reads it."""

_NO_LOCKS = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK}

_NO_SYNC = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}

Answer = TypeVar("Answer")


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder; where anything fails, all of it stays as it was.

    A run that is killed leaves some of the old files or some of the new, never both; what is
    hidden of it is taken away by the next.

    Parameters
    ----------
    folder
        Made if it is missing. Files with other names stay untouched.
    files
        Content by file name; one that begins with ``../`` stands beside the folder.

    Raises
    ------
    InputError
        Where the disk is full, a file is open elsewhere, or the folder may not be written to.
    """
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        with explaining_write_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            with _workplace(folder) as workplace:
                for name, content in files.items():
                    write_durably(workplace / Path(name).name, content)
                _put_in_place(folder, workplace, tuple(files))
    except BaseException:  # Ctrl-C too: the folder is then as it was.
        for path in made:
            if path.exists():
                path.rmdir()
        raise


def copy_folder(source: Path, target: Path) -> None:
    """Copy a folder to a place where there is none yet, whole or not at all.

    Raises
    ------
    InputError
        As `write_files`.
    """
    with explaining_write_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with _workplace(target.parent) as workplace:
            shutil.copytree(source, workplace / target.name)
            move(workplace / target.name, target)


def remove_abandoned(folder: Path) -> None:
    """Take away what runs that were killed left hidden in a folder.

    Who makes files in a hidden folder holds its lock, which ends with the run.
    """
    for path in folder.glob(f"{PREFIX}*"):
        with suppress(Timeout, OSError, NotImplementedError):
            with FileLock(path / _LOCK, timeout=0):
                shutil.rmtree(path, ignore_errors=True)
            shutil.rmtree(path, ignore_errors=True)  # Windows keeps a lock that is held.


@contextmanager
def explaining_write_errors(folder: Path) -> Iterator[None]:
    """Turns what the system says of a write that failed into words.

    Raises
    ------
    InputError
        Where the disk is full, a file is open elsewhere, or the folder may not be written to.
    """
    try:
        yield
    except OSError as error:
        raise input_error(
            str(error.filename or folder),
            say("cannot be written ({reason})", reason=reason(error)),
            say("close it in other programs, free disk space, or use a writable folder"),
        ) from error


def write_durably(path: Path, content: bytes) -> None:
    """Write a file that is on the disk, not only on its way there."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        _sync(file.fileno())


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Make a new folder with files that are on the disk, as their names are."""
    path.mkdir()
    for name, content in files.items():
        write_durably(path / name, content)
    sync_folder(path)


def sync_folder(path: Path) -> None:
    """Have the names in a folder on the disk, where the system can do that."""
    with suppress(OSError):  # Windows opens no folders.
        number = os.open(path, os.O_RDONLY)
        try:
            _sync(number)
        finally:
            os.close(number)


def _sync(number: int) -> None:
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in _NO_SYNC:  # Some network drives write when they see fit.
            raise


def patiently(step: Callable[[], Answer]) -> Answer:
    """What a step with a file gives, tried again where Windows refuses it for a moment."""
    for pause_s in _PAUSES_S if sys.platform == "win32" else ():
        with suppress(PermissionError):
            return step()
        time.sleep(pause_s)
    return step()


def move(source: Path, target: Path) -> None:
    """Rename a file over what is there, in one step."""
    patiently(lambda: source.replace(target))


def remove(path: Path) -> None:
    """Take away a file, a folder with all that is in it, or a link and not what it leads to."""
    if path.is_dir() and not path.is_symlink():
        patiently(lambda: shutil.rmtree(path))
    else:
        patiently(path.unlink)


def acquire(lock: FileLock, timeout_s: float = -1.0) -> None:
    """Take a lock; on a network drive that has none, go on without.

    Parameters
    ----------
    timeout_s
        Seconds to wait for it; negative = for ever.

    Raises
    ------
    Timeout
        Where another run holds it for longer.
    """
    try:
        lock.acquire(timeout=timeout_s)
    except NotImplementedError:
        return
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """A hidden folder to make files in; those of runs that were killed are taken away."""
    remove_abandoned(folder)
    path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
    lock = FileLock(path / _LOCK)
    try:
        acquire(lock)
        yield path
    finally:
        lock.release()
        shutil.rmtree(path, ignore_errors=True)


def _put_in_place(folder: Path, workplace: Path, names: tuple[str, ...]) -> None:
    """Put the new files in place of the old; on failure, put the old ones back."""
    taken: list[str] = []
    placed: list[str] = []
    try:
        # One file is replaced in one step; of several, all old ones go before the first new comes.
        for name in names if len(names) > 1 else ():
            if (folder / name).is_file():
                move(folder / name, workplace / f"{Path(name).name}.old")
                taken.append(name)
        for name in names:
            move(workplace / Path(name).name, folder / name)
            placed.append(name)
    except BaseException:  # Ctrl-C too: between two files it would leave half of the new ones.
        for name in placed:
            (folder / name).unlink()
        for name in taken:
            move(workplace / f"{Path(name).name}.old", folder / name)
        raise
