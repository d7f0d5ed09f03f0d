"""Which places vans can visit, and why not the others."""

from dataclasses import replace

import pytest

from planner.district import Permission
from planner.horizon import LeftOutReason, build_horizon
from planner.i18n.words import Words
from planner.venues import OFFICE
from tests.builders.districts import KELURAHAN, SUNDAY, WEEK, closure, district, venue


@pytest.mark.parametrize(
    ("changes", "reason", "detail"),
    [
        (
            {"permission": Permission.REFUSED, "note": "atap bocor"},
            LeftOutReason.REFUSED,
            "",
        ),
        (
            {"hours": {0: ((28800, 43200),)}},
            LeftOutReason.CLOSED,
            "not open on Saturday, Sunday",
        ),
        ({"classes": ("large",)}, LeftOutReason.NO_VAN, "accepts only large"),
        ({"backlog": 0}, LeftOutReason.NOBODY, ""),
        (
            {"hours": {5: ((28800, 28800 + 3000 + 179),)}},
            LeftOutReason.TOO_SHORT,
            "1 minute is missing",
        ),
    ],
)
def test_what_cannot_be_visited_is_named(
    changes: dict[str, object], reason: LeftOutReason, detail: str
) -> None:
    """An office refused, closed, too narrow, without people, or open 3,179 s of 3,180 due.

    A note is for the crew: it is not why a place refused.
    """
    office = venue("O1", OFFICE, -7.02, **({"backlog": 10} | changes))
    horizon = build_horizon(district(venues=(*district().venues[:2], office)), WEEK)
    assert [(item.venue.id, item.reason, item.detail) for item in horizon.left_out] == [
        ("O1", reason, detail)
    ]


def test_a_closure_is_named_with_the_calendars_reason() -> None:
    """The whole kelurahan is closed on both days."""
    given = district(calendar=(closure(KELURAHAN, "banjir"), closure(KELURAHAN, "banjir", SUNDAY)))
    horizon = build_horizon(given, WEEK)
    assert [item.detail for item in horizon.left_out] == ["banjir"] * 3


def test_reasons_of_different_days_name_their_days() -> None:
    """A hall that opens on Saturdays alone is not closed by the calendar's entry of Sunday."""
    hall = replace(district().venues[0], hours={5: ((28800, 43200),)})
    given = district(venues=(hall, *district().venues[1:]), calendar=(closure("P1", "hajatan"),))
    (left_out,) = build_horizon(given, WEEK).left_out
    assert left_out.detail == "Saturday: hajatan, not open on Sunday"
    assert Words(language="id").translate(left_out.detail) == ("Sabtu: hajatan, Minggu tidak buka")


def test_a_place_only_small_vans_reach_takes_only_small_vans() -> None:
    """Both classes exist, and both may stand at the point; the classes stay those of the row."""
    vans = (*district().vehicles, replace(district().vehicles[0], id="B", van_class="large"))
    horizon = build_horizon(district(vehicles=vans), WEEK)
    assert horizon.instance.sites[0].classes == ("small",)


@pytest.mark.parametrize(("open_s", "kept"), [(3000 + 1800, True), (3000 + 1799, False)])
def test_a_place_must_be_open_for_the_shortest_service(open_s: int, kept: bool) -> None:
    """Set-up and pack-up of 50 minutes and at least 30 minutes of service need 80 minutes."""
    given = district()
    office = venue("O1", OFFICE, -7.02, backlog=10, hours={5: ((28800, 28800 + open_s),)})
    rates = replace(given.rates, min_stay_s=1800)
    horizon = build_horizon(district(venues=(office,), rates=rates), WEEK)
    assert [venue.id for venue in horizon.venues] == (["O1"] if kept else [])


def test_every_site_has_the_shortest_service_of_the_rates() -> None:
    """30 minutes in planner.toml are 1,800 seconds of every site."""
    given = district()
    horizon = build_horizon(replace(given, rates=replace(given.rates, min_stay_s=1800)), WEEK)
    assert {site.min_service_s for site in horizon.instance.sites} == {1800}
