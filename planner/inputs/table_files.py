"""Finds the files of a district folder and reads each table from the one it is in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import file_digest
from pathlib import Path

from planner.errors import Mistake
from planner.i18n.language import SETTINGS_SHEETS, SUFFIX
from planner.i18n.messages import Message, say
from planner.inputs.csv_table import read_csv
from planner.inputs.findings import Findings, Spot
from planner.inputs.table import Table, Titles
from planner.inputs.xlsx_table import Workbook, read_sheet, read_xlsx

REQUIRED = ("rt", "points", "depots", "vans")
"""Tables no plan can be made without."""

_FILES = (".csv", ".xlsx", ".geojson")
_MAPS = (".json", ".shp", ".kml", ".kmz", ".gpx")
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar")
_PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".webp")
_NO_TABLES = (
    *(".toml", ".md", ".pbf", ".osm", ".log", ".lock"),
    *(".qgz", ".qgs", ".qmd", ".qml", ".prj", ".dbf", ".shx", ".cpg"),
)
"""Suffixes of what lies in a folder for another reason, whatever its name."""

_STRAY_LIKENESS = 0.75

INDONESIAN = {
    "batas": "areas",
    "wilayah": "areas",
    "penduduk": "population",
    "populasi": "population",
    "dkb": "register",
    "titik": "points",
    "sekolah": "schools",
    "kantor": "offices",
    "instansi": "offices",
    "pangkalan": "depots",
    "mobil": "vans",
    "kalender": "calendar",
}
"""What an office may call its tables."""


TITLES = {english: indonesian for indonesian, english in INDONESIAN.items()} | {
    "areas": "batas",
    "population": "penduduk",
    "offices": "kantor",
}
"""What a new workbook in Indonesian calls the sheets of tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """A file that holds a table, and the layer of a GeoPackage or the sheet of a workbook."""

    path: Path
    layer: str | None = None

    @property
    def label(self) -> str:
        """The file, and the layer in it, as the user sees them."""
        return f"{self.path.name} {self.layer or ''}".rstrip()


def files_of(folder: Path) -> list[Path]:
    """What lies in a folder, if there is one, and is not hidden."""
    # Excel keeps '~$NAME.xlsx' beside a workbook that is open.
    return sorted(
        path
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.is_file() and not path.name.startswith((".", "~$"))
    )


def read_tables(
    folder: Path,
    titles: Mapping[str, Titles],
    findings: Findings,
    workbook: Workbook | None = None,
) -> dict[str, Table]:
    """The tables that are there and can be read; problems are noted.

    Parameters
    ----------
    titles
        Titles of the columns of every table that a folder may have.
    workbook
        Of all tables, beside the folder.
    """
    names, files = tuple(titles), files_of(folder)
    sources = _sources(files, names, findings)
    if workbook is not None:
        _add_sheets(sources, workbook, names, findings)
    strays = _strays(files, names)
    tables: dict[str, Table] = {}
    for name in names:
        labels = ", ".join(sorted(source.label for source in sources.get(name, ())))
        with findings.catch(Spot(source=name, text=labels or name)):
            _check_source(name, sources.get(name, ()), strays.get(name, ()), workbook, findings)
            table = _read(name, titles[name], sources.get(name, ()), workbook, findings)
            if table is not None:
                tables[name] = table
                findings.warnings += table.notes
    _tell_strays(strays, sources, tables, findings)
    return tables


def sha256(path: Path) -> str:
    """Fingerprint of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def check_roads(path: Path, name: str, findings: Findings) -> None:
    """Note where a road file is none by its first bytes; the rest is read when roads are needed."""
    with findings.catch(Spot(source=name, text=name)), path.open("rb") as file:
        # The first block's header, after its length in four bytes.
        if b"OSMHeader" not in file.read(64)[4:]:
            raise Mistake(
                say("is not an OpenStreetMap extract in PBF"),
                say("download it again, with a name that ends in .osm.pbf"),
            )


def _sources(
    files: Sequence[Path], names: Sequence[str], findings: Findings
) -> dict[str, list[_Source]]:
    """Sources of every table; a table whose only file was told about already has none."""
    sources: dict[str, list[_Source]] = {}
    for path in files:
        name, suffix = path.stem.casefold(), path.suffix.casefold()
        if name in names and suffix in (*_FILES, ".gpkg"):
            sources.setdefault(name, [])
        with findings.catch(Spot(source=name, text=path.name)):
            for layer in _layers(path, names) if suffix == ".gpkg" else ():
                sources.setdefault(layer.casefold(), []).append(_Source(path=path, layer=layer))
            if name in names and suffix in _FILES:
                sources[name].append(_Source(path=path))
    return sources


def _layers(path: Path, names: Sequence[str]) -> tuple[str, ...]:
    from planner.inputs.geo_table import layers  # noqa: PLC0415 - loads pandas

    name, layer_names = path.stem.casefold(), layers(path)
    if name in names and name not in map(str.casefold, layer_names):
        raise Mistake(
            say("has no layer '{name}'", name=name),
            say("rename one of: {names}", names=", ".join(layer_names)),
        )
    return layer_names


def _add_sheets(
    sources: dict[str, list[_Source]],
    workbook: Workbook,
    names: Sequence[str],
    findings: Findings,
) -> None:
    """Take the sheets of a workbook as sources; those that are no table are named."""
    for title in workbook.sheets:
        key = title.strip().casefold()
        name = key if key in names else INDONESIAN.get(key, "")
        if name in names:
            sources.setdefault(name, []).append(_Source(path=workbook.path, layer=title))
        elif key not in SETTINGS_SHEETS:
            like = _table_like(key, names)
            warning = say("the sheet '{title}' is not read", title=title)
            if like:
                remedy = say("did you mean '{option}'?", option=like)
                warning = say("{warning}; {remedy}", warning=warning, remedy=remedy)
            findings.warnings.append(
                say("{file}: {warning}", file=workbook.path.name, warning=warning)
            )


def sheet_of(name: str, workbook: Workbook) -> str:
    """Title of the sheet of a table; empty where a workbook has none.

    Raises
    ------
    Mistake
        Where it has two.
    """
    keys = {title: title.strip().casefold() for title in workbook.sheets}
    titles = [title for title, key in keys.items() if name in {key, INDONESIAN.get(key)}]
    if len(titles) > 1:
        what = say("{count} sources for the table {name}", count=len(titles), name=name)
        raise Mistake(what, say("keep one of them"))
    return titles[0] if titles else ""


def _check_source(
    name: str,
    sources: Sequence[_Source],
    strays: Sequence[Path],
    workbook: Workbook | None,
    findings: Findings,
) -> None:
    """Refuse a table with two sources, and one that is needed and has none."""
    if not sources and not strays and name in REQUIRED and not findings.has_problem(name):
        if workbook is not None:
            remedy = say("name a sheet of {file} so", file=workbook.path.name)
            raise Mistake(say("has no sheet"), remedy)
        remedy = say("write {name}.csv, or start with `planner init`", name=name)
        raise Mistake(say("has no file"), remedy)
    if len(sources) > 1:
        what = say("{count} sources for the table {name}", count=len(sources), name=name)
        raise Mistake(what, say("keep one of them"))


def _read(
    name: str,
    known: Titles,
    sources: Sequence[_Source],
    workbook: Workbook | None,
    findings: Findings,
) -> Table | None:
    if not sources:
        return None
    path, suffix = sources[0].path, sources[0].path.suffix.casefold()
    if workbook is not None and path == workbook.path:
        return read_sheet(name, workbook, sources[0].layer or "", known)
    if suffix in {".geojson", ".gpkg"}:
        from planner.inputs.geo_table import read_geo  # noqa: PLC0415 - loads pandas

        return read_geo(name, path, sources[0].layer, findings, known)
    if name == "areas":
        raise Mistake(say("cannot hold borders"), say("save it as areas.geojson or areas.gpkg"))
    return (read_xlsx if suffix == SUFFIX else read_csv)(name, path, known)


def _strays(files: Sequence[Path], names: Sequence[str]) -> dict[str, list[Path]]:
    """Files that look like a table and are not read, by the table that each looks like."""
    strays: dict[str, list[Path]] = {}
    for path in files:
        name, suffix = path.stem.casefold(), path.suffix.casefold()
        is_read = suffix == ".gpkg" or (suffix in _FILES and name in names)
        if is_read or suffix in _NO_TABLES or (suffix in _PICTURES and name not in names):
            continue
        borders = "areas" if suffix in {".geojson", *_MAPS} and "areas" in names else ""
        if table := _table_like(name, names) or borders:
            strays.setdefault(table, []).append(path)
    return strays


def _table_like(name: str, names: Sequence[str]) -> str | None:
    """The table that a name may mean: ``rt (1)``, ``data_rt.csv``, ``sekolah``, ``pointz``."""
    words: list[str] = re.findall(r"[^\W\d_]+", name)
    named = [INDONESIAN.get(word, word) for word in (name, *words)]
    if exact := [word for word in named if word in names]:
        return exact[0]
    near: list[str] = get_close_matches(name, names, n=1, cutoff=_STRAY_LIKENESS)
    return near[0] if near else None


def _tell_strays(
    strays: Mapping[str, Sequence[Path]],
    sources: Mapping[str, Sequence[_Source]],
    tables: Mapping[str, Table],
    findings: Findings,
) -> None:
    """A stray is a problem where nothing else holds its table, and a warning beside it."""
    for table, paths in strays.items():
        is_empty = table in tables and not tables[table].rows
        for path in paths:
            spot = Spot(source=table, text=path.name)
            if is_empty:
                findings.add(spot, say("is not read"), _swap(path, tables[table]))
                continue
            is_alone = table not in sources and (
                table in REQUIRED or path.name.casefold().split(".")[0] == table
            )
            if is_alone:
                findings.add(spot, say("is not read"), _remedy(path, table))
            else:
                labels = ", ".join(source.label for source in sources.get(table, ()))
                remedy = (
                    say("the table is read from {file}", file=labels)
                    if labels
                    else _remedy(path, table)
                )
                findings.warnings.append(
                    say("{name}: is not read; {remedy}", name=path.name, remedy=remedy)
                )


def _swap(path: Path, empty: Table) -> Message:
    """What to do with a file beside a table that has only a header."""
    if path.suffix.casefold() in _FILES:
        return say(
            "delete {file}, which has no rows, and rename this file to {name}",
            file=empty.label,
            name=f"{empty.name}{path.suffix.casefold()}",
        )
    return say("put its rows into {file}, which has none", file=empty.label)


def _remedy(path: Path, table: str) -> Message:
    suffix = path.suffix.casefold()
    if suffix in _FILES:
        return say("did you mean '{name}'?", name=f"{table}{suffix}")
    if suffix in _ARCHIVES:
        return say("unpack it, and put the table here as {table}.xlsx or .csv", table=table)
    if suffix in _MAPS or table == "areas":
        return say("open it in QGIS and save it as {table}.geojson", table=table)
    return say("save the table as {table}.xlsx or {table}.csv", table=table)
