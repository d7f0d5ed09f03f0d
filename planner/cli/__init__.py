"""The command line: read, call, write, say."""

from pkgutil import resolve_name

from planner.cli.interruption import exit_on_signals


def main() -> None:
    """Run the command line, which a signal may end from here on, long before all is loaded."""
    exit_on_signals()
    resolve_name("planner.cli.program:run")()
