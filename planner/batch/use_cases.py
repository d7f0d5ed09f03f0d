"""The use cases of an office as a worker calls them: a folder and a request in, figures out."""

import tomllib
from pathlib import Path

from planner.analysis.comparison import Case
from planner.batch.job import Answer, Request
from planner.district import District
from planner.i18n.messages import Message
from planner.office.campaign import plan_campaign, save_report
from planner.office.district_folder import check_district, read_district
from planner.office.listener import Listener
from planner.office.paper import save_map
from planner.office.plan import plan_week, save_plan
from planner.office.progress import read_progress, save_progress
from planner.office.week_plan import read_week_plan
from planner.office.whatif import compare, save_comparison
from planner.scenarios import scenarios_from_file


def check(folder: Path, request: Request) -> Answer:
    """What is understood of a district; exit code 1 where somebody should look at it."""
    district = read_district(folder)
    overview = check_district(district, request.week)
    official, unreachable, twice = overview.counted
    return Answer(
        exit_code=1 if overview.needs_a_look else 0,
        figures={
            **identify(district),
            "unrecorded": official,
            "unreachable": unreachable,
            "left": overview.horizon.backlog,
            "twice": twice,
            "expected": overview.expected,
            "sites": len(overview.horizon.instance.sites),
            "van_days": len(overview.horizon.instance.van_days),
        },
        messages=tuple(district.warnings),
    )


def plan(folder: Path, request: Request) -> Answer:
    """A new version of the plan of the week, and its map."""
    district, notices = read_district(folder), _Notices()
    planned = plan_week(district, request.week, search=request.search, listener=notices.listener)
    save_plan(planned, listener=notices.listener)
    saved = read_week_plan(folder, request.week, listener=notices.listener)
    page = save_map(saved, listener=notices.listener)
    figures, result = planned.summary, planned.result
    return Answer(
        figures={
            **identify(district),
            "left_before": planned.horizon.backlog,
            "left": figures.left,
            "people": figures.people,
            "people_bound": result.people_bound,
            "objective": result.objective,
            "bound": result.bound,
            "gap": figures.gap,
            "people_gap": figures.people_gap,
            "status": figures.status,
            "vans": len({route.van_id for route in result.plan.routes}),
            "van_days": len(planned.horizon.instance.van_days),
            "stops": figures.stops,
            "sites": len(planned.horizon.instance.sites),
            "km": figures.km,
            "map": page.relative_to(folder).as_posix(),
        },
        messages=tuple(notices.heard),
    )


def campaign(folder: Path, request: Request) -> Answer:
    """Weekends in sequence until a goal is reached; exit code 1 where it is not.

    The weekends lie in the folder ``campaign`` of the district.
    """
    district, notices = read_district(folder), _Notices()
    planned = plan_campaign(
        district, request.week, request.goal, search=request.search, listener=notices.listener
    )
    pages = save_report(district, planned)
    page = next((path for path in pages if path.suffix == ".html"), None)
    return Answer(
        exit_code=0 if planned.is_finished else 1,
        figures={
            **identify(district),
            "left_before": planned.initial,
            "reachable": planned.reachable,
            "people": planned.recorded,
            "left": planned.left,
            "weekends": len(planned.weeks),
            "least_weekends": planned.least_weekends,
            "finish": planned.weeks[-1].week if planned.is_finished and planned.weeks else None,
            "page": page.relative_to(folder).as_posix() if page else "",
        },
        messages=tuple(notices.heard),
    )


def progress(folder: Path, request: Request) -> Answer:
    """The report of progress to 100 %, as of now."""
    district = read_district(folder)
    measured = read_progress(district)
    paths = save_progress(district, measured)
    page = next((path for path in paths if path.suffix == ".html"), None)
    total = measured.total
    return Answer(
        figures={
            **identify(district),
            "left": total.left,
            "people": total.by_vans,
            "official": total.official,
            "of_reachable": total.of_reachable,
            "page": page.relative_to(folder).as_posix() if page else "",
        },
        messages=tuple(district.warnings),
    )


def whatif(folder: Path, request: Request) -> Answer:
    """The scenarios of a file beside the plan without them."""
    district, notices = read_district(folder), _Notices()
    scenarios = scenarios_from_file(tomllib.loads(request.scenarios), "--scenarios")
    comparison = compare(
        district, request.week, scenarios, search=request.search, listener=notices.listener
    )
    page = save_comparison(comparison)
    base = comparison.base

    def row(case: Case) -> dict[str, object]:
        result = case.result
        return {
            "people": result.people,
            "more": result.people - base.result.people,
            "people_bound": result.people_bound,
        }

    return Answer(
        figures={
            **identify(district),
            "people": base.result.people,
            "scenarios": {case.name: row(case) for case in comparison.cases},
            "page": page.relative_to(folder).as_posix(),
        },
        messages=tuple(notices.heard),
    )


class _Notices:
    """Keeps what a person should know."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self.listener = Listener(notice=self.heard.append)


def identify(district: District) -> dict[str, object]:
    """Which district it is, and where on a map of the country: at its first depot."""
    depot = district.depots[0]
    return {
        "name": district.office.name,
        "code": district.office.code,
        "lat": depot.lat,
        "lon": depot.lon,
    }
