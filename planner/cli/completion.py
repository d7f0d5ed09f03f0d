"""What a shell completes: the script that it loads, and weeks, vans and places of a folder."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from typer import completion as of_typer

from planner.errors import PlannerError

if TYPE_CHECKING:
    from planner.district import District

SHELLS = ("bash", "zsh", "powershell")

VARIABLE = "_PLANNER_COMPLETE"
"""Environment variable by which a shell asks for completions."""

Complete = Callable[[typer.Context, str], list[str]]


def completion_script(shell: str) -> str:
    """What makes a shell complete commands, options and values of `planner`."""
    script = of_typer.get_completion_script(  # type: ignore[attr-defined]
        prog_name="planner", complete_var=VARIABLE, shell=shell
    )
    return str(script)


def answer_shells() -> None:
    """Let typer answer where a shell asks for completions."""
    if VARIABLE in os.environ:
        of_typer.completion_init()  # type: ignore[attr-defined]


def complete_weeks(context: typer.Context, incomplete: str) -> list[str]:
    """Weeks that have a plan."""
    folder = _folder(context)
    paths = [] if folder is None else sorted((folder / "plans").glob("*-W*"), reverse=True)
    return _begun((path.name for path in paths), incomplete)


def complete_vans(context: typer.Context, incomplete: str) -> list[str]:
    """Ids of the vans."""
    district = _district(context)
    return _begun((van.id for van in district.vehicles) if district else (), incomplete)


def complete_places(context: typer.Context, incomplete: str) -> list[str]:
    """Ids of the places."""
    district = _district(context)
    return _begun((venue.id for venue in district.venues) if district else (), incomplete)


def _begun(values: Iterable[str], incomplete: str) -> list[str]:
    return [value for value in values if value.casefold().startswith(incomplete.casefold())]


def _folder(context: typer.Context) -> Path | None:
    """The folder typed before what is completed.

    Where an option still needs its value, arguments have not been told apart from each other.
    """
    folder = next(iter(context.args), context.params.get("folder"))
    return None if folder is None else Path(str(folder))


def _district(context: typer.Context) -> "District | None":
    from planner.office.district_folder import read_district  # noqa: PLC0415 - when asked only

    folder = _folder(context)
    try:
        return None if folder is None else read_district(folder)
    except (PlannerError, OSError):
        return None
