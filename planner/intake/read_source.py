"""Reads a file by what it is, not by what its name says, and refuses persons before all else."""

from collections.abc import Iterator
from pathlib import Path

from planner.errors import Mistake
from planner.i18n.messages import Message, say
from planner.intake.grid import Finding, Severity, SourceFile
from planner.intake.nik import has_nik, mask

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
TEXTS = (".csv", ".tsv", ".txt")
LAYERS = (".geojson", ".json", ".gpkg", ".shp", ".kml")
EXTRACTS = (".pbf", ".osm")

UNOPENED = say("cannot be opened")
CLOSE_IT = say("correct the name, or close it elsewhere")

CELL_PARTS = (say("texts of cells"), say("cells and comments"), say("texts of the file"))
_REMEDY = say("the planner works on counts: remove it from the file, or use --aggregate")


def read_source(path: Path) -> SourceFile:
    """Every sheet of a file of any kind.

    Raises
    ------
    Mistake
        Where it cannot be read.
    """
    name, suffix = mask(path.name), path.suffix.casefold()
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise Mistake(say("is empty"), say("download it again"))
    # Loaded here, as no other command needs them.
    if suffix in LAYERS:
        from planner.intake.layers import read_layers  # noqa: PLC0415

        return read_layers(path, name)
    if suffix in (*WORKBOOKS, *TEXTS) or not suffix:
        from planner.intake.text_files import read_text_file  # noqa: PLC0415
        from planner.intake.workbooks import read_workbook  # noqa: PLC0415

        if suffix in WORKBOOKS and head.lstrip().startswith(b"<"):
            raise Mistake(
                say("is a page of the web with the name of a workbook"),
                say("open it in Excel and save it as .xlsx"),
            )
        # Portals give a CSV the name of a workbook, and the other way round.
        is_workbook = head.startswith((b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")))
        return (read_workbook if is_workbook else read_text_file)(path, name)
    raise Mistake(
        say("is none of the kinds of file that are read"),
        say("save it as .xlsx, .csv or .geojson; an archive must be unpacked first"),
    )


def nik_findings(source: SourceFile, path: Path) -> Iterator[Finding]:
    """Where a file holds the number of a person: in a cell, a comment, a title or its name."""
    if has_nik(path.stem):
        yield refusal(source.name, say("the name of the file"))
    is_in_cells = False
    for sheet in source.sheets:
        if has_nik(sheet.title):
            where = f"{source.name} {mask(sheet.title)}"
            yield refusal(where, say("the name of the sheet"))
        for index, row in enumerate(sheet.rows):
            if not any(map(has_nik, row)):
                continue
            is_in_cells = True
            for column, cell in enumerate(row):
                if has_nik(cell):
                    yield refusal(mask(sheet.address(index, column)), say("the cell"))
    for part in dict.fromkeys(part for part, text in source.notes if has_nik(text)):
        # The texts of cells stand in a part of their own as well.
        if not (is_in_cells and part in CELL_PARTS):
            yield refusal(source.name, part)


def refusal(where: str, part: Message) -> Finding:
    """The finding that something holds the number of a person."""
    what = say("{part}: holds a number of 16 digits, such as a NIK", part=part)
    return Finding(code="nik", where=where, what=what, remedy=_REMEDY, severity=Severity.STOP)
