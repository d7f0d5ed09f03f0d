"""The plan of a week that scenarios and single things more are held against."""

from collections.abc import Mapping
from pathlib import Path

from planner.district import District
from planner.horizon import Horizon
from planner.i18n.messages import say
from planner.office.listener import Listener
from planner.office.search import Search
from planner.office.week_plan import open_horizon
from planner.plan import Plan
from planner.solvers import Limits, SolveReport
from planner.store.atomic import write_files
from planner.store.plan_folder import PlanFolder
from planner.store.solve_cache import read_report
from planner.store.version import Version
from planner.store.week_writer import settle_week
from planner.whatif.scenario_plans import solve_base


def open_week(district: District, week: str, cache: Path, listener: Listener) -> Horizon:
    """The week by the tables."""
    horizon = open_horizon(district, week, cache=cache, listener=listener)
    settle_week(district, week)
    return horizon


def solve_without_changes(
    horizon: Horizon,
    plan: Plan | None,
    search: Search,
    limits: Limits,
    cache: Path,
    listener: Listener,
    *,
    past: int = 0,
) -> SolveReport:
    """What is known without changes; begins with the plan in force where there is one.

    Parameters
    ----------
    past
        People recorded before what is planned.
    """
    district = horizon.district
    kept = read_report(horizon.instance, plan, cache) if plan and search.is_usual else None
    base = kept or solve_base(
        horizon,
        solver=search.solver,
        seed=search.seed_or(district.seed),
        limits=limits,
        start=plan,
        stop=listener.stop,
    )
    if plan is not None and base.result.plan != plan:
        listener.notice(
            say(
                "the plan in force records {people} people; compared with is the best plan found"
                " without changes, with {base}",
                people=past + plan.served().total(),
                base=past + base.result.people,
            )
        )
    return base


def tell_left_aside(horizon: Horizon, listener: Listener) -> None:
    """Say so where a plan was changed on the day itself and all is told by the tables."""
    folder = PlanFolder.of_week(horizon.district.folder, horizon.week)
    if (folder.current or Version(path=folder.path)).has_changes:
        listener.notice(
            say(
                "the plan of {week} was changed on the day itself; this comparison plans the"
                " whole week from the tables, without those changes",
                week=horizon.week,
            )
        )


def plan_in_force(horizon: Horizon) -> Plan | None:
    """The plan of the week; None = there is none yet."""
    return PlanFolder.of_week(horizon.district.folder, horizon.week).read_plan_if_any()


def save_whatif(horizon: Horizon, files: Mapping[str, bytes]) -> Path:
    """The folder of a week's comparisons, with these files in it."""
    folder = whatif_folder(horizon)
    write_files(folder, files)
    return folder


def whatif_folder(horizon: Horizon) -> Path:
    """Where comparisons of a week lie: ``whatif/WEEK``."""
    return horizon.district.folder / "whatif" / horizon.week
