"""Reads CSV of any dialect and encoding."""

import csv
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from planner.errors import Mistake
from planner.i18n.messages import say
from planner.inputs.text_encoding import decode_text
from planner.inputs.xlsx_table import MAX_BYTES
from planner.intake.grid import Sheet, SourceFile
from planner.intake.workbooks import MAX_CELLS

DELIMITERS = ";,\t|"
_SAMPLE = 40
_FIELD_LIMIT = 1 << 20


def read_text_file(path: Path, name: str) -> SourceFile:
    """The one sheet of a CSV file.

    Raises
    ------
    Mistake
        Where it is not text, or its quotes do not end.
    """
    if path.stat().st_size > MAX_BYTES:
        what = say("is larger than {size} MB", size=MAX_BYTES >> 20)
        raise Mistake(what, say("split it into smaller files"))
    text, _ = decode_text(path.read_bytes())
    lines = StringIO(text, newline="").readlines()
    first = lines[0].strip().casefold() if lines else ""
    told = first.startswith("sep=") and first[4:5]
    delimiter = told or _delimiter(lines)
    csv.field_size_limit(_FIELD_LIMIT)
    rows, numbers, number, cells = [], [], 1, 0
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != "\t")
    try:
        for row in reader:
            rows.append([first] if told and number == 1 else row)
            numbers.append(number)
            number = reader.line_num + 1
            cells += len(row)
            if cells > MAX_CELLS:
                raise Mistake(
                    say("has more cells than can be read"), say("split it into smaller files")
                )
    except csv.Error:
        raise Mistake(say("is not a CSV file"), say("correct its quotes")) from None
    return SourceFile(name=name, sheets=[Sheet(file=name, rows=rows, numbers=numbers)])


def _delimiter(lines: Sequence[str]) -> str:
    """What parts most lines into the same number of cells, more than one."""
    sample = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]

    def agreement(delimiter: str) -> tuple[int, int]:
        widths = Counter(
            len(row) for row in csv.reader(sample[:_SAMPLE], delimiter=delimiter) if len(row) > 1
        )
        width, count = max(widths.items(), key=lambda item: item[1] * item[0], default=(0, 0))
        return count * width, width

    try:
        return max(DELIMITERS, key=agreement)
    except csv.Error:
        return DELIMITERS[0]
