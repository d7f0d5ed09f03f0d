"""Hours, permissions and weights of places, how many come, and how long each takes."""

from dataclasses import replace
from datetime import date

import pytest

from planner.district import Permission
from planner.horizon import LeftOutReason, build_horizon
from planner.scenarios import (
    Change,
    ClosePlace,
    OpenPlace,
    Permit,
    Refuse,
    Scenario,
)
from planner.venues import OFFICE, POINT
from tests.builders.districts import MORNING, SATURDAY, SUNDAY, WEEK, district, venue
from tests.builders.scenarios import build_horizons
from tests.unit.scenarios.weekends import horizon_with


def test_a_closed_place_leaves_its_people_to_the_next_point() -> None:
    """P2 is a little farther from the same homes than P1."""
    points = (venue("P1", POINT, -7.0), venue("P2", POINT, -7.004))
    given = district(venues=points)
    before = build_horizon(given, WEEK).instance
    assert [(site.id, site.max_people) for site in before.sites] == [("P1", 50), ("P2", 50)]
    assert before.catchments.capacity([0, 1]) == 50
    found = horizon_with(given, close=["P1"])
    assert [(site.id, site.max_people) for site in found.instance.sites] == [("P2", 50)]
    assert [(item.venue.id, item.reason) for item in found.left_out] == [
        ("P1", LeftOutReason.CLOSED)
    ]


def test_a_place_can_be_closed_or_open_on_one_date() -> None:
    """The office on Saturday; the school from seven on Sunday."""
    found = horizon_with(district(), close=["O1@2026-11-28"], open=["S1@2026-11-29=07.00-10.00"])
    windows = {site.id: site.windows for site in found.instance.sites}
    assert windows["O1"] == {SUNDAY: ((28800, 43200),)}
    assert windows["S1"] == {SATURDAY: ((28800, 43200),), SUNDAY: ((25200, 36000),)}


def test_permissions_come_and_go() -> None:
    """A refused school becomes a site; a point does not stay one."""
    given = district()
    refused = [
        replace(place, permission=Permission.REFUSED) if place.id == "S1" else place
        for place in given.venues
    ]
    found = horizon_with(replace(given, venues=tuple(refused)), permit=["S1"], refuse=["P1"])
    assert [site.id for site in found.instance.sites] == ["S1", "O1"]


def test_weights_are_given_by_place_or_kind() -> None:
    """Twice at schools, half as much again at P1."""
    found = horizon_with(district(), weight=["school=2", "P1=x1.5"])
    assert [site.weight for site in found.instance.sites] == [1.5, 2.0, 1.0]


ODD = "RW@04: a=b"
"""An id such as an office may have."""


@pytest.mark.parametrize("place", [ODD, "T@4", "=@:", "pos 7", "@x"])
@pytest.mark.parametrize("day", [None, SATURDAY])
def test_a_place_of_any_id_is_named_by_text(place: str, day: date | None) -> None:
    """``RW@04: a=b@2026-11-28=08.00-12.00`` is that place on that date."""
    changes: tuple[Change, ...] = (
        ClosePlace(place=place, day=day),
        OpenPlace(place=place, day=day, hours=(MORNING, (46800, 54000))),
        Permit(target=place),
        Refuse(target=place),
    )
    for change in changes:
        assert type(change).parse(change.text) == change


def test_a_change_reaches_a_place_of_any_id() -> None:
    """As objects, ids are never taken apart."""
    odd = venue(ODD, OFFICE, -7.02, backlog=10, hours={})
    opened = OpenPlace(place=ODD, day=SATURDAY, hours=(MORNING,))
    scenario = Scenario(name="buka", changes=(opened, Refuse(target="S1")))
    (horizon,) = build_horizons(district(venues=(*district().venues, odd)), WEEK, [scenario])
    assert [site.id for site in horizon.instance.sites] == ["P1", "O1", ODD]
    assert horizon.instance.site(ODD).windows == {SATURDAY: (MORNING,)}


def test_what_has_a_space_stands_between_quotes() -> None:
    """As a person would have to type it."""
    assert str(Permit(target="Balai RW 4")) == '--permit "Balai RW 4"'


def test_turnout_holds_for_all_for_a_kind_or_for_a_place() -> None:
    """Rows with their own follow too; a relative share ends at everybody."""
    given = district()
    own = tuple(replace(v, turnout=0.5) if v.id == "O1" else v for v in given.venues)
    given = replace(given, venues=own)

    def expected(*texts: str) -> list[int]:
        return [site.max_people for site in horizon_with(given, turnout=list(texts)).instance.sites]

    assert [site.max_people for site in build_horizon(given, WEEK).instance.sites] == [50, 40, 5]
    assert expected("1") == [100, 50, 10]
    assert expected("school=0.5") == [50, 25, 5]
    assert expected("O1=0.9") == [50, 40, 9]
    assert expected("x3") == [100, 50, 10]


def test_minutes_per_person_hold_likewise() -> None:
    """Five minutes everywhere; a tenth more at the school."""
    found = horizon_with(district(), minutes_per_person=["5", "S1=x1.1"])
    assert [site.seconds_per_person for site in found.instance.sites] == [300, 330, 300]
