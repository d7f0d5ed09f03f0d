"""When people were counted: a year, a semester of it, or a date."""

import re
from collections.abc import Callable, Sequence

Period = tuple[int, int, int]
"""Year, month and day; of a semester its last month, day 0."""

_ROMAN = {"i": 1, "ii": 2, "1": 1, "2": 2, "01": 1, "02": 2, "ganjil": 1, "genap": 2}
_SEMESTER = re.compile(r"\b(?:semester|smt|sem)[\s.:]*(ii|i|0?[12]|ganjil|genap)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_YEAR_SEMESTER = re.compile(r"(?<!\d)(20[0-4]\d)0([12])(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)([0-3]\d)[-./ ]?([01]\d)[-./ ]?(20[0-4]\d)(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(20[0-4]\d)-([01]\d)-([0-3]\d)(?!\d)")
_SHORT = re.compile(r"(?<!\d)([0-3]\d)([01]\d)([2-4]\d)(?!\d)")
_MONTHS = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"]
_IN_WORDS = re.compile(
    r"(?<!\d)(?:(\d{1,2})\s+)?(jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)[a-z]*\s+(20[0-4]\d)",
    re.IGNORECASE,
)
_HALF = 6

_DATES: Sequence[tuple[re.Pattern[str], Callable[[list[int]], Period]]] = (
    (_YEAR_FIRST, lambda parts: (parts[0], parts[1], parts[2])),
    (_YEAR_SEMESTER, lambda parts: (parts[0], _HALF * parts[1], 0)),
    (_DAY_FIRST, lambda parts: (parts[2], parts[1], parts[0])),
    (_SHORT, lambda parts: (2000 + parts[2], parts[1], parts[0])),
    (_YEAR, lambda parts: (parts[0], 0, 0)),
)


def parse_period(text: str) -> Period | None:
    """The period that a text, a title or a file name tells; None where it tells none."""
    if match := _SEMESTER.search(text):
        year = _YEAR.search(text)
        semester = _ROMAN[match[1].casefold()]
        return (int(year[1]), _HALF * semester, 0) if year else (0, _HALF * semester, 0)
    if match := _IN_WORDS.search(text):
        month = _MONTHS.index(match[2].casefold()) + 1
        return int(match[3]), month, int(match[1] or 0)
    for pattern, make in _DATES:
        if match := pattern.search(text):
            return make([int(number) for number in match.groups()])
    return None
