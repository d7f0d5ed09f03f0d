"""Campaigns of small seeded districts: looking ahead, each weekend alone, and as peers plan it.

The truth is the same for all: everybody who is asked comes, and is recorded once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.analysis.campaign import Campaign, Goal
from planner.campaign.plan_campaign import Campaigner, CampaignSearch
from planner.check import with_plan
from planner.district import District
from planner.model import Instance
from planner.office.district_folder import read_district
from planner.plan import Result, Route, Status
from planner.solvers import Limits, SearchArguments
from tests.builders.city_folder import write_city

FIRST_WEEK = "2026-W48"
AHEAD, ALONE = "ahead", "alone"
HEAD = ("district", "at least", "planned", "weekends", "people half way")


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How a district is finished in one way.

    Attributes
    ----------
    half_way
        People recorded by the weekend in the middle of the shortest campaign of the district.
    """

    seed: int
    way: str
    weekends: int
    least: int | None
    half_way: int


class _Unproven(Campaigner):
    """A campaign of which nothing is proven."""

    def _bound(self, week: str, num_done: int = 0) -> int | None:
        del week, num_done
        return None


class _PlannedByPeer(_Unproven):
    """Weekend after weekend as a peer plans it."""

    peer = ""
    seconds = 1.0

    def _solve(self, instance: Instance, routes: tuple[Route, ...] = ()) -> Result:
        del routes
        make_plan = import_module(f"bench.peers.{self.peer}").plan
        plan = make_plan(instance, self.seconds, 0)
        unproven = Result(
            plan=plan, people=0, objective=0.0, status=Status.SEARCH_ENDED, seed=0, solver=self.peer
        )
        return with_plan(instance, unproven, plan)


def small_district(seed: int) -> District:
    """60 RT, 40 places and a van; everybody who is asked comes."""
    with TemporaryDirectory() as folder:
        path = write_city(Path(folder), num_rt=60, num_places=40, num_vans=1, seed=seed)
        district = read_district(path)
    venues = tuple(replace(venue, turnout=1.0) for venue in district.venues)
    return replace(district, venues=venues)


def courses(
    seed: int, ways: Sequence[str], target: float, iterations: int, seconds: float
) -> list[Course]:
    """How a district is finished in each way."""
    district = small_district(seed)
    campaigns = [
        _campaign(district, way, Goal(target=target, max_weekends=40), iterations, seconds)
        for way in ways
    ]
    middle = min(len(campaign.weeks) for campaign in campaigns) // 2
    return [
        Course(
            seed=seed,
            way=way,
            weekends=len(campaign.weeks),
            least=campaign.least_weekends,
            half_way=sum(week.people for week in campaign.weeks[:middle]),
        )
        for way, campaign in zip(ways, campaigns, strict=True)
    ]


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
    assert campaigner.campaign.is_finished, f"{way} does not finish"
    return campaigner.campaign


def rows(told: Sequence[Course]) -> Iterator[tuple[str, ...]]:
    """A row for each campaign, and for each way its ratios to looking ahead."""
    for course in told:
        least = "" if course.least is None else str(course.least)
        numbers = str(course.weekends), str(course.half_way)
        yield str(course.seed), least, course.way, *numbers
    by_way: dict[str, list[Course]] = {}
    for course in told:
        by_way.setdefault(course.way, []).append(course)
    ahead = by_way[AHEAD]
    for way, of_way in by_way.items():
        weekends = sum(c.weekends for c in of_way) / sum(c.weekends for c in ahead)
        people = sum(c.half_way for c in of_way) / sum(c.half_way for c in ahead)
        yield "all", "", way, f"{weekends:.3f}", f"{people:.3f}"
