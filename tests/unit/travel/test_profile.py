"""What OpenStreetMap's tags mean for a van."""

from math import inf

import pytest

from planner.travel import profile
from planner.travel.profile import (
    HALT,
    PROFILES,
    UNCROSSED,
    VANS,
    WALK,
    barrier_permissions,
    limit_kmh,
    permissions,
    profile_of,
)
from planner.travel.tags import clean_tags, read_size

SMALL, LARGE = (profile.usable for profile in PROFILES)
USABLE = SMALL | LARGE


def usable_directions(tags: dict[str, str]) -> tuple[int, int]:
    """Bits of the vans that may use a way along its nodes, and against them."""
    forward, backward = permissions(clean_tags(tags))
    return forward & USABLE, backward & USABLE


@pytest.mark.parametrize(
    ("tags", "usable"),
    [
        ({"highway": "residential"}, SMALL | LARGE),
        ({"highway": "motorway", "toll": "yes"}, SMALL | LARGE),
        ({"highway": "footway"}, 0),
        ({"highway": "construction"}, 0),
        ({"highway": "service", "area": "yes"}, 0),
        ({"highway": "service"}, SMALL),
        ({"highway": "living_street"}, SMALL),
        ({"highway": "track"}, SMALL),
        ({"highway": "path"}, 0),
        ({"highway": "path", "motor_vehicle": "yes"}, SMALL),
        ({"highway": "path", "width": "1.8"}, SMALL),
        ({"highway": "path", "width": "1.7"}, 0),
        ({"highway": "residential", "width": "2.4"}, SMALL | LARGE),
        ({"highway": "residential", "width": "2.39"}, SMALL),
        ({"highway": "residential", "maxwidth": "1,8 m"}, SMALL),
        ({"highway": "residential", "maxwidth": "1.7"}, 0),
        ({"highway": "residential", "maxheight": "2.9"}, SMALL | LARGE),
        ({"highway": "residential", "maxheight": "2.8"}, SMALL),
        ({"highway": "residential", "maxheight": "default"}, SMALL | LARGE),
        ({"highway": "residential", "maxweight": "3.5"}, SMALL),
        ({"highway": "residential", "hgv": "no"}, SMALL),
        ({"highway": "residential", "motor_vehicle": "no"}, 0),
        ({"highway": "residential", "access": "private"}, 0),
        ({"highway": "residential", "access": "destination"}, SMALL | LARGE),
        ({"highway": "residential", "access": "no", "motor_vehicle": "yes"}, SMALL | LARGE),
        ({"highway": "residential", "motor_vehicle": "no", "motorcar": "yes"}, SMALL),
        ({"highway": "secondary", "access": "no", "bus": "yes"}, 0),
        ({"highway": "Residential "}, SMALL | LARGE),
        ({"highway": "residential;service"}, SMALL | LARGE),
        ({"highway": "proposed;residential"}, 0),
        ({"highway": "residential", "access": "Private"}, 0),
        ({"highway": "residential", "access": "private;delivery"}, 0),
        ({"highway": "residential", "access": "private; destination"}, SMALL | LARGE),
        ({"highway": "residential", "access": "unknown"}, SMALL | LARGE),
        ({"highway": "residential", "motorcar": "no", "motorcycle": "yes"}, 0),
        ({"highway": "residential", "motorcar": "no", "goods": "yes"}, LARGE),
        ({"highway": "residential", "motorcar": "no", "hgv": "designated"}, LARGE),
        ({"highway": "residential", "motorcar": "no", "motor_vehicle": "yes"}, 0),
        ({"highway": "residential", "goods": "no"}, SMALL),
        ({"highway": "residential", "construction": "yes"}, 0),
        ({"highway": "residential", "construction": "minor"}, SMALL | LARGE),
        ({"highway": "residential", "proposed": "Yes"}, 0),
        ({"highway": "residential", "disused": "yes"}, 0),
        ({"highway": "residential", "abandoned": "yes"}, 0),
        ({"highway": "residential", "maxwidth:physical": "1.5"}, 0),
        ({"highway": "residential", "maxwidth": "150 cm"}, 0),
        ({"highway": "residential", "maxwidth": "200 cm"}, SMALL),
        ({"highway": "residential", "maxheight:physical": "6'6\""}, 0),
        ({"highway": "residential", "maxheight": "8'"}, SMALL),
        ({"highway": "residential", "maxheight": "11 ft 2 in"}, SMALL | LARGE),
        ({"highway": "residential", "maxweight": "1500 kg"}, 0),
        ({"highway": "residential", "maxweight:hgv": "3.5"}, SMALL),
        ({"highway": "residential", "maxweight": "7.5;3.5"}, SMALL),
        ({"highway": "residential", "maxweight": "3,5 tonnes"}, SMALL),
        ({"highway": "residential", "maxheight": "2.0 meters"}, 0),
        ({"highway": "residential", "maxweightrating": "3.5"}, SMALL),
        ({"highway": "residential", "maxweightrating:hgv": "3500 kg"}, SMALL),
        ({"highway": "residential", "removed": "yes"}, 0),
        ({"highway": "residential", "vehicle": "no", "motorcar": "designated"}, SMALL),
        ({"highway": "pedestrian", "motor_vehicle": "destination"}, SMALL),
        ({"highway": "footway", "access": "yes"}, 0),
        ({"highway": "steps", "motor_vehicle": "yes"}, 0),
        ({"route": "ferry", "duration": "00:20"}, 0),
        ({"route": "ferry", "duration": "00:20", "motor_vehicle": "yes"}, SMALL | LARGE),
        ({"route": "ferry", "duration": "00:20", "motorcar": "yes"}, SMALL),
    ],
)
def test_tags_say_which_van_may_use_a_road(tags: dict[str, str], usable: int) -> None:
    """A small van is 1.8 m wide, 2.1 m high and 2.5 t; a large one 2.4 m, 2.9 m and 5.2 t."""
    assert usable_directions(tags)[0] == usable


def test_only_sizes_that_are_told_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of a street's three tags, for either class of van; most streets have none."""
    read: list[str] = []

    def noted(key: str, text: str) -> float | None:
        read.append(text)
        return read_size(key, text)

    monkeypatch.setattr(profile, "read_size", noted)
    permissions({"highway": "residential", "name": "Jalan Mawar", "maxwidth:physical": "3"})
    assert read == ["3", "3"]


@pytest.mark.parametrize(
    ("tags", "bits"),
    [
        ({"highway": "footway"}, WALK),
        ({"highway": "footway", "tunnel": "yes"}, WALK),
        ({"highway": "steps"}, WALK),
        ({"highway": "residential"}, WALK | HALT),
        ({"highway": "residential", "access": "private"}, WALK | HALT),
        ({"highway": "residential", "bridge": "yes"}, WALK),
        ({"highway": "residential", "tunnel": "building_passage"}, WALK | HALT),
        ({"highway": "primary", "tunnel": "yes"}, 0),
        ({"highway": "primary", "tunnel": "yes", "sidewalk": "both"}, WALK),
        ({"highway": "primary", "tunnel": "yes", "sidewalk:left": "yes"}, WALK),
        ({"highway": "trunk", "foot": "no"}, 0),
        ({"highway": "trunk", "foot": "use_sidepath"}, WALK | HALT),
        ({"highway": "trunk", "motorroad": "yes"}, UNCROSSED),
        ({"highway": "trunk", "motorroad": "yes", "bridge": "yes"}, 0),
        ({"highway": "trunk", "motorroad": "yes", "foot": "yes"}, WALK),
        ({"highway": "trunk", "motorroad": "yes", "sidewalk:both": "yes"}, WALK),
        ({"highway": "motorway"}, UNCROSSED),
        ({"highway": "motorway", "bridge": "viaduct"}, 0),
        ({"highway": "motorway_link", "tunnel": "yes"}, 0),
        ({"highway": "pedestrian", "area": "yes"}, 0),
        ({"route": "ferry", "foot": "yes"}, 0),
    ],
)
def test_people_walk_and_vans_stand_where_one_may(tags: dict[str, str], bits: int) -> None:
    """People walk where no van may go; not along expressways, nor across them on the ground."""
    assert [permitted & (WALK | HALT | UNCROSSED) for permitted in permissions(tags)] == [bits] * 2


def test_a_closed_road_is_still_passable() -> None:
    """A private street is closed to both, but both would fit."""
    private, _ = permissions({"highway": "residential", "access": "private"})
    assert private & VANS == sum(profile.passable for profile in PROFILES)


@pytest.mark.parametrize(
    ("tags", "usable"),
    [
        ({"barrier": "gate"}, SMALL | LARGE),
        ({"barrier": "lift_gate", "access": "private"}, 0),
        ({"barrier": "gate", "locked": "yes"}, 0),
        ({"barrier": "bollard"}, 0),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, SMALL | LARGE),
        ({"barrier": "height_restrictor", "maxheight": "2.2"}, SMALL),
        ({"barrier": "toll_booth"}, SMALL | LARGE),
        ({"barrier": "no"}, SMALL | LARGE),
        ({"barrier": "gate;bollard"}, 0),
        ({"barrier": "gate", "access": "private;customers"}, SMALL | LARGE),
        ({"barrier": "gate", "motorcar": "no"}, 0),
    ],
)
def test_barriers_stop_those_whom_they_are_meant_for(tags: dict[str, str], usable: int) -> None:
    """A plain gate is taken for open by day."""
    assert barrier_permissions(tags) & USABLE == usable


@pytest.mark.parametrize(
    ("tags", "usable"),
    [
        ({}, (USABLE, USABLE)),
        ({"oneway": "yes"}, (USABLE, 0)),
        ({"oneway": "-1"}, (0, USABLE)),
        ({"oneway": "reversible"}, (0, 0)),
        ({"oneway": "alternating"}, (USABLE, USABLE)),
        ({"junction": "roundabout"}, (USABLE, 0)),
        ({"highway": "motorway"}, (USABLE, 0)),
        ({"highway": "motorway_link", "oneway": "no"}, (USABLE, USABLE)),
        ({"oneway:motorcar": "yes"}, (USABLE, 0)),
        ({"oneway:motor_vehicle": "-1"}, (0, USABLE)),
        ({"oneway": "yes", "oneway:motorcar": "no"}, (USABLE, SMALL)),
        ({"oneway": "yes", "oneway:hgv": "no"}, (USABLE, LARGE)),
        ({"oneway:hgv": "yes"}, (USABLE, SMALL)),
        ({"oneway": "yes", "oneway:bus": "no"}, (USABLE, 0)),
        ({"motor_vehicle:backward": "no"}, (USABLE, 0)),
        ({"access:forward": "no", "hgv:forward": "yes"}, (LARGE, USABLE)),
        ({"motor_vehicle": "no", "motor_vehicle:forward": "destination"}, (USABLE, 0)),
        ({"vehicle:backward": "private;delivery"}, (USABLE, 0)),
        ({"motorcar:backward": "no", "goods:backward": "yes"}, (USABLE, LARGE)),
        ({"junction": "circular"}, (USABLE, 0)),
    ],
)
def test_directions_are_said_or_implied(tags: dict[str, str], usable: tuple[int, int]) -> None:
    """Along the nodes, and against them; one-way for cars is one-way for larger vans too."""
    assert usable_directions({"highway": "residential", **tags}) == usable


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        *[("50", 50), ("60 km/h", 60), ("", inf), ("walk", inf), ("0", inf)],
        *[("30 mph", 48.28), ("40;60", 40), ("ID:urban", inf)],
    ],
)
def test_a_limit_is_a_number_with_a_unit(text: str, kmh: float) -> None:
    """Words and zero are no limit."""
    assert limit_kmh({"maxspeed": text}) == pytest.approx(kmh, abs=0.01)


def test_of_limits_by_direction_the_higher_counts() -> None:
    """One speed holds for both directions of a road."""
    assert limit_kmh({"maxspeed:forward": "20", "maxspeed:backward": "40"}) == 40


def test_only_the_class_named_small_may_use_alleys() -> None:
    """Whatever else an office calls its classes."""
    assert profile_of("small").alleys
    assert not profile_of("large").alleys
    assert not profile_of("bus").alleys
