"""Updates the table of people with new counts, and tells the difference."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.intake.cells import KECAMATAN, Invalid, dotted, parse_code, parse_count, parse_part
from planner.intake.count_rows import UnitKey
from planner.intake.folder_table import FolderTable, Record, by_key
from planner.intake.reconcile import Unit


@dataclass(slots=True)
class Changes:
    """What an import changes in one table: names of rows, with people before and after.

    Attributes
    ----------
    lowered
        Rows of which more people were noted as unreachable than are left.
    """

    new: list[tuple[str, int]] = field(default_factory=list)
    gone: list[tuple[str, int]] = field(default_factory=list)
    up: list[tuple[str, int, int]] = field(default_factory=list)
    down: list[tuple[str, int, int]] = field(default_factory=list)
    same: int = 0
    lowered: list[str] = field(default_factory=list)

    def compare(self, name: str, before: int, after: int) -> None:
        """Note what becomes of the people of a row."""
        if before == after:
            self.same += 1
        else:
            (self.up if after > before else self.down).append((name, before, after))


def unit_name(key: UnitKey, kelurahan: str = "") -> str:
    """How a unit is called: ``31.71.01.1001 Gambir RW 004 RT 012``."""
    code, dusun, rw, rt = key
    parts = (dotted(code), kelurahan, dusun, rw and f"RW {rw}", rt and f"RT {rt}")
    return " ".join(filter(None, parts))


def key_of(record: Record) -> UnitKey:
    """Where the people of a row of the table live."""
    code = parse_code(record.get("code"))
    rw, rt = parse_part(record.get("rw")), parse_part(record.get("rt"))
    return (
        "" if code is None or isinstance(code, Invalid) else code,
        record.get("dusun", ""),
        rw if isinstance(rw, str) else "",
        rt if isinstance(rt, str) else "",
    )


def update_rt(
    table: FolderTable,
    units: Mapping[UnitKey, Unit],
    covered: frozenset[str] = frozenset(),
    unread: frozenset[UnitKey | str] = frozenset(),
    gone_reason: str = "",
) -> Changes:
    """Put new counts into the table; rows are added, and none is taken away.

    Parameters
    ----------
    covered
        Codes of kecamatan and kelurahan: a row of theirs that no unit has becomes 0, marked.
    unread
        Units, and codes of kelurahan, whose rows stay, as the file has some that were rejected.
    gone_reason
        What such a row is marked with.
    """
    changes = Changes()
    existing = by_key(table.records, key_of)
    # The folder's spelling of a name stays.
    names = {key[0]: record.get("kelurahan", "") for key, record in existing.items()}
    for key, unit in units.items():
        names.setdefault(key[0], unit.kelurahan)
    for key, unit in units.items():
        record = existing.get(key)
        if record is None:
            record = _new_record(unit, names)
            table.records.append(record)
            changes.new.append((unit_name(key, record.get("kelurahan", "")), unit.unrecorded))
            continue
        name = unit_name(key, record.get("kelurahan", ""))
        _set_people(record, unit.unrecorded, name, changes)
        _set_others(record, unit)
        if record.get("reason") == gone_reason:
            del record["reason"]
    for key, record in existing.items():
        is_told = key in units or {key, key[0]} & unread
        if is_told or not {key[0], key[0][:KECAMATAN]} & covered:
            continue
        people = people_in(record, "unrecorded")
        if people:
            name = unit_name(key, record.get("kelurahan", ""))
            changes.gone.append((name, people))
            _set_people(record, 0, name, Changes())
            record.setdefault("reason", gone_reason)
    return changes


def people_in(record: Record, *columns: str) -> int:
    """Sum of the numbers in some columns of a row; what is none counts nobody."""
    counts = (parse_count(record.get(column)) for column in columns)
    return sum(count for count in counts if isinstance(count, int))


def _set_people(record: Record, people: int, name: str, changes: Changes) -> None:
    changes.compare(name, people_in(record, "unrecorded"), people)
    record["unrecorded"] = str(people)
    unreachable = parse_count(record.get("unreachable"))
    if isinstance(unreachable, int) and unreachable > people:
        record["unreachable"] = str(people)
        changes.lowered.append(name)


def _new_record(unit: Unit, names: Mapping[str, str]) -> Record:
    code, dusun, rw, rt = unit.key
    cells = {
        "code": dotted(code),
        "kelurahan": names.get(code) or unit.kelurahan or dotted(code),
        "rw": rw,
        "dusun": dusun,
        "rt": rt,
        "unrecorded": str(unit.unrecorded),
    }
    record = {column: cell for column, cell in cells.items() if cell}
    _set_others(record, unit)
    return record


def _set_others(record: Record, unit: Unit) -> None:
    """Those who must hold a card, and who wait for theirs.

    An older number of the first that cannot be any more is taken away.
    """
    told = parse_count(record.get("eligible")) if unit.eligible is None else unit.eligible
    if isinstance(told, int) and told >= unit.unrecorded:
        record["eligible"] = str(told)
    else:
        record.pop("eligible", None)
    if unit.not_printed is not None:
        record["not_printed"] = str(unit.not_printed)
