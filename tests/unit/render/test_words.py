"""Every word is there in every language."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

import planner.render
from planner.district import Permission
from planner.render.words import Words, catalogue
from planner.travel import Cause
from planner.weekend import Reason

FOLDER = Path(planner.render.__file__).parent
INDONESIAN, ENGLISH = Words(language="id", timezone="WIB"), Words(language="en", timezone="WIB")


def messages() -> set[str]:
    """Every message in the code, and the values that are shown."""
    spoken = {
        str(ast.literal_eval(call.args[0]))
        for path in FOLDER.glob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "words"
        and isinstance(call.args[0], ast.Constant)
    }
    return spoken | {member.value for kind in (Permission, Reason, Cause) for member in kind}


def test_every_message_is_translated() -> None:
    """The Indonesian catalogue has the messages of the code, no more and no fewer."""
    assert messages() == set(catalogue("id"))
    assert all(catalogue("id").values())


def test_translations_keep_the_values() -> None:
    """``{count}`` in one language is ``{count}`` in the other."""
    for language in ("id", "en"):
        for message, translation in catalogue(language).items():
            assert set(re.findall(r"{\w*}", message)) == set(re.findall(r"{\w*}", translation))


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
