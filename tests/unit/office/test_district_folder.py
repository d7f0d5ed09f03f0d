"""Opening, checking and making district folders."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.office.district_folder import (
    check_district,
    copy_example,
    read_district,
    write_templates,
)
from planner.office.week_plan import now_at
from tests.builders.folders import sound_folder


def test_the_date_is_that_at_the_office(tmp_path: Path) -> None:
    """In Jakarta it is Saturday when a computer to the west still has Friday."""
    sound_folder(tmp_path)
    office = read_district(tmp_path).office
    friday = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    assert now_at(office, friday).date() == date(2026, 11, 21)


def test_check_looks_at_the_week_that_comes(tmp_path: Path) -> None:
    """From Saturday on that is the next week."""
    sound_folder(tmp_path)
    district = read_district(tmp_path)
    weeks = [check_district(district, today=date(2026, 11, day)).horizon.week for day in (20, 21)]
    assert weeks == ["2026-W47", "2026-W48"]


def test_templates_are_indonesian_unless_asked_for_in_another_language(tmp_path: Path) -> None:
    """As the office's papers will be."""
    for language, start in ((None, "# Pengaturan"), ("en", "# Settings")):
        folder = tmp_path / str(language)
        write_templates(folder, language)
        assert (folder / "planner.toml").read_text(encoding="utf-8").startswith(start)


def test_templates_overwrite_nothing(tmp_path: Path) -> None:
    """A second time all files exist."""
    write_templates(tmp_path)
    with pytest.raises(InputError, match="exists already; choose another folder"):
        write_templates(tmp_path)


def test_an_example_that_was_changed_stays_as_it_is(tmp_path: Path) -> None:
    """Whoever tries the demonstration twice keeps his tables."""
    folder = copy_example(tmp_path / "kota")
    (folder / "vans.csv").write_text("mine", encoding="utf-8")
    copy_example(folder)
    assert (folder / "vans.csv").read_text(encoding="utf-8") == "mine"
