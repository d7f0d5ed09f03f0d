"""Directions in the hand-made town, and every manoeuvre in words."""

from dataclasses import replace
from pathlib import Path

import pytest

from planner.i18n.words import Words
from planner.travel.factory import make_travel
from planner.travel.instructions import instruction_text
from planner.travel.interface import Manoeuvre
from tests.builders.town import SPEEDS, at, corner, travel, write_extract

STREET = {"highway": "residential"}


def told(roads: Path, *names: str, language: str = "en") -> list[str]:
    """Directions between two corners."""
    found = travel(roads, *(corner(name) for name in names)).directions(0, 1)
    return [Words(language=language).translate(instruction_text(step)) for step in found]


def test_a_drive_is_told_from_departure_to_arrival(town: Path) -> None:
    """A to H: along Jalan Melati, left into Jalan Kenanga at D."""
    found = travel(town, corner("A"), corner("H")).directions(0, 1)
    assert told(town, "A", "H", language="id") == [
        "Berangkat ke arah timur lewat Jalan Melati",
        "Belok kiri ke Jalan Kenanga",
        "Tiba di tujuan",
    ]
    assert [round(step.drive_m) for step in found] == [300, 100, 0]
    assert [round(step.drive_s) for step in found] == [30, 10, 0]


@pytest.mark.parametrize(
    ("names", "second"),
    [("AH", "Turn left onto Jalan Kenanga"), ("HA", "Turn right onto Jalan Melati")],
)
def test_left_and_right_are_the_drivers(town: Path, names: str, second: str) -> None:
    """Eastward then north is left; southward then west is right."""
    assert told(town, *names)[1] == second


def test_following_the_road_is_not_told(town: Path) -> None:
    """A to D passes B and C straight on."""
    assert told(town, "A", "D") == ["Head east on Jalan Melati", "Arrive at the destination"]


def test_a_new_name_straight_on_is_told(tmp_path: Path) -> None:
    """Jalan Satu becomes Jalan Dua at B, where nothing else leads on."""
    streets = {"AB": {**STREET, "name": "Jalan Satu"}, "BC": {**STREET, "name": "Jalan Dua"}}
    roads = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    assert told(roads, "A", "C") == [
        "Head east on Jalan Satu",
        "Go straight on to Jalan Dua",
        "Arrive at the destination",
    ]


BENT = [
    ("AB", "BX", 78.7, "Turn left onto Jalan Dua"),
    ("AB", "BG", 45, "Bear left onto Jalan Dua"),
    ("AB", "BH", 26.6, "Go straight on to Jalan Dua"),
    ("CB", "BY", 11.3, "Go straight on to Jalan Dua"),
    ("GF", "FA", 45, "Bear left onto Jalan Dua"),
    ("HG", "GB", 45, "Bear left onto Jalan Dua"),
    ("DB", "BG", 135, "Turn sharp right onto Jalan Dua"),
]


@pytest.mark.parametrize(("first", "second", "degrees", "text"), BENT)
def test_words_follow_the_bend_also_where_nothing_else_leads_on(
    tmp_path: Path, first: str, second: str, degrees: float, text: str
) -> None:
    """From 30 degrees on it is no longer straight."""
    streets = {first: {**STREET, "name": "Jalan Satu"}, second: {**STREET, "name": "Jalan Dua"}}
    roads = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    assert told(roads, first[0], second[1])[1] == text, degrees


@pytest.mark.parametrize(
    ("names", "texts"), [("AF", ["Turn left onto Jalan Satu"]), ("AG", []), ("AH", [])]
)
def test_following_a_road_is_told_where_it_turns(
    tmp_path: Path, names: str, texts: list[str]
) -> None:
    """One street, part of which has a limit: 90 degrees are a turn, 45 and 27 are a bend."""
    street = {**STREET, "name": "Jalan Satu"}
    streets = {"AB": street, f"B{names[1]}": {**street, "maxspeed": "30"}}
    roads = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    assert told(roads, *names)[1:-1] == texts


@pytest.mark.parametrize("straight_on", [{"highway": "service"}, {**STREET, "access": "private"}])
def test_a_street_that_is_closed_to_the_van_is_seen(
    tmp_path: Path, straight_on: dict[str, str]
) -> None:
    """At B the van bears left to G, and the driver sees B-C lead straight on."""
    street = {**STREET, "name": "Jalan Satu"}
    streets = {"AB": street, "BG": street, "BC": straight_on}
    roads = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    found = travel(roads, corner("A", ("large",)), corner("G", ("large",))).directions(0, 1)
    assert [step.manoeuvre for step in found][1:-1] == [Manoeuvre.SLIGHT_LEFT]


@pytest.mark.parametrize(
    ("streets", "manoeuvre"),
    [
        (("AB", "BG", "BY"), [Manoeuvre.SLIGHT_LEFT]),
        (("AB", "BG", "BF"), [Manoeuvre.SLIGHT_LEFT]),
        (("CG", "GJ", "GL"), [Manoeuvre.SLIGHT_LEFT]),
        (("AB", "BC", "BH"), []),
    ],
    ids=["beside a sharp one", "beside a left turn", "alike", "straight on"],
)
def test_at_a_fork_the_branch_is_told(
    tmp_path: Path, streets: tuple[str, str, str], manoeuvre: list[Manoeuvre]
) -> None:
    """One street all along, which bends by 45 degrees where another branch leads on too."""
    street = {**STREET, "name": "Jalan Satu"}
    roads = write_extract(
        tmp_path / "roads.osm.pbf", dict.fromkeys(streets, street), turns=(), node_tags={}
    )
    begin, end = corner(streets[0][0]), corner(streets[1][1])
    found = travel(roads, begin, end).directions(0, 1)
    assert [step.manoeuvre for step in found][1:-1] == manoeuvre


def test_exits_that_the_van_may_not_take_count_too(tmp_path: Path) -> None:
    """From A round B-F-G-C: F is an alley, G private; from H one only comes in."""
    streets = {
        "AB": STREET,
        "BFGCB": {**STREET, "junction": "roundabout"},
        "FE": {"highway": "service"},
        "GK": {**STREET, "access": "private"},
        "HG": {**STREET, "oneway": "yes"},
        "CD": {**STREET, "name": "Jalan Ketiga"},
    }
    roads = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    found = travel(roads, corner("A", ("large",)), corner("D", ("large",))).directions(0, 1)
    assert found[1].exit == 3


def test_exits_of_a_roundabout_are_counted(tmp_path: Path) -> None:
    """From A clockwise round B-F-G-C: past the exits at F and G to that at C."""
    streets = {
        "AB": STREET,
        "BFGCB": {**STREET, "junction": "roundabout"},
        "FE": STREET,
        "GH": STREET,
        "CD": {**STREET, "name": "Jalan Ketiga"},
    }
    roads = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    assert told(roads, "A", "D") == [
        "Head east",
        "At the roundabout take the third exit onto Jalan Ketiga",
        "Arrive at the destination",
    ]
    assert told(roads, "A", "D", language="id")[1] == (
        "Di bundaran ambil jalan keluar ke-3 ke Jalan Ketiga"
    )


def test_two_turns_over_a_gap_are_one_turn_round(tmp_path: Path) -> None:
    """East on A-B, over the gap B-X of 20 m, and west again on X-Y."""
    streets = {"AB": {**STREET, "oneway": "yes"}, "BX": STREET, "XY": {**STREET, "oneway": "yes"}}
    back = {"YA": STREET, "BC": STREET, "XF": STREET}
    roads = write_extract(tmp_path / "roads.osm.pbf", {**streets, **back}, turns=(), node_tags={})
    found = travel(roads, at(0.5, 0), at(0.5, 0.2)).directions(0, 1)
    assert [step.manoeuvre for step in found][1:] == [Manoeuvre.TURN_ROUND, Manoeuvre.ARRIVE]


@pytest.mark.parametrize(
    ("place", "end"),
    [((2.5, 0.1), "Arrive, on the left"), ((2.5, -0.1), "Arrive, on the right")],
)
def test_the_side_of_arrival_is_told(town: Path, place: tuple[float, float], end: str) -> None:
    """Driving east, 10 m north of the road is on the left."""
    found = travel(town, corner("A"), at(*place)).directions(0, 1)
    assert instruction_text(found[-1]) == end


def test_toll_roads_are_entered_and_left(tmp_path: Path) -> None:
    """A-B street, B-C toll road, C-D street."""
    streets = {
        "AB": STREET,
        "BC": {"highway": "motorway", "oneway": "no", "name": "Tol Dalam Kota"},
        "CD": {**STREET, "name": "Jalan Besar"},
    }
    roads = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    assert told(roads, "A", "D")[1:3] == [
        "Enter the toll road Tol Dalam Kota",
        "Leave the toll road onto Jalan Besar",
    ]


def test_ferries_are_named(tmp_path: Path) -> None:
    """A-B street, B-C ferry, C-D street."""
    ferry = {"route": "ferry", "motor_vehicle": "yes", "duration": "00:10", "name": "Feri Selat"}
    streets = {"AB": STREET, "BC": ferry, "CD": {**STREET, "name": "Jalan Besar"}}
    roads = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    found = make_travel([corner("A"), corner("D")], roads, replace(SPEEDS, ferries=True))
    assert [str(instruction_text(step)) for step in found.directions(0, 1)[1:3]] == [
        "Take the ferry Feri Selat",
        "Go straight on to Jalan Besar",
    ]
