"""Keeps prepared roads on disk between runs.

An entry is one file, written beside and renamed into place: a reader meets a whole entry or none,
whatever happens to the writer. Of two runs at once one prepares and the other waits; the system
lets go of the lock when a run ends, however it ends. What cannot be read is made again; what cannot
be written is done without.
"""

import os
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from planner.arrays import read_npy
from planner.errors import reason
from planner.i18n.messages import say
from planner.travel.interface import StageListener

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Arrays = dict[str, NDArray[Any]]

_KEPT = 12
"""Entries kept; the ones not used for longest go first."""

_ENTRY = "entry"
"""Array beside those of an entry."""

_ABANDONED_S = 86_400.0
"""A file still being written after so long was left behind by a run that was killed."""


class DatasetCache:
    """Entries of arrays in a folder, or nothing at all without one.

    Parameters
    ----------
    folder
        Is made where it does not exist; None = nothing is kept.
    on_stage
        Hears where an entry cannot be kept.
    patience_s
        A run that prepares for longer is taken to hang; others then prepare for themselves.
    """

    def __init__(
        self, folder: Path | None, on_stage: StageListener, patience_s: float = 600.0
    ) -> None:
        self._folder, self._on_stage, self._patience_s = folder, on_stage, patience_s
        self._holds_lock = False

    def get_or_make(self, kind: str, key: str, make: Callable[[], Arrays]) -> Arrays:
        """The entry of a key, made where it is not there or cannot be read."""
        if self._folder is None:
            return make()
        path = self._folder / f"{kind}-{key[:32]}.npz"
        arrays = _read(path)
        if arrays is not None:
            return arrays
        with self._hold_lock(self._folder):
            arrays = _read(path)
            if arrays is None:
                arrays = make()
                self._write(path, arrays)
        return arrays

    @contextmanager
    def _hold_lock(self, folder: Path) -> Iterator[None]:
        """Let no other run prepare roads in the folder; one entry may be made within another."""
        if self._holds_lock:
            yield
            return
        lock, self._holds_lock = FileLock(folder / "lock"), True
        try:
            self._acquire(folder, lock)
            yield
        finally:
            self._holds_lock = False
            lock.release()

    def _acquire(self, folder: Path, lock: FileLock) -> None:
        """Take the lock of a folder; where it cannot be had, one prepares without."""
        with suppress(Timeout, OSError, NotImplementedError):
            folder.mkdir(parents=True, exist_ok=True)
            with suppress(Timeout):
                lock.acquire(timeout=0)
                return
            self._on_stage(say("another run is preparing roads; waiting for it"), 0.0)
            lock.acquire(timeout=self._patience_s, poll_interval=0.2)

    def _write(self, path: Path, arrays: Arrays) -> None:
        beside = path.with_suffix(f".{os.getpid()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _tidy(path.parent)
            with beside.open("wb") as file:
                np.savez(file, **arrays, **{_ENTRY: _entry_of(path)})  # type: ignore[arg-type]
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError as error:
            with suppress(OSError):
                beside.unlink()
            self._on_stage(
                say(
                    "cannot store prepared roads in {folder} ({reason})",
                    folder=path.parent,
                    reason=reason(error),
                ),
                1.0,
            )


def arrays_of(record: "DataclassInstance") -> Arrays:
    """The arrays of a record that holds nothing else, by name."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def add_prefix(prefix: str, arrays: Arrays) -> Arrays:
    """Arrays under names that begin with a prefix, so that one entry holds several records."""
    return {f"{prefix}.{name}": array for name, array in arrays.items()}


def select_prefix(prefix: str, arrays: Arrays) -> Arrays:
    """Those of some arrays whose names begin with a prefix, without it."""
    own = {name for name in arrays if name.startswith(f"{prefix}.")}
    return {name.removeprefix(f"{prefix}."): arrays[name] for name in own}


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def digest_of(*parts: object) -> str:
    """SHA-256 of what some values look like, as hexadecimal digits."""
    return sha256(repr(parts).encode()).hexdigest()


def code_version() -> str:
    """What changes with every change of the code that prepares roads."""
    folder = Path(__file__).parent
    shared = [folder.parent / name for name in ("arrays.py", "geo.py", "jit.py")]
    sources = [*shared, *sorted(folder.glob("*.py"))]
    return digest_of(*(digest_of_file(source) for source in sources))


def _read(path: Path) -> Arrays | None:
    try:
        with zipfile.ZipFile(path) as archive:
            arrays = dict(_read_member(archive, member) for member in archive.infolist())
        if not np.array_equal(arrays.pop(_ENTRY), _entry_of(path)):
            return None
        path.touch()
    except Exception:  # zipfile passes on whatever its decoders raise on a broken file.
        return None
    return arrays


def _entry_of(path: Path) -> NDArray[Any]:
    """Which entry a file is, so that a file of another one under its name is not taken for it."""
    return np.frombuffer(path.stem.encode(), np.uint8)


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[str, NDArray[Any]]:
    if member.compress_type != zipfile.ZIP_STORED or member.file_size != member.compress_size:
        raise ValueError("packed")
    with archive.open(member) as file:
        return member.filename.removesuffix(".npy"), read_npy(file, member.file_size)


def _tidy(folder: Path) -> None:
    """Remove what killed runs left behind, and the entries not used for longest."""
    for path in folder.glob("*.tmp"):
        if time.time() - path.stat().st_mtime > _ABANDONED_S:
            _remove(path)
    entries = sorted(folder.glob("*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in entries[_KEPT - 1 :]:
        _remove(path)


def _remove(path: Path) -> None:
    # Another run may read it just now, which Windows respects.
    with suppress(OSError):
        path.unlink()
