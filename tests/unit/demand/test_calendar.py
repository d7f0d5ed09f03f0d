"""Hours on a date: the row's own, a holiday's, or an exception's, the narrowest first."""

from dataclasses import replace
from datetime import date

import pytest

from planner.demand import holidays_between, opening_on, shift_on
from planner.district import CalendarEntry, Permission, Vehicle, Venue
from planner.model import Interval
from planner.venues import POINT, SCHOOL, VenueType

SATURDAY = date(2026, 11, 28)
MONDAY = date(2026, 11, 30)
MORNING: Interval = (28800, 43200)
AFTERNOON: Interval = (46800, 54000)
KELURAHAN = "99.71.01.1001"


def venue(venue_type: VenueType = POINT, permission: Permission = Permission.APPROVED) -> Venue:
    weekday = 0 if venue_type is SCHOOL else SATURDAY.weekday()
    return Venue(
        id="P1",
        type=venue_type,
        name="Balai RW 04",
        lat=-7.0,
        lon=110.0,
        permission=permission,
        hours={weekday: (MORNING,)},
        classes=("small",),
        turnout=0.5,
        seconds_per_person=360,
        public=venue_type.public,
    )


def entry(scope: str, *hours: Interval, day: date = SATURDAY) -> CalendarEntry:
    return CalendarEntry(date=day, scope=scope, hours=hours, reason=f"reason of {scope}")


def test_usual_hours_hold_without_an_entry() -> None:
    """Saturday's hours on a Saturday, nothing on a Monday."""
    assert opening_on(venue(), KELURAHAN, SATURDAY, (), {}).hours == (MORNING,)
    assert opening_on(venue(), KELURAHAN, MONDAY, (), {}).hours == ()


def test_a_holiday_closes_and_gives_its_name() -> None:
    """Nothing is open on a day off."""
    found = opening_on(venue(), KELURAHAN, SATURDAY, (), {SATURDAY: "Hari Raya"})
    assert (found.hours, found.reason) == ((), "Hari Raya")


def test_an_entry_opens_on_a_holiday() -> None:
    """The calendar table knows better than the library of holidays."""
    calendar = (entry("", MORNING),)
    found = opening_on(venue(), KELURAHAN, SATURDAY, calendar, {SATURDAY: "Hari Raya"})
    assert found.hours == (MORNING,)


@pytest.mark.parametrize(
    ("scopes", "deciding"),
    [
        (("", "points", KELURAHAN, "P1"), "P1"),
        (("", "points", KELURAHAN), KELURAHAN),
        (("", "points"), "points"),
        (("", "schools", "P2"), ""),
    ],
)
def test_the_narrowest_entry_decides(scopes: tuple[str, ...], deciding: str) -> None:
    """A venue's own entry beats its kelurahan's, that its table's, that everybody's."""
    calendar = tuple(entry(scope, AFTERNOON) for scope in scopes)
    found = opening_on(venue(), KELURAHAN, SATURDAY, calendar, {})
    assert (found.hours, found.reason) == ((AFTERNOON,), f"reason of {deciding}")


def test_written_hours_are_law() -> None:
    """A school open Monday to Friday stays closed on Saturday, whatever its head has agreed to."""
    assert opening_on(venue(SCHOOL), KELURAHAN, SATURDAY, (), {}).hours == ()


def test_permission_opens_where_the_office_says_so() -> None:
    """With [hours] approved_school = "Sab 13.00-15.00", once its head has agreed."""
    afternoons = {SATURDAY.weekday(): (AFTERNOON,)}
    confirmed = replace(venue(SCHOOL), hours_if_approved=afternoons)
    asked = replace(confirmed, permission=Permission.SENT)
    assert opening_on(confirmed, KELURAHAN, SATURDAY, (), {}).hours == (AFTERNOON,)
    assert opening_on(asked, KELURAHAN, SATURDAY, (), {}).hours == ()


def test_a_holiday_does_not_close_what_is_closed_anyway() -> None:
    """A school of a five-day week is not closed on Sunday by Christmas."""
    found = opening_on(venue(SCHOOL), KELURAHAN, SATURDAY, (), {SATURDAY: "Hari Raya"})
    assert (found.hours, found.reason) == ((), "")


def van() -> Vehicle:
    shifts = {SATURDAY.weekday(): (27000, 50400)}
    return Vehicle(
        id="A", plate="X 1", van_class="small", kits=2, start="k", end="k", shifts=shifts
    )


def test_a_van_drives_its_shift_unless_it_is_off() -> None:
    """In the workshop, on a holiday, on a day everybody is off: no shift."""
    assert shift_on(van(), SATURDAY, (), {}) == (27000, 50400)
    assert shift_on(van(), MONDAY, (), {}) is None
    assert shift_on(van(), SATURDAY, (), {SATURDAY: "Hari Raya"}) is None
    assert shift_on(van(), SATURDAY, (entry(""),), {}) is None
    assert shift_on(van(), SATURDAY, (entry("A"),), {}) is None


def test_hours_for_everybody_leave_a_van_its_shift() -> None:
    """Venues open 08-12; the crew needs time to get there."""
    assert shift_on(van(), SATURDAY, (entry("", MORNING),), {}) == (27000, 50400)
    assert shift_on(van(), SATURDAY, (entry("A", MORNING),), {}) == MORNING


def test_holidays_have_indonesian_names_whatever_the_locale(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Joint leave (cuti bersama) is among them."""
    monkeypatch.setenv("LANG", "th_TH")
    found = holidays_between(date(2026, 12, 21), date(2026, 12, 27))
    assert list(found.values()) == ["Cuti Bersama Hari Raya Natal", "Hari Raya Natal"]
