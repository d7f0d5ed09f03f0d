"""Every word is there in every language."""

import ast
from collections.abc import Collection
from datetime import date
from string import Formatter

import pytest

from planner.i18n.language import LANGUAGES
from planner.i18n.messages import say, say_n
from planner.i18n.words import Words
from tools.catalogues import PACKAGE, extract, path_of, read_catalogue, update

INDONESIAN, ENGLISH = Words(language="id", timezone="WIB"), Words(language="en", timezone="WIB")


def texts(found: str | Collection[str] | None) -> tuple[str, ...]:
    """A message or its translation, singular and plural, as Babel has them."""
    return (found,) if isinstance(found, str) else tuple(found or ("",))


@pytest.mark.slow
def test_every_message_is_translated() -> None:
    """The Indonesian catalogue has the messages of the code, no more and no fewer."""
    spoken = {message.id for message in extract() if message.id}
    assert spoken == {message.id for message in read_catalogue("id") if message.id}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_in_order(language: str) -> None:
    """As ``python -m tools.catalogues`` writes them: sorted, nothing twice, nothing dead."""
    assert path_of(language).read_bytes() == update(language, extract())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_is_empty_or_doubtful(language: str) -> None:
    """``#, fuzzy`` marks a guess."""
    for message in read_catalogue(language):
        assert all(texts(message.string)), message.id
        assert not message.fuzzy, message.id


def test_what_is_not_translated_is_told_in_english() -> None:
    """A message that no catalogue has is our slip, not a reason to stop."""
    assert INDONESIAN("A lunar van") == "A lunar van"
    assert INDONESIAN.translate(say("{n} lunar vans", n=2)) == "2 lunar vans"
    assert INDONESIAN("") == ""


def test_counts_have_a_singular_where_the_language_has_one() -> None:
    """One problem, two problems; in Indonesian one word for both."""
    one, two = (say_n("{n} problem", "{n} problems", n) for n in (1, 2))
    assert (one, two) == ("1 problem", "2 problems")
    assert (ENGLISH.translate(one), ENGLISH.translate(two)) == ("1 problem", "2 problems")
    assert (INDONESIAN.translate(one), INDONESIAN.translate(two)) == ("1 masalah", "2 masalah")


def test_commands_print_no_literals() -> None:
    """What they print is a message that was told in a language, or data."""
    for path in (PACKAGE / "cli").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in {"typer.echo", "print"}:
                literals = (ast.Constant, ast.JoinedStr)
                assert not isinstance(call.args[0], literals), f"{path.name}:{call.lineno}"


def placeholders(message: str) -> set[tuple[str | None, ...]]:
    return {(name, *how) for _, name, *how in Formatter().parse(message) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_values(language: str) -> None:
    """``{gap:.2%}`` in one language is ``{gap:.2%}`` in the other."""
    for message in read_catalogue(language):
        if message.id:
            values = {frozenset(placeholders(text)) for text in texts(message.id)}
            assert values == {frozenset(placeholders(text)) for text in texts(message.string)}


def test_messages_within_messages_are_told_too() -> None:
    """A place, its state and a share; the name of the place is data, though it has braces."""
    state = say("surat dikirim")
    message = say("{name} ({id}): {reason}", name="Balai {RW}", id="surat dikirim", reason=state)
    assert message == "Balai {RW} (surat dikirim): surat dikirim"
    assert ENGLISH.translate(message) == "Balai {RW} (surat dikirim): letter sent"
    assert INDONESIAN.translate(say("proven gap {gap:.2%}", gap=0.0125)) == "selisih terbukti 1,25%"


def test_other_text_stays() -> None:
    """A title of a sheet, even if it is a word of ours."""
    assert INDONESIAN.translate("Place") == "Place"


def test_english_readers_see_no_indonesian_states() -> None:
    """A permission is ``belum dihubungi`` in the table."""
    assert ENGLISH("belum dihubungi") == "not contacted"
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
