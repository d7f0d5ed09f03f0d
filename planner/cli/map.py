"""The command that draws the plan of a week."""

from planner.cli.option_values import COMING
from planner.cli.options import Folder, Json, Port, Serve, Week
from planner.cli.output import print_files, suggest
from planner.cli.serving import show_page
from planner.cli.terminal_listener import NOTICES, terminal_listener
from planner.office.paper import draw, save_map
from planner.office.week_plan import read_week_plan


def map_(
    folder: Folder,
    week: Week = COMING,
    serve: Serve = False,
    port: Port = 0,
    as_json: Json = False,
) -> None:
    """Draw the plan of a week on a map: planner map kota-saya --week 2026-W48.

    Writes maps/WEEK/map.html in the folder, which opens without internet. With --serve, a browser
    on this computer also shows the plan over street tiles from openstreetmap.org, until Ctrl-C.
    """
    with terminal_listener() as listener:
        plan = read_week_plan(folder, week, listener=listener)
    print_files(as_json, [save_map(plan, listener=NOTICES)])
    suggest("print", folder, "--week", week)
    if serve:
        show_page(draw(plan, tiles=True).encode(), port)
