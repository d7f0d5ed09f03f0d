"""The weekend of a folder, its plan, and where both are kept: what most commands begin with."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from importlib.resources import files
from pathlib import Path

import platformdirs

from planner import check, formats, inputs
from planner.cli.speech import tell, typed
from planner.cli.watching import preparing
from planner.district import HOURS_EAST, District, Office
from planner.errors import NothingToPlanError, input_error
from planner.messages import say
from planner.plan import Result
from planner.render.plan_folder import CHANGED, PLAN, changed_inputs
from planner.weekend import Weekend, build


def planned(folder: Path, week: str) -> tuple[Weekend, Result]:
    """A weekend with its plan, after a word where the input has changed since."""
    district = inputs.read_district(folder)
    path = plan_folder(folder, week)
    if not (path / PLAN).exists():
        raise input_error(
            str(path / PLAN),
            say("is missing"),
            say("run {command} first", command=typed("planner", "plan", folder, "--week", week)),
        )
    weekend = changed_weekend(district, path)
    result, _ = formats.read_result(path / PLAN)
    for name in changed_inputs(path, district):
        tell(say("{name}: has changed since the plan was made; plan again", name=name))
    return weekend, result


def sound(folder: Path, week: str) -> tuple[Weekend, Result]:
    """A weekend with its plan, which nobody should act on where it breaks a rule by now."""
    weekend, result = planned(folder, week)
    broken = check.violations(weekend.instance, result.plan)
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
    return weekend, result


def changed_weekend(district: District, plan_folder: Path) -> Weekend:
    """The weekend that a plan in ``plans/WEEK`` was made for, with what has changed since."""
    weekend = weekend_of(district, plan_folder.name)
    return replace(weekend, instance=formats.with_changes(weekend.instance, plan_folder / CHANGED))


def example_folder() -> Path:
    """The example district, in the installed package or in the source tree."""
    installed = Path(str(files("planner"))) / "examples" / "kota-contoh"
    source = Path(__file__).parents[2] / "examples" / "kota-contoh"
    return installed if installed.exists() else source


def roads_cache() -> Path:
    """Folder of the user in which prepared roads are kept."""
    return platformdirs.user_cache_path("jemput-bola-planner", appauthor=False)


def weekend_of(district: District, week: str) -> Weekend:
    """A weekend in which at least one van and one place can be planned for."""
    with preparing() as show:
        weekend = build(district, week, cache=roads_cache(), tell=show)
    if not weekend.instance.van_days:
        raise NothingToPlanError(
            say("{week}: no van has a shift; see the tables vans and calendar", week=week)
        )
    if not weekend.instance.sites:
        raise NothingToPlanError(
            say(
                "{week}: none of {count} places can be visited; {command} says why",
                week=week,
                count=len(district.venues),
                command=typed("planner", "check", district.folder, "--week", week),
            )
        )
    return weekend


def plan_folder(folder: Path, week: str) -> Path:
    """Where the plan of a week is."""
    return folder / "plans" / week


def now_at(office: Office) -> datetime:
    """The moment as clocks at the office show it, whatever this computer's are set to."""
    return datetime.now(timezone(timedelta(hours=HOURS_EAST[office.timezone])))
