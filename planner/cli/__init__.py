"""The command line: read, call, write, say."""

import time
from contextvars import ContextVar
from pkgutil import resolve_name

from planner.cli.interruption import exit_on_signals

BEGIN_S: ContextVar[float | None] = ContextVar("begin_s", default=None)
"""When the program began, by the monotonic clock; None = a command was called in another way."""


def main() -> None:
    """Run the command line, which a signal may end from here on, long before all is loaded."""
    BEGIN_S.set(time.monotonic())
    exit_on_signals()
    resolve_name("planner.cli.program:run")()
