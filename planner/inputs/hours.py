"""Hours, shifts and breaks as offices and notices write them: ``Sabtu: 08.00 s.d. 12.00 WIB``."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Never

from planner.district import HOURS_EAST
from planner.errors import Mistake, suggest
from planner.i18n.messages import Message, say
from planner.inputs.characters import clean_text, plain_signs
from planner.model import Break, Interval
from planner.units import DAY_S, HOUR_S, MINUTE_S

WeeklyHours = Mapping[int, tuple[Interval, ...]]
"""Opening hours by weekday, Monday 0 to Sunday 6; no entry = closed."""

DAY_NAMES = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")

_DAYS = {
    name: number
    for number, names in enumerate(
        (
            "sen snn senin mon monday",
            "sel sls selasa tue tuesday",
            "rab rbu rabu wed wednesday",
            "kam kms kamis thu thursday",
            "jum jmt jumat jum'at fri friday",
            "sab sbt sabtu sat saturday",
            "min mgg minggu ahad sun sunday",
        )
    )
    for name in names.split()
}
_EXAMPLE = "'Sab 08.00-12.00; Min 08.00-12.00, 13.00-15.00'"

_TO = r"-|~|sampai\ dengan|sampai|hingga|s\s?/\s?d\b|s\s?\.\s?d\b\.?|sd\b|until\b|to\b"
_TIME = r"(\d{1,2})(?:[.:]?(\d{2})(?:[.:]00)?)?(?:\s?(pagi|siang|sore|malam|am|pm)\b)?"
_BREAK = re.compile(
    rf"{_TIME}\s*(?:{_TO})\s*{_TIME}\s*,?\s*(\d{{1,4}})(?:\s*menit)?", re.IGNORECASE
)
_TOKEN = re.compile(
    rf"""
    (?P<all_day>24\ (?:jam|hours)) | (?P<time>{_TIME})
    | (?P<to>{_TO})
    | (?P<days>hari\ kerja | akhir\ pekan | weekends? | every\ day | daily
              | (?:setiap|tiap)\ hari(?!\ (?:kerja|{"|".join(_DAYS)})\b))
    | (?P<rest>istirahat) | (?P<closed>tutup|libur|closed) | (?P<end>;)
    | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)?) | (?P<sign>\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DAYS_BY_PHRASE = {
    "hari kerja": range(5),
    **dict.fromkeys(("akhir pekan", "weekend", "weekends"), range(5, 7)),
}
_NOISE = frozenset(
    {"pukul", "pkl", "jam", "buka", "dibuka", "mulai", "dari"}
    | {"hari", "setiap", "tiap", "every", "dan", "and"}
)
_SIGNS = frozenset(",.&/:()=")
_BULLET = re.compile(r"(?:^|(?<=\d)\s)\s*[-*\u2022\u00b7]\s+(?=[^\W\d_])")
"""Begins an item of a list: a sign before a day that does not lead there from another day."""

_NOON = 12

_CLOCK = re.compile(_TIME, re.IGNORECASE)
_NO_TIME, _USE_TIMES = say("has a time that does not exist"), say("use 00.00 to 24.00")

Token = tuple[str, str]
"""Kind and text."""


def day_number(name: str) -> int:
    """Weekday of an Indonesian or English name, Monday 0 to Sunday 6."""
    key = plain_signs(name).strip().casefold()
    if key not in _DAYS:
        raise Mistake.of(name, say("is not a day"), suggest(key, DAY_NAMES))
    return _DAYS[key]


def match_text(
    pattern: re.Pattern[str], text: str, fault: Message, remedy: Message
) -> re.Match[str]:
    """The match of a whole text; `Mistake` where there is none."""
    match = pattern.fullmatch(text.strip())
    if match is None:
        raise Mistake.of(text, fault, remedy)
    return match


def parse_hours(text: str, default_days: Sequence[int] = ()) -> WeeklyHours:
    """Opening hours by weekday; entries that name no day hold on the days of ``default_days``."""
    hours: dict[int, list[Interval]] = {}
    for days, spans in _entries(text):
        if not days and not default_days:
            times = format_intervals(spans)
            raise Mistake.of(
                text,
                say("has no day"),
                say("write for example '{day} {times}'", day=DAY_NAMES[5], times=times),
            )
        for day in days or default_days:
            hours.setdefault(day, []).extend(spans)
    return {day: _join(text, spans) for day, spans in sorted(hours.items()) if spans}


def in_zone(text: str, timezone: str = "") -> str:
    """A text that gives no other time zone for its hours than that of the office.

    Parameters
    ----------
    timezone
        ``WIB``, ``WITA`` or ``WIT``; blank = that of the office is not known.
    """
    words = (word.upper() for word in re.findall(r"[^\W\d_]+", text))
    if others := [word for word in words if word in HOURS_EAST and word != timezone]:
        fault = say("is in the time zone {zone}", zone=others[0])
        raise Mistake.of(text, fault, say("write the hours in the time zone of the office"))
    return text


def named_days(text: str) -> frozenset[int]:
    """Weekdays that hours name, closed ones among them."""
    return frozenset(day for days, _ in _entries(text) for day in days)


def parse_shift(text: str, default_days: Sequence[int] = ()) -> Mapping[int, Interval]:
    """Shift by weekday, one interval a day."""
    hours = parse_hours(text, default_days)
    for spans in hours.values():
        if len(spans) > 1:
            raise Mistake.of(
                text,
                say("has {count} shifts a day", count=len(spans)),
                say("write one, and a break in the column break"),
            )
    return {day: spans[0] for day, spans in hours.items()}


def parse_intervals(text: str) -> tuple[Interval, ...]:
    """Hours of one day; none where it is closed."""
    entries = _entries(text)
    if any(days for days, _ in entries):
        fault, remedy = say("has a day"), say("write for example '08.00-12.00'")
        raise Mistake.of(text, fault, remedy)
    return _join(text, [span for _, spans in entries for span in spans])


def parse_clock(value: object) -> int:
    """Seconds after midnight of a time of day: ``08.15``, or a time cell."""
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return value.hour * HOUR_S + value.minute * MINUTE_S + value.second
    text = _plain(str(value))
    fault, remedy = say("is not a time of day"), say("write for example 08.15")
    return _seconds(text, *match_text(_CLOCK, text, fault, remedy).groups())


def format_intervals(hours: Iterable[Interval]) -> str:
    """The text that `parse_intervals` reads as these hours, to the minute."""
    return ", ".join("-".join(map(_format_clock, interval)) for interval in hours) or "tutup"


def _format_clock(time_s: int) -> str:
    return f"{time_s // HOUR_S:02}.{time_s % HOUR_S // MINUTE_S:02}"


def parse_break(text: str) -> Break:
    """The break in ``11.30-13.00 45``: starts between these times, lasts so many minutes."""
    fault, remedy = say("cannot be read as a break"), say("write for example '11.30-13.00 45'")
    *times, minutes = match_text(_BREAK, _plain(text), fault, remedy).groups()
    earliest_s, latest_s = _span(text, _seconds(text, *times[:3]), _seconds(text, *times[3:]))
    return Break(earliest_s=earliest_s, latest_s=latest_s, length_s=int(minutes) * MINUTE_S)


def _plain(text: str) -> str:
    return plain_signs(clean_text(text)).strip()


def _entries(text: str) -> list[tuple[list[int], list[Interval]]]:
    """Days, none where none are named, and their hours, for each part of a text.

    A part ends at a semicolon, and where a day follows hours.
    """
    reader = _Reader(text)
    entries = []
    while reader.skip_to_content():
        days = reader.read_days()
        entries.append((days, reader.read_times()))
    return entries or reader.fail()


class _Reader:
    """Reads one token after the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        matches = _TOKEN.finditer(_BULLET.sub(" ", _plain(text)))
        tokens = [(str(match.lastgroup), match[0]) for match in matches]
        self.tokens = [token for token in tokens if not _is_noise(token)]

    def fail(self) -> Never:
        """Say that the text is none of hours."""
        fault, remedy = say("cannot be read as hours"), say("write {example}", example=_EXAMPLE)
        raise Mistake.of(self.text, fault, remedy)

    def skip_to_content(self) -> bool:
        """Whether anything is left behind semicolons."""
        while self._next("end"):
            pass
        return bool(self.tokens)

    def read_days(self) -> list[int]:
        """Days as they are named, with those between two."""
        days: list[int] = []
        while token := self._next("word", "days"):
            kind, name = token
            if kind == "days":
                days.extend(_DAYS_BY_PHRASE.get(name.casefold(), range(7)))
                continue
            first = last = day_number(name)
            if self.tokens[:1] and self.tokens[0][0] == "to" and self._next("to"):
                last = day_number((self._next("word") or self.fail())[1])
            days.extend((first + step) % 7 for step in range((last - first) % 7 + 1))
        return days

    def read_times(self) -> list[Interval]:
        """Hours up to the next day or semicolon, without breaks; none where it is closed."""
        if self._next("closed"):
            return []
        spans: list[Interval] = []
        while token := self._next("time", "all_day", "rest"):
            kind, time = token
            if kind == "all_day":
                spans.append((0, DAY_S))
            elif kind == "rest":
                spans = _without(spans, self._read_span((self._next("time") or self.fail())[1]))
            else:
                spans.append(self._read_span(time))
        if not spans or (self.tokens and self.tokens[0][0] not in {"word", "days", "end"}):
            self.fail()
        return spans

    def _read_span(self, time: str) -> Interval:
        if not self._next("to"):
            self.fail()
        ends = time, (self._next("time") or self.fail())[1]
        start_s, end_s = (
            _seconds(self.text, *match_text(_CLOCK, end, _NO_TIME, _USE_TIMES).groups())
            for end in ends
        )
        return _span(self.text, start_s, end_s)

    def _next(self, *kinds: str) -> Token | None:
        return self.tokens.pop(0) if self.tokens and self.tokens[0][0] in kinds else None


def _is_noise(token: Token) -> bool:
    kind, text = token
    if kind == "word":
        return text.casefold() in _NOISE or text.upper() in HOURS_EAST
    return kind == "sign" and text in _SIGNS


def _without(spans: Iterable[Interval], pause: Interval) -> list[Interval]:
    """The spans with a pause in none of them."""
    parts = [
        part
        for start, end in spans
        for part in ((start, min(end, pause[0])), (max(start, pause[1]), end))
    ]
    return [(start, end) for start, end in dict.fromkeys(parts) if start < end]


def _seconds(text: str, hour: str, minute: str | None, part_of_day: str | None) -> int:
    """Seconds after midnight of a time such as ``8``, ``08.30`` or ``1 siang``."""
    hours, minutes = int(hour), int(minute or 0)
    part = (part_of_day or "").casefold()
    is_after_noon = part in {"sore", "malam", "pm"} or (part == "siang" and hours < 6)
    if is_after_noon and hours < _NOON:
        hours += _NOON
    if minutes > 59 or hours * HOUR_S + minutes * MINUTE_S > DAY_S:
        raise Mistake.of(text, _NO_TIME, _USE_TIMES)
    return hours * HOUR_S + minutes * MINUTE_S


def _span(text: str, start_s: int, end_s: int) -> Interval:
    if end_s <= start_s:
        raise Mistake.of(text, say("ends before it starts"), say("swap or correct the times"))
    return start_s, end_s


def _join(text: str, spans: Iterable[Interval]) -> tuple[Interval, ...]:
    """The spans, ascending; those that touch are one, as nobody closes for no time."""
    joined: list[Interval] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            raise Mistake.of(text, say("has hours that overlap"), say("join or correct the hours"))
        touches = joined and start == joined[-1][1]
        joined.append((joined.pop()[0] if touches else start, end))
    return tuple(joined)
