"""Weekends that end well in odd cases, and proofs where the best plan is plain."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import inf
from threading import Event
from time import sleep
from typing import Any, cast

import numpy as np
import pytest

from planner.model import NO_ROAD, Break, Depot, Instance, Site, Van
from planner.plan import Plan, Status
from planner.solvers import Limits, Progress, solve
from planner.solvers.columns import search
from planner.solvers.columns.column_chooser import ColumnChooser
from planner.solvers.columns.generation import ColumnGenerator
from planner.solvers.columns.incumbent import Incumbent
from planner.solvers.columns.large_neighbourhood import LargeNeighbourhoodSearch
from planner.solvers.columns.master import Master
from planner.solvers.columns.outcome import Outcome
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.restricted_master import Choice, RestrictedMaster
from planner.solvers.columns.routes import Column, PricedRoute
from planner.solvers.columns.tree import Tree
from planner.solvers.params import DEFAULT_PARAMS
from planner.solvers.stopping import StoppingCriterion
from tests.builders.catchments import shared_sites

DAY = date(2026, 11, 28)
FEW = Limits(iterations=8)


def horizon(*sites: Site, drive_s: int = 100, vans: int = 1) -> Instance:
    """Sites and a depot all as far from each other, and vans with a shift of 10,000 s."""
    num_places = len(sites) + 1
    matrix = np.full((num_places, num_places), drive_s, dtype=np.int32)
    np.fill_diagonal(matrix, 0)
    return Instance(
        drive_s=matrix,
        depots=(Depot(id="depot", place=0),),
        sites=sites,
        vans=tuple(
            Van(
                id=f"van-{van}",
                van_class="any",
                kits=1,
                start="depot",
                end="depot",
                shifts={DAY: (0, 10_000)},
            )
            for van in range(vans)
        ),
        worth_s=1000.0,
    )


def site(place: int, *, expected: int = 10, seconds: int = 100, setup_s: int = 500) -> Site:
    return Site(
        id=f"site-{place}",
        place=place,
        expected=expected,
        seconds_per_person=seconds,
        setup_s=setup_s,
        packup_s=0,
        classes=("any",),
        windows={DAY: ((0, 10_000),)},
    )


def test_a_weekend_without_sites_is_optimal_and_empty() -> None:
    """No sites: an empty plan, worth 0, and proven to be the best."""
    result = solve(horizon(), solver="columns", limits=FEW)
    assert (result.people, result.bound, result.status) == (0, 0.0, Status.OPTIMAL)


def test_a_weekend_without_vans_is_optimal_and_empty() -> None:
    """One site and no van: nobody is recorded, and nobody can be."""
    result = solve(horizon(site(1), vans=0), solver="columns", limits=FEW)
    assert (result.people, result.people_bound, result.status) == (0, 0, Status.OPTIMAL)


def test_a_site_no_road_leads_to_is_left_out() -> None:
    """The only site cannot be reached: an empty plan is proven the best."""
    result = solve(horizon(site(1), drive_s=NO_ROAD), solver="columns", limits=FEW)
    assert result.people == 0
    assert result.bound == pytest.approx(0.0, abs=1e-3)
    assert result.status is Status.OPTIMAL


def test_a_window_shorter_than_set_up_holds_no_stop() -> None:
    """500 s of set-up in a window of 499 s: nobody."""
    short = replace(site(1), windows={DAY: ((0, 499),)})
    assert solve(horizon(short), solver="columns", limits=FEW).people_bound == 0


def test_where_everything_fits_all_are_recorded_and_that_is_proven() -> None:
    """Two sites with 10 people: 1,300 s of drive and set-up, 2,000 s of service, 10,000 s long."""
    result = solve(horizon(site(1), site(2)), solver="columns", limits=FEW)
    assert result.people == result.people_bound == 20
    assert result.objective == pytest.approx(20 - 0.3)
    assert result.status is Status.OPTIMAL


def test_service_that_takes_no_time_is_bounded() -> None:
    """No set-up, no service, no drive: 30 people at once, no more."""
    sites = [site(place, seconds=0, setup_s=0) for place in (1, 2, 3)]
    result = solve(horizon(*sites, drive_s=0), solver="columns", limits=FEW)
    assert result.people == result.people_bound == 30
    assert result.bound == pytest.approx(30.0, abs=1e-2)


def test_vans_share_a_huge_site() -> None:
    """150 people wait; a van records (10,000 - 200 - 500) / 100 = 93 of them, two 150."""
    result = solve(horizon(site(1, expected=150), vans=2), solver="columns", limits=FEW)
    assert result.people == 150


@pytest.mark.parametrize(("length_s", "people"), [(100, 92), (101, 91)])
def test_a_break_takes_its_time(length_s: int, people: int) -> None:
    """Of 9,300 s for service a break of 100 s leaves 92 people, one of 101 s leaves 91."""
    given = horizon(site(1, expected=150))
    rest = Break(earliest_s=4000, latest_s=5000, length_s=length_s)
    after_break = replace(given, vans=(replace(given.vans[0], crew_break=rest),))
    result = solve(after_break, solver="columns", limits=FEW)
    assert result.people == result.people_bound == people


def test_cards_and_stops_are_not_exceeded_and_bound_the_plan() -> None:
    """Three sites of 10 people; 15 cards, then one stop: 15 and 10 people, both proven."""
    given = horizon(site(1), site(2), site(3))
    van = given.vans[0]
    limited = ((replace(van, max_people=15), 15), (replace(van, max_stops=1), 10))
    for one_van, people in limited:
        result = solve(replace(given, vans=(one_van,)), solver="columns", limits=FEW)
        assert result.people == result.people_bound == people


def test_the_same_seed_and_rounds_give_the_same_plan() -> None:
    """Two runs of eight rounds agree in all but nothing."""
    given = horizon(*[site(place, expected=20 + place) for place in range(1, 7)], vans=2)
    assert solve(given, limits=FEW, seed=3) == solve(given, limits=FEW, seed=3)


def test_progress_never_falls_back() -> None:
    """Objectives told rise, and bounds told fall."""
    told: list[Progress] = []
    given = horizon(*[site(place, expected=20 + place) for place in range(1, 7)], vans=2)
    solve(given, solver="columns", limits=FEW, on_progress=told.append)
    objectives = [progress.objective for progress in told]
    bounds = [progress.bound for progress in told if progress.bound is not None]
    assert objectives == sorted(objectives)
    assert bounds == sorted(bounds, reverse=True)


def test_a_plan_that_is_told_of_can_be_had() -> None:
    """Whether somebody wishes to stop is asked before the first plan is told of."""
    events: list[str] = []

    def stop() -> bool:
        events.append("asked")
        return False

    solve(
        horizon(site(1)),
        solver="columns",
        limits=FEW,
        stop=stop,
        on_progress=lambda now: events.append("told"),
    )
    assert events[0] == "asked"
    assert "told" in events


@pytest.mark.slow
def test_thousands_of_sites_alike_are_planned_soon() -> None:
    """3,500 sites of 20 people at one door, 100 s from the depot, for three vans.

    Set-up takes 500 s and a person 100: of 9,800 s four stops leave 7,800 for 78 people, and a
    fifth would take 500 s more.
    """
    one = site(1, expected=20)
    alike = tuple(replace(one, id=f"site-{number}") for number in range(3500))
    result = solve(replace(horizon(one, vans=3), sites=alike), limits=Limits(iterations=3))
    assert result.people == 3 * 78
    assert result.objective == pytest.approx(3 * (78 - 0.2))
    assert result.bound is not None
    assert result.bound >= result.objective


def test_a_plan_need_not_wait_until_prices_have_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that is due: the first dive begins with the routes of best response, and is short."""
    known: list[int] = []
    spent: list[int] = []

    def noted(generator: ColumnGenerator, best: Incumbent, *rest: object) -> tuple[Column, ...]:
        known.append(len(generator.master.columns))
        spent.append(cast(int, rest[-1]))
        return best.columns

    monkeypatch.setattr(search, "dive", noted)
    sites = [replace(site(number), weight=1 + number / 10) for number in range(1, 7)]
    given = horizon(*sites, vans=2)
    solve(given, limits=Limits(iterations=60))
    settled, *_ = known
    settled_rounds, *_ = spent
    known.clear()
    spent.clear()
    monkeypatch.setattr(search._Steps, "_is_plan_due", lambda *_: True)
    solve(given, limits=Limits(iterations=60))
    assert known[0] < settled
    assert spent[0] < settled_rounds == spent[1]


def test_a_plan_that_is_due_when_prices_settle_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """They may settle a little longer than a whole dive may wait."""
    spent: list[int] = []

    def noted(_: object, best: Incumbent, *rest: object) -> tuple[Column, ...]:
        spent.append(cast(int, rest[-1]))
        return best.columns

    monkeypatch.setattr(search, "dive", noted)
    due_share = DEFAULT_PARAMS.search.due_share
    assert due_share < DEFAULT_PARAMS.search.settling_share
    monkeypatch.setattr(search._Steps, "_is_plan_due", lambda _, share: share == due_share)
    solve(horizon(site(1), site(2), vans=2), limits=Limits(iterations=60))
    assert spent[:2] == [1, DEFAULT_PARAMS.dive.rounds]


def test_best_response_looks_again_for_a_van_whose_people_are_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two vans of different kits would both go to the one site: the second has nothing to do."""
    priced: list[int] = []
    price = Pricer.price_heuristically

    def noted(pricer: Pricer, *args: Any, **kwargs: Any) -> tuple[PricedRoute, ...]:
        priced.append(pricer.day_class.van.kits)
        return price(pricer, *args, **kwargs)

    monkeypatch.setattr(Pricer, "price_heuristically", noted)
    given = horizon(site(1), vans=2)
    first, second = given.vans
    given = replace(given, vans=(first, replace(second, kits=2)))
    result = solve(given, limits=Limits(iterations=1))
    assert sorted(priced[:2]) == [1, 2]
    assert priced[2] == 2
    assert result.people == 10


def test_stops_limit_draws_where_more_than_one_route_may_share_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Parts of routes of one van are worth no more than the best: rows would only cost time."""
    limited: list[Master] = []

    def noted(master: Master) -> None:
        limited.append(master)

    monkeypatch.setattr(Master, "limit_draws", noted)
    one = shared_sites({"rt-1": 8, "rt-2": 4}, {"rt-1": 8, "rt-3": 4})
    solve(one, limits=Limits(iterations=20))
    assert not limited
    (van,) = one.vans
    solve(replace(one, vans=(van, replace(van, id="B"))), limits=Limits(iterations=20))
    assert limited


@pytest.mark.parametrize(
    ("vans", "classes", "is_fine"), [(16, 10, True), (17, 10, False), (16, 11, False)]
)
def test_searches_are_fine_where_van_days_are_few(
    monkeypatch: pytest.MonkeyPatch, vans: int, classes: int, *, is_fine: bool
) -> None:
    """Up to 16 van-days of up to ten classes, which differ in kits here."""
    price = Pricer.price_heuristically
    fine: list[bool] = []

    def noted(pricer: Pricer, *args: Any, **named: Any) -> tuple[PricedRoute, ...]:
        fine.append(named["fine"])
        return price(pricer, *args, **named)

    monkeypatch.setattr(Pricer, "price_heuristically", noted)
    given = horizon(*(site(place, seconds=900) for place in range(1, 19)), vans=vans)
    differing = (replace(van, kits=1 + n % classes) for n, van in enumerate(given.vans))
    solve(replace(given, vans=tuple(differing)), solver="columns", limits=FEW)
    assert set(fine) == {is_fine}


def three_sites(people: int) -> Instance:
    """So many people at each of three sites, and three vans."""
    return horizon(*(site(place, expected=people, seconds=900) for place in range(1, 4)), vans=3)


@pytest.fixture
def poor_start(monkeypatch: pytest.MonkeyPatch) -> Plan:
    """Five people at each of three sites of ten; no step but early improvement finds more.

    The clock stands still.
    """
    start = solve(three_sites(5), solver="columns", limits=FEW).plan
    monkeypatch.setattr(search, "greedy_plan", lambda *_: None)
    monkeypatch.setattr(search, "dive", lambda *_: ())
    monkeypatch.setattr(search._Steps, "_best_response", lambda _: None)
    monkeypatch.setattr(StoppingCriterion, "elapsed_s", lambda _: 1.0)
    monkeypatch.setattr(StoppingCriterion, "step_limit_s", lambda *_: None)
    return start


@pytest.mark.parametrize("without", ["neighbourhoods", "choice"])
@pytest.mark.parametrize(
    ("limits", "people", "is_improved"),
    [
        (Limits(time_limit_s=3600.0), 10, True),
        (Limits(time_limit_s=3600.0), 5, False),
        (Limits(iterations=60), 10, False),
    ],
)
def test_a_poor_first_plan_is_improved_before_a_bound_where_time_is_limited(
    monkeypatch: pytest.MonkeyPatch,
    poor_start: Plan,
    limits: Limits,
    people: int,
    without: str,
    *,
    is_improved: bool,
) -> None:
    """By a choice or by neighbourhoods; but where rounds are counted time says nothing."""
    if without == "choice":
        monkeypatch.setattr(ColumnChooser, "choose", lambda *_: None)
    else:
        monkeypatch.setattr(LargeNeighbourhoodSearch, "is_exhausted", lambda *_: True)
    told: list[Progress] = []
    given = three_sites(people)
    result = solve(
        given, solver="columns", limits=limits, start=poor_start, on_progress=told.append
    )
    assert result.status is Status.OPTIMAL
    assert result.people == 3 * people
    early = [progress.people for progress in told if progress.bound is None]
    assert (early[-1] > early[0]) == is_improved


def test_a_first_plan_that_gets_no_better_does_not_wait(
    monkeypatch: pytest.MonkeyPatch, poor_start: Plan
) -> None:
    """After three neighbourhoods in a row that bring nothing the bound comes, at any clock."""
    planned: list[Sequence[Column]] = []
    steps_before_bound: list[int] = []

    def kept(_: LargeNeighbourhoodSearch, __: object, freed: Sequence[Column]) -> Sequence[Column]:
        planned.append(freed)
        return freed

    def noted(progress: Progress) -> None:
        if progress.bound is not None:
            steps_before_bound.append(len(planned))

    monkeypatch.setattr(ColumnChooser, "choose", lambda *_: None)
    monkeypatch.setattr(LargeNeighbourhoodSearch, "_replan", kept)
    limits = Limits(time_limit_s=3600.0)
    solve(three_sites(10), solver="columns", limits=limits, start=poor_start, on_progress=noted)
    assert steps_before_bound[0] == 3


def test_a_choice_that_takes_longer_goes_on_beside_neighbourhoods(
    monkeypatch: pytest.MonkeyPatch, poor_start: Plan
) -> None:
    """It ends after the first step of these, and its plan of all people is taken."""
    choose, has_stepped = RestrictedMaster.choose, Event()
    told: list[Progress] = []
    steps: list[str] = []

    def step(_: LargeNeighbourhoodSearch) -> Sequence[Column]:
        assert len(steps) < 1000
        steps.append("plan")
        has_stepped.set()
        sleep(0.01)
        return ()

    def choose_late(restricted: RestrictedMaster, **limits: Any) -> Choice:
        has_stepped.wait()
        return choose(restricted, **limits)

    for skipped in ("_improve_early", "_enumerate", "_branch_and_improve"):
        monkeypatch.setattr(search._Steps, skipped, lambda _: None)
    monkeypatch.setattr(LargeNeighbourhoodSearch, "step", step)
    monkeypatch.setattr(RestrictedMaster, "choose", choose_late)
    solve(
        three_sites(10),
        solver="columns",
        limits=Limits(time_limit_s=3600.0),
        start=poor_start,
        cores=2,
        stop=lambda: bool(told) and told[-1].people == 30,
        on_progress=told.append,
    )
    assert [progress.people for progress in told if progress.people > 15] == [30]


@pytest.mark.parametrize(
    ("many_classes", "looks_best", "steps_of_tree"),
    [(0, False, 0), (0, True, 0), (30, False, 2), (30, True, 5)],
)
def test_branching_waits_for_neighbourhoods_that_bring_something(
    monkeypatch: pytest.MonkeyPatch, many_classes: int, *, looks_best: bool, steps_of_tree: int
) -> None:
    """Of six steps few are for the tree, more where the plan looks best, none of many classes."""
    taken: list[str] = []

    def improve(_: LargeNeighbourhoodSearch) -> Sequence[Column]:
        taken.append("plan")
        return ()

    def is_exhausted(_: LargeNeighbourhoodSearch, most: float = inf) -> bool:
        return len(taken) == 6 or (looks_best and most < inf)

    monkeypatch.setattr(Outcome, "is_done", lambda _: False)
    monkeypatch.setattr(Tree, "is_exhausted", lambda _: len(taken) == 6)
    monkeypatch.setattr(Tree, "step", lambda _: taken.append("bound"))
    monkeypatch.setattr(LargeNeighbourhoodSearch, "is_exhausted", is_exhausted)
    monkeypatch.setattr(LargeNeighbourhoodSearch, "step", improve)
    settings = replace(DEFAULT_PARAMS.search, many_classes=many_classes, few_classes=0)
    params = replace(DEFAULT_PARAMS, search=settings)
    solve(three_sites(10), solver="columns", limits=Limits(iterations=100), params=params)
    assert taken.count("bound") == steps_of_tree


def test_branching_goes_on_where_neighbourhoods_bring_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However many classes there are."""
    taken: list[str] = []
    monkeypatch.setattr(Outcome, "is_done", lambda _: False)
    monkeypatch.setattr(Tree, "is_exhausted", lambda _: len(taken) == 2)
    monkeypatch.setattr(Tree, "step", lambda _: taken.append("bound"))
    monkeypatch.setattr(LargeNeighbourhoodSearch, "is_exhausted", lambda *_: True)
    params = replace(DEFAULT_PARAMS, search=replace(DEFAULT_PARAMS.search, many_classes=0))
    solve(three_sites(10), solver="columns", limits=Limits(iterations=100), params=params)
    assert taken == ["bound", "bound"]


@pytest.mark.parametrize(
    ("close", "shares"),
    # Half a person is more than 0.3 of 3.0 of that, and less than 0.3 of 4.0.
    [(0.0, [1.0, 0.3]), (3.0, [1.0, 0.3]), (4.0, [1.0])],
)
def test_a_better_plan_asks_for_a_closer_proof(
    monkeypatch: pytest.MonkeyPatch, close: float, shares: list[float]
) -> None:
    """The bound is half a person above the LP solution, and as far above the plan."""
    proofs: list[float] = []

    def proven(steps: search._Steps, share: float = 1.0) -> None:
        steps.outcome.lower(steps.master.solve_value() + 0.5)
        proofs.append(share)

    monkeypatch.setattr(search._Steps, "_tighten", proven)
    monkeypatch.setattr(search._Steps, "_prove", proven)
    monkeypatch.setattr(search._Steps, "_branch_and_improve", lambda _: None)
    settings = replace(DEFAULT_PARAMS.search, close=close)
    params = replace(DEFAULT_PARAMS, search=settings)
    solve(three_sites(10), solver="columns", limits=FEW, params=params)
    assert proofs == shares


def test_cuts_are_looked_for_once_more_after_the_dive(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the LP solution settles before the closer proof."""
    steps: list[str] = []

    def proven(_: search._Steps, share: float = 1.0) -> None:
        steps.append(f"prove {share}")

    def tightened(found: search._Steps) -> None:
        found.outcome.lower(found.master.solve_value() + 0.5)
        monkeypatch.setattr(Master, "separate_cuts", lambda _: True)
        monkeypatch.setattr(search._Steps, "_settle", lambda _: steps.append("settle"))

    monkeypatch.setattr(search._Steps, "_tighten", tightened)
    monkeypatch.setattr(search._Steps, "_prove", proven)
    monkeypatch.setattr(search._Steps, "_branch_and_improve", lambda _: None)
    solve(three_sites(10), solver="columns", limits=FEW)
    assert steps == ["settle", "prove 0.3"]
