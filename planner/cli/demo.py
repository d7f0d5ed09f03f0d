"""The demonstration: the first command of most, who have nothing compiled yet."""

from pathlib import Path
from pkgutil import resolve_name

from planner.cli.options import Json, NewFolder
from planner.office.search import DEFAULT, preparing_beside


def demo(folder: NewFolder = Path("kota-contoh"), as_json: Json = False) -> None:
    """Plan and draw the example weekend in a new folder: planner demo.

    The folder is a copy of the example district; change its tables and plan again.
    """
    # Compiling takes longest: what else there is to load is loaded beside it.
    with preparing_beside(DEFAULT):
        resolve_name("planner.cli.example_week:show_example")(folder, as_json)
