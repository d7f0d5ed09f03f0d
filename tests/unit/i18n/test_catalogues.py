"""Every word is there in every language."""

import ast
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest
from jinja2 import nodes

import planner
from planner.analysis.comparison import Verdict
from planner.analysis.scarcity import Certainty
from planner.cli.app import ABOUT
from planner.cli.commands import COMMANDS, load_command
from planner.cli.pages import help_parts
from planner.difference import ChangeKind
from planner.district import Permission
from planner.explain.feasibility import Obstacle
from planner.horizon import LeftOutReason
from planner.i18n.language import LANGUAGES
from planner.i18n.messages import say
from planner.i18n.words import Words, catalogue
from planner.inputs.settings import SECTIONS
from planner.inputs.templates import TABLES, sentence
from planner.plan import Status
from planner.render.html import TEMPLATES
from planner.travel import UnreachedCause

INDONESIAN, ENGLISH = Words(language="id", timezone="WIB"), Words(language="en", timezone="WIB")
SOURCES = Path(planner.__file__).parent
POSITIONS = {"say": 0, "words": 0, "msgid": 0}
"""Which argument of a function is told to people, so that catalogues must have it."""


def calls() -> Iterator[tuple[Path, str, ast.Call]]:
    """Every call in the code: its file, the name of the function, and the call."""
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield path, getattr(node.func, "id", getattr(node.func, "attr", "")), node


def template_messages() -> Iterator[str]:
    """What the templates of pages say."""
    for path in SOURCES.rglob("*.j2"):
        for call in TEMPLATES.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if getattr(call.node, "name", "") == "words" and isinstance(call.args[0], nodes.Const):
                yield str(call.args[0].value)


def helps() -> Iterator[str]:
    """What each command says of itself."""
    yield ABOUT
    for name in COMMANDS:
        yield load_command(name).help


def explanations() -> Iterator[str]:
    """What the files of a new folder say of tables, columns and settings."""
    for model in (*TABLES.values(), *SECTIONS.values()):
        yield sentence(model)
        for field in model.model_fields.values():
            yield str(field.description)


def messages() -> set[str]:
    """Every message in the code, and the values that are shown."""
    spoken = {
        str(argument.value)
        for _, name, call in calls()
        for argument in call.args[POSITIONS.get(name, len(call.args)) :][:1]
        if isinstance(argument, ast.Constant)
    }
    shown: tuple[type[StrEnum], ...] = (
        Permission,
        LeftOutReason,
        UnreachedCause,
        Status,
        ChangeKind,
        Verdict,
        Certainty,
        Obstacle,
    )
    spoken |= {
        part for text in helps() for does, _, more in [help_parts(text)] for part in (does, *more)
    }
    spoken |= {*explanations(), *template_messages()}
    return spoken | {member.value for kind in shown for member in kind}


def test_every_message_is_translated() -> None:
    """The Indonesian catalogue has the messages of the code, no more and no fewer."""
    assert messages() == set(catalogue("id"))


def test_a_message_is_written_out_where_it_is_said() -> None:
    """An f-string would be looked up with its values in it; states and rules pass on."""
    for path, name, call in calls():
        if name == "say":
            assert isinstance(call.args[0], ast.Constant) or (
                ast.unparse(call.args[0]).endswith((".value", ".template", ".remedy"))
            ), f"{path.name}:{call.lineno}"


def test_commands_print_no_literals() -> None:
    """What they print is a message that was told in a language, or data."""
    for path, name, call in calls():
        if path.parent.name == "cli" and name in {"echo", "print"}:
            literals = (ast.Constant, ast.JoinedStr)
            assert not isinstance(call.args[0], literals), f"{path.name}:{call.lineno}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_is_empty_doubtful_or_double(language: str) -> None:
    """``#, fuzzy`` marks a guess; of two entries for a message one would be lost."""
    text = files("planner.i18n").joinpath("locale", f"{language}.po").read_text("utf-8")
    assert "fuzzy" not in text
    assert text.count("\nmsgid ") == len(catalogue(language)) + 1
    assert all(catalogue(language).values())


def placeholders(message: str) -> set[tuple[str | None, ...]]:
    return {(name, *how) for _, name, *how in Formatter().parse(message) if name}


def test_translations_keep_the_values() -> None:
    """``{gap:.2%}`` in one language is ``{gap:.2%}`` in the other."""
    for language in LANGUAGES:
        for message, translation in catalogue(language).items():
            assert placeholders(message) == placeholders(translation)


def test_messages_within_messages_are_told_too() -> None:
    """A place, its state and a share; the name of the place is data, though it has braces."""
    state = say("surat dikirim")
    message = say("{name} ({id}): {reason}", name="Balai {RW}", id="surat dikirim", reason=state)
    assert message == "Balai {RW} (surat dikirim): surat dikirim"
    assert ENGLISH.said(message) == "Balai {RW} (surat dikirim): letter sent"
    assert INDONESIAN.said(say("proven gap {gap:.2%}", gap=0.0125)) == "selisih terbukti 1,25%"


def test_other_text_stays() -> None:
    """A title of a sheet, even if it is a word of ours."""
    assert INDONESIAN.said("Place") == "Place"


def test_english_readers_see_no_indonesian_states() -> None:
    """A permission is ``belum dihubungi`` in the table."""
    assert ENGLISH("belum dihubungi") == "not asked"
    assert INDONESIAN("belum dihubungi") == "belum dihubungi"


@pytest.mark.parametrize(
    ("time_s", "indonesian", "english"),
    [(28800, "08.00", "08:00"), (28829, "08.00", "08:00"), (28830, "08.01", "08:01")],
)
def test_times_are_to_the_nearest_minute(time_s: int, indonesian: str, english: str) -> None:
    """29 seconds past eight is eight, 30 are a minute."""
    assert (INDONESIAN.clock(time_s), ENGLISH.clock(time_s)) == (indonesian, english)


def test_hours_name_their_zone() -> None:
    """From eight to half past ten."""
    assert INDONESIAN.hours(28800, 37800) == "08.00–10.30 WIB"


def test_dates_and_numbers_follow_the_language() -> None:
    """A Saturday, and one thousand two hundred and a half."""
    day = date(2026, 11, 28)
    assert INDONESIAN.long_date(day) == "Sabtu, 28 November 2026"
    assert ENGLISH.long_date(day) == "Saturday, 28 November 2026"
    assert (INDONESIAN.short_date(day), ENGLISH.short_date(day)) == ("Sab 28/11", "Sat 28/11")
    assert INDONESIAN.number(1200.5, 1) == "1.200,5"
    assert ENGLISH.number(1200.5, 1) == "1,200.5"
