"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.language import translate
from planner.cli.usage import parse_natural, parse_non_negative
from planner.i18n.messages import say
from planner.solvers import SOLVERS

Folder = Annotated[
    Path,
    typer.Argument(metavar=say("FOLDER"), help=say("Folder of a district."), show_default=False),
]
Week = Annotated[
    str, typer.Option("--week", metavar=say("WEEK"), help=say("ISO week, such as 2026-W48."))
]
OptionalWeek = Annotated[
    str | None,
    typer.Option(
        "--week", metavar=say("WEEK"), help=say("ISO week to look at; else the coming one.")
    ),
]
Json = Annotated[bool, typer.Option("--json", help=say("Print JSON to stdout."))]
Seed = Annotated[
    int,
    typer.Option(
        "--seed",
        parser=parse_natural,
        metavar=say("NUMBER"),
        help=say("The same seed makes the same choices."),
    ),
]
OptionalSeed = Annotated[
    int | None,
    typer.Option(
        "--seed",
        parser=parse_natural,
        metavar=say("NUMBER"),
        help=say("The same seed makes the same choices; else that of planner.toml."),
    ),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        parser=parse_non_negative,
        metavar=say("SECONDS"),
        help=say("End after so many seconds; 30 if nothing else ends it."),
    ),
]
Gap = Annotated[
    float | None,
    typer.Option(
        "--gap",
        parser=parse_non_negative,
        metavar=say("PERCENT"),
        help=say("Stop at this proven gap, in percent."),
    ),
]
Iterations = Annotated[
    int | None,
    typer.Option(
        "--iterations",
        parser=parse_natural,
        metavar=say("NUMBER"),
        help=say("Stop after so many rounds."),
    ),
]
Processes = Annotated[
    int | None,
    typer.Option(
        "--processes",
        parser=parse_natural,
        metavar=say("NUMBER"),
        help=say("Solves at the same time; else one per core."),
    ),
]


def _known(name: str) -> str:
    if name not in SOLVERS:
        what = say("'{name}' is no solver; use one of {names}", name=name, names=", ".join(SOLVERS))
        raise typer.BadParameter(translate(what))
    return name


Solver = Annotated[
    str,
    typer.Option(
        "--solver", callback=_known, metavar="|".join(SOLVERS), help=say("What does the planning.")
    ),
]
