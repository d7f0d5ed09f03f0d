"""Arguments and options of the commands."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.analysis.campaign import Goal
from planner.cli.app import add_options
from planner.cli.completion import Complete, complete_places, complete_weeks
from planner.cli.option_values import (
    choice_parser,
    parse_natural,
    parse_non_negative,
    parse_percent,
    parse_port,
    parse_rate,
    parse_target,
    parse_until,
    parse_week,
)
from planner.i18n.language import folder_of
from planner.i18n.messages import say
from planner.office.search import KEEP_MODES, SOLVERS, Search

NUMBER, SECONDS, FILE, PLACE = say("NUMBER"), say("SECONDS"), say("FILE"), say("PLACE")


def _argument(metavar: str, text: str, complete: Complete | None = None) -> Any:
    return typer.Argument(metavar=metavar, help=text, show_default=False, autocompletion=complete)


def option(
    name: str,
    text: str,
    metavar: str | None = None,
    parser: Any = None,
    complete: Complete | None = None,
) -> Any:
    """An option for `Annotated`; ``metavar`` stands for its value, which the parser reads."""
    return typer.Option(name, parser=parser, metavar=metavar, help=text, autocompletion=complete)


Folder = Annotated[
    Path,
    typer.Argument(
        metavar=say("FOLDER"),
        help=say("Folder of a district, or the workbook of all its tables."),
        show_default=False,
        callback=folder_of,
    ),
]
InitFolder = Annotated[Path, _argument(say("FOLDER"), say("New folder, or new workbook."))]
AsWorkbook = Annotated[
    bool, option("--workbook", say("Write one workbook with all tables instead of a folder."))
]
NewFolder = Annotated[
    Path, typer.Argument(metavar=say("FOLDER"), help=say("New folder for the example."))
]
PlanPath = Annotated[Path, _argument(say("PLAN"), say("A plan.json file, or a folder plans/WEEK."))]
InstanceFile = Annotated[Path, _argument("INSTANCE.json", say("A planner-instance/1 or /2 file."))]
PlanArgument = Annotated[Path, _argument("PLAN.json", say("A planner-plan/1 file."))]
OptionalPlace = Annotated[
    str | None,
    _argument(PLACE, say("Id or name of a place (default: all places left out)."), complete_places),
]

Week = Annotated[
    str,
    typer.Option(
        "--week",
        parser=parse_week,
        metavar=say("WEEK"),
        help=say("Week, such as 2026-W48, 48 or 28/11 (default: that of the coming weekend)."),
        show_default=False,
        autocompletion=complete_weeks,
    ),
]
AnyWeek = Annotated[
    str | None,
    option(
        "--week", say("ISO week (default: all weeks)."), say("WEEK"), parse_week, complete_weeks
    ),
]
WeekArgument = Annotated[
    str,
    typer.Argument(
        parser=parse_week,
        metavar=say("WEEK"),
        help=say("Week, such as 2026-W48, 48 or 28/11."),
        show_default=False,
    ),
]
TallyPath = Annotated[
    Path | None, _argument(say("FILE"), say("Workbook or CSV file that was filled in."))
]
Prompt = Annotated[bool, option("--prompt", say("Ask for the numbers here, stop by stop."))]
Json = Annotated[bool, option("--json", say("Print JSON."))]
DryRun = Annotated[
    bool, option("--dry-run", say("Show what would change without writing anything."))
]


def natural_option(name: str, text: str) -> Any:
    """An option whose value is a whole number, or None without it."""
    return Annotated[int | None, option(name, text, NUMBER, parse_natural)]


def texts_option(name: str, text: str, metavar: str, complete: Complete | None = None) -> Any:
    """An option that may be given many times."""
    return Annotated[list[str] | None, option(name, text, metavar, complete=complete)]


Told = dict[str, Any]
"""Values of options that were given, by the names of their parameters."""


def keep_told(**values: Any) -> Told:
    """The values that were given."""
    return {name: value for name, value in values.items() if value}


Until = Annotated[
    date | None,
    option("--until", say("Last month, such as 2027-06, or last day."), say("MONTH"), parse_until),
]
Target = Annotated[
    float | None,
    option(
        "--target",
        say("Percent of the people reachable by van to record (default 100)."),
        say("PERCENT"),
        parse_target,
    ),
]
StopBelow = Annotated[
    float | None,
    option(
        "--stop-below",
        say("Stop when a weekend records fewer people in a van-hour, such as 5/h."),
        NUMBER,
        parse_rate,
    ),
]


def make_goal(target: float | None, until: date | None, stop_below: float | None) -> Goal | None:
    """What is asked of a campaign; None where nothing is."""
    if (target, until, stop_below) == (None, None, None):
        return None
    share = Goal().target if target is None else target
    return Goal(target=share, until=until, stop_below=stop_below or 0.0)


SEARCH_OPTIONS: Mapping[str, Any] = {
    "solver": Annotated[
        str, option("--solver", say("Solver."), "|".join(SOLVERS), choice_parser(SOLVERS))
    ],
    "gap": Annotated[
        float | None,
        option("--gap", say("Stop at this proven gap in percent."), say("PERCENT"), parse_percent),
    ],
    "iterations": natural_option("--iterations", say("Stop after this number of iterations.")),
    "seed": natural_option("--seed", say("Random seed (default: from planner.toml).")),
    "processes": natural_option(
        "--processes", say("Number of parallel solves (default: one per core).")
    ),
    "cores": natural_option("--cores", say("Cores that one search uses (default: all of them).")),
}
"""The option behind each attribute of a `Search`."""


def add_search_options(
    time_limit: str, *names: str, **others: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator of commands that search: a time limit, as its help says it, and other options."""
    limit = option("--time-limit", time_limit, SECONDS, parse_non_negative)
    options = {name: SEARCH_OPTIONS[name] for name in names}
    options = {"time_limit_s": Annotated[float | None, limit], **options, **others}
    return add_options("search", options, Search)


ParamsFile = Annotated[
    Path | None,
    option("--params", say("Tuning of the solver for experiments."), "PARAMS.toml"),
]

Output = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="PLAN.json", help=say("Plan file to write.")),
]
Start = Annotated[
    Path | None,
    option("--start", say("Plan to start from; the result is at least as good."), "PLAN.json"),
]
Keep = Annotated[
    Path | None, option("--keep", say("Plan file to continue from; see --keep-mode."), FILE)
]
FromCampaign = Annotated[
    bool, option("--from-campaign", say("Take the week over from the campaign; see --keep-mode."))
]
KeepMode = Annotated[
    str,
    option(
        "--keep-mode",
        say("What to keep of it: its routes, its places and hours, or nothing (start only)."),
        "|".join(KEEP_MODES),
        choice_parser(KEEP_MODES),
    ),
]
AssumePermission = Annotated[
    bool,
    option(
        "--assume-permission",
        say("Plan a draft as if every host agreed who has not refused; it cannot be published."),
    ),
]
DiscardChanges = Annotated[
    bool,
    option(
        "--discard-changes",
        say("Plan from the tables alone, without changes of the day itself."),
    ),
]
Restore = Annotated[
    int | None,
    option("--restore", say("Go back to this version instead of planning."), NUMBER, parse_natural),
]
CutFrom = Annotated[
    Path | None,
    option("--cut", say("Larger extract to cut the district out of first."), FILE),
]

Serve = Annotated[
    bool, option("--serve", say("Also show it in the browser of this computer, over street tiles."))
]
Port = Annotated[
    int, option("--port", say("Port for --serve; 0 = any free port."), NUMBER, parse_port)
]
MapFile = Annotated[
    Path | None, option("--map", say("Draw both plans on a map in this HTML file."), FILE)
]
PublishDrafts = Annotated[
    bool, option("--draft", say("Include places not yet confirmed, marked as drafts."))
]

Scenarios = Annotated[
    Path | None, option("--scenarios", say("TOML file with scenarios, and a grid of them."), FILE)
]
ScenarioName = Annotated[
    str | None, option("--name", say("Name of the scenario that the options make."), say("NAME"))
]
Each = Annotated[bool, option("--each", say("Make each option a scenario of its own."))]
Scarce = Annotated[
    bool,
    option("--scarce", say("Value one more van-day, kit, hour, open day or permission.")),
]
OfCampaign = Annotated[
    bool, option("--campaign", say("Compare campaigns until their goal instead of one week."))
]
InsteadOf = Annotated[
    str | None,
    option(
        "--instead-of",
        say("Explain why a van visits this place instead of PLACE."),
        PLACE,
        complete=complete_places,
    ),
]

PlanToRepair = Annotated[
    Path | None, option("--plan", say("Plan file to repair (default: the plan of the week)."), FILE)
]

DraftPromises = Annotated[
    bool, option("--draft", say("Keep hours at places not yet confirmed as well."))
]
MinGain = Annotated[
    float | None,
    option(
        "--min-gain",
        say("People that a change must bring for each changed sheet and each call (default 2)."),
        NUMBER,
        parse_non_negative,
    ),
]
Reason = Annotated[str, option("--reason", say("Reason given to hosts."), say("TEXT"))]

ImportedFiles = Annotated[
    list[Path], _argument("FILE...", say("Tables, maps or extracts to take in."))
]
TargetFolder = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar=say("FOLDER"),
        help=say("Folder or workbook of a district; made if it is missing."),
        show_default=False,
    ),
]
Yes = Annotated[
    bool, option("--yes", say("Import what is clear without asking; decide nothing that is not."))
]
MappingFile = Annotated[
    Path | None, option("--mapping", say("TOML file that says what columns hold."), FILE)
]
Aggregate = Annotated[
    bool,
    option("--aggregate", say("Count lists of persons by RT, school and month; keep no person.")),
]
