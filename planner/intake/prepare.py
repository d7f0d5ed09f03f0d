"""From files to what would be written, whole or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from planner.errors import Mistake, quote, reason
from planner.i18n.messages import Message, say
from planner.inputs.rows import RtRow, TableRow
from planner.inputs.xlsx_table import Workbook, has_formulas
from planner.intake.areas import border_names
from planner.intake.column_mapping import ColumnMapping
from planner.intake.count_rows import CountTable, Names
from planner.intake.folder_table import FolderTable, read_folder_table
from planner.intake.grid import Fate, Finding, Severity, Sheet, SourceFile, Tally
from planner.intake.header import find_header
from planner.intake.nik import mask
from planner.intake.persons import person_findings
from planner.intake.read_source import nik_findings, read_source
from planner.intake.rejected import ORIGIN
from planner.intake.rt_table import Changes
from planner.intake.sheet_tables import SheetTables, read_sheet
from planner.intake.table_parts import part_tables
from planner.intake.titles import Role, meaning_of
from planner.intake.workbook_cells import Cells, change_cells

MANY, FEW = 20, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What one sheet was taken for.

    Attributes
    ----------
    columns
        What each column that is read holds, by its title.
    num_rows, people
        Rows imported, and people unrecorded in them.
    """

    label: str
    kind: Message
    level: Message | str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    num_rows: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person at a terminal may decide: what some columns of a table hold."""

    label: str
    titles: tuple[str, ...]
    candidates: tuple[int, ...]


@dataclass(slots=True, kw_only=True)
class PreparedImport:
    """What an import understood, and what it would write.

    Attributes
    ----------
    workbook
        Of all tables, where the district has one beside its folder.
    files
        Content by file name in the folder; nothing where a finding stops the import.
    cells
        Those of the workbook that change, by title of the sheet.
    removed
        Files that are done with.
    fates
        Of each sheet, ranges of row numbers by what becomes of them.
    """

    folder: Path
    workbook: Workbook | None = None
    cells: dict[str, Cells] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    understood: list[Understanding] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    changes: dict[str, Changes] = field(default_factory=dict)
    fates: dict[str, dict[str, list[tuple[int, int]]]] = field(default_factory=dict)
    rejected_file: str = ""
    questions: list[Question] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The district as its user names it."""
        return str(self.folder if self.workbook is None else self.workbook.path)

    @property
    def is_stopped(self) -> bool:
        """Whether nothing can be imported."""
        return any(finding.severity is Severity.STOP for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """0: all went in; 1: something needs a look; 2: nothing can go in."""
        if self.is_stopped:
            return 2
        return int(any(finding.severity is Severity.LOOK for finding in self.findings))

    def add(
        self,
        code: str,
        where: str,
        what: Message,
        remedy: Message,
        severity: Severity = Severity.STOP,
    ) -> None:
        """Note a finding; without another severity nothing can be imported."""
        self.findings.append(
            Finding(code=code, where=where, what=what, remedy=remedy, severity=severity)
        )

    def tell_unread(self, sheet: Sheet, titles: Sequence[str]) -> None:
        """Name columns that are not read, save those that say which row it is."""
        known = {Role.NUMBER, Role.LEVEL}
        unread = [t for t in titles if t and meaning_of(t).role not in known and t not in ORIGIN]
        if unread:
            names = ", ".join([*map(quote, unread[:MANY]), *["..."] * (len(unread) > MANY)])
            what = say("columns that are not read: {titles}", titles=names)
            remedy = say("nothing to do, unless they should be")
            self.add("columns-unread", sheet.label, what, remedy, Severity.NOTE)

    def sort_rows(self, sheet: Sheet, fates: Mapping[str, Sequence[tuple[int, int]]]) -> None:
        """Note what becomes of the rows of one table of a sheet."""
        of_sheet = self.fates.setdefault(sheet.label, {})
        for fate, ranges in fates.items():
            of_sheet.setdefault(fate, []).extend(ranges)

    def read_table(self, name: str, model: type[TableRow]) -> FolderTable:
        """A table of the district, empty where there is none.

        Raises
        ------
        Mistake
            Where it cannot be read.
        """
        return read_folder_table(self.folder, name, model, self.workbook)

    def put_table(self, table: FolderTable, language: str) -> None:
        """Write a table where it is: on its sheet, or as CSV, other formats kept beside it."""
        if table.sheet is not None:
            self.cells[table.sheet.sheet] = table.cells(language)
            return
        self.files[f"{table.name}.csv"] = table.content(language)
        if table.kept_as:
            self.put_aside(table.kept_as, f"{table.name}.csv")

    def put_workbook(self) -> None:
        """Write the workbook where cells of it change; it lies beside the folder.

        Raises
        ------
        Mistake
            Where they cannot be changed.
        """
        if self.workbook is not None and any(self.cells.values()):
            name = self.workbook.path.name
            content = self.files[f"../{name}"] = change_cells(self.workbook.content, self.cells)
            if has_formulas(content):
                what = say("its formulas show their old results until a spreadsheet opens it")
                remedy = say("open it in Excel or LibreOffice and save it")
                self.add("formulas", name, what, remedy, Severity.LOOK)

    def put_aside(self, old: str, new: str) -> None:
        """Keep a file of another format than the new one beside it, as it was."""
        self.files[f"{old}.bak"] = (self.folder / old).read_bytes()
        self.removed.append(old)
        what = say("becomes {file}, with all its rows and columns", file=new)
        remedy = say("the old file stays as {file}", file=f"{old}.bak")
        self.add("format-changed", old, what, remedy, Severity.NOTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How an import is made.

    Attributes
    ----------
    language
        Of the folder's tables, and of the workbook of rejected rows.
    """

    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    language: str = "id"


def read_all(paths: Sequence[Path], prepared: PreparedImport) -> Iterator[SourceFile]:
    """Every file; those that cannot be read, or hold persons, stop the import."""
    for path in paths:
        source = _read(path, prepared)
        if source is None:
            continue
        refused = list(nik_findings(source, path))
        if not refused:
            for sheet in source.sheets:
                refused += person_findings(sheet, find_header(sheet))
        prepared.findings += few(refused)
        if not refused:
            yield source


def read_unrefused(paths: Sequence[Path], prepared: PreparedImport) -> Iterator[SourceFile]:
    """Every file, also with persons in it: only to count them."""
    for path in paths:
        source = _read(path, prepared)
        if source is not None:
            yield source


def _read(path: Path, prepared: PreparedImport) -> SourceFile | None:
    name = mask(path.name)
    try:
        source = read_source(path)
        return replace(source, sheets=[*chain.from_iterable(map(part_tables, source.sheets))])
    except Mistake as mistake:
        prepared.add("unreadable", name, mistake.what, mistake.remedy)
    except OSError as error:
        what = say("cannot be opened ({reason})", reason=mask(reason(error)))
        prepared.add("unreadable", name, what, say("correct the name, or close it elsewhere"))
    except (MemoryError, RecursionError):
        prepared.add("unreadable", name, say("is too large"), say("split it into smaller files"))
    return None


def few(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Of very many findings the first ones, and how many there are."""
    if len(findings) <= MANY:
        yield from findings
        return
    yield from findings[:FEW]
    first = findings[0]
    yield Finding(
        code=first.code,
        where=findings[-1].where,
        what=say("{count} more like it, up to here", count=len(findings) - FEW),
        remedy=first.remedy,
        severity=first.severity,
    )


def folder_names(prepared: PreparedImport) -> Names:
    """Codes of the kelurahan that the district knows, by name.

    Raises
    ------
    Mistake
        Where its table cannot be read.
    """
    found: dict[str, set[str]] = {}
    records = prepared.read_table("rt", RtRow).records
    named = [(record.get("kelurahan", ""), record.get("code", "")) for record in records]
    for name, code in (*named, *border_names(prepared.folder)):
        if name and code:
            found.setdefault(name.casefold(), set()).add(code.replace(".", ""))
    return {name: frozenset(codes) for name, codes in found.items()}


def read_sheets(
    sources: Sequence[SourceFile],
    mapping: ColumnMapping,
    names: Names,
    prepared: PreparedImport,
) -> list[SheetTables]:
    """What all sheets hold; questions that are open stop the import."""
    all_tables = []
    for source in sources:
        for sheet in source.sheets:
            tables = read_sheet(sheet, mapping, names)
            all_tables.append(tables)
            if tables.note is not None:
                prepared.findings.append(tables.note)
            _ask(tables, prepared)
            if tables.counts is not None:
                _tell_meaning(tables.counts, prepared)
    return all_tables


def _ask(tables: SheetTables, prepared: PreparedImport) -> None:
    if tables.question is None:
        return
    header, columns = tables.question
    assert columns.undecided is not None
    titles = ", ".join(f"'{header.titles[position]}'" for position in columns.candidates)
    prepared.add(
        "undecided",
        tables.sheet.address(header.last, columns.candidates[0]),
        say("{titles}: {what}", titles=titles, what=columns.undecided),
        say("say which column holds what in a mapping file, with --mapping"),
    )
    prepared.questions.append(
        Question(label=tables.sheet.label, titles=header.titles, candidates=columns.candidates)
    )


def _tell_meaning(table: CountTable, prepared: PreparedImport) -> None:
    for text in table.columns.reasons:
        remedy = say("correct it in a mapping file if that is wrong")
        prepared.add("meaning-by-sums", table.sheet.label, text, remedy, Severity.NOTE)


def understand_counts(table: CountTable) -> Understanding:
    """What a table of counts was taken for."""
    titles = table.header.titles
    columns = {titles[position]: role.value for role, position in table.columns.by_role.items()}
    for role, (men, women) in table.columns.sexes.items():
        if role is not Role.TOTAL:
            columns |= {titles[men]: f"{role.value} L", titles[women]: f"{role.value} P"}
    imported = [row for row in table.rows if row.fate is Fate.IMPORTED]
    levels = (say("kelurahan"), say("dusun"), say("RW"), say("RT"))
    depths = [max(i for i in range(4) if row.key[i]) for row in imported if row.key]
    return Understanding(
        label=table.sheet.label,
        kind=say("people unrecorded"),
        level=levels[max(depths)] if depths else "",
        columns=columns,
        num_rows=len(imported),
        people=sum(row.unrecorded or 0 for row in imported),
    )


def remember(table: CountTable, mapping: ColumnMapping) -> None:
    """Keep what the columns of a table were taken for."""
    roles = {position: role for role, position in table.columns.by_role.items()}
    mapping.remember(table.header.titles, roles)
