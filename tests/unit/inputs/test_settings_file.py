"""planner.toml as it is read; test_bad_input.py has what cannot be."""

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.inputs.findings import Findings
from planner.inputs.settings_file import check_settings, overlay, read_settings_file, read_toml
from tests.builders.folders import problems_of, sound_folder


def test_an_overlay_leaves_what_was_given() -> None:
    """A section that is not there is made."""
    given = {"rates": {"walk_m": 800}}
    assert overlay(given, {"rates.walk_m": 500, "hours.van": "07.00-13.00"}) == {
        "rates": {"walk_m": 500},
        "hours": {"van": "07.00-13.00"},
    }
    assert given == {"rates": {"walk_m": 800}}


def test_the_code_is_known_though_other_settings_are_wrong(tmp_path: Path) -> None:
    """So that the tables can be compared with it."""
    folder = sound_folder(tmp_path)
    folder.edit("planner.toml", 'code = "99.71"', 'code = "99.71"\n[rates]\nwalk_m = -1')
    findings = Findings()
    assert check_settings(read_settings_file(folder.path, findings), findings) == (None, "99.71")
    assert problems_of(findings) == ["planner.toml [rates] walk_m: '-1' is negative; use 0 or more"]


def test_a_toml_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Missing, or not TOML: file and line."""
    with pytest.raises(InputError, match=r"s\.toml: is missing; correct the name"):
        read_toml(tmp_path / "s.toml")
    (tmp_path / "s.toml").write_text("[grid]\nvans = satu\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"s\.toml:2: is not TOML"):
        read_toml(tmp_path / "s.toml")


@pytest.mark.parametrize("value", ["9" * 5_000, "[" * 100_000], ids=["long number", "deep"])
def test_toml_beyond_all_bounds_is_told(tmp_path: Path, value: str) -> None:
    """A number of 5,000 digits, lists within lists."""
    (tmp_path / "s.toml").write_text(f"vans = {value}", encoding="utf-8")
    with pytest.raises(InputError, match=r"s\.toml: is not TOML"):
        read_toml(tmp_path / "s.toml")
