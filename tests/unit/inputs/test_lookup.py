"""People name places and vans as they please."""

from dataclasses import replace

import pytest

from planner.errors import Mistake
from planner.inputs.lookup import find_neighbourhoods, find_van, find_venue
from planner.venues import POINT
from tests.builders.districts import district, venue


def test_an_id_or_a_name_that_no_other_has_is_enough() -> None:
    """In upper or lower case."""
    given = district()
    assert find_venue(given, "S1") == find_venue(given, "s1") == find_venue(given, "nama s1")
    assert find_van(district().vehicles, "a").id == "A"


def test_a_name_of_two_places_is_not_guessed() -> None:
    """Their ids are offered."""
    twins = (venue("P1", POINT, -7.0, name="Balai"), venue("P2", POINT, -7.1, name="Balai"))
    with pytest.raises(Mistake, match="'balai' is not a place; did you mean one of: 'P1', 'P2'"):
        find_venue(district(venues=twins), "balai")


def test_the_nearest_one_is_suggested_and_of_many_some_are_named() -> None:
    """Twelve of thirteen."""
    many = tuple(venue(f"P{number}", POINT, -7.0) for number in range(13))
    given = district(venues=many)
    with pytest.raises(Mistake, match="'Nama P13' is not a place; did you mean one of: 'Nama P"):
        find_venue(given, "Nama P13")
    with pytest.raises(Mistake, match=r"use one of: P0, .*, P11, \.\.\."):
        find_venue(given, "zzz")


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("RW 1", 2),
        ("rw 001", 2),
        ("RW.01", 2),
        ("RW 1 Kecil", 2),
        ("Kecil RW 001", 2),
        ("RT 2 RW 1", 1),
        ("RT.002/RW.001 kecil", 1),
        ("99.71.01.1001 RW 001 RT 002", 1),
        ("99.71.01.1001", 2),
        ("Kelurahan Kecil", 2),
        ("RW 9", 0),
        ("RW 1 Besar", 0),
        ("Balai", 0),
        ("", 0),
    ],
)
def test_a_neighbourhood_is_meant_by_what_tells_it_apart(name: str, rows: int) -> None:
    """RT 001 and 002 of RW 001 in Kecil."""
    assert len(find_neighbourhoods(district(), name)) == rows


def test_of_several_kelurahan_those_with_most_people_come_first() -> None:
    """RW 001 is in Kecil, with 100 people, and in a kelurahan without border, with 120."""
    given = district()
    other = replace(given.neighbourhoods[0], code="99.71.01.1002", unrecorded=120)
    given = replace(given, neighbourhoods=(*given.neighbourhoods, other))
    with pytest.raises(Mistake, match=r"write one of: RW 1 99\.71\.01\.1002, RW 1 Kecil"):
        find_neighbourhoods(given, "RW 1")
    assert find_neighbourhoods(given, "RW 1 99.71.01.1002") == (other,)


def test_near_names_are_told_by_people() -> None:
    """Of two halls of nearly the same name that with a hundred people around it comes first."""
    halls = (
        venue("P1", POINT, -7.4, name="Balai Melati"),
        venue("P2", POINT, -7.0, name="Balai Melati 2"),
        venue("P3", POINT, -7.4, name="Pasar Kembang"),
    )
    with pytest.raises(Mistake, match=r"did you mean one of: 'Balai Melati 2', 'Balai Melati'\?"):
        find_venue(district(venues=halls), "melati")
