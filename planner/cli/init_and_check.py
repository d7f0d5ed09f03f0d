"""Commands on a district folder: make an empty one, check a filled one."""

from pathlib import Path

from planner.cli.language import notify, requested_language, shell_command, words
from planner.cli.option_values import COMING
from planner.cli.options import AsWorkbook, Folder, InitFolder, Json, Week
from planner.cli.output import print_files, print_result, suggest
from planner.cli.terminal_listener import terminal_listener
from planner.i18n.language import SUFFIX
from planner.i18n.messages import say
from planner.office.district_folder import (
    check_district,
    read_district,
    write_templates,
    write_workbook,
)
from planner.render.overview_text import encode_overview, format_overview


def init(folder: InitFolder, workbook: AsWorkbook = False, as_json: Json = False) -> None:
    """Create a district folder with empty tables and commented settings: planner init kota-saya.

    With --workbook all tables and settings are sheets of one workbook, which every command takes
    in place of a folder: planner init --workbook kota.xlsx. The language is Indonesian unless
    --lang is given. Existing files are not overwritten.
    """
    if workbook or folder.suffix == SUFFIX:
        folder = write_workbook(folder, requested_language())
        paths: tuple[Path, ...] = (folder,)
    else:
        paths = write_templates(folder, requested_language())
    print_files(as_json, paths)
    command = shell_command("planner", "check", folder)
    notify(say("next: fill the tables, then {command}", command=command))


def check(folder: Folder, week: Week = COMING, as_json: Json = False) -> int:
    """Read all tables, report all problems, and summarise the district: planner check kota-saya.

    Exit code 0: no problems; 1: warnings to look at; 2: errors to correct.
    """
    with terminal_listener() as listener:
        overview = check_district(read_district(folder), week, listener=listener)
    print_result(
        as_json,
        lambda: encode_overview(overview, words()),
        lambda: format_overview(overview, words()),
    )
    suggest("plan", folder, "--week", overview.horizon.week)
    return 1 if overview.needs_a_look else 0
