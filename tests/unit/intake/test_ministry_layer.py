"""The ministry's layer of districts."""

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.intake.ministry_layer import read_baselines


def test_districts_stand_by_their_code(tmp_path: Path) -> None:
    """100 must hold a card and 94 do: 6 are unrecorded; a row without numbers is none."""
    path = tmp_path / "kab.csv"
    lines = ["no_prop,no_kab,nama_kab,jml_wktp,jml_rekam_wktp", "32,1,BOGOR,100,94", "32,2,X,,"]
    path.write_text("\n".join(lines), encoding="utf-8")
    counted = read_baselines(path)
    assert {code: each.unrecorded for code, each in counted.items()} == {"32.01": 6}


def test_a_layer_without_its_columns_is_told(tmp_path: Path) -> None:
    """As of desa, or one that was edited."""
    path = tmp_path / "kab.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"kab.csv: has no columns no_prop, no_kab"):
        read_baselines(path)
