"""Every word is there in every language."""

import ast
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

import planner
from planner.district import Permission
from planner.messages import say
from planner.plan import Status
from planner.render.words import LANGUAGES, Words, catalogue
from planner.travel import Cause
from planner.weekend import Reason

INDONESIAN, ENGLISH = Words(language="id", timezone="WIB"), Words(language="en", timezone="WIB")
POSITIONS = {"say": 0, "words": 0, "_broken": 1}
"""Which argument of a function is told to people, so that catalogues must have it."""


def messages() -> set[str]:
    """Every message in the code, and the values that are shown."""
    sources = Path(planner.__file__).parent.rglob("*.py")
    spoken = {message for path in sources for message in literals(path)}
    shown: tuple[type[StrEnum], ...] = (Permission, Reason, Cause, Status)
    return spoken | {member.value for kind in shown for member in kind}


def literals(path: Path) -> Iterator[str]:
    """The messages of one file."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call):
            position = POSITIONS.get(getattr(call.func, "id", ""), len(call.args))
            for argument in call.args[position : position + 1]:
                if isinstance(argument, ast.Constant):
                    yield str(argument.value)


def test_every_message_is_translated() -> None:
    """The Indonesian catalogue has the messages of the code, no more and no fewer."""
    assert messages() == set(catalogue("id"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_is_empty_doubtful_or_double(language: str) -> None:
    """``#, fuzzy`` marks a guess; of two entries for a message one would be lost."""
    text = files("planner.render").joinpath("locale", f"{language}.po").read_text("utf-8")
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
