"""What a person sees while something is prepared."""

from contextvars import copy_context
from io import StringIO

import pytest
from rich.console import Console

from planner.cli import progress
from planner.cli.language import set_language
from planner.cli.progress import bar, prepare
from planner.i18n.messages import say


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


@pytest.mark.parametrize(
    ("language", "text"), [("en", "prepared in 21 s;"), ("id", "siap dalam 21 detik;")]
)
def test_compiling_a_solver_is_told_apart_from_solving(
    language: str, text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """21.4 s, before the time limit begins."""

    def prepared() -> None:
        set_language(language)
        prepare("columns")

    monkeypatch.setattr(progress, "prepare_solver", lambda solver: 21.4)
    copy_context().run(prepared)
    assert text in capsys.readouterr().err


def test_loading_a_solver_is_not_worth_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Less than a second."""
    monkeypatch.setattr(progress, "prepare_solver", lambda solver: 0.9)
    prepare("columns")
    assert "prepared in" not in capsys.readouterr().err
