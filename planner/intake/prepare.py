"""From files to what would be written, whole or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planner.errors import Mistake, reason
from planner.i18n.messages import Message, say
from planner.inputs.rows import RtRow
from planner.intake.cells import as_label
from planner.intake.column_mapping import FILE, ColumnMapping
from planner.intake.columns import Columns, find_columns
from planner.intake.counts import CountReader, CountTable, Names
from planner.intake.folder_table import read_folder_table
from planner.intake.grid import Fate, Finding, Severity, Sheet, SourceFile, Tally
from planner.intake.header import Header, find_header
from planner.intake.nik import mask
from planner.intake.persons import person_findings
from planner.intake.read_source import nik_findings, read_source
from planner.intake.reconcile import Reconciled, reconcile, top_level
from planner.intake.regencies import check_names
from planner.intake.rejected import is_rejected_before, rejected_workbook
from planner.intake.rt_table import Changes, update_rt
from planner.intake.titles import Role

MANY, FEW = 20, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What one sheet was taken for.

    Attributes
    ----------
    kind
        Name of the table of the folder, or what else it is.
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


@dataclass(slots=True, kw_only=True)
class PreparedImport:
    """What an import understood, and what it would write.

    Attributes
    ----------
    files
        Content by file name in the folder; nothing where a finding stops the import.
    removed
        Files that are done with.
    fates
        Of each sheet, ranges of row numbers by what becomes of them.
    """

    folder: Path
    files: dict[str, bytes] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    understood: list[Understanding] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    changes: dict[str, Changes] = field(default_factory=dict)
    fates: dict[str, dict[str, list[tuple[int, int]]]] = field(default_factory=dict)
    rejected_file: str = ""
    questions: list["Question"] = field(default_factory=list)

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

    def stop(self, code: str, where: str, what: Message, remedy: Message) -> None:
        """Note that nothing can be imported, and why."""
        self.findings.append(
            Finding(code=code, where=where, what=what, remedy=remedy, severity=Severity.STOP)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person at a terminal may decide: which of some columns holds people unrecorded."""

    label: str
    titles: tuple[str, ...]
    candidates: tuple[int, ...]


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


def prepare_import(paths: Sequence[Path], folder: Path, options: ImportOptions) -> PreparedImport:
    """What an import of files into a folder would write.

    The files are read whole, and looked through for persons before anything else is done with them.
    """
    prepared = PreparedImport(folder=folder)
    sources = list(_read_all(paths, prepared))
    if prepared.is_stopped:
        return prepared
    tables = []
    names = _names(folder, prepared)
    for source in sources:
        for sheet in source.sheets:
            table = _read_sheet(sheet, options.mapping, names, prepared)
            if table is not None:
                tables.append(table)
    if prepared.is_stopped:
        prepared.files.clear()
        return prepared
    _import_counts(tables, prepared, options)
    if prepared.is_stopped:
        prepared.files.clear()
    return prepared


def _read_all(paths: Sequence[Path], prepared: PreparedImport) -> Iterator[SourceFile]:
    """Every file; those that cannot be read, or hold persons, stop the import."""
    for path in paths:
        where = mask(path.name)
        try:
            source = read_source(path)
        except Mistake as mistake:
            prepared.stop("unreadable", where, mistake.what, mistake.remedy)
            continue
        except OSError as error:
            what = say("cannot be opened ({reason})", reason=mask(reason(error)))
            prepared.stop("unreadable", where, what, say("correct the name, or close it elsewhere"))
            continue
        except (MemoryError, RecursionError):
            prepared.stop(
                "unreadable", where, say("is too large"), say("split it into smaller files")
            )
            continue
        refused = list(nik_findings(source, path))
        if not refused:
            for sheet in source.sheets:
                refused += person_findings(sheet, find_header(sheet))
        prepared.findings += _few(refused)
        if not refused:
            yield source


def _few(findings: Sequence[Finding]) -> Iterator[Finding]:
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


def _names(folder: Path, prepared: PreparedImport) -> Names:
    """Codes of the kelurahan that the folder knows, by name."""
    found: dict[str, set[str]] = {}
    try:
        records = read_folder_table(folder, "rt", RtRow).records
    except Mistake as mistake:
        prepared.stop("folder-table", str(folder), mistake.what, mistake.remedy)
        return {}
    for record in records:
        if "kelurahan" in record and "code" in record:
            code = record["code"].replace(".", "")
            found.setdefault(record["kelurahan"].casefold(), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def _read_sheet(
    sheet: Sheet, mapping: ColumnMapping, names: Names, prepared: PreparedImport
) -> CountTable | None:
    """The table of counts in a sheet; of another sheet it is noted what it is."""
    if not any(as_label(cell) for row in sheet.rows for cell in row):
        return None
    label = sheet.label
    if sheet.is_hidden:
        prepared.findings.append(
            Finding(
                code="hidden-sheet",
                where=label,
                what=say("the sheet is hidden, and is not imported"),
                remedy=say("show it in Excel if it should be"),
                severity=Severity.NOTE,
            )
        )
        return None
    header = find_header(sheet)
    if header is None:
        _note_unread(sheet, prepared)
        return None
    told = mapping.roles(header.titles)
    columns = find_columns(header, sheet.rows[header.last + 1 :], told)
    if columns.undecided is not None:
        _ask(sheet, header, columns, prepared)
        return None
    if not columns.has_people or not _has_units(sheet, header, columns, names, mapping):
        _note_unread(sheet, prepared)
        return None
    reader = CountReader(sheet, header, columns, names, mapping.kelurahan)
    table = CountTable(sheet=sheet, header=header, columns=columns, rows=reader.read())
    table.is_rejected_before = is_rejected_before(header.titles)
    for text in columns.reasons:
        prepared.findings.append(
            Finding(
                code="meaning-by-sums",
                where=label,
                what=text,
                remedy=say("correct it in a mapping file if that is wrong"),
                severity=Severity.NOTE,
            )
        )
    return table


def _has_units(
    sheet: Sheet, header: Header, columns: Columns, names: Names, mapping: ColumnMapping
) -> bool:
    roles = columns.by_role
    if {
        Role.CODE,
        Role.KELURAHAN,
        Role.KECAMATAN,
        Role.REGENCY_NO,
        Role.KELURAHAN_NO,
    } & roles.keys():
        return True
    if not {Role.RT, Role.RW, Role.RT_RW, Role.RW_RT, Role.DUSUN} & roles.keys():
        return False
    reader = CountReader(sheet, header, columns, names, mapping.kelurahan)
    del reader
    return True


def _ask(sheet: Sheet, header: Header, columns: Columns, prepared: PreparedImport) -> None:
    assert columns.undecided is not None
    titles = ", ".join(f"'{header.titles[position]}'" for position in columns.candidates)
    prepared.stop(
        "undecided",
        sheet.address(header.last, columns.candidates[0]),
        say("{titles}: {what}", titles=titles, what=columns.undecided),
        say("say which column holds what in a mapping file, with --mapping"),
    )
    prepared.questions.append(
        Question(label=sheet.label, titles=header.titles, candidates=columns.candidates)
    )


def _note_unread(sheet: Sheet, prepared: PreparedImport) -> None:
    prepared.findings.append(
        Finding(
            code="no-people",
            where=sheet.label,
            what=say("counts no people unrecorded by place, and is not imported"),
            remedy=say("nothing to do, unless it should"),
            severity=Severity.NOTE,
        )
    )


def _import_counts(
    tables: Sequence[CountTable], prepared: PreparedImport, options: ImportOptions
) -> None:
    if not tables:
        if not prepared.files:
            prepared.stop(
                "nothing",
                str(prepared.folder),
                say("none of the files has anything to import"),
                say("see docs/import.md for the tables that are understood"),
            )
        return
    for table in tables:
        prepared.findings += check_names(table)
    if prepared.is_stopped:
        return
    done = reconcile(tables)
    prepared.tally = done.tally
    prepared.findings += done.findings
    level = top_level(tables)
    if level is not None:
        prepared.stop(
            "level",
            tables[0].sheet.label,
            say("the table ends at the {level}", level=level),
            say("export it by kelurahan, RW or RT"),
        )
    elif not done.units:
        prepared.stop(
            "nothing",
            tables[0].sheet.label,
            say("no row can be imported"),
            say("correct the rows named above"),
        )
    for table in tables:
        prepared.understood.append(_understand(table))
        prepared.fates[table.sheet.label] = _ranges(table)
    if not prepared.is_stopped:
        _write_counts(tables, done, prepared, options)


def _understand(table: CountTable) -> Understanding:
    titles = table.header.titles
    columns = {titles[position]: role.value for role, position in table.columns.by_role.items()}
    for role, (men, women) in table.columns.sexes.items():
        columns |= {titles[men]: f"{role.value} L", titles[women]: f"{role.value} P"}
    keys = [row.key for row in table.rows if row.key and row.fate is Fate.IMPORTED]
    level: Message | str = ""
    if keys:
        names = (say("kelurahan"), say("dusun"), say("RW"), say("RT"))
        level = names[max(max(i for i in range(4) if key[i]) for key in keys)]
    imported = [row for row in table.rows if row.fate is Fate.IMPORTED]
    return Understanding(
        label=table.sheet.label,
        kind=say("people unrecorded"),
        level=level,
        columns=columns,
        num_rows=len(imported),
        people=sum(row.unrecorded or 0 for row in imported),
    )


def _ranges(table: CountTable) -> dict[str, list[tuple[int, int]]]:
    """Numbers of rows by what becomes of them, those behind one another together."""
    ranges: dict[str, list[tuple[int, int]]] = {}
    above = [(index, Fate.HEADER) for index in _heading_rows(table)]
    for index, fate in [*above, *((row.index, row.fate) for row in table.rows)]:
        assert fate is not None
        number, spans = table.sheet.number(index), ranges.setdefault(fate.value, [])
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return ranges


def _heading_rows(table: CountTable) -> list[int]:
    """Rows of the header and of titles above it that are not blank."""
    if table.sheet.is_layer:
        return []
    rows = table.sheet.rows[: table.header.last + 1]
    return [index for index, row in enumerate(rows) if any(as_label(cell) for cell in row)]


def _write_counts(
    tables: Sequence[CountTable], done: Reconciled, prepared: PreparedImport, options: ImportOptions
) -> None:
    table = read_folder_table(prepared.folder, "rt", RtRow)
    is_again = all(table.is_rejected_before for table in tables)
    files = ", ".join(dict.fromkeys(table.sheet.file for table in tables))
    mark = f"tidak ada di {files}" if options.language == "id" else f"not in {files}"
    covered = frozenset() if is_again else done.covered
    changes = update_rt(table, done.units, covered, mark)
    prepared.changes["rt"] = changes
    prepared.findings += _tell_changes(changes)
    prepared.files["rt.csv"] = table.content(options.language)
    for counts in tables:
        roles = {position: role for role, position in counts.columns.by_role.items()}
        options.mapping.remember(counts.header.titles, roles)
    prepared.files[FILE] = options.mapping.content()
    name = "ditolak.xlsx" if options.language == "id" else "rejected.xlsx"
    if any(row.fate is Fate.REJECTED for counts in tables for row in counts.rows):
        prepared.files[name] = rejected_workbook(tables, options.language)
        prepared.rejected_file = name
    elif is_again and {name} == {counts.sheet.file for counts in tables}:
        prepared.removed.append(name)
    prepared.tally.add(Fate.HEADER, rows=sum(len(_heading_rows(counts)) for counts in tables))


def _tell_changes(changes: Changes) -> Iterator[Finding]:
    for name, people in changes.gone[:MANY]:
        yield Finding(
            code="gone",
            where=name,
            what=say("is not in the new file, and becomes 0 (before: {people})", people=people),
            remedy=say("look whether it was left out by mistake"),
        )
    for name in changes.lowered[:MANY]:
        yield Finding(
            code="unreachable-lowered",
            where=name,
            what=say("more people were unreachable than are unrecorded now"),
            remedy=say("the number of unreachable people is lowered; look at it"),
        )
