"""The week that is meant where nobody names one."""

from datetime import UTC, date, datetime
from pathlib import Path

from planner.office.coming_week import coming_week, last_day_if_over


def test_the_coming_weekend_is_by_the_clock_of_the_office(tmp_path: Path) -> None:
    """Friday 16.30 in London is still Friday in Jakarta, and Saturday in Jayapura."""
    friday = datetime(2026, 11, 27, 16, 30, tzinfo=UTC)
    assert coming_week(tmp_path, is_ahead=True, now=friday) == "2026-W48"
    (tmp_path / "planner.toml").write_text('[office]\ntimezone = "WIT"\n', encoding="utf-8")
    assert coming_week(tmp_path, is_ahead=True, now=friday) == "2026-W49"


def test_a_weekend_under_way_is_meant_on_the_day_itself(tmp_path: Path) -> None:
    """On Saturday a week is planned for the next weekend and replanned for this one."""
    saturday = datetime(2026, 11, 28, 3, tzinfo=UTC)
    assert coming_week(tmp_path, is_ahead=True, now=saturday) == "2026-W49"
    assert coming_week(tmp_path, is_ahead=False, now=saturday) == "2026-W48"


def test_a_week_is_over_after_its_sunday(tmp_path: Path) -> None:
    """Late on Sunday in London it is Monday in Jakarta; a year has no week 60."""
    evening = datetime(2026, 11, 29, 16, 30, tzinfo=UTC)
    night = datetime(2026, 11, 29, 17, 30, tzinfo=UTC)
    assert last_day_if_over(tmp_path, "2026-W48", now=evening) is None
    assert last_day_if_over(tmp_path, "2026-W48", now=night) == date(2026, 11, 29)
    assert last_day_if_over(tmp_path, "2026-W60", now=night) is None
