"""The command line: read, call, write, say."""

import sys

from planner.cli.app import PROGRAM, app
from planner.cli.language import guess_language, notify
from planner.errors import PlannerError
from planner.i18n.messages import say

WRONG_INPUT, OUR_BUG = 2, 70


def main() -> None:
    """Run the command line; failures the user can correct are explained in words."""
    guess_language(sys.argv[1:])
    try:
        app(prog_name=PROGRAM)
    except PlannerError as error:
        for message in error.messages:
            notify(message)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        notify(say("interrupted; nothing was written"))
        sys.exit(1)
    except OSError as error:
        reason = error.strerror or str(error)
        notify(
            say(
                "{path}: cannot be read or written: {reason}; use a writable folder",
                path=error.filename or "planner",
                reason=reason,
            )
        )
        sys.exit(WRONG_INPUT)
    except Exception:  # Nobody foresaw it: a person must learn that it is not their fault.
        sys.excepthook(*sys.exc_info())
        notify(say("planner: this is a bug in the planner, not in your files"))
        sys.exit(OUR_BUG)
