"""The command that reports progress."""

from planner.cli.language import words
from planner.cli.options import Folder, Json
from planner.cli.output import print_json, print_lines, suggest
from planner.i18n.messages import say
from planner.office.district_folder import read_district
from planner.office.progress import read_progress, save_progress
from planner.render.progress_page import format_share
from planner.render.progress_tables import progress_data


def progress(folder: Folder, as_json: Json = False) -> None:
    """Report progress to 100 %: planner progress kota-saya.

    Writes progress-DATE to the folder progress: a page for the head of office (PDF), a workbook, a
    map and data (JSON) of who is recorded and left, what was planned, published and done, the
    stock, and the next weekend. The numbers are the ledger's, to the person.
    """
    district = read_district(folder)
    measured = read_progress(district)
    paths = save_progress(district, measured)
    if as_json:
        print_json({"files": list(map(str, paths)), **progress_data(measured)})
    else:
        total, spoken = measured.total, words()
        told = say(
            "recorded by vans: {done}; left: {left}; official: {official}; of the reachable:"
            " {reachable}",
            done=spoken.number(total.by_vans),
            left=spoken.number(total.left),
            official=format_share(total.official, spoken),
            reachable=format_share(total.of_reachable, spoken),
        )
        print_lines([told, *map(str, paths)])
    suggest("plan", folder)
