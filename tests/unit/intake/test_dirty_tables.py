"""Every table of the generator comes out as the truth, or what stops it is named."""

import csv
import json
from pathlib import Path

import pytest

from planner.i18n.words import Words
from planner.intake.grid import Fate
from planner.office.import_files import prepare_file_import, write_import
from planner.render.import_text import encode_import
from tests.builders.dirty_tables import CASES, NUMBER, Case, Key


def people_of(folder: Path) -> dict[Key, int]:
    """People unrecorded in the table of a folder."""
    lines = (folder / "rt.csv").read_text(encoding="utf-8-sig").splitlines()
    return {
        (
            row["kode"],
            row.get("dusun") or "",
            row.get("rw") or "",
            row.get("rt") or "",
        ): int(row["belum_rekam"])
        for row in csv.DictReader(lines, delimiter=";")
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_dirty_table_becomes_the_truth_or_is_named(case: Case, tmp_path: Path) -> None:
    """Units and people as the generator knows them; codes of what was odd; every row has a fate."""
    source, folder = tmp_path / "source", tmp_path / "kota"
    source.mkdir()
    prepared = prepare_file_import(case.write(source), folder)
    told = encode_import(prepared, Words(language="en"), is_written=True)
    said = json.dumps(told)
    assert case.codes <= {finding.code for finding in prepared.findings}, said
    assert prepared.exit_code == case.exit_code, said
    assert NUMBER not in said
    if case.units is None:
        assert not prepared.files
        return
    write_import(prepared)
    assert people_of(folder) == case.units, said
    people = prepared.tally.people
    assert people[Fate.IMPORTED] == sum(case.units.values())


def test_there_are_sixty_tables() -> None:
    """Each header and trap alone, and mixed."""
    assert len(CASES) >= 60
