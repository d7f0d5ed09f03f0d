"""More vans, fewer, and what they carry."""

from dataclasses import replace

from planner.district import CalendarEntry
from planner.scenarios import SetShift
from tests.builders.districts import SATURDAY, SUNDAY, closure, district
from tests.unit.scenarios.weekends import horizon_with


def test_one_more_van_is_like_the_commonest_and_has_a_name_of_its_own() -> None:
    """Of three vans two have three kits; the names A2 and B2 are taken."""
    (first,) = district().vehicles
    vans = (first, replace(first, id="B", kits=3), replace(first, id="B2", kits=3))
    found = horizon_with(district(vehicles=vans), vans=["+1"]).instance.vans
    assert [(van.id, van.kits) for van in found] == [("A", 2), ("B", 3), ("B2", 3), ("B3", 3)]
    assert found[3].shifts == found[1].shifts
    like = horizon_with(district(vehicles=vans), vans=["A=+2"]).instance.vans
    assert [(van.id, van.kits) for van in like[3:]] == [("A2", 2), ("A3", 2)]


def test_what_the_calendar_says_of_a_van_does_not_hold_for_its_copy() -> None:
    """A is in the garage on Saturday."""
    garage = district(calendar=(closure("A", "bengkel"),))
    one, copy = horizon_with(garage, vans=["+1"]).instance.vans
    assert set(one.shifts) == {SUNDAY}
    assert set(copy.shifts) == {SATURDAY, SUNDAY}


def test_fewer_vans_are_the_first_of_the_table() -> None:
    """Of A and B the last goes; by name, the one that is named."""
    (first,) = district().vehicles
    two = district(vehicles=(first, replace(first, id="B")))
    assert [van.id for van in horizon_with(two, vans=["1"]).instance.vans] == ["A"]
    assert [van.id for van in horizon_with(two, vans=["-1"]).instance.vans] == ["A"]
    assert [van.id for van in horizon_with(two, without_van=["A"]).instance.vans] == ["B"]


def test_a_shift_replaces_that_of_the_calendar_too() -> None:
    """B's shift was short on Saturday; where it does not drive it still does not."""
    (first,) = district().vehicles
    short = CalendarEntry(date=SATURDAY, scope="vans", hours=((28800, 36000),), reason="rapat")
    given = district(
        vehicles=(first, replace(first, id="B", shifts={5: (27000, 50400)})), calendar=(short,)
    )
    one, other = horizon_with(given, shift=["B=07.00-15.00"]).instance.vans
    assert one.shifts == {SATURDAY: (28800, 36000), SUNDAY: (27000, 50400)}
    assert other.shifts == {SATURDAY: (25200, 54000)}


def test_a_shift_is_longer_or_of_each_weekday() -> None:
    """07.30-14.00 ends two hours later or one sooner; Saturday alone changes, Sunday is off."""
    given = district()
    (longer,) = horizon_with(given, shift=["+2"]).instance.vans
    assert set(longer.shifts.values()) == {(27000, 57600)}
    (shorter,) = horizon_with(given, shift=["A=-1"]).instance.vans
    assert set(shorter.shifts.values()) == {(27000, 46800)}
    (weekly,) = horizon_with(given, shift=["Sab 07.00-15.00; Min tutup"]).instance.vans
    assert weekly.shifts == {SATURDAY: (25200, 54000)}
    (one,) = horizon_with(given, shift=["Sab 07.00-15.00"]).instance.vans
    assert one.shifts == {SATURDAY: (25200, 54000), SUNDAY: (27000, 50400)}


def test_a_shift_is_written_as_it_is_read() -> None:
    """Two hours more; a weekday; hours."""
    for text in ("+2", "A=-1.5", "Sab 07.00-14.00; Min tutup", "07.00-15.00"):
        assert SetShift.parse(text).text == text


def test_kits_cards_and_stops_are_counted_absolutely_or_relatively() -> None:
    """Three kits; no limit on cards stays none where twenty are added."""
    (van,) = horizon_with(district(), kits=["A=3"], cards=["+20"], max_stops=["4"]).instance.vans
    assert (van.kits, van.max_people, van.max_stops) == (3, None, 4)
    (van,) = horizon_with(district(), kits=["+1"], cards=["100", "+20"]).instance.vans
    assert (van.kits, van.max_people) == (3, 120)
