"""What a command says: its result on stdout, all else on stderr."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from planner.cli.language import notify, shell_command, translate
from planner.errors import MissingPlanError, NoSitesError, NothingToPlanError, input_error
from planner.i18n.messages import say


def print_lines(lines: Iterable[str]) -> None:
    """Lines on stdout; messages among them in the language chosen."""
    print("\n".join(map(translate, lines)), flush=True)


def print_json(data: Any) -> None:
    """Data on stdout, as JSON."""
    print(json.dumps(data, indent=1, ensure_ascii=False), flush=True)


def print_result(
    as_json: bool, data: Callable[[], Any], lines: Callable[[], Iterable[str]]
) -> None:
    """A result as data for programs, or in lines for people."""
    if as_json:
        print_json(data())
    else:
        print_lines(lines())


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
