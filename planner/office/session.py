"""The weekend of a folder, its plan, and where both are kept: what most commands begin with."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from importlib.resources import files
from pathlib import Path

import platformdirs

from planner import check, formats, inputs
from planner.cli.language import notify, shell_command
from planner.cli.progress import preparing
from planner.district import HOURS_EAST, District, Office
from planner.errors import NothingToPlanError, input_error
from planner.horizon import Horizon, build_horizon
from planner.i18n.messages import say
from planner.plan import Result
from planner.store.plan_folder import CHANGED, PLAN, changed_inputs


def read_plan(folder: Path, week: str) -> tuple[Horizon, Result]:
    """A weekend with its plan, after a word where the input has changed since."""
    district = inputs.read_district(folder)
    path = plan_folder(folder, week)
    if not (path / PLAN).exists():
        raise input_error(
            str(path / PLAN),
            say("is missing"),
            say(
                "run {command} first",
                command=shell_command("planner", "plan", folder, "--week", week),
            ),
        )
    horizon = horizon_with_changes(district, path)
    result, _ = formats.read_result(path / PLAN)
    for name in changed_inputs(path, district):
        notify(say("{name}: has changed since the plan was made; plan again", name=name))
    return horizon, result


def read_valid_plan(folder: Path, week: str) -> tuple[Horizon, Result]:
    """A weekend with its plan, which nobody should act on where it breaks a rule by now."""
    horizon, result = read_plan(folder, week)
    broken = check.violations(horizon.instance, result.plan)
    if broken:
        raise input_error(
            say("plan of {week}", week=week),
            say(
                "breaks {count} rules with the tables as they are now, first {problem}",
                count=len(broken),
                problem=broken[0].message,
            ),
            say("plan again"),
        )
    return horizon, result


def horizon_with_changes(district: District, plan_folder: Path) -> Horizon:
    """The weekend that a plan in ``plans/WEEK`` was made for, with what has changed since."""
    horizon = build_plannable_horizon(district, plan_folder.name)
    return replace(horizon, instance=formats.with_changes(horizon.instance, plan_folder / CHANGED))


def example_folder() -> Path:
    """The example district, in the installed package or in the source tree."""
    installed = Path(str(files("planner"))) / "examples" / "kota-contoh"
    source = Path(__file__).parents[2] / "examples" / "kota-contoh"
    return installed if installed.exists() else source


def roads_cache() -> Path:
    """Folder of the user in which prepared roads are kept."""
    return platformdirs.user_cache_path("jemput-bola-planner", appauthor=False)


def build_plannable_horizon(district: District, week: str) -> Horizon:
    """A weekend in which at least one van and one place can be planned for."""
    with preparing() as show:
        horizon = build_horizon(district, week, cache=roads_cache(), tell=show)
    if not horizon.instance.van_days:
        raise NothingToPlanError(
            say("{week}: no van has a shift; see the tables vans and calendar", week=week)
        )
    if not horizon.instance.sites:
        raise NothingToPlanError(
            say(
                "{week}: none of {count} places can be visited; {command} says why",
                week=week,
                count=len(district.venues),
                command=shell_command("planner", "check", district.folder, "--week", week),
            )
        )
    return horizon


def plan_folder(folder: Path, week: str) -> Path:
    """Where the plan of a week is."""
    return folder / "plans" / week


def now_at(office: Office) -> datetime:
    """The moment as clocks at the office show it, whatever this computer's are set to."""
    return datetime.now(timezone(timedelta(hours=HOURS_EAST[office.timezone])))
