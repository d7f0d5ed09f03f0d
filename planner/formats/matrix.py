"""Matrices between places, as rows of numbers or as an ``.npy`` file beside the instance."""

import os
from pathlib import Path

import numpy as np

from planner.arrays import Int32s, read_npy
from planner.errors import input_error
from planner.formats.strict import NonNegativeInt, Row, validate
from planner.i18n.messages import say, say_n
from planner.model import NO_ROAD


class NpyFile(Row):
    """An int32 ``.npy`` file beside the instance; -1 = no road."""

    npy: str


Rows = list[list[NonNegativeInt | None]]


def matrix_of(value: object, path: Path, name: str) -> Int32s:
    """The matrix that stands under a name in an instance file.

    Raises
    ------
    InputError
        With the first problem found.
    """
    where = f"{path} {name}"
    if isinstance(value, dict):
        return _npy_matrix(validate(NpyFile, value, path).npy, path, name)
    if not (isinstance(value, list) and all(isinstance(row, list) for row in value)):
        raise input_error(
            where, say("is not a list of rows"), say('give rows, or {{"npy": "FILE"}}')
        )
    for i, row in enumerate(value):
        if len(row) != len(value):
            raise input_error(
                f"{where}[{i}]",
                say_n("has {n} entry", "has {n} entries", len(row)),
                say("give {count}, one per place", count=len(value)),
            )
        for j, entry in enumerate(row):
            if entry is not None and (type(entry) is not int or not 0 <= entry < 2**31):
                raise input_error(
                    f"{where}[{i}][{j}]",
                    say("'{entry}' is not a whole number of 0 or more", entry=entry),
                    say("correct it, or use null"),
                )
    rows = [[NO_ROAD if entry is None else entry for entry in row] for row in value]
    return np.array(rows, dtype=np.int32).reshape(len(rows), len(rows))


def _npy_matrix(file: str, path: Path, name: str) -> Int32s:
    where = f"{path} {name}"
    if Path(file).name != file:
        raise input_error(
            where,
            say("'{file}' is not in the folder of the instance", file=file),
            say("give a file name without a folder"),
        )
    try:
        with (path.parent / file).open("rb") as npy:
            array = read_npy(npy, os.fstat(npy.fileno()).st_size)
    except (OSError, ValueError) as error:
        raise input_error(
            where,
            say("'{file}' cannot be read: {reason}", file=file, reason=error),
            say("name an .npy file"),
        ) from None
    if array.dtype != np.int32:
        raise input_error(
            where, say("'{file}' does not hold int32", file=file), say("save it as int32")
        )
    return array
