"""From which RW people come, on the map, and the same number of people everywhere."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from planner.analysis.itinerary import Itinerary
from planner.analysis.origins import people_by_origin
from planner.analysis.summary import summarise_plan
from planner.horizon import Horizon, build_horizon
from planner.i18n.words import Words
from planner.inputs import read_district
from planner.plan import Result
from planner.render.folium_page import OriginLine, Pin
from planner.render.origin_layers import (
    build_origin_layer,
    build_uncovered_layer,
    format_origins,
    rw_centres,
)
from planner.render.plan_map import draw_map
from planner.render.route_sheets import build_sheets_data
from planner.solvers import Limits, solve
from tests.builders.districts import KELURAHAN, WEEK
from tests.builders.horizons import horizon, itinerary, result

KAMPUNG = Path(__file__).parents[3] / "examples" / "kampung-padat"
RW = (KELURAHAN, "001")


@pytest.fixture(scope="module")
def kampung() -> tuple[Horizon, Result]:
    found = build_horizon(read_district(KAMPUNG), WEEK)
    return found, solve(found.instance, solver="greedy", limits=Limits(iterations=1))


def test_a_line_leads_from_a_stop_to_each_rw_its_people_come_from() -> None:
    """From P1, in the colour of its route, and from S1; wider for more than ten people."""
    given = itinerary()
    layer = build_origin_layer(given, {"P1": {RW: 4}, "S1": {RW: 23}})
    lines = [line for line in layer._children.values() if isinstance(line, OriginLine)]
    ends, looks = ([line.arguments[index] for line in lines] for index in (0, 2))
    assert ends == [[((-7.0, 110.0), (-7.001, 110.0))], [((-7.01, 110.01), (-7.001, 110.0))]]
    first, second = (look for look in looks if isinstance(look, dict))
    assert (first["weight"], second["weight"]) == (2, 4)
    assert first["color"] == second["color"]


def test_people_out_of_reach_are_marked_at_their_rw() -> None:
    """30 people of RW 002, 1,112 m from all places."""
    first, second = horizon().district.neighbourhoods
    given = horizon(neighbourhoods=(first, replace(second, rw="002", lat=-6.99)), language="en")
    (pin,) = build_uncovered_layer(given, Words(language="en"))._children.values()
    assert isinstance(pin, Pin)
    assert pin.arguments[0] == [-6.99, 110.0]
    assert '<span class="uncovered">30</span>' in str(pin.arguments[1])
    assert "RW 002 Kecil" in str(pin.arguments[2])
    assert "People without a place within walking distance" in draw_map(
        Itinerary(given, result().plan)
    )


def test_where_all_have_a_place_the_legend_has_no_mark_for_others() -> None:
    """Nobody to be marked."""
    assert "Penduduk tanpa titik" not in draw_map(itinerary())


def test_the_rw_of_a_stop_are_told_with_their_people() -> None:
    """Most first, as they are given."""
    text = format_origins(horizon().district, {RW: 20, (KELURAHAN, "002"): 3}, Words(language="id"))
    assert text == "RW 001 Kecil: 20, RW 002 Kecil: 3"


def test_an_rw_lies_amid_its_neighbourhoods() -> None:
    """Two RT, 0.002 degrees apart."""
    first, second = horizon().district.neighbourhoods
    given = horizon(neighbourhoods=(first, replace(second, lat=first.lat - 0.002))).district
    assert rw_centres(given) == {RW: (-7.002, 110.0)}


def test_the_same_people_are_on_map_sheets_summary_and_plan(
    kampung: tuple[Horizon, Result],
) -> None:
    """In all, and of each RW: those of the school who stand in no row of an RT come to make it."""
    found, solved = kampung
    plan = solved.plan
    given = Itinerary(found, plan)
    people = plan.served().total()
    assert solved.people == summarise_plan(found, solved).people == people
    sheets = build_sheets_data(given)["sheets"]
    assert sum(int(stop["people"]) for sheet in sheets for stop in sheet["stops"]) == people
    page = draw_map(given)
    assert f"Rencana {WEEK}: {people} orang, " in page
    popups = re.findall(r"Berangkat.*?Sasaran\\u003c/dt\\u003e\\u003cdd\\u003e(\d+)", page)
    assert sum(map(int, popups)) == people
    origins = people_by_origin(found, plan)
    own = {site.id: site.expected for site in found.instance.sites}
    for site_id, count in plan.served().items():
        assert count - own[site_id] <= sum(origins[site_id].values()) <= count
