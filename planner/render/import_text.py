"""What an import understood and does, in lines to read and as data."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from planner.i18n.messages import msgid, say
from planner.i18n.words import Words
from planner.intake.grid import Fate, Finding, Severity
from planner.intake.prepare import PreparedImport, Understanding
from planner.intake.rt_table import Changes

_NAMED = 10
"""Rows of a kind that are named one by one."""

_FATES = {
    Fate.HEADER: say("header or title"),
    Fate.TOTAL: say("total"),
    Fate.IMPORTED: say("imported"),
    Fate.DUPLICATE: say("duplicate"),
    Fate.OLDER: say("older"),
    Fate.REJECTED: say("rejected"),
}


def encode_import(prepared: PreparedImport, words: Words, *, is_written: bool) -> dict[str, Any]:
    """For JSON: counts, changes and findings, sentences in the language of the reader."""
    tally = prepared.tally.as_dict()
    return {
        "folder": str(prepared.folder),
        "written": is_written,
        "exit_code": prepared.exit_code if is_written or prepared.is_stopped else 2,
        "rows": tally["rows"],
        "people": tally["people"],
        "sheets": [
            {
                "sheet": sheet.label,
                "kind": words.translate(sheet.kind),
                "level": words.translate(sheet.level),
                "columns": dict(sheet.columns),
                "rows_imported": sheet.num_rows,
                "people_imported": sheet.people,
                "rows": prepared.fates.get(sheet.label, {}),
            }
            for sheet in prepared.understood
        ],
        "changes": {name: asdict(changes) for name, changes in prepared.changes.items()},
        "findings": [_encode_finding(finding, words) for finding in prepared.findings],
        "files": sorted(prepared.files) if is_written else [],
        "rejected_file": prepared.rejected_file if is_written else "",
    }


def _encode_finding(finding: Finding, words: Words) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "where": words.translate(finding.where),
        "what": words.translate(finding.what),
        "remedy": words.translate(finding.remedy),
    }


def format_import(prepared: PreparedImport, words: Words, *, is_written: bool) -> list[str]:
    """What was understood, what is rejected, and what changes, a line each."""
    lines = [line for sheet in prepared.understood for line in _format_sheet(sheet, words)]
    for severity in (Severity.NOTE, Severity.LOOK, Severity.STOP):
        lines += _format_findings(prepared, severity, words)
    if prepared.is_stopped:
        return [*lines, words("nothing is imported")]
    lines += _format_tally(prepared, words)
    for name, changes in prepared.changes.items():
        lines += _format_changes(name, changes, words)
    book = prepared.workbook
    names = ", ".join(name for name in sorted(prepared.files) if not name.startswith("../"))
    if book is None:
        told = msgid("would write to {folder}: {names}")
        if is_written:
            told = msgid("written to {folder}: {names}")
    else:
        told = msgid("would write to {workbook}, and to {folder} beside it: {names}")
        if is_written:
            told = msgid("written to {workbook}, and to {folder} beside it: {names}")
    label = prepared.label
    return [*lines, words(told, workbook=label, folder=prepared.folder, names=names)]


def _format_sheet(sheet: Understanding, words: Words) -> Iterator[str]:
    kind = sheet.kind
    if sheet.level:
        kind = say("{kind}, by {level}", kind=kind, level=sheet.level)
    yield words(
        "{label}: {kind}; {rows} rows, {people} people",
        label=sheet.label,
        kind=words.translate(kind),
        rows=words.number(sheet.num_rows),
        people=words.number(sheet.people),
    )
    for title, role in sheet.columns.items():
        yield f"  {title} = {role}"


def _format_findings(prepared: PreparedImport, severity: Severity, words: Words) -> Iterator[str]:
    """All findings of one severity; of many of a kind the first ones."""
    by_code: dict[str, list[Finding]] = {}
    for finding in prepared.findings:
        if finding.severity is severity:
            by_code.setdefault(finding.code, []).append(finding)
    for findings in by_code.values():
        for finding in findings[:_NAMED]:
            yield words.translate(
                say(
                    "{where}: {what}; {remedy}",
                    where=finding.where,
                    what=finding.what,
                    remedy=finding.remedy,
                )
            )
        if len(findings) > _NAMED:
            yield words.translate(say("{count} more like it", count=len(findings) - _NAMED))


def _format_tally(prepared: PreparedImport, words: Words) -> Iterator[str]:
    tally = prepared.tally
    parts = ", ".join(
        f"{words.translate(_FATES[fate])} {words.number(count)}"
        for fate, count in tally.rows.items()
        if count
    )
    total = sum(tally.rows.values())
    yield words("rows read: {total} = {parts}", total=words.number(total), parts=parts)
    people = tally.as_dict()["people"]
    yield words(
        "people read: {read} = imported {imported} + rejected {rejected} + duplicate {duplicate}"
        " + older {older}",
        **{name: words.number(count) for name, count in people.items()},
    )


def _format_changes(name: str, changes: Changes, words: Words) -> Iterator[str]:
    yield words(
        "rows of {name}: {new} new, {gone} gone, {up} up, {down} down, {same} unchanged",
        name=name,
        new=words.number(len(changes.new)),
        gone=words.number(len(changes.gone)),
        up=words.number(len(changes.up)),
        down=words.number(len(changes.down)),
        same=words.number(changes.same),
    )
    for place, before, after in [*changes.up, *changes.down][:_NAMED]:
        yield f"  {place}: {words.number(before)} > {words.number(after)}"
