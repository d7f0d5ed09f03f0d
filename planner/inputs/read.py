"""Reads a district folder whole, and reports all that is wrong with it at once."""

import re
from dataclasses import replace
from pathlib import Path

from planner.district import District
from planner.errors import input_error, suggest
from planner.i18n.language import SETTINGS
from planner.i18n.messages import Message, say
from planner.inputs.build import build_district
from planner.inputs.findings import Findings, Spot
from planner.inputs.homes import join_exclaves
from planner.inputs.locations import check_places
from planner.inputs.relations import check_relations
from planner.inputs.rows import row_models, titles_of
from planner.inputs.scopes import resolve_scopes
from planner.inputs.settings import RoadsSection, Settings
from planner.inputs.settings_file import NO_OVERRIDES, Overrides, read_settings
from planner.inputs.table_files import check_roads, read_tables, sha256
from planner.inputs.validate import check_rows
from planner.inputs.warnings import district_warnings
from planner.venues import VENUE_TYPES

EXTRACT = re.compile(r"\.(pbf|osm|osm\.(bz2|gz|xml))$", re.IGNORECASE)
"""Names of OpenStreetMap extracts."""

PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""First bytes of PNG and JPEG."""


def read_district(folder: Path, overrides: Overrides = NO_OVERRIDES) -> District:
    """The district in a folder.

    Parameters
    ----------
    overrides
        Settings to hold instead of those of the folder, see `planner.inputs.settings`.

    Raises
    ------
    InputError
        All problems of all files, in the order of files and rows.
    """
    if not folder.is_dir():
        raise input_error(str(folder), say("is not a folder"), say("write one with `planner init`"))
    findings = Findings()
    settings, office_code = read_settings(folder, findings, overrides)
    venue_types = VENUE_TYPES if settings is None else settings.types_of_venue()
    titles = {name: titles_of(model) for name, model in row_models(venue_types).items()}
    tables = read_tables(folder, titles, findings)
    rows = check_rows(tables, venue_types, findings)
    rows = replace(rows, areas=join_exclaves(rows.areas))
    rows = resolve_scopes(rows, findings)
    check_relations(rows, office_code, findings)
    check_places(rows, findings)
    roads = None if settings is None else _roads(folder, settings, findings)
    logo = b"" if settings is None else _logo(folder, settings.office.logo, findings)
    findings.raise_problems(titles)
    # Settings that could not be read are a problem, raised above.
    assert settings is not None
    files = [SETTINGS, *(table.file for table in tables.values())]
    if roads is not None:
        files.append(settings.roads.file)
    if logo:
        files.append(settings.office.logo)
    sources = {file: sha256(folder / file) for file in dict.fromkeys(files)}
    district = replace(build_district(folder, settings, rows, roads, sources), logo=logo)
    return replace(district, warnings=(*findings.warnings, *district_warnings(district)))


def _logo(folder: Path, name: str, findings: Findings) -> bytes:
    """The picture of the letterhead, by its first bytes a PNG or JPEG; empty without one."""
    spot = Spot(source=SETTINGS, text=f"{SETTINGS} [office] logo")
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


def _roads(folder: Path, settings: Settings, findings: Findings) -> Path | None:
    name = settings.roads.file
    path = folder / name
    if path.is_file():
        check_roads(path, name, findings)
        return path
    extracts = sorted(other.name for other in folder.iterdir() if EXTRACT.search(other.name))
    if name != RoadsSection().file:
        findings.add(
            Spot(source=SETTINGS, text=f"{SETTINGS} [roads] file"),
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
