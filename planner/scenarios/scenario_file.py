"""Scenarios from a TOML file: tables one by one, and the product of a grid."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from math import prod

from planner.errors import InputError, Mistake, Problem, quote, suggest
from planner.i18n.messages import say
from planner.scenarios.change import CHANGES
from planner.scenarios.scenario import MAX_SCENARIOS, Scenario, describe, parse_changes

EXAMPLE = '[[scenario]] name = "satu mobil lagi", vans = "+1"'


def scenarios_from_file(content: Mapping[str, object], source: str) -> tuple[Scenario, ...]:
    """The scenarios of a file: its tables ``[[scenario]]``, then the product of ``[grid]``.

    Parameters
    ----------
    content
        As `tomllib` reads it.
    source
        Name of the file, for messages.

    Raises
    ------
    InputError
        All problems at once.
    """
    problems = [
        Problem(
            where=source,
            what=say("{key} does not belong in a scenario file", key=quote(key)),
            remedy=say("use {names}", names="[[scenario]], [grid]"),
        )
        for key in content
        if key not in {"scenario", "grid"}
    ]
    tables = content.get("scenario", [])
    parts = [
        (f"{source} [[scenario]] {number}", _read_scenario, table)
        for number, table in enumerate(tables if isinstance(tables, list) else [tables], 1)
    ]
    if "grid" in content:
        parts.append((f"{source} [grid]", _read_grid, content["grid"]))
    scenarios: list[Scenario] = []
    for where, read, table in parts:
        try:
            scenarios += read(_as_table(table), where)
        except Mistake as mistake:
            problems.append(Problem(where=where, what=mistake.what, remedy=mistake.remedy))
        except InputError as error:
            problems += error.problems
    if not parts and not problems:
        remedy = say("write {example}, say", example=EXAMPLE)
        problems.append(Problem(where=source, what=say("has no scenario"), remedy=remedy))
    if problems:
        raise InputError(problems)
    return tuple(scenarios)


def _read_scenario(table: Mapping[str, object], where: str) -> list[Scenario]:
    entries = [
        entry
        for key, value in table.items()
        if key != "name"
        for entry in _entries(key, value, where)
    ]
    if not entries:
        raise Mistake(say("has no change"), say("write {example}, say", example=EXAMPLE))
    changes = parse_changes(entries)
    name = str(table.get("name", describe(changes)))
    return [Scenario(name=name, changes=changes, source=where)]


def _read_grid(table: Mapping[str, object], where: str) -> list[Scenario]:
    axes = []
    for key, values in table.items():
        if not isinstance(values, list) or not values:
            raise Mistake(
                say("{key} is not a list", key=quote(key)),
                say("write {example}, say", example="vans = [2, 3, 4]"),
            )
        axes.append([parse_changes(_entries(key, value, where)) for value in values])
    count = prod(map(len, axes))
    if count > MAX_SCENARIOS:
        raise Mistake(
            say("makes {count} scenarios, more than {most}", count=count, most=MAX_SCENARIOS),
            say("use fewer values in the grid"),
        )
    combined = [sum(chosen, ()) for chosen in product(*axes)] if axes else []
    return [Scenario(name=describe(changes), changes=changes, source=where) for changes in combined]


def _as_table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise Mistake(say("is not a table"), say("write {example}, say", example=EXAMPLE))
    return value


def _entries(key: str, value: object, where: str) -> Iterator[tuple[str, str, str]]:
    """Where each text of an entry was written, its key of `CHANGES`, and the text."""
    name = key.replace("-", "_")
    if name not in CHANGES:
        raise Mistake(
            say("{key} is not a known change", key=quote(key)),
            suggest(name, CHANGES, say("use {names}", names=", ".join(CHANGES))),
        )
    return ((f"{where} {key}", name, text) for text in _texts(value))


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
            say("{value} is neither text nor a number", value=quote(value)),
            say("write it in quotes"),
        )
