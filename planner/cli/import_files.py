"""The command that takes tables of other programs into a district folder."""

import sys

from planner.cli.language import notify, requested_language, translate, words
from planner.cli.options import ImportedFiles, Json, MappingFile, TargetFolder, Yes
from planner.cli.output import print_lines, print_result, suggest
from planner.i18n.messages import say
from planner.office.import_files import prepare_file_import, write_import
from planner.render.import_text import encode_import, format_import


def import_(
    files: ImportedFiles,
    folder: TargetFolder,
    yes: Yes = False,
    mapping: MappingFile = None,
    as_json: Json = False,
) -> int:
    """Take tables of other programs into a district folder: planner import AGR.xlsx -o kota.

    It shows what it understood and what it would write, and asks. Exit code 0: everything is
    imported; 1: something was rejected or needs a look; 2: nothing is imported.
    """
    prepared = prepare_file_import(files, folder, mapping=mapping, language=requested_language())
    is_agreed = not prepared.is_stopped and (yes or mapping is not None)
    may_ask = not (prepared.is_stopped or is_agreed or as_json) and sys.stdin.isatty()
    if may_ask:
        print_lines(format_import(prepared, words(), is_written=False))
        is_agreed = _asks(translate(say("Import this? [y/N]")))
    if is_agreed:
        write_import(prepared)
    if not may_ask:
        print_result(
            as_json,
            lambda: encode_import(prepared, words(), is_written=is_agreed),
            lambda: format_import(prepared, words(), is_written=is_agreed),
        )
    if is_agreed:
        suggest("check", folder)
        return prepared.exit_code
    if not prepared.is_stopped:
        notify(say("nothing is written; add --yes to import it"))
    return 2


def _asks(question: str) -> bool:
    print(question, end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in {"y", "yes", "ya"}
