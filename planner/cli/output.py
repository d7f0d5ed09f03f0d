"""What a command says: its result on stdout, all else on stderr."""

import errno
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from planner.cli.language import notify, shell_command, translate
from planner.errors import (
    InputError,
    MissingPlanError,
    NoSitesError,
    NothingToPlanError,
    PlannerError,
    Problem,
    input_error,
    reason,
)
from planner.i18n.messages import Message, say
from planner.render.escape import to_terminal

_NOBODY_READS = {errno.EPIPE, errno.EINVAL}
"""A pipe whose other end is closed, on Windows too."""


def print_lines(lines: Iterable[str]) -> None:
    """Lines on stdout; messages among them in the language chosen."""
    _write("\n".join(to_terminal(translate(line)) for line in lines))


def print_json(data: Any) -> None:
    """Data on stdout, as JSON that any terminal and any encoding can take."""
    _write(json.dumps(data, indent=1))


def _write(text: str) -> None:
    """Write to stdout; where nobody reads any more, the command goes on all the same.

    Raises
    ------
    InputError
        Where it cannot be written, as on a full disk.
    """
    try:
        print(text, flush=True)
    except OSError as error:
        # What is still to be written would fail again when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno in _NOBODY_READS:
            return
        what = say("cannot be written ({reason})", reason=reason(error))
        raise input_error("stdout", what, say("send it to another file or program")) from None


def encode_error(error: PlannerError) -> dict[str, Any]:
    """What went wrong, for programs: a code, and all problems in the language chosen."""
    problems = error.problems if isinstance(error, InputError) else ()
    code = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(error).__name__[:-5]).lower()
    return encode_failure(code, error.exit_code, error.messages, problems)


def encode_failure(
    code: str, exit_code: int, messages: Iterable[Message], problems: Iterable[Problem] = ()
) -> dict[str, Any]:
    """A failure of any kind for programs, its sentences in the language chosen."""
    return {
        "error": {
            "code": code,
            "exit_code": exit_code,
            "messages": [translate(message) for message in messages],
            "problems": [encode_problem(problem) for problem in problems],
        }
    }


def encode_problem(problem: Problem) -> dict[str, str]:
    """A problem for programs, its sentences in the language chosen."""
    told = {"where": problem.where, "what": problem.what, "remedy": problem.remedy}
    return {"code": problem.code, **{name: translate(text) for name, text in told.items()}}


def escape_unprintable() -> None:
    r"""Show what the encoding of stdout does not have as ``\u2026``."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def print_result(
    as_json: bool, data: Callable[[], Any], lines: Callable[[], Iterable[str]]
) -> None:
    """A result as data for programs, or in lines for people."""
    if as_json:
        print_json(data())
    else:
        print_lines(lines())


def print_files(as_json: bool, paths: Iterable[Path], **others: Any) -> None:
    """Files and folders that were written, a line each; as data under ``files``, with others."""
    files = list(map(str, paths))
    print_result(as_json, lambda: {"files": files, **others}, lambda: files)


@contextmanager
def naming_next_command() -> Iterator[None]:
    """Turns failures that another command helps with into ones that name it.

    Raises
    ------
    PlannerError
        Where a use case raised one.
    """
    try:
        yield
    except MissingPlanError as error:
        what = say("there is no plan of {week}", week=error.week)
        command = shell_command("planner", "plan", error.folder, "--week", error.week)
        remedy = say("run {command} first", command=command)
        raise input_error(str(error.folder), what, remedy) from None
    except NoSitesError as error:
        command = shell_command("planner", "check", error.folder, "--week", error.week)
        raise NothingToPlanError(
            say(
                "{week}: no place can be visited (places: {count}); {command} says why",
                week=error.week,
                count=error.count,
                command=command,
            )
        ) from None


def suggest(*command: object) -> None:
    """Name the command that comes next."""
    notify(say("next: {command}", command=shell_command("planner", *command)))
