"""What holds for every solver: degenerate input, starts, stops, and what is checked."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from planner import solvers
from planner.model import NO_ROAD, Break, Instance
from planner.plan import Plan, Result, Route, Status
from planner.solvers import (
    SOLVERS,
    Limits,
    Progress,
    SolverBugError,
    SolveReport,
    StoppingCriterion,
    solve,
)
from planner.solvers.greedy import greedy_plan
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, instance, site


def solved(given: Instance, solver: str, rounds: int = 3) -> Result:
    return solve(given, solver=solver, limits=Limits(iterations=rounds))


PLAIN = instance(site(1), site(2))

NOTHING_TO_DO = {
    "no sites": instance(),
    "no vans": instance(site(1), vans=()),
    "no shifts": instance(site(1), vans=(replace(VAN, shifts={}),)),
    "nothing reachable": replace(
        PLAIN, drive_s=np.where(np.eye(3, dtype=bool), 0, NO_ROAD).astype(np.int32)
    ),
    "nobody expected": instance(site(1, expected=0)),
    "people without weight": instance(site(1, weight=0.0)),
    "no windows": instance(site(1, windows={})),
    "windows shorter than set-up": instance(site(1, windows={SATURDAY: ((0, 19),)})),
    "no van fits": instance(site(1, classes=("large",))),
    "no cards on board": instance(site(1), vans=(replace(VAN, max_people=0),)),
    "no stops allowed": instance(site(1), vans=(replace(VAN, max_stops=0),)),
    "a break longer than the day": instance(
        site(1), vans=(replace(VAN, crew_break=Break(earliest_s=0, latest_s=0, length_s=5000)),)
    ),
    "driving costs more than it earns": instance(site(1), drive_s=500),
}


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("case", NOTHING_TO_DO)
def test_where_nothing_can_be_done_the_plan_is_empty(solver: str, case: str) -> None:
    """An empty plan, worth nothing, and no failure."""
    result = solved(NOTHING_TO_DO[case], solver)
    assert result.plan == Plan()
    assert (result.people, result.objective) == (0, 0)


@pytest.mark.parametrize("solver", SOLVERS)
def test_fewer_than_the_fewest_are_recorded_if_all_come(solver: str) -> None:
    """Ten are expected where a stop should have 99: all ten are recorded."""
    assert solved(instance(site(1, min_people=99)), solver).people == 10


@pytest.mark.parametrize("solver", SOLVERS)
def test_everything_is_recorded_where_it_fits(solver: str) -> None:
    """Three sites of ten people, 130 s each and 50 s apart, in 1,000 s."""
    result = solved(instance(site(1), site(2), site(3)), solver)
    assert (result.people, result.objective) == (30, 28)


@pytest.mark.parametrize("solver", SOLVERS)
def test_service_may_take_no_time(solver: str) -> None:
    """Nobody takes any time, nor does set-up: all are recorded at once."""
    quick = [site(n, seconds_per_person=0, setup_s=0, packup_s=0) for n in (1, 2, 3)]
    assert solved(instance(*quick), solver).people == 30


@pytest.mark.parametrize("solver", SOLVERS)
def test_several_vans_share_one_huge_site(solver: str) -> None:
    """In 1,000 s a van has 870 s for people there, 10 s each: 87, and three vans 261."""
    vans = tuple(replace(VAN, id=name) for name in "ABC")
    assert solved(instance(site(1, expected=10_000), vans=vans), solver).people == 261


@pytest.mark.slow
@pytest.mark.parametrize("solver", SOLVERS)
def test_many_alike_sites_are_no_harder(solver: str) -> None:
    """Of 300 sites with one door and 20 people in 230 s, four and a part fit into 1,000 s."""
    alike = [replace(site(1, expected=20), id=f"site-{n}") for n in range(300)]
    given = replace(instance(*alike), drive_s=np.zeros((301, 301), dtype=np.int32))
    assert solved(given, solver).people == 85


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_stop_asked_for_ends_the_solve_with_a_plan(solver: str) -> None:
    """The user stops at the first improvement; the plan so far is there."""
    told: list[Progress] = []
    result = solve(PLAIN, solver=solver, stop=lambda: bool(told), on_progress=told.append)
    assert result.status is Status.INTERRUPTED
    assert result.people >= told[0].people


@pytest.mark.parametrize("solver", SOLVERS)
def test_progress_only_gets_better(solver: str) -> None:
    """Told people and objective of every better plan, the last that of the result."""
    told: list[Progress] = []
    result = solve(PLAIN, solver=solver, limits=Limits(iterations=5), on_progress=told.append)
    objectives = [progress.objective for progress in told]
    assert objectives == sorted(objectives)
    assert (told[-1].people, told[-1].objective) == (result.people, result.objective)


def test_preparing_takes_no_time_once_it_is_done() -> None:
    """Column generation has loops to compile, at the first call only; greedy has none."""
    solvers.prepare("columns")
    assert solvers.prepare("columns") < 1
    assert solvers.is_prepared("columns")
    assert solvers.prepare("greedy") == 0


def test_a_start_that_breaks_a_rule_is_refused() -> None:
    """A route that leaves before its shift."""
    early = Route(van_id="A", date=SATURDAY, leave_s=-1, return_s=-1, stops=())
    with pytest.raises(ValueError, match="leaves 1 s before its shift opens"):
        solve(PLAIN, start=Plan(routes=(early,)))


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    """Changes to what a solver says of the empty plan it returns."""
    changes: dict[str, object] = {}

    def solver(
        given: Instance, *, seed: int, stopping: StoppingCriterion, **others: object
    ) -> SolveReport:
        fields = {"plan": Plan(), "people": 0, "objective": 0.0, **changes}
        result = Result(status=stopping.status(), seed=seed, solver="faulty", **fields)  # type: ignore[arg-type]
        return SolveReport(result=result)

    monkeypatch.setattr(solvers, "load_solver", {"faulty": solver}.get)
    yield changes


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ({"people": 1}, "faulty counted"),
        ({"objective": 0.1}, "faulty counted 0.1, it is 0"),
        ({"bound": -0.1}, "above its bound -0.1"),
        (
            {
                "plan": Plan(
                    routes=(Route(van_id="Z", date=SATURDAY, leave_s=0, return_s=0, stops=()),)
                )
            },
            "faulty broke a rule: van Z",
        ),
    ],
)
def test_what_a_solver_says_is_checked(
    faulty: dict[str, object], said: dict[str, object], text: str
) -> None:
    """Wrong people, wrong objective, a bound too low, an unknown van."""
    faulty |= said
    with pytest.raises(SolverBugError, match=text):
        solve(PLAIN, solver="faulty")


@pytest.mark.usefixtures("faulty")
def test_a_plan_worse_than_the_start_is_a_bug() -> None:
    """An empty plan from one that records 20 people."""
    start = greedy_plan(PLAIN)
    with pytest.raises(SolverBugError, match="faulty made the plan it started from worse"):
        solve(PLAIN, solver="faulty", start=start)
