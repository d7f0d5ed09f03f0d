"""A register that counts people who are gone betrays it by its own numbers."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.analysis.look_here import RegisterTest, find_odd_units, people_of_odd_units
from planner.analysis.origins import recorded_by_kelurahan
from planner.district import RegisterCount, RegisterLimits
from planner.horizon import build_horizon
from planner.inputs import read_district
from planner.solvers.greedy import greedy_plan
from tests.builders.folders import sound_folder

CODE = "99.71.01.1001"


def odd(folder: Path, *counts: RegisterCount, **limits: Any) -> list[tuple[RegisterTest, float]]:
    """Tests and measures of the odd units of the small district with such a register."""
    district = read_district(sound_folder(folder).path)
    district = replace(district, register=counts, register_limits=RegisterLimits(**limits))
    return [(unit.test, unit.measure) for unit in find_odd_units(district)]


def count(**values: Any) -> RegisterCount:
    """A row of the kelurahan."""
    return RegisterCount(code=CODE, kelurahan="Melati", **values)


@pytest.mark.parametrize(
    ("at_limit", "beyond", "test", "measure"),
    [
        (
            {"aged_0_4": 100, "aged_25_29": 500},
            {"aged_0_4": 100, "aged_25_29": 501},
            RegisterTest.COHORT_RATIO,
            5.01,
        ),
        (
            {"eligible": 100, "recorded": 100},
            {"eligible": 100, "recorded": 101},
            RegisterTest.RECORDED_SHARE,
            1.01,
        ),
        (
            {"recorded": 100, "recorded_before": 100},
            {"recorded": 100, "recorded_before": 101},
            RegisterTest.RECORDED_FALL,
            1,
        ),
        (
            {"eligible": 155, "recorded": 100, "unrecorded": 55},
            {"eligible": 155, "recorded": 99, "unrecorded": 55},
            RegisterTest.BALANCE,
            1,
        ),
        ({"unrecorded": 55}, {"unrecorded": 56}, RegisterTest.SUM, 1),
    ],
)
def test_a_unit_is_odd_beyond_the_limit_alone(
    tmp_path: Path,
    at_limit: dict[str, int],
    beyond: dict[str, int],
    test: RegisterTest,
    measure: float,
) -> None:
    """The rows of rt have 30 + 25 people unrecorded."""
    assert odd(tmp_path, count(**at_limit)) == []
    assert odd(tmp_path, count(**beyond)) == [(test, measure)]


def test_the_share_of_adults_is_held_against_the_district(tmp_path: Path) -> None:
    """71 % in the district; 81 % is at the limit, 82 % beyond it."""
    whole = count(people=1000, eligible=710)
    assert odd(tmp_path, whole, count(rw="001", people=100, eligible=81)) == []
    assert odd(tmp_path, whole, count(rw="001", people=100, eligible=82)) == [
        (RegisterTest.ADULT_SHARE, 0.82)
    ]


def test_a_limit_is_a_setting(tmp_path: Path) -> None:
    """One person more than the rows of rt is allowed."""
    assert odd(tmp_path, count(unrecorded=56), sum_people=1) == []


def test_what_is_not_told_is_not_looked_at(tmp_path: Path) -> None:
    """A row without numbers, and one of an RW that rt does not count."""
    assert odd(tmp_path, count(), count(rw="009", unrecorded=7)) == []


def test_the_register_is_a_table_and_its_limits_are_settings(tmp_path: Path) -> None:
    """Titles as exports have them."""
    folder = sound_folder(tmp_path)
    folder.write(
        "register.csv",
        f"kode;kelurahan;rw;wajib_ktp;rekam\n{CODE};Melati;001;100;101\n",
    )
    folder.edit("planner.toml", "[office]", "[look_here]\nrecorded_share = 1.02\n[office]")
    district = read_district(folder.path)
    assert district.register == (count(rw="001", eligible=100, recorded=101),)
    assert find_odd_units(district) == ()


def test_a_plan_says_how_many_come_from_odd_units(tmp_path: Path) -> None:
    """All residents whom it records, of a kelurahan whose recorded are fewer than before."""
    district = read_district(sound_folder(tmp_path).path)
    falling = replace(district, register=(count(recorded=1, recorded_before=2),))
    horizon = build_horizon(falling, "2026-W48")
    plan = greedy_plan(horizon.instance)
    recorded = recorded_by_kelurahan(horizon, plan)
    assert people_of_odd_units(horizon, plan) == recorded[CODE] > 0
    assert people_of_odd_units(replace(horizon, district=district), plan) == 0
