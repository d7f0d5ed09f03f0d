"""Arguments and options of the commands."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.usage import (
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


def _option(name: str, text: str, metavar: str | None = None, parser: Any = None) -> Any:
    return typer.Option(name, parser=parser, metavar=metavar, help=text)


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

Week = Annotated[str, _option("--week", say("ISO week, such as 2026-W48."), say("WEEK"))]
OptionalWeek = Annotated[
    str | None,
    _option("--week", say("ISO week to look at; else the coming one."), say("WEEK")),
]
Json = Annotated[bool, _option("--json", say("Print JSON to stdout."))]
DryRun = Annotated[bool, _option("--dry-run", say("Say what would change, write nothing."))]

Solver = Annotated[
    str,
    _option("--solver", say("What does the planning."), "|".join(SOLVERS), choice_parser(SOLVERS)),
]
Seed = Annotated[
    int, _option("--seed", say("The same seed makes the same choices."), NUMBER, parse_natural)
]
OptionalSeed = Annotated[
    int | None,
    _option(
        "--seed",
        say("The same seed makes the same choices; else that of planner.toml."),
        NUMBER,
        parse_natural,
    ),
]
TimeLimit = Annotated[
    float | None,
    _option(
        "--time-limit",
        say("End after so many seconds; 30 if nothing else ends it."),
        SECONDS,
        parse_non_negative,
    ),
]
ReplanTimeLimit = Annotated[
    float | None,
    _option(
        "--time-limit",
        say("Look for more people for so many seconds; else 4."),
        SECONDS,
        parse_non_negative,
    ),
]
Gap = Annotated[
    float | None,
    _option("--gap", say("Stop at this proven gap, in percent."), say("PERCENT"), parse_percent),
]
Iterations = Annotated[
    int | None,
    _option("--iterations", say("Stop after so many rounds."), NUMBER, parse_natural),
]
Processes = Annotated[
    int | None,
    _option(
        "--processes", say("Solves at the same time; else one per core."), NUMBER, parse_natural
    ),
]

Output = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="PLAN.json", help=say("Where the plan goes.")),
]
Start = Annotated[
    Path | None,
    _option("--start", say("A plan to begin with; the result is no worse."), "PLAN.json"),
]
Keep = Annotated[
    Path | None, _option("--keep", say("A plan.json to go on from; see --keep-mode."), FILE)
]
KeepMode = Annotated[
    str,
    _option(
        "--keep-mode",
        say("What stays: its routes, its places and hours, or nothing (only a start)."),
        "|".join(KEEP_MODES),
        choice_parser(KEEP_MODES),
    ),
]
CutFrom = Annotated[
    Path | None,
    _option("--cut", say("A larger extract to cut the district out of first."), FILE),
]

Serve = Annotated[
    bool, _option("--serve", say("Then show it on this computer, over street tiles."))
]
Port = Annotated[
    int, _option("--port", say("Of --serve; 0 = any that is free."), NUMBER, parse_port)
]
MapFile = Annotated[
    Path | None, _option("--map", say("Draw both on a map, as an HTML file."), FILE)
]
PublishDrafts = Annotated[
    bool, _option("--draft", say("Show places not yet confirmed too, marked as drafts."))
]

InsteadOf = Annotated[
    str | None,
    _option("--instead-of", say("Why a van goes to this place and not to the other."), PLACE),
]

PlanToRepair = Annotated[
    Path | None, _option("--plan", say("The plan to mend; else that of the week."), FILE)
]

At = Annotated[
    datetime | None,
    _option(
        "--at",
        say("The moment from which on things change; else now."),
        "YYYY-MM-DDThh:mm",
        parse_moment,
    ),
]
VanBrokenDown = Annotated[
    list[str] | None,
    _option("--without-van", say("Broken down; drives again on DATE."), "VAN[=DATE]"),
]
Late = Annotated[
    list[str] | None, _option("--late", say("Behind by so many minutes."), "VAN=MINUTES")
]
ClosedNow = Annotated[list[str] | None, _option("--close", say("Locked from now on."), "PLACE")]
PeopleComing = Annotated[
    list[str] | None,
    _option("--people", say("So many people come there in all."), "PLACE=NUMBER"),
]
DraftPromises = Annotated[
    bool, _option("--draft", say("Hours at places not yet confirmed are promises too."))
]
Reason = Annotated[str, _option("--reason", say("Why, as hosts are told it."), say("TEXT"))]
