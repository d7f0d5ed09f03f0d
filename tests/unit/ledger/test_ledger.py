"""A ledger gives back what it was told, once, and forgets nothing."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from planner.backlog import (
    COUNTS,
    Counts,
    Group,
    PermissionEntry,
    Publication,
    PublishedStop,
    SiteDemand,
    StruckOff,
    Tally,
    UnitCount,
)
from planner.district import Permission
from planner.ledger import Added, Ledger, Source
from planner.ledger.schema import metadata

SATURDAY = date(2026, 11, 28)
TALLY = Tally(
    day=SATURDAY,
    van="A",
    place="P1",
    counts={name: number for number, name in enumerate(COUNTS)},
    started_s=28800,
    ended_s=39600,
    note="genset mati",
)
IMPORT = Counts(as_of=SATURDAY, units={"RT 1": UnitCount(unrecorded=30, unreachable=4)})
PUBLICATION = Publication(
    week="2026-W48",
    version=3,
    stops=(
        PublishedStop(
            day=SATURDAY,
            van="A",
            order=1,
            place="P1",
            name="Balai RW",
            kind="point",
            category="balai RW",
            kits=2,
            arrive_s=1,
            setup_s=2,
            serve_s=3,
            packup_s=4,
            depart_s=5,
            people=6,
            expected=7,
            turnout=0.5,
            seconds_per_person=360,
        ),
    ),
    sites={"P1": SiteDemand(own=2, draws={"g": 4125})},
    groups={"g": Group(homes={"RT 1": 20}, school="S1")},
)
FILE = Source(name="rekap.xlsx", sha256="1" * 64)
PERMISSION = PermissionEntry(place="P1", state=Permission.APPROVED)


def test_it_reads_what_was_added(ledger: Ledger) -> None:
    """All numbers of a tally, an import, a version sent out, people struck off."""
    struck = StruckOff(day=SATURDAY, unit="RT 1", people=2, reason="pindah")
    ledger.add_tallies([TALLY], FILE)
    ledger.add_counts(IMPORT)
    ledger.add_publication(PUBLICATION)
    ledger.add_struck_off([struck])
    assert ledger.tallies() == (TALLY,)
    assert ledger.counts() == (IMPORT,)
    assert ledger.publications() == (PUBLICATION,)
    assert ledger.struck_off() == (struck,)


def test_zero_and_untold_are_not_the_same(ledger: Ledger) -> None:
    """Nobody failed; how many were absent is not told."""
    given = replace(TALLY, counts={"failed": 0}, started_s=None, ended_s=None)
    ledger.add_tallies([given])
    assert ledger.tallies() == (given,)


def test_what_is_known_changes_nothing(ledger: Ledger) -> None:
    """Everything is told twice."""
    for added in (Added(new=1), Added(unchanged=1)):
        assert ledger.add_tallies([TALLY]) == added
        assert ledger.add_counts(IMPORT) == added
        assert ledger.add_publication(PUBLICATION) == added
        assert ledger.add_permissions([PERMISSION]) == added
    assert len(ledger.tally_history()) == len(ledger.permission_history()) == 1


def test_a_file_read_again_changes_nothing_even_after_a_correction(ledger: Ledger) -> None:
    """The file said 5, a person corrected it to 6; the file again says 5."""
    said = replace(TALLY, counts={"recorded_17": 5})
    corrected = replace(said, counts={"recorded_17": 6})
    ledger.add_tallies([said], FILE)
    assert ledger.add_tallies([corrected]) == Added(corrections=1)
    assert ledger.add_tallies([said], FILE) == Added(unchanged=1)
    assert ledger.tallies() == (corrected,)


def test_a_correction_leaves_the_old_row(ledger: Ledger) -> None:
    """Both numbers stay, in the order in which they were told."""
    for number in (5, 6):
        ledger.add_tallies([replace(TALLY, counts={"recorded_17": number})])
    assert [tally.recorded for _, tally in ledger.tally_history()] == [5, 6]


def test_a_late_number_joins_those_told_before(ledger: Ledger) -> None:
    """First by phone, then on paper: a blank takes nothing away."""
    first = Tally(day=SATURDAY, van="A", place="P1", counts={"recorded_17": 5}, note="hujan")
    ledger.add_tallies([first])
    ledger.add_tallies([replace(first, counts={"printed": 4}, note="")])
    assert ledger.tallies() == (replace(first, counts={"recorded_17": 5, "printed": 4}),)


def test_a_stop_may_be_told_twice_in_one_file(ledger: Ledger) -> None:
    """The second line corrects the first."""
    lines = [replace(TALLY, counts={"failed": number}) for number in (1, 2)]
    assert ledger.add_tallies(lines) == Added(new=1, corrections=1)
    assert ledger.tallies()[0].counts == {"failed": 2}


def test_of_two_imports_as_of_a_day_the_later_one_holds(ledger: Ledger) -> None:
    """The first was of the wrong sheet."""
    better = replace(IMPORT, units={"RT 1": UnitCount(unrecorded=31)})
    assert ledger.add_counts(IMPORT) == Added(new=1)
    assert ledger.add_counts(better) == Added(corrections=1)
    assert ledger.counts() == (better,)


def test_a_permission_keeps_its_letter_and_its_history(ledger: Ledger) -> None:
    """A letter is sent, then the host agrees to a date: the number of the letter stays."""
    sent = replace(PERMISSION, state=Permission.SENT, letter_number="470/12", contact="Bu Ani")
    agreed = replace(PERMISSION, day=SATURDAY, hours=((28800, 39600),))
    ledger.add_permissions([sent])
    ledger.add_permissions([agreed])
    now = [replace(entry, at=None) for entry in ledger.permissions()]
    assert now == [sent, replace(agreed, letter_number="470/12", contact="Bu Ani")]
    assert all(entry.at and entry.at.tzinfo for entry in ledger.permission_history())


def test_a_refusal_ends_what_was_agreed_before(ledger: Ledger) -> None:
    """Agreed to a date, refused, agreed to the date again: three rows."""
    agreed = replace(PERMISSION, day=SATURDAY)
    refused = replace(PERMISSION, state=Permission.REFUSED)
    ledger.add_permissions([agreed])
    ledger.add_permissions([refused])
    assert [replace(entry, at=None) for entry in ledger.permissions()] == [refused]
    assert ledger.add_permissions([agreed]) == Added(new=1)
    assert len(ledger.permission_history()) == 3


@pytest.mark.parametrize("table", [table.name for table in metadata.sorted_tables])
@pytest.mark.parametrize("change", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_the_database_itself_refuses_changes(ledger: Ledger, table: str, change: str) -> None:
    """Whoever writes SQL by hand is told to add a row instead."""
    ledger.add_tallies([TALLY], FILE)
    ledger.add_counts(IMPORT)
    ledger.add_publication(PUBLICATION)
    ledger.add_permissions([PERMISSION])
    ledger.add_struck_off([StruckOff(day=SATURDAY, unit="RT 1", people=2, reason="pindah")])
    with (
        pytest.raises(sa.exc.DBAPIError, match="append-only"),
        ledger._engine.begin() as connection,
    ):
        connection.exec_driver_sql(change.format(table=table))


def test_no_row_is_corrected_twice(ledger: Ledger) -> None:
    """Two corrections of one row would leave two last words."""
    ledger.add_tallies([TALLY])
    ledger.add_tallies([replace(TALLY, note="x")])
    columns = "(at, day, van, place, note, corrects)"
    values = "('2026-11-28', '2026-11-28', 'A', 'P1', '', 1)"
    with (
        pytest.raises(sa.exc.DBAPIError, match=r"(?i)unique"),
        ledger._engine.begin() as connection,
    ):
        connection.exec_driver_sql(f"INSERT INTO tallies {columns} VALUES {values}")
