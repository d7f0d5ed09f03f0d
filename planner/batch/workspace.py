"""A district as a folder of this computer, wherever it is kept."""

import posixpath
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import fsspec


@contextmanager
def local_folder(url: str) -> Iterator[Path]:
    """The folder of a district; of one kept elsewhere a copy, whose changes go back at the end.

    Where anything is raised in here, nothing goes back.

    Parameters
    ----------
    url
        An absolute folder, or an address that fsspec knows.
    """
    if "://" not in url:
        yield Path(url)
        return
    files, path = fsspec.core.url_to_fs(url)
    room = Path(tempfile.mkdtemp(prefix="planner-"))
    try:
        folder = room / posixpath.basename(path.rstrip("/"))
        files.get(path.rstrip("/") + "/", str(folder) + "/", recursive=True)
        before = _hashes(folder)
        yield folder
        for name, digest in _hashes(folder).items():
            if before.get(name) != digest:
                target = posixpath.join(path, name)
                files.makedirs(posixpath.dirname(target), exist_ok=True)
                files.put_file(str(folder / name), target)
        for name in before.keys() - _hashes(folder).keys():
            files.rm_file(posixpath.join(path, name))
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _hashes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).digest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
