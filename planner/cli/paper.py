"""Commands for paper: route sheets for the crews, and what is sent out."""

import typer

from planner.cli.options import Folder, Week
from planner.cli.week import planned
from planner.render.sheets import sheet_files
from planner.render.writing import write_files


def print_(folder: Folder, week: Week) -> None:
    """Print a sheet per van and day: planner print kota-saya --week 2026-W48.

    Writes prints/WEEK/ in the folder: sheets.pdf with all sheets, and each as a file of its own.
    """
    weekend, result = planned(folder, week)
    path = folder / "prints" / week
    write_files(path, sheet_files(weekend, result))
    typer.echo(str(path / "sheets.pdf"))
