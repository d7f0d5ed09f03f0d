"""Parsers of single values, whichever program wrote them, and the column types made of them."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise
from math import inf
from typing import Annotated

from babel.dates import get_month_names
from pydantic import BeforeValidator
from shapely import is_valid_reason
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from planner.district import Permission
from planner.errors import Mistake, suggest
from planner.i18n.language import LANGUAGES
from planner.i18n.messages import say
from planner.inputs.characters import clean_text, plain_signs
from planner.inputs.coordinates import read_angle, split_pair
from planner.inputs.hours import (
    WeeklyHours,
    match_text,
    parse_break,
    parse_hours,
    parse_intervals,
    parse_shift,
)
from planner.model import MAX_COUNT, MAX_KITS, Break, Interval
from planner.units import MINUTE_S
from planner.venues import RECORDING, SERVICES

FIRST_YEAR, LAST_YEAR = 2020, 2099
NPSN_LENGTH = 8

LEAST, LARGEST = 1e-9, 1e15
"""Of numbers above 0: beyond these, what is computed of them may be no number at all."""

LONGEST_NUMBER = 100
"""Digits; of thousands of them Python makes no number."""

_WHOLE = re.compile(r"[+-]?\d+(?:[.,]0)?")
_DECIMAL = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_REGION = re.compile(r"(\d\d)\.?(\d\d)\.?(\d\d)\.?([12]\d{3})")
_REGENCY = re.compile(r"(\d\d)\.?((?!00|70)\d\d)")
_PERCENT = re.compile(r"(.*\S)\s*(?:%|persen)", re.IGNORECASE)
_LABEL = r"(?:(?:no|rt|rw)[\s.:]*)*"
_NUMBER = r"(\d{1,3}|[ivx]+)(?:\.0)?"
_NUMBER_OF_RW = re.compile(
    rf"{_LABEL}{_NUMBER}(?:\s*(?:[/,]|\bR[TW])\s*{_LABEL}{_NUMBER})?", re.IGNORECASE
)
_RW_FIRST = re.compile(r"(?:no[\s.:]*)?rw", re.IGNORECASE)
_ROMAN = {"i": 1, "v": 5, "x": 10}
_RUPIAH = re.compile(r"(?:Rp\.?)?\s*(\d{1,3}(?:([.,])\d{3}(?:\2\d{3})*)?|\d+)(?:,-|[.,]00?)?")
_CLASSES = {"kecil": "small", "besar": "large"}
_OFFERS = {"rekam": RECORDING, **{service.word.casefold(): service.key for service in SERVICES}}

_DATE_SHAPES = (
    *("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y"),
    *("%Y-%m-%d", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"),
)
_DATE_IN_WORDS = re.compile(
    r"(?:[^\W\d]+'?[^\W\d]*,?\s+)?(\d{1,2})[\s-]+([^\W\d]{3,})\.?[\s-]+(\d{4}|\d\d)"
)
_MONTH = re.compile(
    r"(?P<year>\d{4})(?:[-/](?P<month>0?[1-9]|1[0-2]))?|(?P<first>0?[1-9]|1[0-2])[-/](?P<last>\d{4})"
)
_NO_REGION = (
    say("is not the code of a kelurahan"),
    say("use the Kemendagri code, such as 31.71.01.1001 (a BPS code is another one)"),
)
_NO_NUMBER_OF_RW = say("is not an RT or RW number"), say("write 1, 01, 001 or 001/02")
_SERIAL = re.compile(r"[45]\d{4}(?:\.0+)?")
FIRST_OF_EXCEL = date(1899, 12, 30)
"""Day 0 of spreadsheets, where a date stands as a number of days."""

_MONTHS = {
    name.casefold(): month
    for language in LANGUAGES
    for month, name in get_month_names("wide", locale=language).items()
} | {"agt": 8, "nop": 11, "nopember": 11, "pebruari": 2}
_YES_NO = {
    **dict.fromkeys(("ya", "yes", "y", "1", "true", "ada"), True),
    **dict.fromkeys(("tidak", "tdk", "tidak ada", "no", "n", "0", "false"), False),
}


def as_text(value: object) -> str:
    """Text without stray spaces; a number that Excel made of a code reads as it was typed."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return " ".join(map(as_text, value))
    return " ".join(clean_text(str(value)).split())


def _as_typed(value: object) -> str:
    """Text without the apostrophe that keeps a spreadsheet from taking it for a number."""
    return plain_signs(as_text(value)).removeprefix("'")


def as_decimal(value: object, minimum: float = -inf, maximum: float = inf) -> float:
    """A number with a point or a comma, between two limits."""
    text = _as_typed(value)
    if isinstance(value, bool) or not _DECIMAL.fullmatch(text):
        raise Mistake.of(value, say("is not a number"), say("write a number such as 12.5"))
    number = float(text.replace(",", "."))
    if not abs(number) <= LARGEST:
        raise Mistake.of(value, say("is too large"), say("write a number such as 12.5"))
    return _check_limits(value, number, minimum, maximum)


def as_whole(value: object, minimum: float = 0, maximum: float = inf) -> int:
    """A whole number between two limits."""
    text = _as_typed(value)
    if isinstance(value, bool) or not _WHOLE.fullmatch(text):
        raise Mistake.of(
            value, say("is not a whole number"), say("write digits only, such as 1250")
        )
    if len(text) > LONGEST_NUMBER:
        raise Mistake.of(value, say("is too large"), say("write digits only, such as 1250"))
    return int(_check_limits(value, int(re.split("[.,]", text)[0]), minimum, maximum))


def _check_limits(value: object, number: float, minimum: float, maximum: float) -> float:
    if number < 0 <= minimum:
        raise Mistake.of(value, say("is negative"), say("use {minimum:g} or more", minimum=minimum))
    if number < minimum:
        raise Mistake.of(
            value,
            say("is below {minimum:g}", minimum=minimum),
            say("use {minimum:g} or more", minimum=minimum),
        )
    if number > maximum:
        raise Mistake.of(
            value,
            say("is above {maximum:.10g}", maximum=maximum),
            say("use {minimum:g} to {maximum:.10g}", minimum=minimum, maximum=maximum),
        )
    return number


def as_share(value: object) -> float:
    """A share from 0 to 1, or as a percentage: ``80 %``."""
    match = _PERCENT.fullmatch(as_text(value))
    if match is None:
        return as_decimal(value, minimum=0, maximum=1)
    return as_decimal(match[1], minimum=0, maximum=100) / 100


def as_rupiah(value: object) -> float:
    """An amount of money: of a text, what parts three digits are thousands, ``Rp 2.500,00``."""
    match = _RUPIAH.fullmatch(as_text(value)) if isinstance(value, str) else None
    return as_decimal(re.sub(r"\D", "", match[1]) if match else value, minimum=0)


def as_coordinate(value: object) -> float:
    """Degrees, as a number or with minutes and seconds."""
    if isinstance(value, str):
        split_pair(value)
        value = read_angle(as_text(value))
    return as_decimal(value)


def as_positive(value: object) -> float:
    """A number above 0."""
    number = as_decimal(value, minimum=0)
    if number == 0:
        raise Mistake.of(value, say("is not above 0"), say("use a number above 0"))
    return _check_limits(value, number, LEAST, LARGEST)


def to_seconds(minutes: float) -> int:
    """Whole seconds: the model knows no smaller ones."""
    return round(minutes * MINUTE_S)


def as_region(value: object) -> str:
    """Kemendagri code of a kelurahan or desa, with dots."""
    return ".".join(match_text(_REGION, _as_typed(value), *_NO_REGION).groups())


def as_regency(value: object) -> str:
    """Kemendagri code of a kabupaten or kota, with a dot."""
    fault = say("is not the code of a kabupaten or kota")
    remedy = say('use the Kemendagri code between quotes, such as "31.71"')
    return ".".join(match_text(_REGENCY, as_text(value), fault, remedy).groups())


def rt_rw(value: object) -> tuple[str, str | None]:
    """The three digits of an RT or RW number, and those of the RW of ``001/02``."""
    text = _as_typed(value)
    numbers = match_text(_NUMBER_OF_RW, text, *_NO_NUMBER_OF_RW).groups()
    first, second = (number and three_digits(number) for number in numbers)
    return (second, first) if second and _RW_FIRST.match(text) else (first, second)


def three_digits(number: str) -> str:
    """Three digits of the number of an RT or RW, which may be a Roman one."""
    if number.isdigit():
        return number.zfill(3)
    values = [_ROMAN[letter] for letter in number.casefold()]
    signed = [-one if one < after else one for one, after in pairwise([*values, 0])]
    return f"{sum(signed):03}"


def as_rw(value: object) -> str:
    """Three digits of an RW; of ``001/02``, RT before RW, the second number, else as labelled."""
    first, second = rt_rw(value)
    return second or first


def as_npsn(value: object) -> str:
    """A school's national number, kept as text."""
    text = _as_typed(value).upper()
    if len(text) != NPSN_LENGTH:
        raise Mistake.of(
            text, say("has {length} characters", length=len(text)), say("an NPSN has 8")
        )
    if not (text.isascii() and text.isalnum()):
        raise Mistake.of(text, say("is not an NPSN"), say("use 8 letters and digits"))
    return text


def as_date(value: object) -> date:
    """A date of 2026-11-28, 28/11/2026, 28-11-2026 or a date cell."""
    day = value.date() if isinstance(value, datetime) else value
    if not isinstance(day, date):
        day = _parse_date(as_text(value))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Mistake.of(
            day,
            say(
                "is not between {first_year} and {last_year}",
                first_year=FIRST_YEAR,
                last_year=LAST_YEAR,
            ),
            say("write the date again (an empty date cell of Excel shows as 1899 or 1900)"),
        )
    return day


def as_month(value: object) -> date:
    """The first day of a month of 2027-02, 02/2027 or a date cell; of a year alone January."""
    if isinstance(value, datetime | date):
        return as_date(value).replace(day=1)
    text = as_text(value)
    match = _MONTH.fullmatch(text)
    if match is None:
        raise Mistake.of(text, say("is not a month"), say("write 2027-02, or 2027 for January"))
    year, month = match["year"] or match["last"], match["month"] or match["first"] or "1"
    return as_date(f"{year}-{month}-1")


def _parse_date(text: str) -> date:
    digits = text
    if _SERIAL.fullmatch(text):
        return FIRST_OF_EXCEL + timedelta(days=int(text[:5]))
    if match := _DATE_IN_WORDS.fullmatch(text):
        day, name, year = match.groups()
        digits = f"{day}/{_month(name)}/{year}"
    for shape in _DATE_SHAPES:
        try:
            return datetime.strptime(digits, shape).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    raise Mistake.of(text, say("is not a date"), say("write 28/11/2026 or 2026-11-28, day first"))


def _month(name: str) -> int:
    """Number of a month by its name in Indonesian or English, or the start of it; else 0."""
    return next((month for start, month in _MONTHS.items() if start.startswith(name.casefold())), 0)


def as_permission(value: object) -> Permission:
    """State of a permission in the office's words."""
    text = as_text(value).casefold()
    if text not in list(Permission):
        raise Mistake.of(value, say("is not a permission status"), suggest(text, Permission))
    return Permission(text)


def as_yes_no(value: object) -> bool:
    """Whether a cell says yes, in Indonesian or English."""
    text = as_text(value).casefold()
    if text not in _YES_NO:
        raise Mistake.of(value, say("is neither yes nor no"), say("write ya or tidak"))
    return _YES_NO[text]


def as_class(text: str) -> str:
    """A class of van; the two standard ones also in Indonesian."""
    return _CLASSES.get(text.casefold(), text.casefold())


def as_classes(value: object) -> tuple[str, ...]:
    """Classes of van, without repetition."""
    return tuple(dict.fromkeys(map(as_class, re.split(r"[\s,;/]+", as_text(value)))))


def as_services(value: object) -> tuple[str, ...]:
    """What a van offers, by keys, without repetition: ``rekam, cetak, KK``."""
    words = re.split(r"[\s,;/]+", as_text(value).casefold())
    for word in words:
        if word not in _OFFERS:
            raise Mistake.of(word, say("is not a service"), suggest(word, _OFFERS))
    return tuple(dict.fromkeys(_OFFERS[word] for word in words))


def as_polygon(value: object) -> BaseGeometry:
    """The border of an area."""
    if not isinstance(value, Polygon | MultiPolygon):
        kind = value.geom_type if isinstance(value, BaseGeometry) else type(value).__name__
        raise Mistake(say("is a {kind}", kind=kind), say("draw a polygon"))
    if not value.is_valid:
        reason = is_valid_reason(value)
        crosses = "Self-intersection" in reason
        raise Mistake(
            say("crosses itself ({reason})", reason=reason)
            if crosses
            else say("is not a valid border ({reason})", reason=reason),
            say("use QGIS: Fix geometries"),
        )
    return value


def _parse(parser: Callable[[str], object]) -> BeforeValidator:
    """A parser of texts, for whatever a cell holds."""
    return BeforeValidator(lambda value: parser(as_text(value)))


Text = Annotated[str, BeforeValidator(as_text)]
Count = Annotated[int, BeforeValidator(as_whole)]
Versions = Annotated[int, BeforeValidator(partial(as_whole, minimum=1))]
People = Annotated[int, BeforeValidator(partial(as_whole, maximum=MAX_COUNT))]
Kits = Annotated[int, BeforeValidator(partial(as_whole, minimum=1, maximum=MAX_KITS))]
Decimal = Annotated[float, BeforeValidator(as_decimal)]
NotNegative = Annotated[float, BeforeValidator(partial(as_decimal, minimum=0))]
Worth = Annotated[float, BeforeValidator(partial(as_decimal, minimum=0, maximum=MAX_COUNT))]
Positive = Annotated[float, BeforeValidator(as_positive)]
Minutes = Annotated[int, BeforeValidator(lambda value: to_seconds(as_positive(value)))]
AtLeastOneTimes = Annotated[float, BeforeValidator(partial(as_decimal, minimum=1))]
Rupiah = Annotated[float, BeforeValidator(as_rupiah)]
Share = Annotated[float, BeforeValidator(as_share)]
Coordinate = Annotated[float, BeforeValidator(as_coordinate)]
Region = Annotated[str, BeforeValidator(as_region)]
Regency = Annotated[str, BeforeValidator(as_regency)]
Rw = Annotated[str, BeforeValidator(as_rw)]
Npsn = Annotated[str, BeforeValidator(as_npsn)]
Day = Annotated[date, BeforeValidator(as_date)]
Month = Annotated[date, BeforeValidator(as_month)]
PermissionState = Annotated[Permission, BeforeValidator(as_permission)]
YesNo = Annotated[bool, BeforeValidator(as_yes_no)]
Classes = Annotated[tuple[str, ...], BeforeValidator(as_classes)]
Services = Annotated[tuple[str, ...], BeforeValidator(as_services)]
VanClass = Annotated[str, _parse(as_class)]
Border = Annotated[BaseGeometry, BeforeValidator(as_polygon)]
Hours = Annotated[WeeklyHours, _parse(parse_hours)]
Shift = Annotated[Mapping[int, Interval], _parse(parse_shift)]
DayHours = Annotated[tuple[Interval, ...], _parse(parse_intervals)]
CrewBreak = Annotated[Break, _parse(parse_break)]
