"""Recognises the number of a person, however it is written, and masks it."""

import re
from collections.abc import Iterator

from planner.inputs.characters import clean_text, plain_signs

LENGTH = 16
MASK = "*" * LENGTH
LOW, HIGH = int("1" + "0" * (LENGTH - 1)), int("1" + "0" * LENGTH)

_RUN = re.compile(r"\d(?:[\s.\-_]{0,3}\d)*")
_ALONE = re.compile(rf"(?<!\d)\d{{{LENGTH}}}(?!\d)")
# No digit of a long number begins one, or is given back: time grows with the length of a text.
_FLOAT = re.compile(r"(?<!\d)[+-]?\d++(?:[.,]\d++)?[eE][+]?\d{1,2}")
_DECIMAL = re.compile(r"(?<![\d.,])([+-]?\d{1,3})[.,](\d++)(?![\d.,]*\d)")
_DATE = (
    r"(?:\d{1,2}[-. ]\d{1,2}[-. ](?:19|20)\d\d"
    r"|(?:19|20)\d\d[-. ]?[01]\d[-. ]?[0-3]\d|[0-3]\d[01]\d20\d\d)"
)
_DATES = re.compile(rf"(?<!\d){_DATE}[\s.\-_]+{_DATE}(?!\d)")
_PHONE = r"0\d[\d-]{6,11}"
_PHONES = re.compile(rf"(?<!\d){_PHONE}(?:\s+{_PHONE})+(?!\d)")
_CALL = r"(?:62|0)[ -]?\d{2,3}[ -]\d{3,4}[ -]\d{3,5}"
_CALLS = re.compile(rf"{_CALL}(?:\s+{_CALL})*")
_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
_NIP = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{10}")
_GROUP = re.compile(r"\d+")
_MIN_GROUP = 4
_FULL_CIRCLE = 180


def has_nik(cell: object) -> bool:
    """Whether a cell or text holds a run of 16 digits: a NIK, or the number of a family card.

    Blanks, dots and dashes between the digits do not hide it, nor does a float. Coordinates, dates,
    telephone numbers and the 18 digits of a civil servant's NIP are none.
    """
    if isinstance(cell, str):
        return _in_text(cell)
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int):
        return LOW <= abs(cell) < HIGH
    if isinstance(cell, float):
        return bool(cell.is_integer() and LOW <= abs(cell) < HIGH)
    if isinstance(cell, list | tuple | dict):
        return _in_text(str(cell))
    return False


def mask(text: str) -> str:
    """A text in which every such number is stars."""
    for span in sorted(_spans(text), reverse=True):
        text = text[: span[0]] + MASK + text[span[1] :]
    return text


def _in_text(text: str) -> bool:
    if len(text) < LENGTH:
        return ("e" in text or "E" in text) and _is_float(text.strip(" =\"'"))
    return any(True for _ in _spans(text))


def _is_float(text: str) -> bool:
    match = _FLOAT.fullmatch(text)
    return match is not None and bool(LOW <= abs(float(text.replace(",", "."))) < HIGH)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the numbers stand; a text with characters that cannot be seen is one whole."""
    plain = plain_signs(text)
    if len(clean_text(plain)) != len(plain):
        if any(True for _ in _spans(clean_text(plain))):
            yield 0, len(text)
        return
    for match in _FLOAT.finditer(plain):
        if _is_float(match[0]):
            yield match.span()
    # What is known to be something else is struck out, each digit by a letter.
    for pattern in (_UUID, _DATES, _PHONES):
        plain = pattern.sub(lambda match: "x" * len(match[0]), plain)
    plain = _DECIMAL.sub(_strike_coordinate, plain)
    for run in _RUN.finditer(plain):
        yield from _in_run(run[0], run.start())


def _strike_coordinate(match: re.Match[str]) -> str:
    is_coordinate = abs(int(match[1])) <= _FULL_CIRCLE
    return "x" * len(match[0]) if is_coordinate else match[0]


def _in_run(run: str, start: int) -> Iterator[tuple[int, int]]:
    digits = re.sub(r"\D", "", run)
    if len(digits) < LENGTH or _NIP.fullmatch(digits):
        return
    if len(digits) == LENGTH:
        yield start, start + len(run)
        return
    alone = list(_ALONE.finditer(run))
    for match in alone:
        yield start + match.start(), start + match.end()
    if not alone and not _CALLS.fullmatch(run):
        yield from _in_groups(run, start)


def _in_groups(run: str, start: int) -> Iterator[tuple[int, int]]:
    """Groups of digits behind one another that make 16 of a longer run."""
    groups = list(_GROUP.finditer(run))
    first = 0
    while first < len(groups):
        last, size = first, len(groups[first][0])
        while size < LENGTH and last + 1 < len(groups):
            last += 1
            size += len(groups[last][0])
        begin, end = groups[first].start(), groups[last].end()
        if size == LENGTH and _is_split(run[begin:end]):
            yield start + begin, start + end
            first = last
        first += 1


def _is_split(inside: str) -> bool:
    """Whether groups are as people split such a number, rather than a list of small counts."""
    groups = _GROUP.findall(inside)
    return max(map(len, groups)) >= _MIN_GROUP and inside[0] != "0"
