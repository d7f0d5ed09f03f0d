"""What has become of the people of a unit, and who says so."""

from datetime import date

from planner.backlog import OTHER, Balance, StruckOff, find_residuals
from planner.backlog.attribution import Attributed

DAY = date(2026, 11, 29)


def balance(struck_off: int) -> Balance:
    """Of 50 counted, 10 are recorded and 3 stuck."""
    return Balance(
        counts=50,
        expected_inflow=2,
        uncounted=0,
        stuck=3,
        recorded_since=10,
        struck_off=struck_off,
    )


def gone(people: int, outcome: str) -> Attributed:
    """Told by a crew."""
    return Attributed(day=DAY, unit="RT", people=people, outcome=outcome)


def test_those_struck_off_have_a_reason_and_a_source() -> None:
    """A crew found 2 moved, the office 4 dead; one more stands in the table alone."""
    strike = StruckOff(day=DAY, unit="RT", people=4, reason="deceased")
    (residual,) = find_residuals({"RT": balance(7)}, [gone(2, "moved")], [strike], DAY)
    assert residual.reasons == {"moved": 2, "deceased": 4, OTHER: 1}
    assert residual.sources == ("tally", "office", "table rt")
    assert sum(residual.reasons.values()) == residual.balance.struck_off


def test_of_more_than_are_struck_off_the_last_hold() -> None:
    """The register dropped two of those who had moved long before."""
    before = StruckOff(day=date(2026, 10, 1), unit="RT", people=4, reason="moved")
    (residual,) = find_residuals({"RT": balance(5)}, [gone(3, "double")], [before], DAY)
    assert residual.reasons == {"double": 3, "moved": 2}


def test_what_comes_later_and_what_is_recorded_has_no_reason() -> None:
    """A day later, and people who were recorded."""
    later = StruckOff(day=date(2026, 11, 30), unit="RT", people=4, reason="moved")
    recorded = Attributed(day=DAY, unit="RT", people=9)
    (residual,) = find_residuals({"RT": balance(0)}, [recorded], [later], DAY)
    assert (residual.reasons, residual.sources) == ({}, ())
