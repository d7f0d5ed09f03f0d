"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.speech import told
from planner.messages import say
from planner.solvers import SOLVERS

Folder = Annotated[Path, typer.Argument(help="A district folder.", show_default=False)]
Week = Annotated[str, typer.Option("--week", help="ISO week, such as 2026-W48.")]
OptionalWeek = Annotated[
    str | None, typer.Option("--week", help="ISO week to look at; the coming one by default.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON to stdout.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed makes the same choices.")]
TimeLimit = Annotated[
    float | None, typer.Option("--time-limit", min=0, help="Seconds; 30 if nothing else ends it.")
]
Gap = Annotated[
    float | None, typer.Option("--gap", min=0, help="Stop at this proven gap, in percent.")
]
Iterations = Annotated[
    int | None, typer.Option("--iterations", min=0, help="Stop after so many rounds.")
]


def _known(name: str) -> str:
    if name not in SOLVERS:
        what = say("'{name}' is no solver; use one of {names}", name=name, names=", ".join(SOLVERS))
        raise typer.BadParameter(told(what))
    return name


Solver = Annotated[str, typer.Option("--solver", callback=_known, help=" | ".join(SOLVERS))]
