"""No row that was acknowledged is lost, whoever is killed, and however many write at once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import pytest

from planner.ledger import Source
from tests.builders.killing import kill_after, needs_fork, run_all
from tests.unit.ledger.conftest import Place
from tests.unit.ledger.test_ledger import TALLY

STOPS = 4
"""Rows of a file, which are there together or not at all."""

DESKS = 8

pytestmark = [needs_fork, pytest.mark.process]


def import_files(place: Place, first: int, acknowledged: Path) -> None:
    """Read file after file, and write down the number of each that was kept."""
    ledger = place.open()
    with acknowledged.open("a", encoding="utf-8") as acknowledgements:
        for number in range(first, first + 1000):
            rows = [replace(TALLY, place=f"{number}.{stop}") for stop in range(STOPS)]
            ledger.add_tallies(rows, Source(name="rekap.csv", sha256=str(number)))
            acknowledgements.write(f"{number}\n")
            acknowledgements.flush()


def kill_imports(place: Place, folder: Path, times: int) -> tuple[int, int]:
    """How many files were acknowledged and kept, after so many imports were killed."""
    place.open()
    acknowledged, random = folder / "acknowledged", Random(0)
    acknowledged.touch()
    first = 0
    for _ in range(times):
        run = partial(import_files, place, first, acknowledged)
        kill_after(run, random.uniform(0.001, 0.12))
        first += 1000
    told = {int(line) for line in acknowledged.read_text(encoding="utf-8").split()}
    tallies = place.open().tallies()
    rows = Counter(int(tally.place.partition(".")[0]) for tally in tallies)
    assert set(rows.values()) <= {STOPS}
    assert told <= rows.keys()
    # Of each run at most the file at which it was killed was kept without being acknowledged.
    assert len(rows) <= len(told) + times
    assert all(replace(tally, place="P1") == TALLY for tally in tallies)
    return len(told), len(rows)


def test_a_killed_import_leaves_whole_files(place: Place, tmp_path: Path) -> None:
    """Twenty kills on each database."""
    kill_imports(place, tmp_path, 20)


@pytest.mark.gate
def test_a_thousand_kills_lose_no_acknowledged_row(tmp_path: Path) -> None:
    """At random moments of an import, from opening the ledger on."""
    told, _ = kill_imports(Place(tmp_path, ""), tmp_path, 1000)
    assert told > 100


def write_as_desk(place: Place, desk: int) -> None:
    """Stops of its own, and one that all desks write."""
    ledger = place.open()
    for number in range(10):
        ledger.add_tallies([replace(TALLY, place=f"{desk}.{number}")])
        shared = replace(TALLY, place="shared", counts={"failed": desk * 10 + number})
        ledger.add_tallies([shared])


def test_eight_desks_at_once_lose_nothing(place: Place) -> None:
    """Each number of the stop that all of them write is a row, all but the last one corrected."""
    runs: list[Callable[[], object]] = [partial(write_as_desk, place, d) for d in range(DESKS)]
    assert run_all(*runs) == [0] * DESKS
    ledger = place.open()
    last, *others = sorted(ledger.tallies(), key=lambda tally: tally.place != "shared")
    assert {tally.place for tally in others} == {
        f"{desk}.{number}" for desk in range(DESKS) for number in range(10)
    }
    told = [tally for _, tally in ledger.tally_history() if tally.place == "shared"]
    assert sorted(tally.counts["failed"] for tally in told) == [*range(10 * DESKS)]
    assert last == told[-1]
