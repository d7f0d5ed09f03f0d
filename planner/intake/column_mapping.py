"""What a person decided about columns: given in a file, and remembered in the folder."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.errors import InputError, Mistake, suggest
from planner.i18n.messages import say
from planner.inputs import read_toml
from planner.intake.titles import Role, key_of

FILE = "import.toml"
"""Of a folder: mappings of earlier imports."""

INDONESIAN = {
    "kode": Role.CODE,
    "wajib_ktp": Role.ELIGIBLE,
    "wajib": Role.ELIGIBLE,
    "rekam": Role.RECORDED,
    "belum_rekam": Role.UNRECORDED,
    "abaikan": Role.IGNORED,
    "ignore": Role.IGNORED,
}
_SIGNATURE = "titles"


@dataclass(slots=True)
class ColumnMapping:
    """Roles of columns by the titles of a whole table, and by a title alone.

    Attributes
    ----------
    kelurahan
        Code of the kelurahan of tables that name none, or blank.
    unrecorded_column, unrecorded_values
        Of a list of persons: the column, and the values that mean not yet recorded.
    """

    columns: dict[str, Role] = field(default_factory=dict)
    tables: dict[tuple[str, ...], dict[str, Role]] = field(default_factory=dict)
    kelurahan: str = ""
    unrecorded_column: str = ""
    unrecorded_values: tuple[str, ...] = ()

    def roles(self, titles: Sequence[str]) -> dict[int, Role]:
        """What was decided of the columns of a table, by position."""
        roles = {**self.tables.get(signature(titles), {}), **self.columns}
        return {
            position: roles[key]
            for position, title in enumerate(titles)
            if (key := key_of(title)) in roles
        }

    def remember(self, titles: Sequence[str], roles: Mapping[int, Role]) -> None:
        """Keep what the columns of a table were taken for."""
        self.tables[signature(titles)] = {
            key_of(titles[position]): role for position, role in sorted(roles.items())
        }

    def content(self) -> bytes:
        """The file that remembers it."""
        lines = ["# What columns of imported tables hold; read by the next import."]
        if self.kelurahan:
            lines += ["", f"kelurahan = {json.dumps(self.kelurahan)}"]
        if self.unrecorded_column:
            values = json.dumps(list(self.unrecorded_values), ensure_ascii=False)
            lines += ["", "[persons]", f"column = {_quote(self.unrecorded_column)}"]
            lines += [f"unrecorded = {values}"]
        for titles, roles in self.tables.items():
            lines += ["", "[[tables]]", f"titles = {json.dumps(list(titles), ensure_ascii=False)}"]
            lines += ["[tables.columns]"]
            lines += [f"{_quote(key)} = {_quote(role.value)}" for key, role in roles.items()]
        return "\n".join([*lines, ""]).encode()


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def signature(titles: Sequence[str]) -> tuple[str, ...]:
    """Titles by which a table is known again next month."""
    return tuple(filter(None, map(key_of, titles)))


def read_mapping(path: Path) -> ColumnMapping:
    """A mapping file.

    Raises
    ------
    InputError
        Where it cannot be read, or names a role that there is not.
    """
    data = read_toml(path)
    mapping = ColumnMapping()
    problems = []

    def read_columns(table: Any) -> dict[str, Role]:
        roles = {}
        for name, value in _section(table, "columns").items():
            try:
                roles[key_of(name)] = _role(value)
            except Mistake as mistake:
                problems.append(mistake.at(f"{path.name} {name}"))
        return roles

    mapping.columns = read_columns(data)
    tables = data.get("tables")
    for table in tables if isinstance(tables, list) else ():
        titles = table.get(_SIGNATURE) if isinstance(table, dict) else None
        if isinstance(titles, list):
            mapping.tables[tuple(map(str, titles))] = read_columns(table)
    if problems:
        raise InputError(problems)
    mapping.kelurahan = str(data.get("kelurahan", "")).replace(".", "")
    persons = _section(data, "persons")
    mapping.unrecorded_column = str(persons.get("column", ""))
    values = persons.get("unrecorded", ())
    listed = values if isinstance(values, list) else [values] if values else ()
    mapping.unrecorded_values = tuple(map(str, listed))
    return mapping


def _section(data: Any, name: str) -> dict[str, Any]:
    section = data.get(name) if isinstance(data, dict) else None
    return section if isinstance(section, dict) else {}


def _role(value: object) -> Role:
    name = key_of(str(value))
    if name in INDONESIAN:
        return INDONESIAN[name]
    if name not in list(Role):
        raise Mistake.of(value, say("is not a role of a column"), suggest(name, list(Role)))
    return Role(name)
