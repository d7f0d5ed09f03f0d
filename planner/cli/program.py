"""The whole program: a command line in, an exit code out, and every failure in words."""

import sys
import traceback
import warnings
from typing import NoReturn

from planner.cli.app import PROGRAM, app
from planner.cli.completion import answer_shells
from planner.cli.interruption import Interruption, stop_code
from planner.cli.language import guess_language, notify
from planner.cli.output import encode_error, encode_failure, escape_unprintable, print_json
from planner.errors import NIK, PlannerError, reason
from planner.i18n.messages import Message, say

WRONG_INPUT, OUR_BUG = 2, 70


def run() -> None:
    """Run the command line; failures the user can correct are explained in words."""
    escape_unprintable()
    if not sys.warnoptions:
        # What libraries warn of is for programmers, and names files of this installation.
        warnings.simplefilter("ignore")
    guess_language(sys.argv[1:])
    answer_shells()
    try:
        app(prog_name=PROGRAM)
    except PlannerError as error:
        for message in error.messages:
            notify(message)
        if _wants_json():
            print_json(encode_error(error))
        sys.exit(stop_code() or error.exit_code)
    except Interruption:
        notify(say("interrupted; what was not finished is as it was before"))
        raise
    except OSError as error:
        _fail(
            "file",
            WRONG_INPUT,
            say(
                "{path}: cannot be read or written: {reason}; use a writable folder",
                path=error.filename or PROGRAM,
                reason=reason(error),
            ),
        )
    except Exception:  # Nobody foresaw it: a person must learn that it is not their fault.
        # What a file holds may stand in the words of an error.
        print(NIK.sub("*" * 16, traceback.format_exc()), end="", file=sys.stderr)
        _fail("bug", OUR_BUG, say("planner: this is a bug in the planner, not in your files"))


def _wants_json() -> bool:
    return "--json" in sys.argv[1:]


def _fail(code: str, exit_code: int, message: Message) -> NoReturn:
    """Say what went wrong, to programs too, and end."""
    notify(message)
    if _wants_json():
        print_json(encode_failure(code, exit_code, [message]))
    sys.exit(exit_code)
