"""Campaigns of small seeded districts: looking ahead, each weekend alone, and as peers plan it.

The truth is the same for all: everybody who is asked comes, and is recorded once.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.analysis.campaign import Campaign, Goal
from planner.campaign.courses import earliness
from planner.campaign.plan_campaign import Campaigner, CampaignSearch, WeekendPlan
from planner.check import with_plan
from planner.district import District
from planner.model import Instance
from planner.office.district_folder import read_district
from planner.plan import Result, Route, Status
from planner.solvers import Limits, SearchArguments
from tests.builders.city_folder import write_city

FIRST_WEEK = "2026-W48"
AHEAD, ALONE, CHOSEN = "ahead", "alone", "chosen"
HEAD = ("district", "at least", "planned", "weekends", "people half way")


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What a district comes to in one way.

    Attributes
    ----------
    recorded
        People by weekend.
    """

    seed: int
    way: str
    least: int | None
    recorded: tuple[int, ...]
    is_finished: bool = True

    @property
    def weekends(self) -> int:
        """After which it is finished."""
        return len(self.recorded)

    def half_way(self, shortest: int) -> int:
        """People recorded by the weekend in the middle of so many."""
        return sum(self.recorded[: shortest // 2])


class _Unproven(Campaigner):
    """A campaign of which nothing is proven."""

    def _bound(self, week: str, num_done: int = 0) -> int | None:
        del week, num_done
        return None


class _PlannedByPeer(_Unproven):
    """Weekend after weekend as a peer plans it."""

    peer = ""
    seconds = 1.0

    def _solve(self, instance: Instance, routes: tuple[Route, ...] = ()) -> WeekendPlan:
        del routes
        make_plan = import_module(f"bench.peers.{self.peer}").plan
        plan = make_plan(instance, self.seconds, 0)
        unproven = Result(
            plan=plan, people=0, objective=0.0, status=Status.SEARCH_ENDED, seed=0, solver=self.peer
        )
        return WeekendPlan(with_plan(instance, unproven, plan))


def small_district(seed: int) -> District:
    """60 RT, 40 places and a van; everybody who is asked comes."""
    with TemporaryDirectory() as folder:
        path = write_city(Path(folder), num_rt=60, num_places=40, num_vans=1, seed=seed)
        district = read_district(path)
    venues = tuple(replace(venue, turnout=1.0) for venue in district.venues)
    return replace(district, venues=venues)


def courses(
    seed: int, ways: Sequence[str], target: float, iterations: int, seconds: float
) -> Iterator[Course]:
    """How a district is finished in each way, as soon as it is."""
    district, goal = small_district(seed), Goal(target=target, max_weekends=40)
    for way in ways:
        campaign = _campaign(district, way, goal, iterations, seconds)
        yield Course(
            seed=seed,
            way=way,
            least=campaign.least_weekends,
            recorded=tuple(week.people for week in campaign.weeks),
            is_finished=campaign.is_finished,
        )


def read_courses(results: Path) -> list[Course]:
    """Those that a file has; none where it is not there."""
    lines = results.read_text("utf-8").splitlines() if results.exists() else []
    told = (json.loads(line) for line in lines)
    return [Course(**row | {"recorded": tuple(row["recorded"])}) for row in told]


def add_course(results: Path, course: Course) -> None:
    """A line more, so that nothing is lost where the run ends."""
    with results.open("a", encoding="utf-8") as file:
        file.write(f"{json.dumps(asdict(course))}\n")


def _campaign(
    district: District, way: str, goal: Goal, iterations: int, seconds: float
) -> Campaign:
    arguments: SearchArguments = {"limits": Limits(iterations=iterations), "cores": 2}
    search = CampaignSearch(arguments=arguments, looks_ahead=way == AHEAD)
    maker = {AHEAD: Campaigner, ALONE: _Unproven}.get(way, _PlannedByPeer)
    campaigner = maker(district, FIRST_WEEK, goal, search)
    if isinstance(campaigner, _PlannedByPeer):
        campaigner.peer, campaigner.seconds = way, seconds
    for _ in campaigner.weeks():
        pass
    return campaigner.campaign


def rows(told: Sequence[Course]) -> Iterator[tuple[str, ...]]:
    """A row for each campaign, and for each way its ratios to what the planner chooses.

    The ratios are of districts that every way finishes.
    """
    by_seed: dict[int, list[Course]] = {}
    for course in told:
        by_seed.setdefault(course.seed, []).append(course)
    weekends: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for seed, of_seed in by_seed.items():
        all_ways = [_chosen(of_seed), *of_seed]
        shortest = min(course.weekends for course in all_ways if course.is_finished)
        # Only what is proven before the first weekend holds for all.
        least = max((course.least for course in of_seed if course.least is not None), default=None)
        counts = all(course.is_finished for course in all_ways)
        for course in all_ways:
            half_way = course.half_way(shortest)
            weekends[course.way] += course.weekends * counts
            people[course.way] += half_way * counts
            proven = "" if least is None else str(least)
            number = str(course.weekends) if course.is_finished else "not finished"
            yield str(seed), proven, course.way, number, str(half_way)
    for way in weekends:
        ratios = weekends[way] / weekends[CHOSEN], people[way] / people[CHOSEN]
        yield "all", "", way, *(f"{ratio:.3f}" for ratio in ratios)


def _chosen(told: Sequence[Course]) -> Course:
    """The one of both ways of the planner that `planner campaign` keeps."""
    ours = [course for course in told if course.way in {AHEAD, ALONE}]
    best = min(ours, key=lambda course: (course.weekends, -earliness(course.recorded)))
    return replace(best, way=CHOSEN)
