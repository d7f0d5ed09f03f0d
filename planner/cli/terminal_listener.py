"""What a person sees while a use case works, and how Ctrl-C ends it with the best plan so far."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn

from planner.cli import BEGIN_S
from planner.cli.interruption import stop_requests, write_to_terminal
from planner.cli.language import notify, translate
from planner.i18n.messages import Message, say, say_n
from planner.office.listener import Listener
from planner.office.listener import Progress as SolverProgress

QUIET_S = 5.0
"""Off a terminal, how good a plan is by now is a line at most this often."""

BEST_PLAN = say("stopping with the best plan so far; press Ctrl-C again to discard it")

NOTICES = Listener(notice=notify)
"""What a person should know while something is written."""


@contextmanager
def terminal_listener(
    console: Console | None = None, promise: Message = BEST_PLAN
) -> Iterator[Listener]:
    """A listener that shows on stderr what it hears: one living line on a terminal, else lines.

    Once a solver has begun to ask, Ctrl-C ends it with the best plan so far, which is then still to
    be written in here; before, and the second time, it ends the program.

    Parameters
    ----------
    promise
        What is said then.
    """
    console = console or Console(stderr=True)
    display = _Bar(console) if console.is_terminal else _Lines()
    with stop_requests(lambda: write_to_terminal(translate(promise))) as stop, closing(display):
        yield Listener(
            notice=notify,
            stage=display.stage,
            progress=display.progress,
            stop=stop,
            begin_s=BEGIN_S.get(),
        )


class _Lines:
    """Each stage once, and how good the plan is from time to time."""

    def __init__(self) -> None:
        self.said: set[str] = set()
        self.last_s = -QUIET_S

    def stage(self, what: Message, share: float) -> None:
        if what not in self.said:
            self.said.add(what)
            notify(what)

    def progress(self, now: SolverProgress) -> None:
        if not 0.0 <= now.elapsed_s - self.last_s < QUIET_S:
            self.last_s = now.elapsed_s
            notify(_sentence(now))

    def close(self) -> None:
        """Nothing is left on the screen."""


class _Bar:
    """A bar of the share that is done, which pulses while nobody knows it; gone when all is."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.shown: tuple[Progress, TaskID] | None = None

    def stage(self, what: Message, share: float) -> None:
        if share >= 1.0:
            self.close()
            return
        text = escape(translate(what))
        if self.shown is None:
            columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn()
            # Results go to stdout, which may be a file, while this is on the screen.
            bar = Progress(*columns, console=self.console, transient=True, redirect_stdout=False)
            self.shown = bar, bar.add_task(text, total=None)
            bar.start()
        bar, task = self.shown
        bar.update(task, description=text, completed=share, total=1.0 if share else None)

    def progress(self, now: SolverProgress) -> None:
        self.stage(_sentence(now), 0.0)

    def close(self) -> None:
        if self.shown is not None:
            self.shown[0].stop()
            self.shown = None


def _sentence(now: SolverProgress) -> Message:
    proven = (
        say("no bound yet")
        if now.bound is None or now.gap is None
        else say(
            "objective {objective:.1f}, bound {bound:.1f}, gap {gap:.2%}",
            objective=now.objective,
            bound=now.bound,
            gap=now.gap,
        )
    )
    people = say_n("{n} person", "{n} people", now.people)
    if now.people_bound is not None:
        people = say("{people} of at most {most}", people=people, most=now.people_bound)
    return say(
        "{elapsed_s:.1f} s: {people}, {proven}",
        elapsed_s=now.elapsed_s,
        people=people,
        proven=proven,
    )
