"""Hours, shifts and breaks as an office writes them: ``Sab 08.00-12.00; Min 13.00-15.00``."""

import re
from collections.abc import Iterable, Mapping, Sequence

from planner.errors import Mistake, suggest
from planner.i18n.messages import Message, say
from planner.inputs.characters import plain_signs
from planner.model import Break, Interval
from planner.units import DAY_S, HOUR_S, MINUTE_S

WeeklyHours = Mapping[int, tuple[Interval, ...]]
"""Opening hours by weekday, Monday 0 to Sunday 6; no entry = closed."""

DAY_NAMES = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")

_DAYS = {
    name: number
    for number, names in enumerate(
        (
            "sen senin mon monday",
            "sel selasa tue tuesday",
            "rab rabu wed wednesday",
            "kam kamis thu thursday",
            "jum jumat jum'at fri friday",
            "sab sabtu sat saturday",
            "min mgg minggu ahad sun sunday",
        )
    )
    for name in names.split()
}
_EVERY_DAY = frozenset({"setiap hari", "tiap hari", "every day", "daily"})
_CLOSED = frozenset({"tutup", "libur", "closed"})
_TO = r"\s*(?:-|–|—|s/d|s\.d\.|sampai)\s*"
_TIME = r"(\d{1,2})[.:](\d{2})"
_INTERVAL = re.compile(f"{_TIME}{_TO}{_TIME}")
_BREAK = re.compile(rf"{_TIME}{_TO}{_TIME}\s+(\d+)")
_ENTRY = re.compile(rf"([^\d;]*?)\s*(\d[^;]*|{'|'.join(_CLOSED)})", re.IGNORECASE)
_EXAMPLE = "'Sab 08.00-12.00; Min 08.00-12.00, 13.00-15.00'"


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
    for entry in text.split(";"):
        match = _ENTRY.fullmatch(entry.strip())
        if match is None:
            raise Mistake.of(
                text, say("cannot be read as hours"), say("write {example}", example=_EXAMPLE)
            )
        days, times = match.groups()
        if not days and not default_days:
            raise Mistake.of(
                text,
                say("has no day"),
                say("write for example '{day} {times}'", day=DAY_NAMES[5], times=times),
            )
        for day in _days(days) if days else default_days:
            hours.setdefault(day, []).extend(parse_intervals(times))
    return {day: _join(text, spans) for day, spans in sorted(hours.items()) if spans}


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
    if text.strip().casefold() in _CLOSED:
        return ()
    return _join(text, [_interval(part) for part in text.split(",")])


def format_intervals(hours: Iterable[Interval]) -> str:
    """The text that `parse_intervals` reads as these hours, to the minute."""
    return ", ".join("-".join(map(_format_clock, interval)) for interval in hours) or "tutup"


def _format_clock(time_s: int) -> str:
    return f"{time_s // HOUR_S:02}.{time_s % HOUR_S // MINUTE_S:02}"


def parse_break(text: str) -> Break:
    """The break in ``11.30-13.00 45``: starts between these times, lasts so many minutes."""
    fault, remedy = say("cannot be read as a break"), say("write for example '11.30-13.00 45'")
    *times, minutes = match_text(_BREAK, text, fault, remedy).groups()
    earliest_s, latest_s = _start_end(text, times)
    return Break(earliest_s=earliest_s, latest_s=latest_s, length_s=int(minutes) * MINUTE_S)


def _days(text: str) -> list[int]:
    if text.strip().casefold() in _EVERY_DAY:
        return list(range(7))
    days: list[int] = []
    for part in text.replace(",", " ").replace(" - ", "-").split():
        first, *last = re.split("-|–|—", part)
        start = day_number(first)
        length = (day_number(last[0]) - start) % 7 if last else 0
        days.extend((start + step) % 7 for step in range(length + 1))
    return days


def _interval(text: str) -> Interval:
    fault, remedy = say("cannot be read as hours"), say("write for example '08.00-12.00'")
    match = match_text(_INTERVAL, text.strip(), fault, remedy)
    return _start_end(text.strip(), match.groups())


def _start_end(text: str, times: Sequence[str]) -> Interval:
    """Two times, given as hour and minute, in seconds after midnight."""
    hour_1, minute_1, hour_2, minute_2 = map(int, times)
    opening_s = hour_1 * HOUR_S + minute_1 * MINUTE_S
    closing_s = hour_2 * HOUR_S + minute_2 * MINUTE_S
    if max(minute_1, minute_2) > 59 or max(opening_s, closing_s) > DAY_S:
        raise Mistake.of(text, say("has a time that does not exist"), say("use 00.00 to 24.00"))
    if closing_s <= opening_s:
        raise Mistake.of(text, say("ends before it starts"), say("swap or correct the times"))
    return opening_s, closing_s


def _join(text: str, spans: Iterable[Interval]) -> tuple[Interval, ...]:
    """The spans, ascending; those that touch are one, as nobody closes for no time."""
    joined: list[Interval] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            raise Mistake.of(text, say("has hours that overlap"), say("join or correct the hours"))
        touches = joined and start == joined[-1][1]
        joined.append((joined.pop()[0] if touches else start, end))
    return tuple(joined)
