"""A file of scenarios says what the command line would."""

import tomllib

import pytest

from planner.errors import InputError
from planner.scenarios import Scenario, apply_changes, scenarios_from_file
from tests.builders.districts import WEEK, district


def read(text: str) -> tuple[Scenario, ...]:
    return scenarios_from_file(tomllib.loads(text), "s.toml")


def test_a_table_is_a_scenario() -> None:
    """Lists are several changes of a kind, tables pairs, dates and numbers as they are."""
    (found,) = read("""
        [[scenario]]
        name = "semua"
        vans = "+1"
        close = ["P1", "P2"]
        kits = { A = 3, B = 2 }
        day = 2026-11-30
        without-van = "C"
        turnout = 0.8
        set = { "rates.walk_m" = 600 }
    """)
    assert found.name == "semua"
    assert [str(change) for change in found.changes] == [
        "--vans +1",
        "--close P1",
        "--close P2",
        "--kits A=3",
        "--kits B=2",
        "--day +2026-11-30",
        "--without-van C",
        "--turnout 0.8",
        "--set rates.walk_m=600",
    ]


def test_a_grid_is_the_product_of_its_lists() -> None:
    """Two by two, named by what differs; an entry may be several changes."""
    found = read("""
        [grid]
        vans = [2, 3]
        close = ["P1", ["P1", "P2"]]
    """)
    assert [scenario.name for scenario in found] == [
        "vans 2, close P1",
        "vans 2, close P1, close P2",
        "vans 3, close P1",
        "vans 3, close P1, close P2",
    ]


def test_tables_come_before_the_grid() -> None:
    """Both may stand in one file."""
    found = read('[[scenario]]\nvans = "-1"\n[grid]\nturnout = [0.4]')
    assert [scenario.name for scenario in found] == ["vans -1", "turnout 0.4"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "s.toml: has no scenario; write"),
        ("vans = 3", "s.toml: 'vans' does not belong in a scenario file"),
        ("[[scenario]]\nname = 'x'", r"s.toml \[\[scenario\]\] 1: has no change"),
        (
            "[[scenario]]\nvan = 3",
            r"\[\[scenario\]\] 1: 'van' is not a known change; did you mean 'vans'\?",
        ),
        ("[[scenario]]\nvans = true", "'True' is neither text nor a number"),
        ("[[scenario]]\nkits = 'x'\n[grid]\nvans=['y']", r"1 kits: 'x'(?s:.)*\[grid\] vans: 'y'"),
        ("[[scenario]]\nvan = 3\nkit = 2", r"'van' is not a(?s:.)*'kit' is not a known change"),
        ("[grid]\nvans = 3", r"s.toml \[grid\]: 'vans' is not a list"),
        ("grid = 3", r"s.toml \[grid\]: is not a table"),
        (
            "[grid]\nvans = [1,2,3,4,5,6,7,8,9]\nkits = [1,2,3,4,5,6,7,8]\ncards = [1,2,3,4,5,6,7]",
            "makes 504 scenarios, more than 500",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_named(text: str, told: str) -> None:
    """File, table, what to do."""
    with pytest.raises(InputError, match=told):
        apply_changes(district(), WEEK, read(text))
