"""People name places and vans as they please."""

import pytest

from planner.errors import Mistake
from planner.inputs.lookup import find_van, find_venue
from planner.venues import POINT
from tests.builders.districts import district, venue


def test_an_id_or_a_name_that_no_other_has_is_enough() -> None:
    """In upper or lower case."""
    venues = district().venues
    assert find_venue(venues, "S1") == find_venue(venues, "s1") == find_venue(venues, "nama s1")
    assert find_van(district().vehicles, "a").id == "A"


def test_a_name_of_two_places_is_not_guessed() -> None:
    """Their ids are offered."""
    twins = (venue("P1", POINT, -7.0, name="Balai"), venue("P2", POINT, -7.1, name="Balai"))
    with pytest.raises(Mistake, match="'balai' is not a place"):
        find_venue(twins, "balai")


def test_the_nearest_one_is_suggested_and_of_many_some_are_named() -> None:
    """Twelve of thirteen."""
    many = tuple(venue(f"P{number}", POINT, -7.0) for number in range(13))
    with pytest.raises(Mistake, match="'Nama P13' is not a place; did you mean 'Nama P3'"):
        find_venue(many, "Nama P13")
    with pytest.raises(Mistake, match=r"use one of: P0, .*, P11, \.\.\."):
        find_venue(many, "zzz")
