"""A district becomes an instance; what is not in it is named with its reason."""

from dataclasses import replace
from datetime import date

import pytest

from planner.district import Permission, SpeedBand, Speeds
from planner.errors import InputError
from planner.horizon import (
    LeftOutReason,
    build_horizon,
    next_week,
    service_dates,
    unvisited_venues,
    usual_speeds,
)
from planner.plan import Plan
from planner.venues import OFFICE
from tests.builders.districts import KELURAHAN, SATURDAY, SUNDAY, WEEK, closure, district, venue


def test_each_person_is_expected_once() -> None:
    """100 residents less 20 pupils counted at school: 80 x 0.5; 50 x 0.8; 10 x 0.7."""
    horizon = build_horizon(district(), WEEK)
    assert [site.expected for site in horizon.instance.sites] == [40, 40, 7]
    assert horizon.reached == {"P1": 80, "S1": 50, "O1": 10}
    assert horizon.backlog == 100 + 30 + 10


def test_pupils_of_a_closed_school_are_expected_at_home() -> None:
    """Without the school all 100 residents belong to the point."""
    given = district(calendar=(closure("S1", "ujian"), closure("S1", "ujian", SUNDAY)))
    horizon = build_horizon(given, WEEK)
    assert [site.expected for site in horizon.instance.sites] == [50, 7]


def test_people_beyond_walking_distance_are_counted() -> None:
    """800 m to walk are 615 m of straight line; 0.01 degrees are 1,112 m."""
    homes = district().neighbourhoods
    given = district(neighbourhoods=(homes[0], replace(homes[1], lat=-6.99)))
    assert build_horizon(given, WEEK).uncovered == 30


def test_hours_of_the_day_count_as_far_as_vans_are_out_in_them() -> None:
    """Saturdays until 10.00, which is 2.5 of the 13 hours of both shifts, take twice as long."""
    early = SpeedBand(hours={5: ((0, 36000),)}, factor=2.0)
    slow = build_horizon(district(speeds=Speeds(bands=(early,))), WEEK).instance
    usual = build_horizon(district(), WEEK).instance
    expected = usual.drive_s * (1 + 2.5 / 13)
    assert slow.drive_s == pytest.approx(expected, abs=1)
    assert (slow.drive_s > usual.drive_s).any()


def test_a_week_without_shifts_has_the_usual_speeds() -> None:
    """Nobody drives; roads are measured all the same."""
    early = SpeedBand(hours={0: ((0, 36000),)}, factor=2.0)
    given = district(speeds=Speeds(bands=(early,)))
    assert (
        build_horizon(given, WEEK).instance.drive_s
        == build_horizon(district(), WEEK).instance.drive_s
    ).all()
    assert usual_speeds(given) == Speeds()


@pytest.mark.parametrize(
    ("changes", "reason", "detail"),
    [
        (
            {"permission": Permission.REFUSED, "note": "atap bocor"},
            LeftOutReason.REFUSED,
            "atap bocor",
        ),
        ({"hours": {0: ((28800, 43200),)}}, LeftOutReason.CLOSED, ""),
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
    """An office refused, closed, too narrow, without people, or open 3,179 s of 3,180 due."""
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


def test_a_place_only_small_vans_reach_takes_only_small_vans() -> None:
    """Both classes exist, and both may stand at the point; the classes stay those of the row."""
    vans = (*district().vehicles, replace(district().vehicles[0], id="B", van_class="large"))
    horizon = build_horizon(district(vehicles=vans), WEEK)
    assert horizon.instance.sites[0].classes == ("small",)


def test_sites_without_a_stop_are_outweighed() -> None:
    """An empty plan leaves out every site."""
    found = unvisited_venues(build_horizon(district(), WEEK), Plan())
    assert [(item.venue.id, item.reason) for item in found] == [
        ("P1", LeftOutReason.OUTWEIGHED),
        ("S1", LeftOutReason.OUTWEIGHED),
        ("O1", LeftOutReason.OUTWEIGHED),
    ]


def test_a_week_has_its_service_days() -> None:
    """Saturday and Sunday of week 48."""
    assert service_dates(WEEK, (6, 5)) == (SATURDAY, SUNDAY)


@pytest.mark.parametrize("week", ["2026-48", "2026-W54", "2026-W8", "2026-W+8", "W48", "besok"])
def test_what_is_no_week_is_refused(week: str) -> None:
    """The remedy shows how to write it."""
    with pytest.raises(InputError, match="is not an ISO week; write it as 2026-W48"):
        service_dates(week, (5, 6))


@pytest.mark.parametrize(
    ("today", "week"),
    [
        (date(2026, 11, 23), "2026-W48"),
        (date(2026, 11, 27), "2026-W48"),
        (date(2026, 11, 28), "2026-W49"),
        (date(2026, 12, 27), "2026-W53"),
        (date(2027, 1, 2), "2027-W01"),
    ],
)
def test_from_saturday_on_the_coming_week_is_planned(today: date, week: str) -> None:
    """On Friday one still plans for tomorrow."""
    assert next_week(today) == week
