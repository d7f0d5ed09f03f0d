"""Finds the files of a district folder and reads each table from the one it is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import file_digest
from pathlib import Path

from planner.errors import Mistake
from planner.i18n.messages import say
from planner.inputs.csv_table import read_csv
from planner.inputs.findings import Findings, Spot
from planner.inputs.geo_table import layers, read_geo
from planner.inputs.table import Table
from planner.inputs.xlsx_table import read_xlsx

REQUIRED = ("rt", "points", "depots", "vans")
"""Tables no plan can be made without."""

_FILES = (".csv", ".xlsx", ".geojson")
_NOT_READ = (".xls", ".xlsm", ".xlsb", ".ods", ".tsv", ".txt", ".json", ".shp", ".kml", ".kmz")
_STRAY_LIKENESS = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """A file that holds a table, and in a GeoPackage the layer."""

    path: Path
    layer: str | None = None

    @property
    def label(self) -> str:
        """The file, and the layer in it, as the user sees them."""
        return f"{self.path.name} {self.layer or ''}".rstrip()


def read_tables(folder: Path, names: Sequence[str], findings: Findings) -> dict[str, Table]:
    """The tables of these names that are there and can be read; problems are noted."""
    # Excel keeps '~$NAME.xlsx' beside a workbook that is open.
    files = sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and not path.name.startswith((".", "~$"))
    )
    sources = _sources(files, names, findings)
    tables: dict[str, Table] = {}
    for name in names:
        labels = ", ".join(sorted(source.label for source in sources.get(name, ())))
        with findings.catch(Spot(source=name, text=labels or name)):
            table = _read(name, sources.get(name), findings)
            if table is not None:
                tables[name] = table
    _warn_of_strays(files, names, findings)
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
        if name in names:
            sources.setdefault(name, [])
        with findings.catch(Spot(source=name, text=path.name)):
            for layer in _layers(path, names) if suffix == ".gpkg" else ():
                sources.setdefault(layer.casefold(), []).append(_Source(path=path, layer=layer))
            if name in names and suffix in _FILES:
                sources[name].append(_Source(path=path))
            elif name in names and suffix in _NOT_READ:
                remedy = say("save it as .csv, .xlsx, .geojson or .gpkg")
                raise Mistake(say("has an unsupported format"), remedy)
    return sources


def _layers(path: Path, names: Sequence[str]) -> tuple[str, ...]:
    name, layer_names = path.stem.casefold(), layers(path)
    if name in names and name not in map(str.casefold, layer_names):
        raise Mistake(
            say("has no layer '{name}'", name=name),
            say("rename one of: {names}", names=", ".join(layer_names)),
        )
    return layer_names


def _read(name: str, sources: Sequence[_Source] | None, findings: Findings) -> Table | None:
    if sources is None and name in REQUIRED:
        remedy = say("write {name}.csv, or start with `planner init`", name=name)
        raise Mistake(say("has no file"), remedy)
    if not sources:
        return None
    if len(sources) > 1:
        what = say("{count} sources for the table {name}", count=len(sources), name=name)
        raise Mistake(what, say("keep one of them"))
    path, suffix = sources[0].path, sources[0].path.suffix.casefold()
    if suffix in {".geojson", ".gpkg"}:
        return read_geo(name, path, sources[0].layer, findings)
    if name == "areas":
        raise Mistake(say("cannot hold borders"), say("save it as areas.geojson or areas.gpkg"))
    return (read_xlsx if suffix == ".xlsx" else read_csv)(name, path)


def _warn_of_strays(files: Sequence[Path], names: Sequence[str], findings: Findings) -> None:
    for path in files:
        name = path.stem.casefold()
        near = get_close_matches(name, names, n=1, cutoff=_STRAY_LIKENESS)
        if name not in names and path.suffix.casefold() in _FILES and near:
            findings.warnings.append(
                say(
                    "{name}: is not read; did you mean '{near}{suffix}'?",
                    name=path.name,
                    near=near[0],
                    suffix=path.suffix,
                )
            )
