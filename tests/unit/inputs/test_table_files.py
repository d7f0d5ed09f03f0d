"""Which files of a folder are tables."""

from pathlib import Path

import pytest

from planner.inputs.findings import Findings
from planner.inputs.table import NO_TITLES
from planner.inputs.table_files import check_roads, read_tables, sha256
from tests.builders.folders import problems_of

NAMES = ("points", "vans")


def read(path: Path, findings: Findings, *files: str) -> set[str]:
    """Names of the tables read of a folder with these files."""
    for name in files:
        (path / name).write_text("id\nA\n", encoding="utf-8")
    return set(read_tables(path, dict.fromkeys(NAMES, NO_TITLES), findings))


def test_names_of_files_may_be_written_in_capitals(tmp_path: Path) -> None:
    """What Excel keeps open beside them is no table, nor is another file."""
    findings = Findings()
    assert read(tmp_path, findings, "Points.CSV", "vans.csv", "~$vans.csv", "catatan.csv") == {
        "points",
        "vans",
    }
    assert problems_of(findings) == []


def test_a_table_every_folder_needs_is_missed(tmp_path: Path) -> None:
    """Vans are, markets would not be."""
    findings = Findings()
    read(tmp_path, findings, "points.csv")
    assert problems_of(findings) == [
        "vans: has no file; write vans.csv, or start with `planner init`"
    ]


@pytest.mark.parametrize(
    ("near", "table"),
    [
        ("pointz.csv", "points"),
        ("van.csv", "vans"),
        ("points (1).csv", "points"),
        ("Copy of vans.xlsx", "vans"),
        ("vans.csv.txt", "vans"),
        ("mobil.ods", "vans"),
        ("vans.pdf", "vans"),
    ],
)
def test_a_name_that_is_nearly_right_is_a_warning(tmp_path: Path, near: str, table: str) -> None:
    """It is not read, and says so."""
    findings = Findings()
    read(tmp_path, findings, "points.csv", "vans.csv", near)
    expected = f"{near}: is not read; the table is read from {table}.csv"
    assert findings.warnings == [expected]


@pytest.mark.parametrize(
    ("other", "remedy"),
    [
        (
            "data vans 2026.xlsx",
            "delete vans.csv, which has no rows, and rename this file to vans.xlsx",
        ),
        ("mobil keliling.ods", "put its rows into vans.csv, which has none"),
    ],
)
def test_a_file_beside_an_empty_table_is_a_problem(tmp_path: Path, other: str, remedy: str) -> None:
    """Where `planner init` wrote a header, and the rows came by mail under another name."""
    findings = Findings()
    (tmp_path / "vans.csv").write_text("id\n", encoding="utf-8")
    read(tmp_path, findings, "points.csv", other)
    assert problems_of(findings) == [f"{other}: is not read; {remedy}"]


@pytest.mark.parametrize("other", ["logo points.png", "points.qmd", "points.md", "laporan.docx"])
def test_files_that_are_no_tables_are_not_named(tmp_path: Path, other: str) -> None:
    """Pictures, notes and what QGIS keeps beside its layers."""
    findings = Findings()
    read(tmp_path, findings, "points.csv", "vans.csv", other)
    assert findings.warnings == []


def test_a_road_file_begins_with_its_header(tmp_path: Path) -> None:
    """A page that a proxy sent instead does not."""
    path = tmp_path / "roads.osm.pbf"
    findings = Findings()
    path.write_bytes(b"\x00\x00\x00\x0d\x0a\x09OSMHeader\x18\x7b")
    check_roads(path, path.name, findings)
    assert problems_of(findings) == []
    path.write_bytes(b"<html>404</html>")
    check_roads(path, path.name, findings)
    assert problems_of(findings)[0].startswith("roads.osm.pbf: is not an OpenStreetMap extract")


def test_a_fingerprint_is_that_of_the_bytes(tmp_path: Path) -> None:
    """SHA-256 of nothing is known to all."""
    (tmp_path / "x").write_bytes(b"")
    assert sha256(tmp_path / "x").startswith("e3b0c44298fc1c14")
