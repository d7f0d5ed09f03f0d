"""The command that takes tables of other programs into a district folder."""

import sys
from collections.abc import Sequence
from functools import partial

from planner.cli.language import notify, requested_language, translate, words
from planner.cli.options import Aggregate, ImportedFiles, Json, MappingFile, TargetFolder, Yes
from planner.cli.output import print_lines, print_result, suggest
from planner.i18n.messages import say
from planner.office.import_files import (
    ANSWERS,
    Answers,
    Question,
    prepare_file_import,
    write_import,
)
from planner.render.import_text import encode_import, format_import


def import_(
    files: ImportedFiles,
    folder: TargetFolder,
    yes: Yes = False,
    mapping: MappingFile = None,
    aggregate: Aggregate = False,
    as_json: Json = False,
) -> int:
    """Take tables of other programs into a district folder: planner import AGR.xlsx -o kota.

    It shows what it understood and what it would write, and asks. Exit code 0: everything is
    imported; 1: something was rejected or needs a look; 2: nothing is imported.
    """
    prepare = partial(
        prepare_file_import,
        files,
        folder,
        mapping=mapping,
        language=requested_language(),
        counts_persons=aggregate,
    )
    prepared = prepare()
    if prepared.questions and not (yes or as_json) and sys.stdin.isatty():
        prepared = prepare(answers=_answers(prepared.questions))
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
    return _line(question).casefold() in {"y", "yes", "ya"}


def _answers(questions: Sequence[Question]) -> Answers:
    """What each column in doubt holds, as a person at the terminal says."""
    answers = {}
    for question in questions:
        notify(say("{label}: what do these columns hold?", label=question.label))
        notify(say("1 = wajib KTP, 2 = recorded, 3 = unrecorded, other = do not use"))
        answers[question.titles] = {
            position: ANSWERS.get(_line(f"{question.titles[position]}:"), ANSWERS[""])
            for position in question.candidates
        }
    return answers


def _line(question: str) -> str:
    print(question, end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()
