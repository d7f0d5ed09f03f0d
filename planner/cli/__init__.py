"""The command line: read, call, write, say."""

import sys

from planner.cli.app import app
from planner.errors import PlannerError

OUR_BUG = 70


def main() -> None:
    """Run the command line; failures the user can mend are told in words."""
    try:
        app()
    except PlannerError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("interrupted; nothing was written", file=sys.stderr)
        sys.exit(1)
    except Exception:
        # The last resort of a program: a person must learn that it is not their fault.
        sys.excepthook(*sys.exc_info())
        print("planner: this is a bug in the planner, not in your files", file=sys.stderr)
        sys.exit(OUR_BUG)
