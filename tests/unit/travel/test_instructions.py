"""Every manoeuvre in words."""

import re

import pytest

from planner.i18n.words import Words
from planner.travel.instructions import instruction_text
from planner.travel.interface import Manoeuvre, Step


def spoken(step: Step, language: str) -> str:
    """The instruction in a language."""
    return Words(language=language).translate(instruction_text(step))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("manoeuvre", list(Manoeuvre))
def test_every_manoeuvre_has_words(manoeuvre: Manoeuvre, language: str) -> None:
    """With and without a name, nothing of the template is left over."""
    for street in ("", "Jalan Melati"):
        step = Step(manoeuvre=manoeuvre, street=street, lat=0, lon=0, heading=359, exit=2)
        said = spoken(step, language)
        assert not re.search(r"[\[\]{}]", said)
        arrives = manoeuvre.name.startswith("ARRIVE")
        assert (street in said) or arrives


@pytest.mark.parametrize(("word", "kiri"), [("left", True), ("right", False)])
def test_kiri_is_left_and_kanan_is_right(word: str, kiri: bool) -> None:
    """For all manoeuvres that name a side."""
    for manoeuvre in Manoeuvre:
        if word in re.split(r"\W+", manoeuvre.value):
            step = Step(manoeuvre=manoeuvre, street="", lat=0, lon=0, heading=0)
            said = spoken(step, "id")
            assert ("kiri" in said, "kanan" in said) == (kiri, not kiri)
            assert word in spoken(step, "en")


@pytest.mark.parametrize(("heading", "said"), [(0, "utara"), (44, "timur laut"), (338, "utara")])
def test_the_compass_has_eight_points(heading: float, said: str) -> None:
    """From 22.5 degrees on it is north-east, from 337.5 on north again."""
    step = Step(manoeuvre=Manoeuvre.DEPART, street="", lat=0, lon=0, heading=heading)
    assert spoken(step, "id") == f"Berangkat ke arah {said}"


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "first"), (8, "eighth"), (9, "9th")],
)
def test_exits_of_a_roundabout_are_counted(number: int, said: str) -> None:
    """In words up to eight."""
    step = Step(manoeuvre=Manoeuvre.ROUNDABOUT, street="", lat=0, lon=0, heading=0, exit=number)
    assert spoken(step, "en") == f"At the roundabout take the {said} exit"
    assert spoken(step, "id") == f"Di bundaran ambil jalan keluar ke-{number}"
