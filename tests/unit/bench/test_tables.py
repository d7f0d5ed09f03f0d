from collections import Counter

import pytest

from bench.__main__ import sized
from bench.run import Outcome, require
from bench.tables import compilation, summary_row, table, toptw_rows, weekend_rows
from bench.toptw import Known
from planner.errors import InputError
from planner.solvers.columns.van_day_classes import group_van_days

KNOWN = Known(name="c101", num_vans=2, best=590, bound=590)


def test_people_and_times_are_shown_as_ratios() -> None:
    """98 people of the 100 another found, first plan after 1 s of 10."""
    outcomes = {
        "columns": Outcome(
            people=100,
            objective=99.0,
            feasible=True,
            bound=100.0,
            people_bound=101,
            first_s=1.0,
            spent_s=9.0,
        ),
        "vroom": Outcome(people=98, feasible=True, spent_s=2.0),
    }
    assert weekend_rows("9x1", outcomes, 10.0) == [
        ("9x1", "columns", "100", "1.0000", "1.00%", "0.99%", "kept", "0.10", "0.90"),
        ("9x1", "vroom", "98", "0.9800", "-", "-", "kept", "-", "0.20"),
    ]


def test_no_plan_is_told_from_one_that_records_nobody() -> None:
    """A solver without an answer, beside one that leaves all vans at home."""
    outcomes = {"pyvrp": Outcome(), "vroom": Outcome(people=0, feasible=True)}
    rows = weekend_rows("9x1", outcomes, 10.0)
    assert [(*row[2:4], row[6]) for row in rows] == [("-", "-", "no plan"), ("0", "-", "kept")]


def test_public_instances_are_compared_with_the_best_known() -> None:
    """585 of 590, and an optimal 590."""
    outcomes = {
        "pyvrp": Outcome(people=10, objective=585.0, feasible=True, spent_s=5.0),
        "columns": Outcome(people=10, objective=590.0, feasible=True, bound=590.0, optimal=True),
    }
    rows = toptw_rows(KNOWN, outcomes, 10.0)
    assert [row[3:7] for row in rows] == [
        ("585", "0.9915", "-", "kept"),
        ("590", "1.0000", "optimal", "kept"),
    ]


def test_a_bound_below_the_best_known_is_counted() -> None:
    """A bound of 589 where 590 is known, and one run without a plan."""
    runs = [(KNOWN, Outcome(objective=590.0, feasible=True, bound=589.0)), (KNOWN, Outcome())]
    assert summary_row("columns", runs) == ("columns", "50.00%", "0 of 2", "1", "1")


def test_tables_are_markdown() -> None:
    """A head, a line, and a row."""
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


def test_compilation_is_told_apart_from_the_runs() -> None:
    """One solver was compiled, one has nothing to compile."""
    told = compilation({"columns": 21.36, "greedy": 0.0})
    assert told == "Compiled or loaded before: columns 21.4 s."
    assert compilation({"greedy": 0.0}) == "Compiled or loaded before: nothing."


def test_sizes_name_sites_vans_and_whether_these_are_alike() -> None:
    """Three sites and two vans that are alike."""
    instance = sized("3x2-alike", num_days=2, seed=0)
    assert (len(instance.sites), len({van.kits for van in instance.vans})) == (3, 1)


def test_in_a_dense_city_each_rt_has_several_points_in_reach() -> None:
    """3 to 10 of the points; nobody comes to a point alone, pupils come to their school."""
    instance = sized("200x5-shared", num_days=2, seed=0)
    reached = Counter(group for site in instance.sites for group in site.draws)
    assert (min(reached.values()), max(reached.values())) == (3, 10)
    assert all(bool(site.draws) != bool(site.expected) for site in instance.sites)


def test_in_a_mixed_fleet_no_van_day_is_like_another() -> None:
    """Twenty vans on two days are forty classes of van-days; with cards for 120 to 299 people."""
    instance = sized("20x20-mixed-cards", num_days=2, seed=0)
    assert len(group_van_days(instance)) == 40
    assert all(120 <= (van.max_people or 0) < 300 for van in instance.vans)


@pytest.mark.parametrize("size", ["3", "3x", "axb", "3x2-same"])
def test_a_size_written_otherwise_is_an_error(size: str) -> None:
    """Vans missing, no numbers, an unknown word."""
    with pytest.raises(InputError, match=r"--sizes: '.*' is not a size; write it like 200x5"):
        sized(size, num_days=2, seed=0)


def test_an_unknown_solver_is_an_error() -> None:
    """A name that is neither ours nor a peer's."""
    with pytest.raises(InputError, match="--solvers: 'lkh' is not known; use one of"):
        require(["lkh"])


def test_the_compact_model_and_each_peer_as_if_nearest_are_known() -> None:
    """OR-Tools is there for both."""
    require(["compact_scip", "ortools_routing_nearest"])
