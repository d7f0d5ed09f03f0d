"""What a person sees while a solve runs, and how Ctrl-C ends it with the best plan so far."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import rich.progress
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, TaskProgressColumn, TextColumn
from rich.status import Status

from planner.cli.language import notify, translate
from planner.i18n.messages import Message, say
from planner.solvers import Limits, Progress
from planner.solvers import prepare as prepare_solver

QUIET_S = 5.0
"""Off a terminal, progress is a line at most this often."""

LONG_S = 1.0
"""A solver that took longer to prepare was compiled, not only loaded."""


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """A function that answers whether Ctrl-C was pressed; a second one ends the program."""
    asked = False

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        notify(say("stopping with the best plan so far; once more to drop it"))

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def progress() -> Iterator[Callable[[Progress], None]]:
    """A function that shows progress on stderr: one living line, or plain lines off a terminal."""
    console = Console(stderr=True)
    if console.is_terminal:
        with console.status(translate(say("planning"))) as status:
            yield lambda now: _update(status, now)
        return
    last_s = -QUIET_S

    def show(now: Progress) -> None:
        nonlocal last_s
        if now.elapsed_s - last_s >= QUIET_S:
            last_s = now.elapsed_s
            notify(_line(now))

    yield show


@contextmanager
def preparing() -> Iterator[Callable[[Message, float], None]]:
    """A function that says what is being prepared and which share of it is done."""
    console = Console(stderr=True)
    if console.is_terminal:
        with bar(console) as show_bar:
            yield show_bar
        return
    said: set[str] = set()

    def show(what: Message, share: float) -> None:
        if what not in said:
            said.add(what)
            notify(what)

    yield show


@contextmanager
def counting(what: Message, count: int) -> Iterator[Callable[[int], None]]:
    """A function that says how many of so many solves are done."""
    console = Console(stderr=True)

    def line(done: int) -> Message:
        return say("{what}: {done} of {count}", what=what, done=done, count=count)

    if console.is_terminal:
        with bar(console) as show:
            yield lambda done: show(line(done), done / count)
        return
    yield lambda done: notify(line(done))


@contextmanager
def bar(console: Console) -> Iterator[Callable[[Message, float], None]]:
    """A function that draws a bar of the share that is done; it pulses while nobody knows."""
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn()
    with rich.progress.Progress(*columns, console=console, transient=True) as drawn:
        task = drawn.add_task(translate(say("reading")), total=None)

        def show(what: Message, share: float) -> None:
            total = 1.0 if share else None
            drawn.update(task, description=escape(translate(what)), completed=share, total=total)

        yield show


def prepare(solver: str) -> None:
    """Compile a solver before its time begins, and tell how long that took if it was long."""
    with preparing() as show:
        show(say("preparing the solver; the first time takes half a minute"), 0.0)
        spent_s = prepare_solver(solver)
    if spent_s > LONG_S:
        notify(say("prepared in {spent_s:.0f} s; the time limit begins now", spent_s=spent_s))


def limits(
    time_limit_s: float | None, gap_percent: float | None, iterations: int | None, default_s: float
) -> Limits:
    """Limits as given on the command line; without any, the default time."""
    if time_limit_s is None and iterations is None:
        time_limit_s = default_s
    gap = None if gap_percent is None else gap_percent / 100
    return Limits(time_limit_s=time_limit_s, gap=gap, iterations=iterations)


def _update(status: Status, now: Progress) -> None:
    status.update(translate(_line(now)))


def _line(now: Progress) -> Message:
    proven = (
        say("no bound yet")
        if now.bound is None or now.gap is None
        else say("bound {bound:.1f}, gap {gap:.2%}", bound=now.bound, gap=now.gap)
    )
    return say(
        "{elapsed_s:.1f} s: {people} people, {proven}",
        elapsed_s=now.elapsed_s,
        people=now.people,
        proven=proven,
    )
