"""Services beside recording are sites of their own at the same place."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.district import District, Outcome
from planner.horizon import build_horizon
from planner.inputs import read_district
from planner.model import Site
from planner.plan import Plan, Route, Stop
from tests.builders.folders import sound_folder

WEEK, FRIDAY = "2026-W48", date(2026, 11, 27)


@pytest.fixture
def district(tmp_path: Path) -> District:
    """Nine people in RW 002 and six of the bank wait for their card; others nobody told of."""
    given = read_district(sound_folder(tmp_path).path)
    first, second = given.neighbourhoods
    venues = (replace(v, not_printed=6 if v.id == "K1" else None) for v in given.venues)
    hours = dict.fromkeys(range(7), ((28800, 43200),))
    return replace(
        given,
        neighbourhoods=(first, replace(second, not_printed=9)),
        venues=tuple(replace(v, hours=hours) if v.id == "K1" else v for v in venues),
    )


def with_share(district: District, key: str, share: float) -> District:
    services = (replace(s, share=share if s.key == key else s.share) for s in district.services)
    return replace(district, services=tuple(services))


def sites(district: District) -> dict[str, Site]:
    return {site.id: site for site in build_horizon(district, WEEK).instance.sites}


def test_those_who_wait_for_their_card_are_a_site_of_their_own(district: District) -> None:
    """Half of six come for it at the bank, in its hours and where it stands."""
    given = sites(district)
    bank, cards = given["K1"], given["K1+cetak"]
    assert (cards.place, cards.windows) == (bank.place, bank.windows)
    assert (cards.expected, cards.seconds_per_person) == (3, 240)
    assert (cards.setup_s, cards.packup_s, cards.weight) == (600, 300, 0.5)


def test_people_who_wait_walk_to_points_as_others_do(district: District) -> None:
    """They are groups of their own: nobody is recorded and printed for at once."""
    given = sites(district)
    assert {group.removesuffix("+cetak") for group in given["T2+cetak"].draws} <= {
        *given["T2"].draws
    }
    assert all(group.endswith("+cetak") for group in given["T2+cetak"].draws)
    assert given["T2+cetak"].max_people < 9 / 2


def test_other_services_are_wanted_by_a_share_of_those_who_come(district: District) -> None:
    """Of ten expected at the bank half ask for a KK; nobody does as long as no share is told."""
    assert "K1+KK" not in sites(district)
    given = sites(with_share(district, "kk", 0.5))
    assert given["K1+KK"].expected == given["K1"].expected // 2 == 5
    assert given["T2+KK"].draws == {
        f"{group}+KK": round(draw / 2) for group, draw in given["T2"].draws.items()
    }


def test_nobody_who_waits_means_no_site(tmp_path: Path) -> None:
    """Tables without the column are planned as ever."""
    plain = read_district(sound_folder(tmp_path).path)
    assert not [site for site in sites(plain) if "+" in site]


def test_what_tallies_tell_of_cards_counts_from_the_next_day(district: District) -> None:
    """Four more wait since Friday, of whom a plan for a week before knows nothing."""
    told = replace(district, cards=(Outcome(day=FRIDAY, unit="K1", people=4),))
    assert sites(told)["K1+cetak"].expected == 5
    got = replace(district, cards=(Outcome(day=FRIDAY, unit="K1", people=-9),))
    assert "K1+cetak" not in sites(got)
    late = replace(district, cards=(Outcome(day=date(2026, 12, 5), unit="K1", people=4),))
    assert sites(late)["K1+cetak"].expected == 3


def test_a_van_without_kits_prints_only(district: District) -> None:
    """It is a class of its own, which no place for recording accepts."""
    (van,) = district.vehicles
    printer = replace(van, id="P", services=("printed",))
    horizon = build_horizon(replace(district, vehicles=(van, printer)), WEEK)
    classes = {van.id: van.van_class for van in horizon.instance.vans}
    assert classes == {"A": "small", "P": "small (printed)"}
    assert horizon.instance.site("K1").classes == ("small",)
    assert horizon.instance.site("K1+cetak").classes == ("small", "small (printed)")
    alone = build_horizon(replace(district, vehicles=(printer,)), WEEK)
    assert {site.id for site in alone.instance.sites} == {"K1+cetak", "T2+cetak"}


def test_the_least_of_cards_ribbon_and_film_limits_a_day(district: District) -> None:
    """150 cards, a ribbon for 90, film for 200."""
    (van,) = district.vehicles
    loaded = replace(district, vehicles=(replace(van, ribbon=90, film=200),))
    assert build_horizon(loaded, WEEK).instance.van("A").max_people == 90


def test_a_plan_says_whom_it_records_and_whom_it_serves_otherwise(district: District) -> None:
    """Ten are recorded at the bank, and three get their card."""
    horizon = build_horizon(district, WEEK)
    times = {"arrive_s": 0, "setup_s": 0, "serve_s": 0, "packup_s": 0, "depart_s": 0}
    stops = (
        Stop(site_id="K1", people=10, **times),
        Stop(site_id="K1+cetak", people=3, **times),
    )
    route = Route(van_id="A", date=FRIDAY, leave_s=0, return_s=0, stops=stops)
    plan = Plan(routes=(route,))
    assert horizon.recordings(plan).served() == {"K1": 10}
    assert horizon.served_otherwise(plan) == {"printed": 3}
    assert [venue.name for venue in horizon.venues if venue.id == "K1+cetak"] == [
        "Bank Kota · cetak KTP-el"
    ]
