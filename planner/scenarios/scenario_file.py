"""Scenarios from a TOML file: tables one by one, and the product of a grid."""

from collections.abc import Callable, Mapping
from itertools import product
from math import prod
from typing import Any

from planner.errors import Mistake
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
    parts: list[tuple[str, Callable[[Any, str], list[Scenario]], object]] = [
        (f"{source} [[scenario]] {number}", _read_scenario, table)
        for number, table in enumerate(tables if isinstance(tables, list) else [tables], 1)
    ]
    if "grid" in content:
        parts.append((f"{source} [grid]", _read_grid, content["grid"]))
    parts += [(source, _refuse_key, key) for key in content if key not in {"scenario", "grid"}]
    scenarios: list[Scenario] = []
    for where, read, part in parts:
        try:
            scenarios += read(part, where)
        except Mistake as mistake:
            scenarios.append(_unreadable(where, mistake))
    return tuple(scenarios or [_unreadable(source, Mistake(say("has no scenario"), REMEDY))])


def _unreadable(where: str, mistake: Mistake) -> Scenario:
    return Scenario(name=where, changes=(), problems=(mistake.at(where),))


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
            remedy = say("write {example}, say", example="vans = [2, 3, 4]")
            raise Mistake.of(key, say("is not a list"), remedy)
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


def _refuse_key(key: object, where: str) -> list[Scenario]:
    remedy = say("use {names}", names="[[scenario]], [grid]")
    raise Mistake.of(key, say("does not belong in a scenario file"), remedy)
