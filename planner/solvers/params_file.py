"""Parameters of the solvers, read from tables."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from planner.errors import InputError, Problem, input_error, reason
from planner.i18n.messages import say
from planner.solvers.params import DEFAULT_PARAMS, SolverParams, fits, least_value


def read_params(path: Path) -> SolverParams:
    """The parameters in a TOML file; those left out keep their defaults.

    Raises
    ------
    InputError
        Where it cannot be read, or for all problems in it.
    """
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        what = say("cannot be read: {reason}", reason=reason(error))
        raise input_error(str(path), what, say("name a readable file")) from None
    except (ValueError, RecursionError) as error:
        what = say("is not TOML ({reason})", reason=error)
        raise input_error(str(path), what, say("see planner/solvers/params.py")) from None
    return parse_params(table, str(path))


def parse_params(table: Mapping[str, Any], where: str) -> SolverParams:
    """The parameters in a table of tables; those left out keep their defaults.

    Parameters
    ----------
    where
        What the table is called in messages.

    Raises
    ------
    InputError
        For all problems in it.
    """
    problems: list[Problem] = []
    params = _with_changes(DEFAULT_PARAMS, table, where, problems)
    if problems:
        raise InputError(problems)
    return params


Params = TypeVar("Params", bound=Any)


def _with_changes(
    params: Params, table: Mapping[str, Any], where: str, problems: list[Problem]
) -> Params:
    params_by_name = {one.name: one for one in fields(params)}
    changed: dict[str, Any] = {}
    for key, value in table.items():
        spot = f"{where} {key}"
        if key not in params_by_name:
            nearest = get_close_matches(key, params_by_name, n=1, cutoff=0.0)[0]
            remedy = say("did you mean '{option}'?", option=nearest)
            problems.append(Problem(where=spot, what=say("is not a parameter"), remedy=remedy))
            continue
        old = getattr(params, key)
        if is_dataclass(old) and isinstance(value, Mapping):
            changed[key] = _with_changes(old, value, spot, problems)
        elif fits(value, old, least_value(params_by_name[key])):
            changed[key] = tuple(value) if isinstance(value, list) else value
        else:
            what = say("{value} does not fit here", value=f"'{value}'")
            default = "{}" if is_dataclass(old) else old
            remedy = say("use a value such as {default}", default=default)
            problems.append(Problem(where=spot, what=what, remedy=remedy))
    return replace(params, **changed)
