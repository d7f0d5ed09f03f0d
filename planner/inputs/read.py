"""Reads a district folder whole, and reports all that is wrong with it at once."""

import re
from dataclasses import replace
from pathlib import Path

from planner.district import District
from planner.errors import input_error, suggest
from planner.i18n.language import SETTINGS, SUFFIX, folder_of, workbook_of
from planner.i18n.messages import Message, say
from planner.inputs.build import build_district
from planner.inputs.findings import Findings, Spot
from planner.inputs.homes import join_exclaves
from planner.inputs.locations import check_places
from planner.inputs.relations import check_relations
from planner.inputs.rows import row_models, titles_of
from planner.inputs.scopes import resolve_scopes
from planner.inputs.settings import Settings
from planner.inputs.settings_file import (
    NO_OVERRIDES,
    GivenSettings,
    Overrides,
    check_settings,
    read_settings_file,
)
from planner.inputs.settings_sections import RoadsSection
from planner.inputs.settings_sheet import read_settings_sheet
from planner.inputs.table_files import check_roads, files_of, read_tables, sha256
from planner.inputs.time_zones import check_time_zones
from planner.inputs.validate import check_rows
from planner.inputs.warnings import district_warnings
from planner.inputs.xlsx_table import Workbook, open_workbook
from planner.venues import VENUE_TYPES

EXTRACT = re.compile(r"\.(pbf|osm|osm\.(bz2|gz|xml))$", re.IGNORECASE)
"""Names of OpenStreetMap extracts."""

PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""First bytes of PNG and JPEG."""


def read_district(folder: Path, overrides: Overrides = NO_OVERRIDES) -> District:
    """The district in a folder.

    Parameters
    ----------
    folder
        With all tables, or beside a workbook of them that has its name; or that workbook.
    overrides
        Settings to hold instead of those of the folder, see `planner.inputs.settings`.

    Raises
    ------
    InputError
        All problems of all files, in the order of files and rows.
    """
    folder, findings = folder_of(folder), Findings()
    workbook = _workbook(folder, findings)
    given = (
        read_settings_file(folder, findings)
        if workbook is None
        else read_settings_sheet(workbook, findings)
    )
    settings, office_code = check_settings(given, findings, overrides)
    venue_types = VENUE_TYPES if settings is None else settings.types_of_venue()
    titles = {name: titles_of(model) for name, model in row_models(venue_types).items()}
    tables = read_tables(folder, titles, findings, workbook)
    rows = check_rows(tables, venue_types, findings)
    if settings is not None:
        check_time_zones(tables, settings, given, findings)
    rows = replace(rows, areas=join_exclaves(rows.areas))
    rows = resolve_scopes(rows, findings)
    check_relations(rows, office_code, findings)
    check_places(rows, findings)
    roads = None if settings is None else _roads(folder, settings, given, findings)
    logo = b"" if settings is None else _logo(folder, settings, given, findings)
    findings.raise_problems(titles)
    # Settings that could not be read are a problem, raised above.
    assert settings is not None
    files = [SETTINGS] if workbook is None else []
    files += [table.file for table in tables.values()]
    if roads is not None:
        files.append(settings.roads.file)
    if logo:
        files.append(settings.office.logo)
    paths = {file: folder / file for file in files}
    if workbook is not None:
        paths[workbook.path.name] = workbook.path
    sources = {file: sha256(path) for file, path in paths.items()}
    district = replace(build_district(folder, settings, rows, roads, sources), logo=logo)
    return replace(district, warnings=(*findings.warnings, *district_warnings(district)))


def _workbook(folder: Path, findings: Findings) -> Workbook | None:
    """The workbook of all tables, where the district has one.

    Raises
    ------
    InputError
        Where it cannot be read, there is no district, or two of them.
    """
    path = workbook_of(folder)
    if path is None:
        if not folder.is_dir():
            is_file = folder.suffix.casefold() == SUFFIX and folder.is_file()
            raise input_error(
                str(folder),
                say("is not the workbook of a district") if is_file else say("is not a folder"),
                say("take it in with `planner import`")
                if is_file
                else say("write one with `planner init`"),
            )
        return None
    spot = Spot(source=path.name, text=path.name)
    if (folder / SETTINGS).exists():
        what = say("and {file} are both of the district", file=f"{folder.name}/{SETTINGS}")
        findings.add(spot, what, say("keep one of them"))
    with findings.catch(spot):
        workbook = open_workbook(path)
    findings.raise_problems()
    return workbook


def _logo(folder: Path, settings: Settings, given: GivenSettings, findings: Findings) -> bytes:
    """The picture of the letterhead, by its first bytes a PNG or JPEG; empty without one."""
    name, spot = settings.office.logo, given.spot("office.logo")
    if not name:
        return b""
    if not (folder / name).is_file():
        fix = say("put it there, or delete the line")
        findings.add(spot, say("is not in the folder"), fix, value=name)
        return b""
    picture = (folder / name).read_bytes()
    if not picture.startswith(PICTURES):
        findings.add(spot, say("is not a picture"), say("save it as PNG or JPEG"), value=name)
    return picture


def _roads(
    folder: Path, settings: Settings, given: GivenSettings, findings: Findings
) -> Path | None:
    name = settings.roads.file
    path = folder / name
    if path.is_file():
        check_roads(path, name, findings)
        return path
    extracts = [other.name for other in files_of(folder) if EXTRACT.search(other.name)]
    if name != RoadsSection().file:
        findings.add(
            given.spot("roads.file"),
            say("is not in the folder"),
            suggest(name, extracts, say("put it there, or delete the line")),
            value=name,
        )
    else:
        findings.warnings += [_unread_extract(extract, name) for extract in extracts]
    return None


def _unread_extract(extract: str, name: str) -> Message:
    if extract.casefold().endswith(".pbf"):
        remedy = say("rename it to {name}, or name it in [roads] file of planner.toml", name=name)
    else:
        remedy = say("save it in PBF as {name}", name=name)
    return say("{name}: is not read; {remedy}", name=extract, remedy=remedy)
