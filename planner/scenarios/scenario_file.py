"""Scenarios from a TOML file: tables one by one, and the product of a grid."""

from collections.abc import Mapping
from functools import partial
from itertools import product
from math import prod
from typing import Any

from planner.errors import Mistake, quote
from planner.i18n.messages import say
from planner.scenarios.scenario import MAX_SCENARIOS, Scenario

REMEDY = say("write {example}, say", example='[[scenario]] name = "satu mobil lagi", vans = "+1"')


def scenarios_from_file(content: Mapping[str, object], source: str) -> tuple[Scenario, ...]:
    """The scenarios of a file: its tables ``[[scenario]]``, then the product of ``[grid]``.

    What is wrong with a part of it is in the `problems` of a scenario.

    Parameters
    ----------
    content
        As `tomllib` reads it.
    source
        Name of the file, for messages.
    """
    tables = content.get("scenario", [])
    parts = [
        (f"{source} [[scenario]] {number}", partial(_read_scenario, table))
        for number, table in enumerate(tables if isinstance(tables, list) else [tables], 1)
    ]
    if "grid" in content:
        parts.append((f"{source} [grid]", partial(_read_grid, content["grid"])))
    others = (key for key in content if key not in {"scenario", "grid"})
    parts += ((source, partial(_refuse_key, key)) for key in others)
    scenarios: list[Scenario] = []
    for where, read in parts or [(source, partial(_refuse_empty))]:
        try:
            scenarios += read(where)
        except Mistake as mistake:
            scenarios.append(Scenario(name=where, changes=(), problems=(mistake.at(where),)))
    return tuple(scenarios)


def _read_scenario(table: object, where: str) -> list[Scenario]:
    changes = dict(_as_table(table))
    name = str(changes.pop("name", ""))
    if not changes:
        raise Mistake(say("has no change"), REMEDY)
    return [Scenario.parse(changes, name=name, source=where)]


def _read_grid(table: object, where: str) -> list[Scenario]:
    axes = _as_table(table)
    for key, values in axes.items():
        if not isinstance(values, list) or not values:
            raise Mistake(
                say("{key} is not a list", key=quote(key)),
                say("write {example}, say", example="vans = [2, 3, 4]"),
            )
    count = prod(map(len, axes.values()))
    if count > MAX_SCENARIOS:
        raise Mistake(
            say("makes {count} scenarios, more than {most}", count=count, most=MAX_SCENARIOS),
            say("use fewer values in the grid"),
        )
    combined = (dict(zip(axes, values, strict=True)) for values in product(*axes.values()))
    return [Scenario.parse(changes, source=where) for changes in combined if changes]


def _as_table(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Mistake(say("is not a table"), REMEDY)
    return value


def _refuse_key(key: str, where: str) -> list[Scenario]:
    raise Mistake(
        say("{key} does not belong in a scenario file", key=quote(key)),
        say("use {names}", names="[[scenario]], [grid]"),
    )


def _refuse_empty(where: str) -> list[Scenario]:
    raise Mistake(say("has no scenario"), REMEDY)
