"""Turns what a database says of a failure into words."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from planner.errors import InputError, input_error
from planner.i18n.messages import Message, say

DAMAGED = say("is damaged")
RESTORE = say("restore it from a copy; without one, move it away and begin anew")

_TROUBLES: tuple[tuple[tuple[str, ...], Message, Message], ...] = (
    (
        ("readonly", "read-only", "permission denied"),
        say("may only be read"),
        say("make it writable, or ask its owner"),
    ),
    (
        ("disk is full", "no space left", "disk i/o error"),
        say("cannot be written: the disk is full, or fails"),
        say("free some space, then repeat the command"),
    ),
    (
        ("not a database", "malformed", "unsupported file format"),
        DAMAGED,
        RESTORE,
    ),
    (
        ("database is locked", "lock timeout"),
        say("is being written by another program"),
        say("try again when that is done"),
    ),
    (
        ("unable to open",),
        say("cannot be opened"),
        say("see that the folder exists and may be written to"),
    ),
    (
        ("password authentication", "28p01", "no password", "requires password"),
        say("refuses the user or the password"),
        say("set PGPASSWORD, or correct [ledger] url"),
    ),
    (
        ("does not exist", "3d000"),
        say("does not exist"),
        say("make the database first, or correct [ledger] url"),
    ),
    (
        ("connection refused", "can't create a connection", "network error", "could not translate"),
        say("does not answer"),
        say("start the database, or correct [ledger] url"),
    ),
)
"""What databases say, in small letters, and how it is told."""


@contextmanager
def explain_trouble(place: str) -> Iterator[None]:
    """Turns failures of a database into ones that a person can mend.

    Raises
    ------
    InputError
        Where a person can do something; other failures stay as they are.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise _explained(place, error) from error
    except OSError as error:
        raise _explained(place, error) from error


def _explained(place: str, error: Exception) -> InputError:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    text = " ".join(_chain(cause)).casefold()
    for signs, what, remedy in _TROUBLES:
        if any(sign in text for sign in signs):
            return input_error(place, what, remedy)
    return input_error(
        place,
        say("fails: {reason}", reason=str(cause).splitlines()[0] if str(cause) else type(cause)),
        say("repeat the command; if it fails again, restore the ledger from a copy"),
    )


def _chain(error: BaseException | None) -> Iterator[str]:
    """What an error says, and those before it: pg8000 fails once more when it hangs up."""
    while error is not None:
        yield str(error)
        error = error.__cause__ or error.__context__
