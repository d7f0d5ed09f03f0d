"""The command that draws the plan of a week."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.options import Folder, Week
from planner.cli.serving import show_page
from planner.cli.usage import parse_port
from planner.horizon import Horizon, unvisited_venues
from planner.i18n.messages import say
from planner.office.session import read_plan
from planner.plan import Result
from planner.render.map import draw_map
from planner.store.atomic import write_files


def map_(
    folder: Folder,
    week: Week,
    serve: Annotated[
        bool, typer.Option("--serve", help=say("Then show it on this computer, over street tiles."))
    ] = False,
    port: Annotated[
        int,
        typer.Option(
            "--port",
            parser=parse_port,
            metavar=say("NUMBER"),
            help=say("Of --serve; 0 = any that is free."),
        ),
    ] = 0,
) -> None:
    """Draw the plan of a week: planner map kota-saya --week 2026-W48.

    Writes maps/WEEK/map.html in the folder; it opens without internet. With --serve, a browser of
    this computer shows the same over streets from openstreetmap.org, until Ctrl-C.
    """
    horizon, result = read_plan(folder, week)
    typer.echo(str(write_map(folder, horizon, result)))
    if serve:
        left_out = unvisited_venues(horizon, result.plan)
        page = draw_map(horizon, result, left_out, tiles=True)
        show_page(page.encode(), port)


def write_map(folder: Path, horizon: Horizon, result: Result) -> Path:
    """Write maps/WEEK/map.html; its path comes back."""
    page = draw_map(horizon, result, unvisited_venues(horizon, result.plan))
    path = folder / "maps" / horizon.week / "map.html"
    write_files(path.parent, {path.name: page.encode()})
    return path
