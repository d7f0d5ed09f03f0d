"""The week that is meant where nobody names one, and whether one is over."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from planner.district import HOURS_EAST
from planner.horizon import next_week
from planner.i18n.language import SETTINGS, workbook_of
from planner.inputs import workbook_timezone

_LINE = re.compile(rf"""^\s*timezone\s*=\s*["']({"|".join(HOURS_EAST)})["']""", re.MULTILINE)


def coming_week(folder: Path, *, is_ahead: bool, now: datetime | None = None) -> str:
    """The ISO week of the coming weekend, by the clock of the office.

    Parameters
    ----------
    folder
        Of a district; whatever is wrong there is told later.
    is_ahead
        Whether a weekend that has begun is over for the question.
    now
        With a time zone; None = the present.
    """
    today = _today(folder, now)
    year, number, _ = today.isocalendar()
    return next_week(today) if is_ahead else f"{year}-W{number:02}"


def last_day_if_over(folder: Path, week: str, *, now: datetime | None = None) -> date | None:
    """The last day of an ISO week that is over by the clock of the office; None = it is not."""
    year, number = map(int, week.split("-W"))
    try:
        sunday = date.fromisocalendar(year, number, 7)
    except ValueError:  # A year without that week is told of later.
        return None
    return sunday if sunday < _today(folder, now) else None


def _today(folder: Path, now: datetime | None) -> date:
    local = (now or datetime.now(UTC)).astimezone(UTC) + timedelta(hours=_hours_east(folder))
    return local.date()


def _hours_east(folder: Path) -> float:
    workbook = workbook_of(folder)
    if workbook is not None:
        return HOURS_EAST.get(workbook_timezone(workbook), HOURS_EAST["WIB"])
    try:
        text = (folder / SETTINGS).read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError):  # Of a path that cannot be one.
        text = ""
    named = _LINE.search(text)
    return HOURS_EAST[named[1] if named else "WIB"]
