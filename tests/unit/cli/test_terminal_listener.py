"""What a person sees while a use case works."""

from io import StringIO

import pytest
from rich.console import Console

from planner.cli.terminal_listener import terminal_listener
from planner.i18n.messages import say
from planner.office.listener import Progress


def screen() -> Console:
    """A terminal that remembers what was written to it."""
    return Console(file=StringIO(), force_terminal=True, width=100)


def written(console: Console) -> str:
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_a_bar_shows_what_is_done_and_the_share_of_it() -> None:
    """Half of a file whose name looks like markup."""
    console = screen()
    with terminal_listener(console) as listener:
        listener.stage(say("reading {name}", name="[red]kota.osm.pbf"), 0.0)
        listener.stage(say("reading {name}", name="[red]kota.osm.pbf"), 0.5)
    drawn = written(console)
    assert "[red]kota.osm.pbf" in drawn
    assert "50%" in drawn
    assert "━" in drawn


def test_a_bar_goes_when_all_is_done_and_comes_back_for_the_next_stage() -> None:
    """Between the two, nothing moves on the screen."""
    console = screen()
    with terminal_listener(console) as listener:
        listener.stage(say("reading {name}", name="a"), 1.0)
        assert written(console) == ""
        listener.stage(say("reading {name}", name="b"), 0.5)
        assert "reading b" in written(console)


def test_off_a_terminal_each_stage_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Once, whatever share of it is done."""
    with terminal_listener() as listener:
        for share in (0.0, 0.5, 1.0):
            listener.stage(say("reading {name}", name="a"), share)
    assert capsys.readouterr().err == "reading a\n"


def test_off_a_terminal_progress_is_told_every_five_seconds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """At 0 and 5 s, not at 4.9 s; the next solve begins anew."""
    with terminal_listener() as listener:
        for elapsed_s in (0.0, 4.9, 5.0, 0.1):
            listener.progress(Progress(elapsed_s=elapsed_s, people=3, objective=3.0, bound=None))
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" s:")[0] for line in lines] == ["0.0", "5.0", "0.1"]
