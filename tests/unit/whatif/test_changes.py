"""Each kind of change does what it says, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from planner.district import CalendarEntry, District, Permission
from planner.errors import InputError
from planner.horizon import Horizon, LeftOutReason, build_horizon
from planner.inputs.hours import DAY_NAMES
from planner.inputs.settings import Overrides
from planner.venues import OFFICE, POINT
from planner.whatif import KINDS, build_horizons, scenarios_from_options
from planner.whatif.changes import CHANGES
from tests.districts import SATURDAY, SUNDAY, WEEK, closure, district, venue

MONDAY = date(2026, 11, 30)


def changed(given: District, **texts: list[str]) -> Horizon:
    """The weekend of a district with changes; settings are not read anew."""

    def read(overrides: Overrides) -> District:
        days = overrides.get("office.service_days", ())
        numbers = tuple(map(DAY_NAMES.index, days))
        return replace(given, office=replace(given.office, service_days=numbers))

    (found,) = build_horizons(given, WEEK, scenarios_from_options(texts), read=read)
    return found


def test_every_kind_is_known() -> None:
    """Settings and dates first, as the district is read anew for them."""
    assert ("set", "day", *CHANGES) == KINDS


def test_nothing_changes_without_changes() -> None:
    """A weight of 1 is what it was."""
    one, other = build_horizon(district(), WEEK), changed(district(), weight=["1"])
    assert one.instance.sites == other.instance.sites
    assert one.instance.vans == other.instance.vans


def test_one_more_van_is_like_the_commonest_and_has_a_name_of_its_own() -> None:
    """Of three vans two have three kits; the names A2 and B2 are taken."""
    (first,) = district().vehicles
    vans = (first, replace(first, id="B", kits=3), replace(first, id="B2", kits=3))
    found = changed(district(vehicles=vans), vans=["+1"]).instance.vans
    assert [(van.id, van.kits) for van in found] == [("A", 2), ("B", 3), ("B2", 3), ("B3", 3)]
    assert found[3].shifts == found[1].shifts
    like = changed(district(vehicles=vans), vans=["A=+2"]).instance.vans
    assert [(van.id, van.kits) for van in like[3:]] == [("A2", 2), ("A3", 2)]


def test_what_the_calendar_says_of_a_van_does_not_hold_for_its_copy() -> None:
    """A is in the garage on Saturday."""
    garage = district(calendar=(closure("A", "bengkel"),))
    one, copy = changed(garage, vans=["+1"]).instance.vans
    assert set(one.shifts) == {SUNDAY}
    assert set(copy.shifts) == {SATURDAY, SUNDAY}


def test_fewer_vans_are_the_first_of_the_table() -> None:
    """Of A and B the last goes; by name, the one that is named."""
    (first,) = district().vehicles
    two = district(vehicles=(first, replace(first, id="B")))
    assert [van.id for van in changed(two, vans=["1"]).instance.vans] == ["A"]
    assert [van.id for van in changed(two, vans=["-1"]).instance.vans] == ["A"]
    assert [van.id for van in changed(two, without_van=["A"]).instance.vans] == ["B"]


def test_a_shift_replaces_that_of_the_calendar_too() -> None:
    """B's shift was short on Saturday; where it does not drive it still does not."""
    (first,) = district().vehicles
    short = CalendarEntry(date=SATURDAY, scope="vans", hours=((28800, 36000),), reason="rapat")
    given = district(
        vehicles=(first, replace(first, id="B", shifts={5: (27000, 50400)})), calendar=(short,)
    )
    one, other = changed(given, shift=["B=07.00-15.00"]).instance.vans
    assert one.shifts == {SATURDAY: (28800, 36000), SUNDAY: (27000, 50400)}
    assert other.shifts == {SATURDAY: (25200, 54000)}


def test_kits_cards_and_stops_are_counted_absolutely_or_relatively() -> None:
    """Three kits; no limit on cards stays none where twenty are added."""
    (van,) = changed(district(), kits=["A=3"], cards=["+20"], max_stops=["4"]).instance.vans
    assert (van.kits, van.max_people, van.max_stops) == (3, None, 4)
    (van,) = changed(district(), kits=["+1"], cards=["100", "+20"]).instance.vans
    assert (van.kits, van.max_people) == (3, 120)


def test_a_closed_place_leaves_its_people_to_the_next_point() -> None:
    """P2 is a little farther from the same homes than P1."""
    points = (venue("P1", POINT, -7.0), venue("P2", POINT, -7.004))
    given = district(venues=points)
    assert [site.id for site in build_horizon(given, WEEK).instance.sites] == ["P1"]
    found = changed(given, close=["P1"])
    assert [(site.id, site.expected) for site in found.instance.sites] == [("P2", 50)]
    assert [(item.venue.id, item.reason) for item in found.left_out] == [
        ("P1", LeftOutReason.CLOSED)
    ]


def test_a_place_can_be_closed_or_open_on_one_date() -> None:
    """The office on Saturday; the school from seven on Sunday."""
    found = changed(district(), close=["O1@2026-11-28"], open=["S1@2026-11-29=07.00-10.00"])
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
    found = changed(replace(given, venues=tuple(refused)), permit=["S1"], refuse=["P1"])
    assert [site.id for site in found.instance.sites] == ["S1", "O1"]


def test_turnout_holds_for_all_for_a_kind_or_for_a_place() -> None:
    """Rows with their own follow too; a relative share ends at everybody."""
    given = district()
    own = tuple(replace(v, turnout=0.5) if v.id == "O1" else v for v in given.venues)
    given = replace(given, venues=own)

    def expected(*texts: str) -> list[int]:
        return [site.expected for site in changed(given, turnout=list(texts)).instance.sites]

    assert [site.expected for site in build_horizon(given, WEEK).instance.sites] == [40, 40, 5]
    assert expected("1") == [80, 50, 10]
    assert expected("school=0.5") == [40, 25, 5]
    assert expected("O1=0.9") == [40, 40, 9]
    assert expected("x3") == [80, 50, 10]


def test_minutes_per_person_hold_likewise() -> None:
    """Five minutes everywhere; a tenth more at the school."""
    found = changed(district(), minutes_per_person=["5", "S1=x1.1"])
    assert [site.seconds_per_person for site in found.instance.sites] == [300, 330, 300]


def test_weights_are_given_by_place_or_kind() -> None:
    """Twice at schools, half as much again at P1."""
    found = changed(district(), weight=["school=2", "P1=x1.5"])
    assert [site.weight for site in found.instance.sites] == [1.5, 2.0, 1.0]


def test_a_date_more_may_lie_in_another_week() -> None:
    """On Monday vans drive as on Saturday, and only what is open then can be visited."""
    office = venue("O1", OFFICE, -7.02, backlog=10, hours={0: ((28800, 43200),)})
    given = district(venues=(*district().venues[:2], office))
    found = changed(given, day=["+2026-11-30"])
    assert found.instance.dates == (SATURDAY, SUNDAY, MONDAY)
    assert found.instance.vans[0].shifts[MONDAY] == (27000, 50400)
    assert found.instance.sites[2].windows == {MONDAY: ((28800, 43200),)}
    assert changed(given, day=["-2026-11-29"]).instance.dates == (SATURDAY,)
    two = changed(given, day=["+2026-11-30", "+2026-12-01"]).instance
    assert two.vans[0].shifts[MONDAY] == two.vans[0].shifts[date(2026, 12, 1)] == (27000, 50400)


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("vans", "0", "--vans: '0' is below 1"),
        ("vans", "A=-1", "--vans: '0' is below 1"),
        ("vans", "+x", "'\\+x' is not a number"),
        ("without_van", "Z", "--without-van: 'Z' is no van; use one of: A"),
        ("without_van", "A", "'A' is the only van; keep one or more"),
        ("shift", "tutup", "'tutup' is no shift"),
        ("kits", "A=0", "--kits: '0' is below 1"),
        ("kits", "1.5", "'1.5' is not a whole number"),
        ("kits", "A=1000000000", "--kits: '1000000000' is above 100; use 1 to 100"),
        ("vans", "+1e30", r"--vans: '1e\+30' is above 1000; use 1 to 1000"),
        ("cards", "2000000", "--cards: '2000000' is above 1000000; use 0 to 1000000"),
        ("weight", "x1e300", "--weight: .* is above 1000000"),
        ("close", "P2", "--close: 'P2' is no place; did you mean 'P1'?"),
        ("open", "P1", "'P1' names no hours; write 'P1=08.00-12.00', say"),
        ("permit", "SMAN", "'SMAN' is no place"),
        ("turnout", "1.5", "--turnout: '1.5' is above 1"),
        ("turnout", "schol=0.5", "'schol' is no place; did you mean 'school'?"),
        ("minutes_per_person", "0", "'0' is not above 0"),
        ("weight", "P1=-3", "--weight: '-2' is negative"),
        ("day", "+2026-11-28", "--day: 2026-11-28 is planned for already; name another date"),
        ("day", "-2026-11-21", "2026-11-21 is not planned for; use one of: 2026-11-28"),
        (
            "close",
            "P1@2026-12-05",
            "--close: 2026-12-05 is not planned for; use one of:",
        ),
        ("open", "P1@2026-12-05=08.00-10.00", "2026-12-05 is not planned for"),
        ("day", "besok", "'besok' is not a date"),
        ("set", "walk=3", "--set: 'walk' is no setting; did you mean 'walk_m'?"),
    ],
)
def test_what_cannot_be_is_named(kind: str, text: str, told: str) -> None:
    """Where, what, and what to do."""
    with pytest.raises(InputError, match=told):
        changed(district(), **{kind: [text]})


def test_all_problems_of_all_scenarios_are_told_at_once() -> None:
    """Two scenarios, two mistakes."""
    asked = scenarios_from_options({"without_van": ["Z"], "close": ["Q"]}, apart=True)
    with pytest.raises(InputError, match=r"'Z' is no van(?s:.)*'Q' is no place"):
        build_horizons(district(), WEEK, asked)


@pytest.mark.parametrize(
    ("kind", "texts", "told"),
    [
        ("kits", ["A=2", "a=3"], "--kits: 'A=2' and 'a=3' are about the same; keep one of them"),
        ("kits", ["A=3", "2"], "--kits: 'A=3' and '2' are about the same"),
        ("turnout", ["x0.9", "0.5"], "--turnout: 'x0.9' and '0.5' are about the same"),
        ("set", ["walk_m=500", "walk_m=900"], "'walk_m=500' and 'walk_m=900' are about"),
        ("open", ["P1=08.00-09.00", "P1=08.00-10.00"], "are about the same"),
    ],
)
def test_a_value_that_another_one_would_replace_is_refused(
    kind: str, texts: list[str], told: str
) -> None:
    """The last one would hold, and nobody would learn that the first is lost."""
    with pytest.raises(InputError, match=told):
        changed(district(), **{kind: texts})


def test_each_option_apart_may_be_about_the_same() -> None:
    """Two and three kits are compared."""
    asked = scenarios_from_options({"kits": ["A=2", "A=3"]}, apart=True)
    two, three = build_horizons(district(), WEEK, asked)
    assert (two.instance.vans[0].kits, three.instance.vans[0].kits) == (2, 3)


def test_two_scenarios_of_one_name_are_refused() -> None:
    """They could not be told apart in the table."""
    asked = scenarios_from_options({"vans": ["+1"]}, name="lagi")
    with pytest.raises(InputError, match="scenario 'lagi': is taken"):
        build_horizons(district(), WEEK, asked * 2)
