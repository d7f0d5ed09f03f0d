"""A small file beside a district that counts its own failures, apart from lost workers."""

import posixpath

import fsspec
from pydantic import BaseModel, ValidationError

NAME = ".batch.json"


class _Counts(BaseModel):
    run_id: str
    begun: int = 0
    killed: int = 0


class Marker:
    """What was begun for a district and has no result yet.

    A worker can be lost for many reasons, so one that is lost counts nothing against the district
    that it was at; it only has the district run in a process of its own the next time. Whatever
    kills that process, while the worker lives on, is a failure of the district.

    Parameters
    ----------
    url
        Of the district; every worker that may run it finds the file there.
    run_id
        Of the batch; a file of another batch does not count.
    """

    def __init__(self, url: str, run_id: str) -> None:
        self._files, path = fsspec.core.url_to_fs(url)
        self._path = posixpath.join(path, NAME)
        self._counts = self._read(run_id)

    @property
    def is_suspect(self) -> bool:
        """Whether it was begun before and came to no result."""
        return self._counts.begun > 1 or self._counts.killed > 0

    @property
    def num_killed(self) -> int:
        """Failures of the district itself."""
        return self._counts.killed

    def begin(self) -> None:
        """Count one more beginning."""
        self._counts.begun += 1
        self._write()

    def count_killed(self) -> None:
        """Count one more failure of the district itself."""
        self._counts.killed += 1
        self._write()

    def end(self) -> None:
        """Forget it all: there is a result."""
        if self._files.exists(self._path):
            self._files.rm_file(self._path)

    def _read(self, run_id: str) -> _Counts:
        try:
            counts = _Counts.model_validate_json(self._files.cat_file(self._path))
        except (FileNotFoundError, ValidationError):
            return _Counts(run_id=run_id)
        return counts if counts.run_id == run_id else _Counts(run_id=run_id)

    def _write(self) -> None:
        self._files.pipe_file(self._path, self._counts.model_dump_json().encode())
