"""Arguments and options of the commands."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.app import typer_parser
from planner.cli.values import (
    choice_parser,
    parse_moment,
    parse_natural,
    parse_non_negative,
    parse_percent,
    parse_port,
)
from planner.i18n.messages import say
from planner.office.search import KEEP_MODES, SOLVERS

NUMBER, SECONDS, FILE, PLACE = say("NUMBER"), say("SECONDS"), say("FILE"), say("PLACE")


def _argument(metavar: str, text: str) -> Any:
    return typer.Argument(metavar=metavar, help=text, show_default=False)


def option(name: str, text: str, metavar: str | None = None, parser: Any = None) -> Any:
    """An option for `Annotated`; ``metavar`` stands for its value, which the parser reads."""
    reader = parser and typer_parser(parser)
    return typer.Option(name, parser=reader, metavar=metavar, help=text)


Folder = Annotated[Path, _argument(say("FOLDER"), say("Folder of a district."))]
NewFolder = Annotated[
    Path, typer.Argument(metavar=say("FOLDER"), help=say("Where the example goes."))
]
PlanPath = Annotated[Path, _argument(say("PLAN"), say("A plan.json, or a folder plans/WEEK."))]
InstanceFile = Annotated[Path, _argument("INSTANCE.json", say("A planner-instance/1 file."))]
PlanArgument = Annotated[Path, _argument("PLAN.json", say("A planner-plan/1 file."))]
OptionalPlace = Annotated[
    str | None, _argument(PLACE, say("Id or name of a place; else all left out."))
]

Week = Annotated[str, option("--week", say("ISO week, such as 2026-W48."), say("WEEK"))]
OptionalWeek = Annotated[
    str | None,
    option("--week", say("ISO week to look at; else the coming one."), say("WEEK")),
]
Json = Annotated[bool, option("--json", say("Print JSON to stdout."))]
DryRun = Annotated[bool, option("--dry-run", say("Say what would change, write nothing."))]

Solver = Annotated[
    str,
    option("--solver", say("What does the planning."), "|".join(SOLVERS), choice_parser(SOLVERS)),
]
Seed = Annotated[
    int, option("--seed", say("The same seed makes the same choices."), NUMBER, parse_natural)
]
OptionalSeed = Annotated[
    int | None,
    option(
        "--seed",
        say("The same seed makes the same choices; else that of planner.toml."),
        NUMBER,
        parse_natural,
    ),
]
TimeLimit = Annotated[
    float | None,
    option(
        "--time-limit",
        say("End after so many seconds; 30 if nothing else ends it."),
        SECONDS,
        parse_non_negative,
    ),
]
ReplanTimeLimit = Annotated[
    float | None,
    option(
        "--time-limit",
        say("Look for more people for so many seconds; else 4."),
        SECONDS,
        parse_non_negative,
    ),
]
Gap = Annotated[
    float | None,
    option("--gap", say("Stop at this proven gap, in percent."), say("PERCENT"), parse_percent),
]
Iterations = Annotated[
    int | None,
    option("--iterations", say("Stop after so many rounds."), NUMBER, parse_natural),
]
Processes = Annotated[
    int | None,
    option(
        "--processes", say("Solves at the same time; else one per core."), NUMBER, parse_natural
    ),
]
Cores = Annotated[
    int | None,
    option(
        "--cores", say("Cores that one search uses (default: all of them)."), NUMBER, parse_natural
    ),
]
ParamsFile = Annotated[
    Path | None,
    option("--params", say("Tuning of the solver for experiments."), "PARAMS.toml"),
]

Output = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="PLAN.json", help=say("Where the plan goes.")),
]
Start = Annotated[
    Path | None,
    option("--start", say("A plan to begin with; the result is no worse."), "PLAN.json"),
]
Keep = Annotated[
    Path | None, option("--keep", say("A plan.json to go on from; see --keep-mode."), FILE)
]
KeepMode = Annotated[
    str,
    option(
        "--keep-mode",
        say("What stays: its routes, its places and hours, or nothing (only a start)."),
        "|".join(KEEP_MODES),
        choice_parser(KEEP_MODES),
    ),
]
CutFrom = Annotated[
    Path | None,
    option("--cut", say("A larger extract to cut the district out of first."), FILE),
]

Serve = Annotated[bool, option("--serve", say("Then show it on this computer, over street tiles."))]
Port = Annotated[
    int, option("--port", say("Of --serve; 0 = any that is free."), NUMBER, parse_port)
]
MapFile = Annotated[Path | None, option("--map", say("Draw both on a map, as an HTML file."), FILE)]
PublishDrafts = Annotated[
    bool, option("--draft", say("Show places not yet confirmed too, marked as drafts."))
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
InsteadOf = Annotated[
    str | None,
    option("--instead-of", say("Why a van goes to this place and not to the other."), PLACE),
]

PlanToRepair = Annotated[
    Path | None, option("--plan", say("The plan to mend; else that of the week."), FILE)
]

At = Annotated[
    datetime | None,
    option(
        "--at",
        say("The moment from which on things change; else now."),
        "YYYY-MM-DDThh:mm",
        parse_moment,
    ),
]
VanBrokenDown = Annotated[
    list[str] | None,
    option("--without-van", say("Broken down; drives again on DATE."), "VAN[=DATE]"),
]
Late = Annotated[
    list[str] | None, option("--late", say("Behind by so many minutes."), "VAN=MINUTES")
]
ClosedNow = Annotated[list[str] | None, option("--close", say("Locked from now on."), "PLACE")]
PeopleComing = Annotated[
    list[str] | None,
    option("--people", say("So many people come there in all."), "PLACE=NUMBER"),
]
DraftPromises = Annotated[
    bool, option("--draft", say("Hours at places not yet confirmed are promises too."))
]
Reason = Annotated[str, option("--reason", say("Why, as hosts are told it."), say("TEXT"))]
