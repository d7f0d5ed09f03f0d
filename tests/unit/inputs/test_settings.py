"""What planner.toml may say, and what holds where it is silent."""

from typing import Any

import pytest
from pydantic import ValidationError

from planner.inputs.settings import Settings
from planner.venues import VENUE_TYPES

OFFICE = {"name": "Dinas Kota Kecil", "code": "99.71"}


def settings(**sections: Any) -> Settings:
    return Settings.model_validate({"office": OFFICE, **sections})


def test_types_of_venue_are_the_registrys_where_nothing_is_set() -> None:
    """Rates and hours of all of them."""
    assert settings().types_of_venue() == VENUE_TYPES


def test_rates_and_hours_of_the_settings_hold_for_their_type() -> None:
    """Half of the pupils come, four minutes each."""
    rates = {"turnout": {"school": 0.5}, "minutes_per_person": {"school": 4}}
    _, school, office = settings(rates=rates, hours={"office": "Sen 08.00-09.00"}).types_of_venue()
    assert (school.turnout, school.seconds_per_person) == (0.5, 240)
    assert office.hours == "Sen 08.00-09.00"


def test_a_type_of_the_offices_own_follows_the_one_it_is_like() -> None:
    """Its rates as the settings have them, where its section has none."""
    own = {"pasar": {"like": "point", "addressed_to": "Kepala Pasar"}}
    *_, pasar = settings(rates={"turnout": {"point": 0.3}}, venue_types=own).types_of_venue()
    assert (pasar.key, pasar.table, pasar.name) == ("pasar", "pasar", "pasar")
    assert (pasar.turnout, pasar.is_walk_in, pasar.addressee) == (0.3, True, "Kepala Pasar")


@pytest.mark.parametrize("key", ["schools", "van", "Pasar", "pasar induk", "2"])
def test_a_name_that_is_taken_or_hard_to_type_is_refused(key: str) -> None:
    """Tables, options and files are called by it."""
    with pytest.raises(ValidationError, match="cannot be the name of a kind of place"):
        settings(venue_types={key: {"like": "point"}})


def test_service_days_are_weekdays_without_repetition() -> None:
    """In either language."""
    assert settings(office=OFFICE | {"service_days": ["Saturday", "sab", "Min"]}).office == (
        settings(office=OFFICE | {"service_days": ["Sab", "Min"]}).office
    )


@pytest.mark.parametrize("decay", ["odds", "step", "linear", "none"])
def test_a_decay_is_a_formula(decay: str) -> None:
    """Odds where nothing is said."""
    assert settings(rates={"decay": decay}).rates.decay == decay
    assert settings().rates.decay == "odds"


def test_a_decay_is_a_table_of_metres_and_shares() -> None:
    """By ascending metres, whatever their order; TOML's keys are texts."""
    table = {"800": 0.25, "0": 1, "300": 0.5}
    assert settings(rates={"decay": table}).rates.decay == {0: 1.0, 300: 0.5, 800: 0.25}


@pytest.mark.parametrize(
    ("decay", "problem"),
    [
        ("odd", "'odd' is not a decay"),
        ({}, "is not a decay"),
        (0.84, "'0.84' is not a decay"),
        ({"0": 0.5, "300": 0.6}, "'300' has a larger share than a shorter walk"),
        ({"0": 1.1}, "'1.1' is above 1"),
        ({"-1": 1}, "'-1' is negative"),
        ({"far": 1}, "'far' is not a number"),
    ],
)
def test_what_is_no_decay_is_refused(decay: object, problem: str) -> None:
    """Nobody comes more from farther away, and shares are 0 to 1."""
    with pytest.raises(ValidationError, match=problem):
        settings(rates={"decay": decay})


@pytest.mark.parametrize(
    "url",
    [
        "",
        "postgresql://server/kota",
        "postgresql://dukcapil@server:5433/kota",
        "postgresql://dukcapil@/kota?unix_sock=/run/postgresql/.s.PGSQL.5432",
    ],
)
def test_a_ledger_is_named_by_the_url_of_a_database(url: str) -> None:
    """Blank is the file in the folder."""
    assert settings(ledger={"url": url}).ledger.url == url


@pytest.mark.parametrize("url", ["postgresql://dukcapil:rahasia@server/kota", "mysql://s/kota"])
def test_the_password_of_a_ledger_stands_in_no_file_and_in_no_message(url: str) -> None:
    """The settings go into the manifest of every plan."""
    with pytest.raises(ValidationError, match="of a database without a password") as caught:
        settings(ledger={"url": url})
    (detail,) = caught.value.errors()
    assert "rahasia" not in str(detail["ctx"]["error"])
