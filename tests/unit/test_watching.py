"""What a person sees while something is prepared."""

from io import StringIO

from rich.console import Console

from planner.cli.watching import bar
from planner.messages import say


def test_a_bar_shows_what_is_prepared_and_the_share_of_it() -> None:
    """Half of a file whose name looks like markup."""
    console = Console(file=StringIO(), force_terminal=True, width=100)
    with bar(console) as show:
        show(say("reading {name}", name="[red]kota.osm.pbf"), 0.0)
        show(say("reading {name}", name="[red]kota.osm.pbf"), 0.5)
    assert isinstance(console.file, StringIO)
    drawn = console.file.getvalue()
    assert "[red]kota.osm.pbf" in drawn
    assert "50%" in drawn
    assert "━" in drawn
