"""Files appear whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from planner.errors import input_error, reason
from planner.i18n.messages import say


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder; where anything fails, all of it stays as it was.

    Parameters
    ----------
    folder
        Made if it is missing. Files with other names stay untouched.
    files
        Content by file name.

    Raises
    ------
    InputError
        Where the disk is full, a file is open elsewhere, or the folder may not be written to.
    """
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder) as workplace:
            for name, content in files.items():
                (Path(workplace) / name).write_bytes(content)
            _put_in_place(folder, Path(workplace), files)
    except BaseException as error:  # Ctrl-C too: the folder is then as it was.
        for path in made:
            if path.exists():
                path.rmdir()
        if isinstance(error, OSError):
            raise input_error(
                str(error.filename or folder),
                say("cannot be written ({reason})", reason=reason(error)),
                say("close it in other programs, free disk space, or use a writable folder"),
            ) from error
        raise


def _put_in_place(folder: Path, workplace: Path, names: Iterable[str]) -> None:
    """Put the new files in place of the old; on failure, put the old ones back."""
    placed: list[str] = []
    try:
        for name in names:
            if (folder / name).exists():
                shutil.copy2(folder / name, workplace / f"{name}.old")
            (workplace / name).replace(folder / name)
            placed.append(name)
    except BaseException:  # Ctrl-C too: between two files it would leave half of the new ones.
        for name in placed:
            if (workplace / f"{name}.old").exists():
                (workplace / f"{name}.old").replace(folder / name)
            else:
                (folder / name).unlink()
        raise
