"""Reads a table from a CSV file."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from planner.errors import Mistake
from planner.i18n.messages import say
from planner.inputs.table import Table, is_comment, make_table


def read_csv(name: str, path: Path) -> Table:
    """The table in a CSV file with commas, semicolons or tabs.

    Raises
    ------
    Mistake
        Where it cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        # Only these end a line; `splitlines` would part cells at a vertical tab, too.
        lines = StringIO(text, newline="").readlines()
        grid = list(_records(lines))
    except UnicodeDecodeError:
        raise Mistake(say("is not UTF-8 text"), say("save it as 'CSV UTF-8'")) from None
    except csv.Error as error:
        what = say("is not a CSV file ({reason})", reason=error)
        raise Mistake(what, say("correct its quotes")) from None
    return make_table(name, path.name, grid, lambda number, _: f"{path.name}:{number}")


def _records(lines: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Number of the first line, and cells, of every record; a comment is an empty one."""
    at_start = True

    def blank_comments() -> Iterator[str]:
        nonlocal at_start
        for line in lines:
            # Inside a quoted cell a '#' begins no comment, only a line of that cell.
            yield "\n" if at_start and is_comment(line) else line
            at_start = False

    reader = csv.reader(blank_comments(), delimiter=_delimiter(lines), strict=True)
    number = 1
    for cells in reader:
        if cells:
            yield number, cells
        at_start = True
        number = reader.line_num + 1


def _delimiter(lines: Sequence[str]) -> str:
    header = next((line for line in lines if line.strip() and not is_comment(line)), "")
    return max(",;\t", key=header.count)
