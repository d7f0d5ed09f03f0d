"""Updates the table of what the register counts, by kelurahan, for the tests of `planner check`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from planner.intake.cells import dotted, parse_count
from planner.intake.count_rows import CountRow, CountTable
from planner.intake.folder_table import FolderTable, Record, by_key
from planner.intake.grid import Fate
from planner.intake.reconcile import Unit
from planner.intake.rt_table import Changes, key_of, unit_name

COUNTED = ("eligible", "recorded", "unrecorded")


def register_counts(
    tables: Sequence[CountTable], units: Mapping[tuple[str, str, str, str], Unit]
) -> dict[str, Record]:
    """What is counted of each kelurahan whose recorded people or residents are known, by its code.

    A row of the kelurahan itself comes before the sum of its parts, which needs all of them.
    """
    rejected = {
        row.key[0]
        for table in tables
        for row in table.rows
        if row.key and row.fate is Fate.REJECTED
    }
    counts: dict[str, Record] = {}
    rows = [row for table in tables for row in table.rows if row.key and not any(row.key[1:])]
    for row in sorted(rows, key=lambda row: row.period or (0, 0, 0)):
        if row.key and row.fate in {Fate.IMPORTED, Fate.TOTAL}:
            counts.setdefault(row.key[0], {}).update(_told(row))
    parts: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units.values():
        if unit.key[0] not in rejected:
            parts[unit.key[0]].append(unit)
    for code, inside in parts.items():
        for column in COUNTED:
            people = [getattr(unit, column) for unit in inside]
            if None not in people:
                counts.setdefault(code, {}).setdefault(column, str(sum(people)))
    return {
        code: count for code, count in counts.items() if count.keys() - {"eligible", "unrecorded"}
    }


def _told(row: CountRow) -> Record:
    people = {column: getattr(row, column) for column in COUNTED} | dict(row.told)
    return {column: str(count) for column, count in people.items() if count is not None}


def update_register(
    table: FolderTable, counts: Mapping[str, Record], names: Mapping[str, str]
) -> Changes:
    """Put new counts into the table; what was recorded before is kept beside what is now."""
    changes = Changes()
    existing = by_key(table.records, key_of)
    for code, count in counts.items():
        key = (code, "", "", "")
        name, people = unit_name(key, names.get(code, "")), int(count.get("recorded", 0))
        record = existing.get(key)
        if record is None:
            record = {"code": dotted(code), "kelurahan": names.get(code) or dotted(code)}
            table.records.append(record)
            changes.new.append((name, people))
        else:
            told = parse_count(record.get("recorded"))
            before = told if isinstance(told, int) else None
            if before is None or "recorded" not in count or before == people:
                changes.same += 1
            else:
                record["recorded_before"] = str(before)
                (changes.up if people > before else changes.down).append((name, before, people))
        record |= count
    return changes
