"""The week that is meant where nobody names one."""

import re
from datetime import UTC, datetime, timedelta
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
    local = (now or datetime.now(UTC)).astimezone(UTC) + timedelta(hours=_hours_east(folder))
    year, number, _ = local.date().isocalendar()
    return next_week(local.date()) if is_ahead else f"{year}-W{number:02}"


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
