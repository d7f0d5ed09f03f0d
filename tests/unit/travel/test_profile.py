"""What OpenStreetMap's tags mean for a van."""

from math import inf

import pytest

from planner.travel.profile import (
    PROFILES,
    VANS,
    WALK,
    barrier_permissions,
    drivable_directions,
    limit_kmh,
    permissions,
    profile_of,
)

SMALL, LARGE = (profile.usable for profile in PROFILES)
USABLE = SMALL | LARGE


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
    ],
)
def test_tags_say_which_van_may_use_a_road(tags: dict[str, str], usable: int) -> None:
    """A small van is 1.8 m wide, 2.1 m high and 2.5 t; a large one 2.4 m, 2.9 m and 5.2 t."""
    assert permissions(tags) & USABLE == usable


@pytest.mark.parametrize(
    ("tags", "walked"),
    [
        ({"highway": "footway"}, True),
        ({"highway": "steps"}, True),
        ({"highway": "residential", "access": "private"}, True),
        ({"highway": "trunk", "foot": "no"}, False),
        ({"highway": "motorway"}, False),
        ({"highway": "pedestrian", "area": "yes"}, False),
    ],
)
def test_people_walk_where_no_tag_forbids_it(tags: dict[str, str], walked: bool) -> None:
    """Also where no van may go."""
    assert bool(permissions(tags) & WALK) == walked


def test_a_closed_road_is_still_passable() -> None:
    """A private street is closed to both, but both would fit."""
    private = permissions({"highway": "residential", "access": "private"})
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
    ],
)
def test_barriers_stop_those_whom_they_are_meant_for(tags: dict[str, str], usable: int) -> None:
    """A plain gate is taken for open by day."""
    assert barrier_permissions(tags) & USABLE == usable


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ({"highway": "residential"}, (True, True)),
        ({"highway": "residential", "oneway": "yes"}, (True, False)),
        ({"highway": "residential", "oneway": "-1"}, (False, True)),
        ({"highway": "residential", "oneway": "reversible"}, (False, False)),
        ({"highway": "residential", "junction": "roundabout"}, (True, False)),
        ({"highway": "motorway"}, (True, False)),
        ({"highway": "motorway_link", "oneway": "no"}, (True, True)),
    ],
)
def test_one_way_is_said_or_implied(tags: dict[str, str], found: tuple[bool, bool]) -> None:
    """Along the nodes, and against them."""
    assert drivable_directions(tags) == found


@pytest.mark.parametrize(
    ("text", "kmh"), [("50", 50), ("60 km/h", 60), ("", inf), ("walk", inf), ("0", inf)]
)
def test_only_a_limit_in_kmh_counts(text: str, kmh: float) -> None:
    """Words and zero are no limit."""
    assert limit_kmh({"maxspeed": text}) == kmh


def test_only_the_class_named_small_may_use_alleys() -> None:
    """Whatever else an office calls its classes."""
    assert profile_of("small").alleys
    assert not profile_of("large").alleys
    assert not profile_of("bus").alleys
