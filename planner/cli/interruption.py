"""What Ctrl-C, Ctrl-Break and SIGTERM mean, from the first import to the last line.

Needs the standard library only, so that it is in force before anything slow is loaded.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

CTRL_C, TERMINATION = 130, 143

EXIT_CODES = {"SIGINT": CTRL_C, "SIGTERM": TERMINATION, "SIGBREAK": TERMINATION}
"""Of each signal that ends the program: 128 and its number; Windows has Ctrl-Break for SIGTERM."""


class Interruption(SystemExit):
    """Ends the program with the exit code of a signal; what is being written is put back."""

    def __init__(self, exit_code: int) -> None:
        self.exit_code = exit_code
        super().__init__(exit_code)


class _Signals:
    """What a signal means at the moment.

    Attributes
    ----------
    at_stake
        Whether something would be lost if the program ended on the spot.
    on_request
        Is called when a signal is taken as the wish to stop; None = nobody would heed it.
    code
        Exit code of a wish to stop, or None.
    """

    def __init__(self) -> None:
        self.at_stake = False
        self.on_request: Callable[[], None] | None = None
        self.code: int | None = None

    def hear(self, number: int, frame: FrameType | None = None) -> None:
        code = EXIT_CODES[signal.Signals(number).name]
        if not self.at_stake:
            os._exit(code)
        if self.on_request is None or self.code is not None:
            raise Interruption(code)
        self.code = code
        self.on_request()


_signals = _Signals()


def exit_on_signals() -> None:
    """From now on a signal ends the program without a word; one that is ignored stays so."""
    _signals.__init__()  # type: ignore[misc]
    for name in EXIT_CODES:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _signals.hear)
    sys.unraisablehook = _hear_unraisable


def _hear_unraisable(unraisable: "sys.UnraisableHookArgs") -> None:
    """An interruption in a place from which none can be raised, such as a callback of C."""
    if isinstance(unraisable.exc_value, Interruption):
        os._exit(unraisable.exc_value.exit_code)
    sys.__unraisablehook__(unraisable)


@contextmanager
def work_at_stake() -> Iterator[None]:
    """A signal in here raises an `Interruption`, so that nothing is left half done."""
    _signals.at_stake = True
    try:
        yield
    finally:
        _signals.at_stake = False


@contextmanager
def stop_requests(on_request: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Whether somebody wishes to stop; once it was asked, the first signal is such a wish.

    The second signal, and any before it was asked, raises an `Interruption`.

    Parameters
    ----------
    on_request
        Is called when the wish is heard.
    """

    def is_wanted() -> bool:
        _signals.on_request = on_request
        return _signals.code is not None

    try:
        yield is_wanted
    finally:
        _signals.on_request = None


def stop_code() -> int | None:
    """Exit code of a program that stopped because somebody wished it; None = nobody did."""
    return _signals.code


def write_to_terminal(text: str) -> None:
    """A line on stderr, which a handler of signals may write at any moment."""
    with suppress(OSError):
        os.write(2, f"{text}\n".encode())
