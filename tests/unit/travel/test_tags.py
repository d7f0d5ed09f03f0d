"""The language of OpenStreetMap's values."""

import pytest

from planner.travel.tags import (
    clean_tags,
    read_access,
    read_duration_s,
    read_size,
    read_speed_kmh,
    unread_tags,
)


def test_values_lose_case_and_blanks_but_names_do_not() -> None:
    """A name is shown to people."""
    tags = clean_tags({"access": " No", "name": "Jalan Melati"})
    assert tags == {"access": "no", "name": "Jalan Melati"}


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        *[("yes", True), ("no", False), ("private;destination", True), ("private;delivery", False)],
        *[("unknown", None), ("foo;private", False), ("foo", None), ("", None)],
    ],
)
def test_one_value_of_a_list_that_lets_vans_in_is_enough(text: str, allowed: bool | None) -> None:
    """What is not understood says nothing."""
    assert read_access(text) is allowed


@pytest.mark.parametrize(
    ("key", "text", "size"),
    [
        *[("maxheight", "2.5", 2.5), ("maxheight", "2,5 m", 2.5), ("width", "150 cm", 1.5)],
        *[
            ("maxheight", "6'6\"", 1.981),
            ("maxheight", "7'", 2.134),
            ("maxheight", "7ft 2in", 2.184),
        ],
        *[("maxheight", "6′6″", 1.981), ("maxwidth", "80 in", 2.032)],
        *[("maxweight", "3.5", 3.5), ("maxweight", "3.5 t", 3.5), ("maxweight", "1500 kg", 1.5)],
        *[("maxweight", "8000 lbs", 3.629), ("maxweight", "7.5;3.5", 3.5)],
        *[("maxheight", "default", None), ("maxheight", "2.5 bananas", None)],
    ],
)
def test_sizes_have_units(key: str, text: str, size: float | None) -> None:
    """Metres and tonnes where none is written; of a list the least."""
    assert read_size(key, text) == (None if size is None else pytest.approx(size, abs=0.001))


def test_a_speed_is_in_kmh_or_miles() -> None:
    """30 mph are 48 km/h; zero is none."""
    assert read_speed_kmh("30 mph") == pytest.approx(48.28, abs=0.01)
    assert read_speed_kmh("0") is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *[("20", 1200), ("00:20", 1200), ("1:30", 5400), ("01:30:30", 5430), ("pt1h5m", 3900)],
        *[("0", None), ("", None), ("half an hour", None)],
    ],
)
def test_durations_are_minutes_or_hours_and_minutes(text: str, seconds: float | None) -> None:
    """As the wiki's Key:duration has them."""
    assert read_duration_s(text) == seconds


def test_what_is_not_understood_is_named() -> None:
    """Words of access, sizes of no unit or nobody's, all conditions; not names, nor foot."""
    tags = {
        "highway": "residential",
        "name": "Jalan Melati",
        "foot": "whenever",
        "access": "locals",
        "motorcar": "private",
        "maxheight": "low",
        "maxheight:physical": "default",
        "maxspeed": "ID:urban",
        "oneway": "sometimes",
        "oneway:bicycle": "perhaps",
        "motor_vehicle:conditional": "no @ (06:00-09:00)",
        "maxspeed:hgv": "30",
        "maxlength": "6",
        "maxlength:conditional": "7 @ (Mo-Fr)",
    }
    assert list(unread_tags(clean_tags(tags))) == [
        "access=locals",
        "maxheight=low",
        "oneway=sometimes",
        "motor_vehicle:conditional",
        "maxspeed:hgv",
        "maxlength=6",
        "maxlength:conditional",
    ]
