"""Scenarios from a TOML file: tables one by one, and the product of a grid."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from math import prod

from planner.errors import InputError, Problem
from planner.i18n.messages import say
from planner.inputs.findings import Mistake, quote, suggest
from planner.whatif.scenario import MAX_SCENARIOS, Change, Scenario, default_name

EXAMPLE = '[[scenario]] name = "satu mobil lagi", vans = "+1"'


def scenarios_from_file(
    content: Mapping[str, object], source: str, kinds: tuple[str, ...]
) -> tuple[Scenario, ...]:
    """The scenarios of a file: its tables ``[[scenario]]``, then the product of ``[grid]``.

    Parameters
    ----------
    content
        As `tomllib` reads it.
    source
        Name of the file, for messages.
    kinds
        Kinds of change there are.

    Raises
    ------
    InputError
        All problems at once.
    """
    problems: list[Problem] = []
    found: list[Scenario] = []
    for key in content:
        if key not in {"scenario", "grid"}:
            problems.append(
                Problem(
                    where=source,
                    what=say("{key} is no part of a file of scenarios", key=quote(key)),
                    remedy=say("use {names}", names="[[scenario]], [grid]"),
                )
            )
    tables = content.get("scenario", [])
    parts = [
        (f"{source} [[scenario]] {number}", _scenario, table)
        for number, table in enumerate(tables if isinstance(tables, list) else [tables], 1)
    ]
    if "grid" in content:
        parts.append((f"{source} [grid]", _grid, content["grid"]))
    for where, read, table in parts:
        try:
            found += read(table, where, kinds)
        except Mistake as mistake:
            problems.append(Problem(where=where, what=mistake.what, remedy=mistake.remedy))
    if not parts and not problems:
        problems.append(
            Problem(
                where=source,
                what=say("holds no scenario"),
                remedy=say("write {example}, say", example=EXAMPLE),
            )
        )
    if problems:
        raise InputError(problems)
    return tuple(found)


def _scenario(table: object, where: str, kinds: tuple[str, ...]) -> list[Scenario]:
    given = dict(_table(table))
    name = given.pop("name", None)
    changes = tuple(
        change for key, value in given.items() for change in _changes(key, value, where, kinds)
    )
    if not changes:
        raise Mistake(say("changes nothing"), say("write {example}, say", example=EXAMPLE))
    return [Scenario(name=default_name(changes) if name is None else str(name), changes=changes)]


def _grid(table: object, where: str, kinds: tuple[str, ...]) -> list[Scenario]:
    axes = []
    for key, values in _table(table).items():
        if not isinstance(values, list) or not values:
            raise Mistake(
                say("{key} is no list", key=quote(key)),
                say("write {example}, say", example="vans = [2, 3, 4]"),
            )
        axes.append([tuple(_changes(key, value, where, kinds)) for value in values])
    count = prod(map(len, axes))
    if count > MAX_SCENARIOS:
        raise Mistake(
            say("makes {count} scenarios, more than {most}", count=count, most=MAX_SCENARIOS),
            say("make the grid coarser"),
        )
    combined = [sum(chosen, ()) for chosen in product(*axes)] if axes else []
    return [Scenario(name=default_name(changes), changes=changes) for changes in combined]


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise Mistake(say("is no table"), say("write {example}, say", example=EXAMPLE))
    return value


def _changes(key: str, value: object, where: str, kinds: tuple[str, ...]) -> Iterator[Change]:
    kind = key.replace("-", "_")
    if kind not in kinds:
        raise Mistake(
            say("{key} is no change", key=quote(key)),
            suggest(kind, kinds, say("use {names}", names=", ".join(kinds))),
        )
    for text in _texts(value):
        yield Change(kind=kind, text=text, where=f"{where} {key}")


def _texts(value: object) -> Iterator[str]:
    """What the command line would say: a list is several texts, a table pairs of them."""
    if isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from (f"{key}={text}" for text in _texts(entry))
    elif isinstance(value, date):
        yield value.isoformat()
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield str(value)
    else:
        raise Mistake(
            say("{value} is neither text nor number", value=quote(value)),
            say("write it between quotes"),
        )
