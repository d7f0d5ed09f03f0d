"""Counts, codes and numbers of RT and RW, however an export or a person spelled them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from planner.i18n.messages import say
from planner.inputs.cell_values import three_digits
from planner.inputs.characters import clean_text, plain_signs
from planner.model import MAX_COUNT

BLANKS = frozenset({"", "-", "--", "<>", "null", "<null>", "none", "nan", "n/a", "na", "nihil"})
"""What exports write where there is no value; none of them is a 0."""

_QUOTED = re.compile(r"=\s*\"([^\"]*)\"|'([^']*)")
_WHOLE = re.compile(r"[+-]?\d+(?:[.,]0+)?")
_PERSONS = re.compile(r"(?<=\d)\s*(?:orang|org|jiwa|people)\.?$", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[.]\d{3})+(?:,0+)?|[+-]?\d{1,3}(?:,\d{3})+(?:\.0+)?")
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,3})")
_OBJECT = re.compile(r"([\d.]+)-\d+")
_LABEL = r"(?:no\.?\s*)?"
_PART = re.compile(rf"{_LABEL}(rt|rw)?[\s.:]*0*(\d{{1,3}}|[ivx]+)(?:\.0)?", re.IGNORECASE)
_MARK = re.compile(r"X|[ivx]+")

WIDTHS = (2, 2, 2, 4)
LEVELS = {
    2: say("province"),
    4: say("regency"),
    6: say("kecamatan"),
    10: say("kelurahan"),
}
"""By the length of a code without its dots."""

KELURAHAN, KECAMATAN, REGENCY = 10, 6, 4
_WITH_RW = 13


@dataclass(frozen=True, slots=True)
class Invalid:
    """A cell that holds something else than it should.

    Attributes
    ----------
    code
        Why, for programs.
    """

    code: str


def tidy(cell: object) -> object:
    """A cell without what nobody sees or means; None where it stands for nothing."""
    if isinstance(cell, str):
        return _tidy_text(cell)
    return None if isinstance(cell, float) and not isfinite(cell) else cell


@lru_cache(maxsize=1 << 16)
def _tidy_text(cell: str) -> str | None:
    text = " ".join(plain_signs(clean_text(cell)).split())
    if match := _QUOTED.fullmatch(text):
        text = (match[1] or match[2] or "").strip()
    return None if text.casefold() in BLANKS else text


def as_label(cell: object) -> str:
    """A name or title as text; a whole float reads as it was typed."""
    cell = tidy(cell)
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


@lru_cache(maxsize=1 << 16, typed=True)
def parse_count(cell: object) -> int | Invalid | None:
    """Whole people in a cell, None for a blank one; dots and commas may part thousands."""
    cell = tidy(cell)
    if cell is None:
        return None
    if isinstance(cell, bool):
        return Invalid("not-a-count")
    if isinstance(cell, int | float):
        number = float(cell)
        if not number.is_integer():
            return Invalid("not-whole")
    else:
        text = _PERSONS.sub("", str(cell)).replace(" ", "")
        if _GROUPED.fullmatch(text):
            mark = "." if "." in text[:4] or re.match(r"[+-]?\d{1,3}\.", text) else ","
            number = float(text.replace(mark, "").replace(",", "."))
        elif _WHOLE.fullmatch(text):
            number = float(re.split("[.,]", text)[0])
        else:
            is_number = re.fullmatch(r"[+-]?\d+[.,]\d+", text)
            return Invalid("not-whole" if is_number else "not-a-count")
    if number < 0:
        return Invalid("negative")
    return int(number) if number <= MAX_COUNT else Invalid("too-large")


def parse_decimal(cell: object) -> float | None:
    """A number of any kind, to compare columns with; None where it is none."""
    count = parse_count(cell)
    if isinstance(count, int):
        return float(count)
    cell = tidy(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    text = str(cell or "").removesuffix("%").strip().replace(",", ".")
    return float(text) if re.fullmatch(r"[+-]?\d+\.?\d*", text) else None


@lru_cache(maxsize=1 << 16, typed=True)
def parse_code(cell: object) -> str | Invalid | None:
    """Digits of a Kemendagri code of 2, 4, 6 or 10 digits, or with a longer RW; None = blank.

    The last digits of a code that a spreadsheet has rounded are lost, and are not made up.
    """
    cell = tidy(cell)
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, float):
        text = str(int(cell)) if cell.is_integer() else f"{cell:.2f}"
    else:
        text = str(cell).replace(" ", "")
    if match := _SCIENTIFIC.fullmatch(text):
        digits = match[1] + (match[2] or "")
        if int(match[3]) > 20 or len(digits.rstrip("0")) < int(match[3]) + 1 - 1:
            return Invalid("digits-lost")
        text = digits.ljust(int(match[3]) + 1, "0")[: int(match[3]) + 1]
    if match := _OBJECT.fullmatch(text):
        text = match[1]
    text = re.sub(r"(?<=\d{4})\.0$", "", text)
    parts = text.split(".")
    if len(parts) > 1 and all(part.isdecimal() for part in parts):
        if len(parts) <= len(WIDTHS) and all(
            len(part) <= width for part, width in zip(parts, WIDTHS, strict=False)
        ):
            return "".join(part.zfill(width) for part, width in zip(parts, WIDTHS, strict=False))
        text = "".join(parts)
    if not text.isdecimal() or not text.isascii():
        return Invalid("not-a-code")
    return _check_code(text)


def _check_code(digits: str) -> str | Invalid:
    if len(digits) in {7, KELURAHAN} and (len(digits) == 7 or digits[6] not in "12"):
        return Invalid("bps-code")
    if len(digits) in {*LEVELS, _WITH_RW}:
        return digits
    return Invalid("not-a-code")


def dotted(digits: str) -> str:
    """A code with its dots: ``31.71.01.1001``."""
    parts, start = [], 0
    for width in WIDTHS:
        if digits[start : start + width]:
            parts.append(digits[start : start + width])
        start += width
    return ".".join(parts)


@lru_cache(maxsize=1 << 16, typed=True)
def parse_part(cell: object) -> str | Invalid | None:
    """Three digits of an RT or RW number; None for a blank cell, or a number 0."""
    text = as_label(cell)
    if not text:
        return None
    match = _match_part(text)
    if match is None:
        return Invalid("not-a-number-of-rt")
    number = three_digits(match[2])
    return number if int(number) else None


def _match_part(text: str) -> re.Match[str] | None:
    """Label and number of an RT or RW; a mark such as ``x`` is no Roman number."""
    match = _PART.fullmatch(text)
    return match if match and (match[1] or not _MARK.fullmatch(match[2])) else None


def parse_pair(cell: object, *, rw_first: bool) -> tuple[str | None, str | None] | Invalid:
    """RT and RW of a cell such as ``001/02`` or ``RT.001/RW.02``; of one number, the RT."""
    text = as_label(cell)
    parts = [part for part in re.split(r"[/\\,;-]|\s+(?=RW|RT)", text, flags=re.IGNORECASE) if part]
    matches = [_match_part(part.strip()) for part in parts]
    if not parts:
        return None, None
    if len(parts) > 2 or not all(matches):
        return Invalid("not-a-number-of-rt")
    numbers = [three_digits(match[2]) for match in matches if match]
    labels = [str(match[1] or "").casefold() for match in matches if match]
    named = {label: number for label, number in zip(labels, numbers, strict=True) if label}
    if len(named) == len(numbers):
        return named.get("rt"), named.get("rw")
    if len(numbers) == 1:
        return (None, numbers[0]) if rw_first else (numbers[0], None)
    return (numbers[1], numbers[0]) if rw_first else (numbers[0], numbers[1])
